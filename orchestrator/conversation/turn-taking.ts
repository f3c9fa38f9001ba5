import { AsterismError } from '../../platform/errors.js';
import { log } from '../../platform/log.js';
import type { Played } from '../../protos/generated/asterism/v1/conversation.js';
import type { Utterance } from '../../protos/generated/asterism/v1/hearing.js';
import { Disposition, type Review } from '../../protos/generated/asterism/v1/specialist.js';
import { approvedPhrases } from '../consultation/approved-phrases.js';
import { isBackchannel } from './backchannel.js';
import type { CallDesk } from './call-desk.js';
import { omissionsOf, type CallSubject } from './checklist.js';
import { joinUtterances } from './join-utterances.js';
import { sentencePlayed } from './leg-reports.js';
import { lookEarly, type HeardInTurn } from './looking.js';
import { sayAgain } from './say-again.js';
import { sbar } from './sbar.js';
import { Turn, type TurnCause, type TurnEnd, type TurnParts } from './turn.js';
import { TurnSpeech } from './turn-speech.js';

/** A finished turn that the patient spoke over. */
interface Interrupted {
  readonly turnId: string;
  readonly then: TurnEnd['then'];
}

interface Running {
  readonly turn: Turn;
  readonly heard: HeardInTurn;
  readonly abort: AbortController;
  /** Whether it answers what was heard before it. */
  readonly answers: boolean;
}

/**
 * Whose turn it is. Starts a turn of the agent when the patient has spoken, pressed a key or is silent,
 * cancels it when the patient speaks again, and carries out what a turn leaves behind (hang up, transfer)
 * once its last sentence was really heard.
 */
export class TurnTaking {
  readonly #parts: Omit<TurnParts, keyof CallSubject>;
  readonly #desk: CallDesk;
  /** Undefined without a chart: then the agent takes no turns. */
  readonly #subject: CallSubject | undefined;
  readonly #onFault: (thrown: unknown) => void;
  #running: Running | undefined;
  /** Heard and not answered yet: what the patient says next belongs to it. */
  #unanswered: HeardInTurn | undefined;
  /** What follows when the last sentence was heard to its end. */
  #after: TurnEnd | undefined;
  /** An emergency that long work came to and that was not said yet. */
  #urgent: Review | undefined;
  /** Until the patient's words over it are known: they may be no more than "mm-hm". */
  #interrupted: Interrupted | undefined;
  #turns = 0;

  /** @param onFault told of what a turn could not handle itself */
  constructor(
    parts: Omit<TurnParts, keyof CallSubject>,
    subject: CallSubject | undefined,
    onFault: (thrown: unknown) => void,
  ) {
    this.#parts = parts;
    this.#desk = parts.desk;
    this.#subject = subject;
    this.#onFault = onFault;
  }

  /** The call was answered: the agent speaks first. */
  open(): void {
    this.#run({ turnId: '0', utterance: undefined, turnIds: [] }, { kind: 'opening' });
  }

  /** What is recognised of an utterance that may go on: specialists look at it while nobody waits. */
  heardSoFar(utterance: Utterance): void {
    const subject = this.#subject;
    if (!subject || this.#running || this.#desk.state.closing || isBackchannel(utterance.text)) return;
    lookEarly({ ...this.#parts, ...subject }, this.#heardIn(String(this.#turns + 1), utterance));
  }

  /** The patient finished an utterance. */
  heard(utterance: Utterance, endOfTurnReason: string, mediaMs: number): void {
    const turnId = this.#nextTurnId();
    this.#desk.note({ type: 'utterance-heard', turnId, mediaMs, utterance, endOfTurnReason });
    // "Mm-hm" while the agent speaks says: go on.
    const backchannel = isBackchannel(utterance.text);
    if (backchannel && this.#desk.unplayed.length > 0) return;
    if (backchannel && this.#resume()) return;
    this.cancel();
    this.#stopSpeaking('patient-spoke');
    const heard = this.#heardIn(turnId, utterance);
    this.#unanswered = heard;
    this.#run(heard, { kind: 'heard' });
  }

  /** An utterance with what was heard before it and not answered yet. */
  #heardIn(turnId: string, utterance: Utterance): HeardInTurn {
    const before = this.#unanswered;
    return {
      turnId,
      utterance: before?.utterance ? joinUtterances(before.utterance, utterance) : utterance,
      turnIds: [...(before?.turnIds ?? []), turnId],
    };
  }

  keyPressed(digit: string, mediaMs: number): void {
    const turnId = this.#nextTurnId();
    this.#desk.note({ type: 'dtmf-received', turnId, mediaMs, digit });
    this.cancel();
    this.#stopSpeaking('keypad');
    this.#run({ turnId, utterance: undefined, turnIds: [] }, { kind: 'dtmf', digit });
  }

  /** Nobody has spoken for a while. */
  async silence(silenceMs: number, mediaMs: number): Promise<void> {
    if (this.#running) return;
    if (this.#after) return this.#afterLast(true);
    if (this.#desk.unplayed.length > 0) return;
    if (this.#unanswered) {
      this.#run(this.#unanswered, { kind: 'heard' });
      return;
    }
    const turnId = this.#nextTurnId();
    this.#desk.note({ type: 'silence-elapsed', turnId, mediaMs, silenceMs });
    const count = this.#desk.state.silences;
    this.#run({ turnId, utterance: undefined, turnIds: [] }, { kind: 'silence', silenceMs, count });
  }

  /**
   * Long work came to an emergency: its instruction is given at the next end of a sentence, in the place of
   * everything else that is under way. What the patient said and nobody answered keeps its turn.
   */
  interject(review: Review): void {
    if (this.#desk.state.closing || this.#running?.turn.emergency === true) return;
    this.#urgent = review;
    this.cancel();
    if (this.#desk.unplayed.length === 0) this.#sayUrgent();
  }

  /** Between two sentences of the agent; an emergency instruction that still has to be played comes first. */
  #sayUrgent(): void {
    const review = this.#urgent;
    if (!review || this.#desk.unplayed.some(({ interruptible }) => !interruptible)) return;
    this.#urgent = undefined;
    this.cancel();
    this.#stopSpeaking('emergency');
    const turnId = this.#nextTurnId();
    this.#run({ turnId, utterance: undefined, turnIds: [] }, { kind: 'emergency-found', review });
  }

  /** The leg said what became of a sentence. */
  async played(played: Played, mediaMs: number): Promise<void> {
    const { sentenceId, complete, started } = played;
    if (started || !this.#desk.state.sentences[sentenceId]) return;
    this.#desk.forgetPlayed(sentenceId);
    this.#desk.note(sentencePlayed(played, mediaMs));
    if (this.#urgent) this.#sayUrgent();
    else if (this.#after?.lastSentenceId === sentenceId) await this.#afterLast(complete);
  }

  /**
   * The patient spoke over the agent, and nobody knows yet whether it is a turn or a cough. What is left
   * of an answer is not said; but words that have no answer yet keep their turn, so that a cough never
   * swallows a red flag.
   * @param sentenceId the sentence that was spoken over
   */
  yield(sentenceId: string): void {
    const running = this.#running;
    if (!running) {
      const turnId = this.#desk.state.sentences[sentenceId]?.turnId;
      const then = this.#after?.then ?? { kind: 'listen' };
      if (turnId !== undefined) this.#interrupted ??= { turnId, then };
    }
    this.#after = undefined;
    if (!running) return;
    if (running.heard.utterance === undefined || running.turn.answered) this.cancel();
  }

  /**
   * "Mm-hm" over the agent, who has fallen silent for it, says: go on. Everything from the cut sentence on
   * is said again in its own turn, after new looks; the primary agent is not asked, and no item changes.
   * @returns false when nothing was cut, or the sound may be an answer
   */
  #resume(): boolean {
    const interrupted = this.#interrupted;
    if (!interrupted || this.#running || this.#unanswered) return false;
    const { turnId, then } = interrupted;
    const sentences = sayAgain(this.#desk.state, turnId);
    if (sentences.length === 0) return false;
    this.#run({ turnId, utterance: undefined, turnIds: [] }, { kind: 'resumed', sentences, then });
    return true;
  }

  /** Nothing more of the turn under way is said; idempotent. */
  cancel(): void {
    this.#after = undefined;
    const running = this.#running;
    this.#running = undefined;
    if (!running) return;
    running.abort.abort();
    if (running.turn.answered && running.answers) this.#unanswered = undefined;
  }

  /** One approved sentence, a task for a nurse, and the end of the call. */
  async giveUp(turnId: string, phrase: string, task: string, reason: string): Promise<void> {
    const desk = this.#desk;
    this.cancel();
    desk.note({ type: 'nurse-task-added', turnId, reason: task, disposition: Disposition.SAME_DAY });
    const speech = new TurnSpeech(desk, turnId, new AbortController().signal);
    await speech.sayApproved(phrase);
    this.#after = { then: { kind: 'hang-up', reason }, lastSentenceId: speech.lastSentenceId };
  }

  #run(heard: HeardInTurn, cause: TurnCause): void {
    const subject = this.#subject;
    if (!subject || this.#desk.state.closing) return;
    this.#interrupted = undefined;
    const abort = new AbortController();
    const turn = new Turn({ ...this.#parts, ...subject }, heard, cause, abort.signal);
    const running: Running = { turn, heard, abort, answers: cause.kind !== 'emergency-found' };
    this.#running = running;
    turn
      .run()
      .then((end) => (end ? this.#ended(running, end) : undefined))
      .catch((thrown: unknown) => this.#failed(running, thrown))
      .catch(this.#onFault);
  }

  async #ended(running: Running, end: TurnEnd): Promise<void> {
    if (this.#running !== running) return;
    this.#running = undefined;
    if (running.answers) this.#unanswered = undefined;
    if (end.then.kind === 'listen') return;
    this.#after = end;
    if (this.#desk.unplayed.some((sentence) => sentence.sentenceId === end.lastSentenceId)) return;
    await this.#afterLast(this.#desk.state.sentences[end.lastSentenceId]?.status !== 'cut');
  }

  /** A fault in a turn: an honest word and a nurse's call-back, as long as both can be recorded. */
  async #failed(running: Running, thrown: unknown): Promise<void> {
    if (thrown instanceof AsterismError) throw thrown;
    if (running.abort.signal.aborted) return;
    // Where, and never the message: it might quote the patient.
    const lines = thrown instanceof Error ? (thrown.stack ?? '').split('\n') : [];
    const frames = lines.filter((line) => line.startsWith('    at ')).slice(0, 6);
    log.error({ callId: this.#desk.callId, turnId: running.heard.turnId, frames }, 'a turn failed');
    const task = 'the call had a fault; call the patient back';
    await this.giveUp(`${running.heard.turnId}.fault`, approvedPhrases.cannotContinue, task, 'fault');
  }

  /** Stops what the leg still has to say, unless an emergency instruction is among it. */
  #stopSpeaking(reason: string): void {
    const { unplayed } = this.#desk;
    if (unplayed.length === 0 || unplayed.some((sentence) => !sentence.interruptible)) return;
    this.#desk.send({ $case: 'stop', value: { reason } });
  }

  /** The last sentence of a turn was heard to its end, or cut short: then its end waits for another turn. */
  async #afterLast(complete: boolean): Promise<void> {
    const desk = this.#desk;
    const after = this.#after;
    this.#after = undefined;
    if (!after || !complete || desk.state.ended) return;
    const turnId = desk.state.sentences[after.lastSentenceId]?.turnId ?? '';
    switch (after.then.kind) {
      case 'listen':
        return;
      case 'hang-up': {
        const { reason } = after.then;
        desk.note({ type: 'hang-up-requested', turnId, reason });
        await desk.settled();
        desk.send({ $case: 'hangUp', value: { reason } });
        return;
      }
      case 'transfer': {
        const { destination } = after.then;
        const handOff = this.#handOff();
        desk.note({ type: 'transfer-requested', turnId, destination, sbar: handOff });
        await desk.settled();
        desk.send({ $case: 'transfer', value: { destination, sbar: handOff } });
        return;
      }
    }
  }

  #handOff(): string {
    if (!this.#subject) return '';
    const { state } = this.#desk;
    const notAsked = omissionsOf(state, this.#subject).map(({ topic }) => topic);
    return sbar(state, this.#subject.patient, notAsked);
  }

  #nextTurnId(): string {
    this.#turns++;
    return String(this.#turns);
  }
}
