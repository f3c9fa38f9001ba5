import { log } from '../../platform/log.js';
import { AwaitedAnswer } from '../../protos/generated/asterism/v1/hearing.js';
import { Disposition, type Review } from '../../protos/generated/asterism/v1/specialist.js';
import type { CallEvent, Listening } from '../call/events.js';
import { reduce } from '../call/reduce.js';
import type { CallState } from '../call/state.js';
import { approvedPhrases, isApproved } from '../consultation/approved-phrases.js';
import { isEmergencyReview } from '../consultation/merge.js';
import { isSaidIn } from '../consultation/speech-gate.js';
import type { Draft, PrimaryAgent, Stimulus } from '../primary/primary-agent.js';
import { draftAnswer } from './drafting.js';
import type { LongJobs } from './long-jobs.js';
import { Looking, type HeardInTurn, type LookingParts, type SentenceUnderLook } from './looking.js';
import { TurnSpeech, type Sentence } from './turn-speech.js';

/** What a turn needs from its surroundings. */
export interface TurnParts extends LookingParts {
  readonly primary: PrimaryAgent;
  readonly jobs: LongJobs;
}

/** What made the turn; the decision over what was heard is the turn's own work. */
export type TurnCause =
  | Exclude<Stimulus, { kind: 'heard' }>
  | { readonly kind: 'heard' }
  /** Sentences of this turn that the patient spoke over are said again; the primary agent is not asked. */
  | ({ readonly kind: 'resumed' } & Pick<Draft, 'sentences' | 'then'>);

/** What is to happen once a turn's last sentence was heard. */
export interface TurnEnd {
  readonly then: Draft['then'];
  /** Empty when nothing was said. */
  readonly lastSentenceId: string;
}

interface Planned {
  readonly sentence: Sentence;
  /** Undefined for an approved phrase. */
  readonly look: SentenceUnderLook | undefined;
}

/** A draft on its way out. */
interface Delivery {
  readonly draft: Draft;
  /** The call as it will be once the draft's changes are true. */
  readonly after: CallState;
  /** The draft's changes, the first time it is called; they become true with the first sentence of it. */
  readonly commit: () => readonly CallEvent[];
}

/** Why the rest of a turn is not spoken; empty while it goes on. */
type Stopped = string;

/** What a draft may change; everything else in the log is written by the conversation alone. */
const draftable: ReadonlySet<CallEvent['type']> = new Set<CallEvent['type']>([
  'item-changed',
  'verification-changed',
  'recording-consent',
  'primary-moved',
  'nurse-task-added',
  'escalation-raised',
]);

/**
 * One turn of the agent: first look, draft, second look sentence by sentence, release. Runs once. After
 * its signal aborts it says nothing more.
 */
export class Turn {
  readonly #parts: TurnParts;
  readonly #heard: HeardInTurn;
  readonly #cause: TurnCause;
  readonly #signal: AbortSignal;
  readonly #looking: Looking;
  readonly #speech: TurnSpeech;
  #listening: Listening;
  #then: Draft['then'] = { kind: 'listen' };

  constructor(parts: TurnParts, heard: HeardInTurn, cause: TurnCause, signal: AbortSignal) {
    this.#parts = parts;
    this.#heard = heard;
    this.#cause = cause;
    this.#signal = signal;
    this.#looking = new Looking(parts, heard, signal);
    this.#speech = new TurnSpeech(parts.desk, heard.turnId, signal);
    this.#listening = parts.desk.state.listening;
  }

  /** True once the patient got something other than a holding phrase. */
  get answered(): boolean {
    return this.#speech.answered;
  }

  /** True once a 911 or 988 instruction was given in this turn. */
  get emergency(): boolean {
    return this.#speech.emergency;
  }

  /** The patient spoke first: a method, because it can change at every await. */
  #over(): boolean {
    return this.#signal.aborted;
  }

  /** @returns undefined when the turn was cancelled */
  async run(): Promise<TurnEnd | undefined> {
    if (this.#cause.kind === 'resumed') {
      const { sentences, then } = this.#cause;
      await this.#deliver({ sentences, events: [], listening: this.#listening, then });
    } else {
      const stimulus = await this.#stimulus(this.#cause);
      if (!stimulus) return undefined;
      await this.#answer(stimulus);
    }
    await this.#listen();
    return this.#over() ? undefined : { then: this.#then, lastSentenceId: this.#speech.lastSentenceId };
  }

  async #answer(stimulus: Stimulus): Promise<void> {
    const silent = stimulus.kind === 'heard' ? stimulus.decision.unansweredGates : [];
    if (silent.length > 0 && !this.#speech.emergency) {
      await this.#failClosed(`no answer from ${silent.join(', ')}`, silent);
    } else {
      const draft = await this.#draft(stimulus);
      await this.#deliver(atTheEnd(draft) ? await this.#draftTheEnd(draft, stimulus) : draft);
    }
  }

  #draft(stimulus: Stimulus): Promise<Draft> {
    const { emergency } = this.#speech;
    return draftAnswer(this.#parts, this.#heard.turnId, stimulus, emergency, this.#signal);
  }

  /**
   * The ordinary end waits a while for long work, and says what it came to. What is not known by then goes to
   * a nurse, and the end is drafted anew, because it tells the patient about that.
   */
  async #draftTheEnd(draft: Draft, stimulus: Stimulus): Promise<Draft> {
    const { jobs, deadlines } = this.#parts;
    const waited = jobs.running && !this.#over();
    if (waited) {
      await this.#speech.stillChecking(deadlines.jobsBeforeEndMs);
      await jobs.settled(deadlines.jobsBeforeEndMs, this.#signal);
      if (this.#over()) return draft;
      jobs.abandon();
    }
    const again = stimulus.kind === 'heard' ? this.#looking.decideAgain(stimulus.decision) : undefined;
    if (again && stimulus.kind === 'heard') return this.#draft({ ...stimulus, decision: again });
    return waited ? this.#draft(stimulus) : draft;
  }

  /** What the primary agent is told; for something heard, after the first look. */
  async #stimulus(cause: Exclude<TurnCause, { kind: 'resumed' }>): Promise<Stimulus | undefined> {
    if (cause.kind === 'emergency-found') {
      await this.#sayEmergency(cause.review);
      return this.#over() ? undefined : cause;
    }
    if (cause.kind !== 'heard') return cause;
    const decision = await this.#looking.firstLook(this.#hold);
    const { utterance } = this.#heard;
    if (!decision || !utterance) return undefined;
    if (decision.winning && isEmergencyReview(decision.winning)) {
      await this.#sayEmergency(decision.winning);
    }
    return this.#over() ? undefined : { kind: 'heard', utterance, decision };
  }

  /**
   * Sentence by sentence: the first one's second look alone, because the patient waits for it; then all
   * others' at once, while the first is being spoken. Releases in order.
   */
  async #deliver(draft: Draft): Promise<void> {
    if (this.#over()) return;
    const delivery = this.#delivery(draft);
    const sentences = draft.sentences
      .filter(({ text }) => text.trim() !== '' && !isSaidIn(text, this.#speech.texts()))
      .map(({ text, interruptible }) => this.#speech.draft(text, interruptible));
    // Nothing to say is an answer too: after an emergency instruction, or while waiting on.
    const [first, ...others] = sentences;
    if (!first) return this.#speech.commit(delivery.commit());

    let stopped = await this.#pass(this.#begin(first, delivery), delivery);
    const begun = stopped === '' && !this.#over() ? others.map((other) => this.#begin(other, delivery)) : [];
    for (const [index, { sentenceId }] of others.entries()) {
      if (this.#over()) return;
      const planned = begun[index];
      if (planned && stopped === '') stopped = await this.#pass(planned, delivery);
      else this.#speech.withhold(sentenceId, stopped);
    }
    if (this.#over()) return;
    if (stopped === '' && !this.#speech.answered) await this.#sayNotOnThisCall();
  }

  #delivery(draft: Draft): Delivery {
    const { desk } = this.#parts;
    const changes = draft.events.filter((event) => draftable.has(event.type));
    if (changes.length < draft.events.length) {
      log.error({ callId: desk.callId }, 'the primary agent drafted events that are not its own to write');
    }
    let committed = false;
    return {
      draft,
      after: changes.reduce<CallState>(reduce, desk.state),
      commit: () => {
        if (committed) return [];
        committed = true;
        this.#listening = draft.listening;
        this.#then = draft.then;
        return changes;
      },
    };
  }

  #begin(sentence: Sentence, { draft, after }: Delivery): Planned {
    const { sentenceId, text } = sentence;
    const drafted = { then: draft.then, texts: this.#speech.texts() };
    const look = isApproved(text) ? undefined : this.#looking.begin(sentenceId, text, after, drafted);
    return { sentence, look };
  }

  async #pass({ sentence, look }: Planned, delivery: Delivery): Promise<Stopped> {
    const { sentenceId } = sentence;
    if (!look) {
      await this.#speech.release(sentence, 'holding', delivery.commit());
      return '';
    }
    const texts = this.#speech.texts(sentenceId);
    const judgement = await this.#looking.secondLook(look, 'draft', texts, this.#hold);
    switch (judgement?.kind) {
      case undefined:
        return 'cancelled';
      case 'release':
        await this.#speech.release(sentence, 'draft', delivery.commit());
        return '';
      case 'withhold':
        this.#speech.withhold(sentenceId, judgement.reason);
        return '';
      case 'emergency':
        return this.#emergency([sentence], judgement.review);
      case 'nurse-confirm':
        return this.#nurseConfirm([sentence], judgement, delivery.draft);
      case 'replace': {
        const stopped = await this.#sayWordings(judgement.wordings, judgement.endsTurn, delivery);
        if (stopped === '' && judgement.thenDraft) {
          await this.#speech.release(sentence, 'draft', delivery.commit());
        } else {
          const by = judgement.wordings.map((review) => review.specialist).join(', ');
          this.#speech.withhold(sentenceId, stopped === '' ? `${by} spoke instead` : stopped);
        }
        if (stopped !== '' || !judgement.endsTurn) return stopped;
        this.#giveTurnAway(delivery.draft);
        return 'a specialist took the turn';
      }
    }
  }

  /** Specialists' wordings, each after a look of its own. */
  async #sayWordings(reviews: readonly Review[], endsTurn: boolean, delivery: Delivery): Promise<Stopped> {
    const { draft, commit } = delivery;
    const planned = reviews.map((review) => this.#begin(this.#speech.draft(review.say, true), delivery));
    for (const [index, { sentence, look }] of planned.entries()) {
      const unsaid = planned.slice(index).map((other) => other.sentence);
      const texts = this.#speech.texts(sentence.sentenceId);
      const judgement = look
        ? await this.#looking.secondLook(look, 'wording', texts, this.#hold)
        : { kind: 'release' as const };
      switch (judgement?.kind) {
        case undefined:
          return 'cancelled';
        case 'release':
          await this.#speech.release(sentence, 'review', endsTurn && !atTheEnd(draft) ? [] : commit());
          break;
        case 'emergency':
          return this.#emergency(unsaid, judgement.review);
        case 'nurse-confirm':
          return this.#nurseConfirm(unsaid, judgement, draft);
        case 'withhold':
        case 'replace':
          throw new TypeError('the gate never replaces a specialist’s wording');
      }
    }
    return '';
  }

  async #emergency(unsaid: readonly Sentence[], review: Review): Promise<Stopped> {
    const stopped = 'an emergency instruction takes its place';
    for (const { sentenceId } of unsaid) this.#speech.withhold(sentenceId, stopped);
    await this.#sayEmergency(review);
    return stopped;
  }

  /** The instruction waits for nobody; what the others say about it is written down all the same. */
  async #sayEmergency(review: Review): Promise<void> {
    const sentence = await this.#speech.sayEmergency(review);
    if (!sentence || this.#over()) return;
    const { sentenceId, text } = sentence;
    const drafted = { then: { kind: 'listen' as const }, texts: this.#speech.texts() };
    const look = this.#looking.begin(sentenceId, text, this.#parts.desk.state, drafted);
    void this.#looking.recordOnly(look, this.#speech.texts(sentenceId));
  }

  async #nurseConfirm(
    unsaid: readonly Sentence[],
    { reason, unansweredGates }: { readonly reason: string; readonly unansweredGates: readonly string[] },
    draft: Draft,
  ): Promise<Stopped> {
    for (const { sentenceId } of unsaid) this.#speech.withhold(sentenceId, reason);
    this.#giveTurnAway(draft);
    await this.#failClosed(reason, unansweredGates);
    return 'the turn could not be checked';
  }

  /** Never a silent pass: the patient hears that a nurse will confirm, and a nurse gets the task. */
  async #failClosed(reason: string, silentGates: readonly string[]): Promise<void> {
    if (this.#over()) return;
    const { desk, deadlines } = this.#parts;
    const turnId = this.#heard.turnId;
    desk.note({ type: 'nurse-task-added', turnId, reason, disposition: Disposition.SAME_DAY });
    this.#listening = { ...this.#listening, awaited: AwaitedAnswer.OPEN };
    // After "call 911" nothing weaker is said.
    if (this.#speech.emergency) return;
    if (silentGates.length > 0 && desk.state.uncheckedTurns >= deadlines.maxUncheckedTurns) {
      await this.#speech.sayApproved(approvedPhrases.cannotContinue);
      this.#then = { kind: 'hang-up', reason: 'cannot-check-safely' };
      return;
    }
    await this.#speech.sayApproved(approvedPhrases.nurseConfirms);
    if (silentGates.includes('escalation')) {
      await this.#speech.sayApproved(approvedPhrases.emergencyReminder);
    }
  }

  async #sayNotOnThisCall(): Promise<void> {
    this.#parts.desk.note({
      type: 'nurse-task-added',
      turnId: this.#heard.turnId,
      reason: 'the patient got no answer in this turn: every sentence was stopped',
      disposition: Disposition.WITHIN_DAYS,
    });
    await this.#speech.sayApproved(approvedPhrases.notOnThisCall);
  }

  /** The draft's own end does not count any more, except that a hand-over to a human still happens. */
  #giveTurnAway(draft: Draft): void {
    this.#then = draft.then.kind === 'transfer' ? draft.then : { kind: 'listen' };
    this.#listening = { ...this.#listening, awaited: AwaitedAnswer.OPEN };
  }

  readonly #hold = (): Promise<void> => {
    const { firstDeadlineMs, secondDeadlineMs } = this.#parts.deadlines;
    return this.#speech.hold(secondDeadlineMs - firstDeadlineMs);
  };

  async #listen(): Promise<void> {
    if (this.#over()) return;
    const { desk } = this.#parts;
    const { awaited, vocabulary, patience } = this.#listening;
    const before = desk.state.listening;
    const same =
      before.awaited === awaited &&
      before.patience === patience &&
      before.vocabulary.join('\n') === vocabulary.join('\n');
    if (!same) {
      const turnId = this.#heard.turnId;
      desk.note({ type: 'listening-changed', turnId, awaited, vocabulary: [...vocabulary], patience });
      await desk.settled();
    }
    if (this.#over()) return;
    desk.send({ $case: 'listen', value: { awaited, vocabulary: [...vocabulary], patience } });
  }
}

/**
 * The protocol is through. A question that holds such an end back puts nothing in doubt that was answered,
 * so the draft's changes stand, all but the end.
 */
function atTheEnd({ then }: Draft): boolean {
  return then.kind === 'hang-up' && then.reason === 'completed';
}
