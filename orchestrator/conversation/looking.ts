import type { Clock } from '../../platform/clock.js';
import type { Utterance } from '../../protos/generated/asterism/v1/hearing.js';
import { Pass, Verdict, type Review } from '../../protos/generated/asterism/v1/specialist.js';
import { spokenReview } from '../call/follow-up.js';
import { dueFollowUps } from '../call/jobs.js';
import type { CallState } from '../call/state.js';
import type { Consultation } from '../consultation/consultation.js';
import type { Deadlines } from '../consultation/deadlines.js';
import { isEmergencyReview, mergeLooks, type Decision, type Look } from '../consultation/merge.js';
import type { SpecialistPool } from '../consultation/specialist-pool.js';
import { judge, withoutRepeats, type Judged, type Judgement } from '../consultation/speech-gate.js';
import type { CallDesk } from './call-desk.js';
import type { Draft } from '../primary/primary-agent.js';
import type { CallSubject } from './checklist.js';
import { reviewRequests, type Subject } from './context.js';
import type { EarlyLook, RequestFor } from './early-look.js';
import { decisionMade, lateReviewEvents, lookEvents } from './look-events.js';
import type { LongJobs } from './long-jobs.js';

/** What a turn needs from its surroundings. */
export interface LookingParts extends CallSubject {
  readonly desk: CallDesk;
  readonly pool: Pick<SpecialistPool, 'consult'>;
  readonly clock: Clock;
  readonly deadlines: Deadlines;
  readonly jobs: Pick<LongJobs, 'begin' | 'announce'>;
  readonly early: EarlyLook;
}

/** What was heard in the turn that the looks are about. */
export interface HeardInTurn {
  readonly turnId: string;
  readonly utterance: Utterance | undefined;
  /** Every turn whose words are in the utterance. */
  readonly turnIds: readonly string[];
}

/** A sentence whose second look has begun. */
export interface SentenceUnderLook extends Asked {
  readonly sentenceId: string;
  readonly text: string;
}

interface Asked {
  readonly consultation: Consultation;
  readonly requestFor: RequestFor;
  /** When the turn came to the look, by the clock; an early look was asked before. */
  readonly sinceMs: number;
}

/** The turn that a sentence belongs to. */
export interface DraftedTurn {
  readonly then: Draft['then'];
  /** Every text that is drafted or released in it, in order, the sentence among them. */
  readonly texts: readonly string[];
}

/** The first look at what is recognised so far, in case that nothing more comes. */
export function lookEarly(parts: LookingParts, heard: HeardInTurn): void {
  const { desk, pool, deadlines, early } = parts;
  const nothingDrafted = { draft: '', wordingOf: '', turnSentences: [], then: { kind: 'listen' } as const };
  const subject = { ...subjectOf(heard), pass: Pass.HEARD, ...nothingDrafted };
  early.begin(desk.state, reviewRequests(subject, parts, desk.state, desk.state), (requestFor) =>
    pool.consult(requestFor, deadlines.secondDeadlineMs),
  );
}

function subjectOf({
  turnId,
  utterance,
  turnIds,
}: HeardInTurn): Pick<Subject, 'turnId' | 'heard' | 'heardTurnIds'> {
  return { turnId, heard: utterance, heardTurnIds: turnIds };
}

/** Carries out the two looks of one turn: asks, waits, merges, and writes down what came of it. */
export class Looking {
  readonly #parts: LookingParts;
  readonly #heard: HeardInTurn;
  readonly #signal: AbortSignal;
  /** The call as it stood when the patient had spoken. */
  readonly #before: CallState;
  /** Who gave which words in this turn. */
  readonly #wordings = new Map<string, string>();
  /** How the first look went; undefined before it. */
  #heardLooks: readonly Look[] | undefined;

  constructor(parts: LookingParts, heard: HeardInTurn, signal: AbortSignal) {
    this.#parts = parts;
    this.#heard = heard;
    this.#signal = signal;
    this.#before = parts.desk.state;
  }

  /**
   * The first look, over what the patient said.
   * @param hold called when a gate is silent at the first deadline
   * @returns undefined when the turn was cancelled
   */
  async firstLook(hold: () => Promise<void>): Promise<Decision | undefined> {
    const { firstDeadlineMs, secondDeadlineMs } = this.#parts.deadlines;
    const asked = this.#ask(Pass.HEARD, '', this.#before, { then: { kind: 'listen' }, texts: [] });
    const { consultation } = asked;
    let looks = await consultation.wait('everyone', firstDeadlineMs);
    let decision = mergeLooks(looks, this.#followUps());
    const emergency = decision.winning !== undefined && isEmergencyReview(decision.winning);
    if (decision.unansweredGates.length > 0 && consultation.open && !emergency && !this.#signal.aborted) {
      await hold();
      looks = await consultation.wait('gates', secondDeadlineMs);
      decision = mergeLooks(looks, this.#followUps());
    }
    if (this.#signal.aborted) return undefined;
    this.#record(Pass.HEARD, '', asked, looks, decision);
    this.#heardLooks = looks;
    return decision;
  }

  /**
   * The first look's decision once more, with what long work has brought since.
   * @returns undefined when nothing new is due, or there was no first look
   */
  decideAgain(decision: Decision): Decision | undefined {
    const followUps = this.#followUps();
    const looks = this.#heardLooks;
    const says = new Set(decision.followUps.map(({ say }) => say));
    if (!looks || followUps.every(({ say }) => says.has(say))) return undefined;
    const again = mergeLooks(looks, followUps);
    const { turnId } = this.#heard;
    this.#parts.desk.note(decisionMade(turnId, Pass.HEARD, '', again, 0));
    return again;
  }

  #followUps(): readonly Review[] {
    return dueFollowUps(this.#parts.desk.state).map(spokenReview);
  }

  /**
   * Begins the second look over one sentence.
   * @param after the call as it will be when the sentence is heard
   * @param then what follows the turn that the sentence belongs to
   */
  begin(sentenceId: string, text: string, after: CallState, drafted: DraftedTurn): SentenceUnderLook {
    return { sentenceId, text, ...this.#ask(Pass.DRAFT, text, after, drafted) };
  }

  /**
   * Ends the second look over one sentence.
   * @param turnTexts every other text that is drafted or released in this turn
   * @returns undefined when the turn was cancelled
   */
  async secondLook(
    sentence: SentenceUnderLook,
    kind: Judged['kind'],
    turnTexts: readonly string[],
    hold: () => Promise<void>,
  ): Promise<Exclude<Judgement, { kind: 'hold' }> | undefined> {
    const { firstDeadlineMs, secondDeadlineMs } = this.#parts.deadlines;
    const { consultation, text, sentenceId } = sentence;
    let looks = await consultation.wait('everyone', firstDeadlineMs);
    let decision = mergeLooks(withoutRepeats(looks, text, turnTexts));
    let judgement = judge({ kind, decision, turnTexts, deadlinePassed: !consultation.open });
    if (judgement.kind === 'hold' && !this.#signal.aborted) {
      await hold();
      looks = await consultation.wait('gates', secondDeadlineMs);
      decision = mergeLooks(withoutRepeats(looks, text, turnTexts));
      judgement = judge({ kind, decision, turnTexts, deadlinePassed: true });
    }
    if (this.#signal.aborted || judgement.kind === 'hold') return undefined;
    this.#record(Pass.DRAFT, sentenceId, sentence, looks, decision);
    return judgement;
  }

  /** Ends a second look that decides nothing: the sentence was an emergency instruction. */
  async recordOnly(sentence: SentenceUnderLook, turnTexts: readonly string[]): Promise<void> {
    const { consultation, text, sentenceId } = sentence;
    const looks = await consultation.wait('everyone', this.#parts.deadlines.firstDeadlineMs);
    if (this.#signal.aborted || this.#parts.desk.state.ended) return;
    const decision = mergeLooks(withoutRepeats(looks, text, turnTexts));
    this.#record(Pass.DRAFT, sentenceId, sentence, looks, decision);
  }

  #ask(pass: Pass, draft: string, after: CallState, { then, texts }: DraftedTurn): Asked {
    const { pool, deadlines, early, clock } = this.#parts;
    const wordingOf = this.#wordings.get(draft) ?? '';
    const subject = { ...subjectOf(this.#heard), pass, draft, wordingOf, turnSentences: texts, then };
    const sinceMs = clock.nowMs();
    const requestFor = reviewRequests(subject, this.#parts, this.#before, after);
    const consultation =
      (pass === Pass.HEARD ? early.take(this.#before, requestFor) : undefined) ??
      pool.consult(requestFor, deadlines.secondDeadlineMs);
    this.#signal.addEventListener(
      'abort',
      () => {
        consultation.cancel();
      },
      { once: true },
    );
    return { consultation, requestFor, sinceMs };
  }

  #record(
    pass: Pass,
    sentenceId: string,
    { consultation, requestFor, sinceMs }: Asked,
    looks: readonly Look[],
    decision: Decision,
  ): void {
    const { desk, clock } = this.#parts;
    const turnId = this.#heard.turnId;
    const merged = { turnId, pass, sentenceId, looks, decision, elapsedMs: clock.nowMs() - sinceMs };
    desk.note(...lookEvents(merged, desk.state));
    for (const review of decision.reviews) {
      if (review.say !== '') this.#wordings.set(review.say, review.specialist);
      if (review.verdict !== Verdict.DEFER) continue;
      this.#parts.jobs.begin(turnId, sentenceId, review, requestFor(review.specialist));
    }
    const late = looks.filter((look) => !look.gate && look.status === 'late').map((look) => look.specialist);
    if (late.length > 0) void this.#awaitLate(pass, sentenceId, consultation, new Set(late));
  }

  /** A monitor that is late decides nothing now; what it finds counts on a later turn. */
  async #awaitLate(
    pass: Pass,
    sentenceId: string,
    consultation: Consultation,
    late: ReadonlySet<string>,
  ): Promise<void> {
    const { desk, deadlines } = this.#parts;
    const looks = await consultation.wait('everyone', deadlines.secondDeadlineMs);
    if (this.#signal.aborted || desk.state.ended) return;
    for (const look of looks) {
      if (!late.has(look.specialist) || !look.review) continue;
      desk.note(...lateReviewEvents(this.#heard.turnId, pass, sentenceId, look, desk.state));
      this.#parts.jobs.announce(look.review);
    }
  }
}
