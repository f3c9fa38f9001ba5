import type { Review } from '../../protos/generated/asterism/v1/specialist.js';
import { PATIENT_SPOKE_FIRST, type CallEvent } from '../call/events.js';
import { approvedPhrases, isHolding } from '../consultation/approved-phrases.js';
import type { CallDesk, Released } from './call-desk.js';

/** A sentence on its way to the ear. */
export type Sentence = Pick<Released, 'sentenceId' | 'text' | 'interruptible'>;

/**
 * What one turn says: gives every sentence its name, and lets it out only after the log has it. When
 * the signal aborts, what was drafted and not released is written down as withheld, and nothing more is said.
 */
export class TurnSpeech {
  readonly #desk: CallDesk;
  readonly #turnId: string;
  readonly #signal: AbortSignal;
  /** Everything drafted or released in this turn and not withheld, by sentence. */
  readonly #texts = new Map<string, string>();
  #sentences = 0;
  #answered = false;
  #held = false;
  #emergency = false;
  #lastSentenceId = '';

  constructor(desk: CallDesk, turnId: string, signal: AbortSignal) {
    this.#desk = desk;
    this.#turnId = turnId;
    this.#signal = signal;
    signal.addEventListener('abort', () => {
      for (const sentenceId of [...this.#texts.keys()]) {
        if (desk.state.sentences[sentenceId]?.status === 'drafted') {
          this.withhold(sentenceId, PATIENT_SPOKE_FIRST);
        }
      }
    });
  }

  /** True once the patient got something other than a holding phrase. */
  get answered(): boolean {
    return this.#answered;
  }

  /** True once a 911 or 988 instruction was given in this turn. */
  get emergency(): boolean {
    return this.#emergency;
  }

  /** Empty while nothing was said. */
  get lastSentenceId(): string {
    return this.#lastSentenceId;
  }

  /** Every text that is drafted or released in this turn, but the one of this sentence. */
  texts(exceptSentenceId = ''): readonly string[] {
    return [...this.#texts.entries()].filter(([id]) => id !== exceptSentenceId).map(([, text]) => text);
  }

  /** Writes a draft down. */
  draft(text: string, interruptible: boolean): Sentence {
    const sentenceId = this.#next(text);
    this.#desk.note({ type: 'sentence-drafted', turnId: this.#turnId, sentenceId, text });
    return { sentenceId, text, interruptible };
  }

  /**
   * The log first, then the line.
   * @param changes what becomes true with this sentence; stored together with it
   */
  async release(
    sentence: Sentence,
    source: Released['source'],
    changes: readonly CallEvent[] = [],
  ): Promise<void> {
    if (this.#over()) return;
    const released: Released = { type: 'sentence-released', turnId: this.#turnId, ...sentence, source };
    this.#desk.note(...changes, released);
    await this.#desk.settled();
    this.#sendRecording(changes);
    if (this.#over()) {
      this.withhold(sentence.sentenceId, PATIENT_SPOKE_FIRST);
      return;
    }
    this.#desk.speak(released);
    this.#lastSentenceId = sentence.sentenceId;
    if (!isHolding(sentence.text)) this.#answered = true;
  }

  /** What becomes true without a sentence. */
  async commit(changes: readonly CallEvent[]): Promise<void> {
    if (this.#over() || changes.length === 0) return;
    this.#desk.note(...changes);
    await this.#desk.settled();
    this.#sendRecording(changes);
  }

  withhold(sentenceId: string, reason: string): void {
    this.#texts.delete(sentenceId);
    const { state } = this.#desk;
    if (state.ended || state.sentences[sentenceId]?.status === 'withheld') return;
    this.#desk.note({ type: 'sentence-withheld', turnId: this.#turnId, sentenceId, reason });
  }

  /** One of consultation/approved-phrases.ts. */
  async sayApproved(text: string): Promise<void> {
    await this.release({ sentenceId: this.#next(text), text, interruptible: true }, 'holding');
  }

  /** Once a turn, and only when the patient would otherwise wait in silence. */
  async hold(expectedMs: number): Promise<void> {
    if (this.#held || this.#emergency || this.#over() || this.#desk.unplayed.length > 0) return;
    this.#held = true;
    this.#desk.send({ $case: 'hold', value: { expectedMs } });
    await this.sayApproved(approvedPhrases.holding);
  }

  /** The call would end, and something is still being looked at. */
  async stillChecking(expectedMs: number): Promise<void> {
    if (this.#emergency || this.#over()) return;
    this.#desk.send({ $case: 'hold', value: { expectedMs } });
    await this.sayApproved(approvedPhrases.stillChecking);
  }

  /**
   * A 911 or 988 instruction, once a turn: waits for no look, and cannot be interrupted.
   * @returns the sentence, when it was given now
   */
  async sayEmergency(review: Review): Promise<Sentence | undefined> {
    if (this.#emergency) return undefined;
    this.#emergency = true;
    const sentence = { sentenceId: this.#next(review.say), text: review.say, interruptible: false };
    await this.release(sentence, 'emergency');
    return sentence;
  }

  /** Audio may be stored only once the log holds the patient's yes. */
  #sendRecording(changes: readonly CallEvent[]): void {
    for (const change of changes) {
      if (change.type !== 'recording-consent') continue;
      this.#desk.send({ $case: 'recording', value: { allowed: change.granted } });
    }
  }

  /** The patient spoke first: a method, because it can change at every await. */
  #over(): boolean {
    return this.#signal.aborted;
  }

  /** A turn that is said again after an interruption goes on counting where it was. */
  #next(text: string): string {
    do this.#sentences++;
    while (this.#desk.state.sentences[`${this.#turnId}.${String(this.#sentences)}`]);
    const sentenceId = `${this.#turnId}.${String(this.#sentences)}`;
    this.#texts.set(sentenceId, text);
    return sentenceId;
  }
}
