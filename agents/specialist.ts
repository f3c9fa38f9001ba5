import type { ServiceDefinition, UntypedServiceImplementation } from '@grpc/grpc-js';
import {
  Disposition,
  Verdict,
  type Description,
  type InvestigateRequest,
  type InvestigateUpdate,
  type Review,
  type ReviewRequest,
} from '../protos/generated/asterism/v1/specialist.js';

/**
 * What one specialist does, without its wire: a pure function from what was said to a review.
 * agents/serve-specialist.ts puts it behind gRPC.
 * @typeParam Answer a review, or the promise of one from a specialist that asks a model
 */
export interface SpecialistLogic<Answer extends Review | Promise<Review> = Review> {
  readonly description: Description;
  /** One look. Never remembers: everything it may know of the call is in the request. */
  review(request: ReviewRequest): Answer;
  /** Long work for a job id that a review deferred to; the last update carries the review. */
  investigate?(request: InvestigateRequest, signal: AbortSignal): AsyncIterable<InvestigateUpdate>;
  /** Further contracts that it serves beside Specialist, on the same socket. */
  readonly services?: readonly SpecialistExtra[];
  /** Lets go of the models it holds; a specialist without any has none. */
  close?(): Promise<void>;
}

/** Any specialist, whether or not it waits for a model. */
export type AnySpecialist = SpecialistLogic<Review | Promise<Review>>;

/** One more gRPC service with its handlers. */
export interface SpecialistExtra {
  readonly definition: ServiceDefinition;
  readonly handlers: UntypedServiceImplementation;
}

/** A review with the specialist's name and versions filled in; everything not given is empty, PASS and NONE. */
export function reviewOf(
  by: Pick<Description, 'specialist' | 'knowledgeVersion'>,
  parts: Partial<Review>,
): Review {
  return {
    specialist: by.specialist,
    verdict: Verdict.PASS,
    disposition: Disposition.NONE,
    say: '',
    entities: [],
    facts: [],
    reason: '',
    confidence: 1,
    relevant: true,
    jobId: '',
    knowledgeVersion: by.knowledgeVersion,
    ...parts,
  };
}

/**
 * The review of a specialist that does not object.
 * @param reason for a nurse: why there is nothing to say, or that this is not covered
 * @param relevant whether the utterance or draft touched what the specialist covers
 */
export function passReview(
  specialist: string,
  knowledgeVersion: string,
  reason: string,
  relevant: boolean,
): Review {
  return reviewOf({ specialist, knowledgeVersion }, { reason, relevant });
}
