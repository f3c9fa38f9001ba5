import type { Clock } from '../../platform/clock.js';
import { log } from '../../platform/log.js';
import type { ReviewRequest } from '../../protos/generated/asterism/v1/specialist.js';
import type { Look } from './merge.js';
import type { SpecialistChannel } from './specialist-channel.js';
import { validateReview } from './validate-review.js';

/** A specialist that takes part. */
export interface Member {
  readonly specialist: string;
  readonly gate: boolean;
  readonly channel: Pick<SpecialistChannel, 'review'>;
}

interface Entry {
  readonly member: Member;
  /** Undefined while nothing has come. */
  look: Look | undefined;
  /** True once nothing better can come. */
  settled: boolean;
}

/**
 * One look of all specialists, asked at once. Who waits for it decides how long; what has not come by
 * then counts as late. Deadlines are watched twice: by gRPC, and by a timer of our own that holds even
 * when a connection hangs.
 */
export class Consultation {
  readonly #entries: readonly Entry[];
  readonly #clock: Clock;
  readonly #startedMs: number;
  readonly #secondDeadlineMs: number;
  readonly #abort = new AbortController();
  readonly #waiters = new Set<() => void>();

  /**
   * @param requestFor the request for one specialist
   * @param secondDeadlineMs the longest that any specialist is waited for
   */
  constructor(
    members: readonly Member[],
    requestFor: (specialist: string) => ReviewRequest,
    secondDeadlineMs: number,
    clock: Clock,
  ) {
    this.#clock = clock;
    this.#startedMs = clock.nowMs();
    this.#secondDeadlineMs = secondDeadlineMs;
    this.#entries = members.map((member) => ({ member, look: undefined, settled: false }));
    for (const entry of this.#entries) void this.#ask(entry, requestFor(entry.member.specialist));
  }

  /** Milliseconds since the specialists were asked. */
  get elapsedMs(): number {
    return this.#clock.nowMs() - this.#startedMs;
  }

  /**
   * Waits until everyone has answered or failed (or, for gates, until every gate's answer cannot get any
   * better), at most until deadlineMs after the start.
   */
  async wait(whom: 'everyone' | 'gates', deadlineMs: number): Promise<readonly Look[]> {
    const ready = (): boolean =>
      whom === 'everyone'
        ? this.#entries.every((entry) => entry.look !== undefined)
        : this.#entries.every((entry) => !entry.member.gate || entry.settled);
    const remainingMs = this.#startedMs + deadlineMs - this.#clock.nowMs();
    if (!ready() && remainingMs > 0) {
      await new Promise<void>((resolve) => {
        const end = (): void => {
          this.#waiters.delete(check);
          cancelTimer();
          resolve();
        };
        const check = (): void => {
          if (ready() || this.#abort.signal.aborted) end();
        };
        const cancelTimer = this.#clock.after(remainingMs, end);
        this.#waiters.add(check);
      });
    }
    return this.looks();
  }

  /** Whether a gate that has not answered well may still do so. */
  get open(): boolean {
    return this.#entries.some((entry) => entry.member.gate && !entry.settled);
  }

  /** How it stands now; who has not answered is late. */
  looks(): readonly Look[] {
    return this.#entries.map(
      ({ member, look }) =>
        look ?? {
          specialist: member.specialist,
          gate: member.gate,
          status: 'late',
          review: undefined,
          elapsedMs: this.elapsedMs,
        },
    );
  }

  /** Nobody is waited for any more; idempotent. */
  cancel(): void {
    this.#abort.abort();
    this.#wake();
  }

  async #ask(entry: Entry, request: ReviewRequest): Promise<void> {
    const { channel, specialist, gate } = entry.member;
    const remainingMs = (): number => Math.max(1, this.#secondDeadlineMs - this.elapsedMs);
    let answer = await channel.review(
      request,
      { deadlineMs: remainingMs(), waitForConnection: false },
      this.#abort.signal,
    );
    if ('none' in answer && answer.none === 'unavailable' && gate) {
      // A gate that was restarted can still answer before the second deadline.
      this.#note(entry, { specialist, gate, status: 'failed', review: undefined, elapsedMs: this.elapsedMs });
      answer = await channel.review(
        request,
        { deadlineMs: remainingMs(), waitForConnection: true },
        this.#abort.signal,
      );
    }
    if (this.#abort.signal.aborted) return;
    entry.settled = true;
    const elapsedMs = this.elapsedMs;
    if ('none' in answer) {
      const status = answer.none === 'unreadable' ? 'invalid' : 'failed';
      this.#note(entry, { specialist, gate, status, review: undefined, elapsedMs });
      return;
    }
    const validated = validateReview(answer.review, specialist, request.pass);
    if (validated.valid) {
      this.#note(entry, { specialist, gate, status: 'answered', review: validated.review, elapsedMs });
    } else {
      log.warn(
        { specialist, callId: request.callId, problem: validated.problem },
        'a review breaks the contract',
      );
      this.#note(entry, { specialist, gate, status: 'invalid', review: undefined, elapsedMs });
    }
  }

  #note(entry: Entry, look: Look): void {
    entry.look = look;
    this.#wake();
  }

  #wake(): void {
    for (const check of [...this.#waiters]) check();
  }
}
