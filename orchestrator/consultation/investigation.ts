import type { Clock } from '../../platform/clock.js';
import { log } from '../../platform/log.js';
import {
  Pass,
  Verdict,
  type InvestigateRequest,
  type Review,
} from '../../protos/generated/asterism/v1/specialist.js';
import type { JobEnd } from '../call/events.js';
import type { SpecialistChannel } from './specialist-channel.js';
import { validateReview } from './validate-review.js';

/** How long work ended; the review is there when it was answered. */
export type Investigated =
  | { readonly status: 'answered'; readonly review: Review }
  | { readonly status: Exclude<JobEnd, 'answered'>; readonly review: undefined };

/** What an investigation needs from its surroundings. */
export interface InvestigationOptions {
  /** From its beginning; a timer of our own watches it, which holds even when a connection hangs. */
  readonly deadlineMs: number;
  readonly clock: Clock;
  readonly onProgress: (progress: number) => void;
  readonly signal: AbortSignal;
}

/**
 * Lets one specialist do its long work. Never rejects: work that breaks, hangs, or ends without a review
 * that can be used has failed.
 */
export async function investigate(
  member: { readonly specialist: string; readonly channel: Pick<SpecialistChannel, 'investigate'> },
  request: InvestigateRequest,
  { deadlineMs, clock, onProgress, signal }: InvestigationOptions,
): Promise<Investigated> {
  const { specialist, channel } = member;
  let review: Review | undefined;
  const stop = new AbortController();
  const abort = (): void => {
    stop.abort();
  };
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  const stopped = new Promise<false>((resolve) => {
    stop.signal.addEventListener('abort', () => {
      resolve(false);
    });
  });
  const cancelTimer = clock.after(deadlineMs, abort);
  const ended = await Promise.race([
    stopped,
    channel.investigate(
      request,
      (update) => {
        if (update.jobId !== request.jobId || stop.signal.aborted) return;
        if (update.review) review = update.review;
        else if (update.progress >= 0 && update.progress <= 1) onProgress(update.progress);
      },
      stop.signal,
    ),
  ]);
  cancelTimer();
  signal.removeEventListener('abort', abort);
  if (signal.aborted) return { status: 'abandoned', review: undefined };
  if (stop.signal.aborted) return { status: 'timed-out', review: undefined };
  if (!ended) return { status: 'failed', review: undefined };
  return usable(review, specialist, request);
}

function usable(review: Review | undefined, specialist: string, request: InvestigateRequest): Investigated {
  // There was a draft or there was none; what came late may speak of both.
  const validated = validateReview(review, specialist, Pass.DRAFT);
  const problem = validated.valid
    ? validated.review.verdict === Verdict.DEFER
      ? 'verdict: long work may not defer again'
      : undefined
    : validated.problem;
  if (validated.valid && problem === undefined) return { status: 'answered', review: validated.review };
  log.warn({ specialist, callId: request.callId, problem }, 'the result of long work breaks the contract');
  return { status: 'failed', review: undefined };
}
