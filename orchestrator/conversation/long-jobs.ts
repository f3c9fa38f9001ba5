import type { Clock } from '../../platform/clock.js';
import {
  Disposition,
  type Review,
  type ReviewRequest,
} from '../../protos/generated/asterism/v1/specialist.js';
import { moreUrgent } from '../call/disposition.js';
import type { CallEvent } from '../call/events.js';
import { dueFollowUps, jobOf, runningJobs } from '../call/jobs.js';
import type { FollowUp, JobState } from '../call/state.js';
import type { Deadlines } from '../consultation/deadlines.js';
import { isEmergencyReview } from '../consultation/merge.js';
import type { SpecialistPool } from '../consultation/specialist-pool.js';
import type { CallDesk } from './call-desk.js';
import { resultEvents } from './look-events.js';

/** What long work needs from its surroundings. */
export interface LongJobsParts {
  readonly desk: CallDesk;
  readonly pool: Pick<SpecialistPool, 'investigate'>;
  readonly clock: Clock;
  readonly deadlines: Deadlines;
}

/** Progress is written down at every quarter, not at every step. */
const WORTH_NOTING = 0.25;

/**
 * The long work of one call: begins it when a review defers its answer, writes down how it goes, and sees to
 * it that no result is lost. It outlives the turn that began it, and ends with the call.
 */
export class LongJobs {
  readonly #parts: LongJobsParts;
  readonly #onEmergency: (review: Review) => void;
  readonly #running = new Map<string, AbortController>();
  readonly #waiters = new Set<() => void>();

  /** @param onEmergency told of a result that sends the patient to 911 or 988 */
  constructor(parts: LongJobsParts, onEmergency: (review: Review) => void) {
    this.#parts = parts;
    this.#onEmergency = onEmergency;
  }

  get running(): boolean {
    return this.#running.size > 0;
  }

  /**
   * Begins the work behind a DEFER; the second DEFER to the same job begins nothing.
   * @param sentenceId the sentence under review; empty on the first look
   * @param about the request that was deferred
   */
  begin(turnId: string, sentenceId: string, deferral: Review, about: ReviewRequest): void {
    const { desk } = this.#parts;
    const { specialist, jobId, reason, disposition } = deferral;
    if (desk.state.ended || jobOf(desk.state, specialist, jobId)) return;
    desk.note({ type: 'job-started', turnId, specialist, jobId, sentenceId, reason, disposition });
    const abort = new AbortController();
    this.#running.set(nameOf(specialist, jobId), abort);
    void this.#run(specialist, jobId, about, abort.signal);
  }

  /** Waits until no work is under way, at most so many milliseconds, or until the signal aborts. */
  async settled(withinMs: number, signal: AbortSignal): Promise<void> {
    if (!this.running || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const end = (): void => {
        this.#waiters.delete(check);
        signal.removeEventListener('abort', end);
        cancelTimer();
        resolve();
      };
      const check = (): void => {
        if (!this.running) end();
      };
      const cancelTimer = this.#parts.clock.after(withinMs, end);
      signal.addEventListener('abort', end, { once: true });
      this.#waiters.add(check);
    });
  }

  /** Nothing is looked at any longer, and nothing is written down about it. Idempotent. */
  stop(): void {
    for (const abort of this.#running.values()) abort.abort();
    this.#running.clear();
  }

  /** The call does not wait any longer: what is under way goes to a nurse. Idempotent. */
  abandon(): void {
    const { desk } = this.#parts;
    this.stop();
    for (const { specialist, jobId } of runningJobs(desk.state)) {
      this.#end(specialist, jobId, { status: 'abandoned', review: undefined, elapsedMs: 0 });
    }
    this.#wake();
  }

  /** The call ends: nothing that was found or begun is lost. Idempotent. */
  close(): void {
    this.abandon();
    const { desk } = this.#parts;
    const stopped = desk.state.followUps.filter(({ stage }) => stage === 'stopped');
    desk.note(...[...stopped, ...dueFollowUps(desk.state)].map(unsaidTask));
  }

  async #run(specialist: string, jobId: string, about: ReviewRequest, signal: AbortSignal): Promise<void> {
    const { desk, pool, clock, deadlines } = this.#parts;
    const startedMs = clock.nowMs();
    let noted = 0;
    // The log first: work that nobody knows of must not run.
    const stored = await desk.settled().then(
      () => true,
      () => false,
    );
    const over = (): boolean => signal.aborted || desk.state.ended !== undefined;
    if (!stored || over()) return;
    const ended = await pool.investigate(
      specialist,
      { callId: desk.callId, jobId, about },
      deadlines.jobDeadlineMs,
      (progress) => {
        if (progress >= 1 || progress < noted + WORTH_NOTING || over()) return;
        noted = progress;
        desk.note({ type: 'job-progressed', specialist, jobId, progress });
      },
      signal,
    );
    if (over()) return;
    this.#running.delete(nameOf(specialist, jobId));
    this.#end(specialist, jobId, { ...ended, elapsedMs: clock.nowMs() - startedMs });
    await desk.settled().catch(() => undefined);
    this.#wake();
    if (ended.review) this.announce(ended.review);
  }

  /** An emergency that came too late for its look does not wait for the next turn. */
  announce(review: Review): void {
    if (isEmergencyReview(review) && !this.#parts.desk.state.ended) this.#onEmergency(review);
  }

  #end(
    specialist: string,
    jobId: string,
    ended: {
      readonly status: Exclude<JobState['status'], 'running'>;
      readonly review: Review | undefined;
      readonly elapsedMs: number;
    },
  ): void {
    const { desk } = this.#parts;
    const job = jobOf(desk.state, specialist, jobId);
    if (!job) return;
    const { status, review, elapsedMs } = ended;
    const event: CallEvent = { type: 'job-ended', specialist, jobId, status, review, elapsedMs };
    desk.note(
      event,
      ...(review ? resultEvents(job.turnId, job.sentenceId, review, desk.state) : [openTask(job)]),
    );
  }

  #wake(): void {
    for (const check of [...this.#waiters]) check();
  }
}

function nameOf(specialist: string, jobId: string): string {
  return `${specialist} ${jobId}`;
}

/** Work without a result is a nurse's: the patient was answered without it. */
function openTask({ turnId, specialist, reason, disposition }: JobState): CallEvent {
  return {
    type: 'nurse-task-added',
    turnId,
    reason: reason === '' ? `${specialist} did not finish what it was looking at` : reason,
    disposition: moreUrgent(Disposition.SAME_DAY, disposition),
  };
}

function unsaidTask({ turnId, review }: FollowUp): CallEvent {
  const { specialist, reason, say } = review;
  return {
    type: 'nurse-task-added',
    turnId,
    reason: `the patient was not told what ${specialist} found: ${reason === '' ? say : reason}`,
    disposition: moreUrgent(Disposition.SAME_DAY, review.disposition),
  };
}
