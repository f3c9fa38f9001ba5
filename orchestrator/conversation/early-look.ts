import { isDeepStrictEqual } from 'node:util';
import type { ReviewRequest } from '../../protos/generated/asterism/v1/specialist.js';
import type { CallState } from '../call/state.js';
import type { Consultation } from '../consultation/consultation.js';

/** The requests of a first look, by specialist. */
export type RequestFor = (specialist: string) => ReviewRequest;

interface Taken {
  readonly request: ReviewRequest;
  readonly questionOf: string;
  readonly consultation: Consultation;
}

/**
 * First looks at what is recognised in a pause, before the turn has ended. When the patient does not go on, the
 * utterance is this one, and its look is there already; else it was asked in vain and counts for nothing.
 */
export class EarlyLook {
  #taken: Taken | undefined;

  /** Asks about what may become the utterance of the next turn. */
  begin(state: CallState, requestFor: RequestFor, ask: (requestFor: RequestFor) => Consultation): void {
    this.forget();
    const consultation = ask(requestFor);
    this.#taken = { request: requestFor(''), questionOf: state.questionOf, consultation };
  }

  /**
   * The look, when it was asked with the very same request and everybody has answered it well.
   * @returns undefined when the specialists must be asked
   */
  take(state: CallState, requestFor: RequestFor): Consultation | undefined {
    const taken = this.#taken;
    this.#taken = undefined;
    if (!taken) return undefined;
    const same = taken.questionOf === state.questionOf && isDeepStrictEqual(taken.request, requestFor(''));
    const answered = taken.consultation.looks().every(({ status }) => status === 'answered');
    if (same && answered) return taken.consultation;
    taken.consultation.cancel();
    return undefined;
  }

  /** What was recognised is out of date; idempotent. */
  forget(): void {
    this.#taken?.consultation.cancel();
    this.#taken = undefined;
  }
}
