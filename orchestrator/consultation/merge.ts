import { Disposition, Verdict, type Review } from '../../protos/generated/asterism/v1/specialist.js';
import type { LookStatus } from '../call/events.js';

/** How one specialist answered one look. */
export interface Look {
  readonly specialist: string;
  readonly gate: boolean;
  readonly status: LookStatus;
  readonly review: Review | undefined;
  readonly elapsedMs: number;
}

/** What all looks together say about an utterance or a sentence. */
export interface Decision {
  readonly verdict: Verdict;
  readonly disposition: Disposition;
  /** The review that won; undefined when nobody objected or a gate was silent. */
  readonly winning: Review | undefined;
  /** Every answered review, in merging order. */
  readonly reviews: readonly Review[];
  /** Reviews with a verdict other than PASS that did not win, in merging order. */
  readonly losing: readonly Review[];
  /** Gates that did not answer. Not empty means: fail closed. */
  readonly unansweredGates: readonly string[];
}
