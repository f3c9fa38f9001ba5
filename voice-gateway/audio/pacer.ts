import { createHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import { messageOf } from '../../platform/errors.js';
import { log } from '../../platform/log.js';
import { systemClock, type Clock } from '../../platform/clock.js';
import { FRAME_MS } from './frame.js';

/** One turn of the pacer: the moment to put at most one frame on the wire. */
export interface Slot {
  /** Number of the slot since the pacer began; slot n is due at start + n × 20 ms. */
  index: number;
  /** Slots that passed unused just before this one because the process was late. Never made up by a burst. */
  skipped: number;
  /** When the slot was due, on the pacer's clock, in milliseconds. */
  dueMs: number;
  /** When it really came, in milliseconds on the same clock; never before dueMs. */
  nowMs: number;
}

/** A distribution in milliseconds. All zero while nothing was measured. */
export interface DelayFigures {
  count: number;
  p50: number;
  p99: number;
  max: number;
}

/** How well time was kept since the pacer began. */
export interface PacerTiming {
  /** Slots that were served. */
  slots: number;
  /** Slots that passed unused. */
  skippedSlots: number;
  /** How late a served slot came after its deadline, in milliseconds. */
  latenessMs: DelayFigures;
  /** How long the event loop kept a due timer waiting, in milliseconds. */
  eventLoopDelayMs: DelayFigures;
}

const EVENT_LOOP_RESOLUTION_MS = 10;

/**
 * Paces the outgoing audio of all calls with one timer: slot n is due at start + n × 20 ms on a monotonic
 * clock, so lateness never accumulates. A slot that was missed is skipped; two are never served at once.
 */
export class Pacer {
  readonly #clock: Clock;
  readonly #streams = new Set<(slot: Slot) => void>();
  readonly #lateness = createHistogram();
  readonly #loopDelay = monitorEventLoopDelay({ resolution: EVENT_LOOP_RESOLUTION_MS });
  #startMs = 0;
  #lastIndex = -1;
  #slots = 0;
  #skippedSlots = 0;
  #cancelTimer: (() => void) | undefined;
  #running = false;
  #closed = false;

  constructor(clock: Clock = systemClock) {
    this.#clock = clock;
    // Always on: turned off while idle it would count the idle time as one long delay.
    this.#loopDelay.enable();
  }

  /**
   * Calls onSlot once per slot from the next one on, until the returned function is called.
   * The timer runs only while there are streams. An error thrown by one stream is logged and does not
   * reach the others.
   */
  add(onSlot: (slot: Slot) => void): () => void {
    if (this.#closed) return () => undefined;
    // A function of its own, so that the same callback may be added twice and removed once.
    const stream = (slot: Slot): void => onSlot(slot);
    this.#streams.add(stream);
    if (!this.#running) this.#begin();
    return () => {
      this.#streams.delete(stream);
      if (this.#streams.size === 0) this.#rest();
    };
  }

  /** The figures since the pacer was made. */
  timing(): PacerTiming {
    const loop = this.#loopDelay;
    // The monitor records the whole interval between its own timers, its resolution included.
    const delayMs = (nanoseconds: number): number =>
      Math.max(0, nanoseconds / 1e6 - EVENT_LOOP_RESOLUTION_MS);
    const lateness = this.#lateness;
    const latenessMs = (microseconds: number): number => Math.max(0, microseconds - 1) / 1_000;
    return {
      slots: this.#slots,
      skippedSlots: this.#skippedSlots,
      latenessMs:
        lateness.count === 0
          ? { count: 0, p50: 0, p99: 0, max: 0 }
          : {
              count: lateness.count,
              p50: latenessMs(lateness.percentile(50)),
              p99: latenessMs(lateness.percentile(99)),
              max: latenessMs(lateness.max),
            },
      eventLoopDelayMs:
        loop.count === 0
          ? { count: 0, p50: 0, p99: 0, max: 0 }
          : {
              count: loop.count,
              p50: delayMs(loop.percentile(50)),
              p99: delayMs(loop.percentile(99)),
              max: delayMs(loop.max),
            },
    };
  }

  /** Stops for good and forgets all streams. Idempotent. */
  close(): void {
    this.#closed = true;
    this.#streams.clear();
    this.#loopDelay.disable();
    this.#rest();
  }

  #begin(): void {
    this.#running = true;
    this.#startMs = this.#clock.nowMs() - (this.#lastIndex + 1) * FRAME_MS;
    this.#arm();
  }

  #rest(): void {
    this.#running = false;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }

  /** A stream may have stopped the pacer, or stopped it and begun it again, within the slot. */
  #armUnlessArmed(): void {
    if (this.#running && !this.#cancelTimer) this.#arm();
  }

  #arm(): void {
    const dueMs = this.#startMs + (this.#lastIndex + 1) * FRAME_MS;
    this.#cancelTimer = this.#clock.after(Math.max(0, dueMs - this.#clock.nowMs()), () => this.#fire());
  }

  #fire(): void {
    this.#cancelTimer = undefined;
    const nowMs = this.#clock.nowMs();
    const index = Math.floor((nowMs - this.#startMs) / FRAME_MS);
    if (index <= this.#lastIndex) {
      this.#arm(); // timers may fire a fraction of a millisecond early
      return;
    }
    const skipped = index - this.#lastIndex - 1;
    const dueMs = this.#startMs + index * FRAME_MS;
    this.#lastIndex = index;
    this.#slots++;
    this.#skippedSlots += skipped;
    this.#lateness.record(Math.round((nowMs - dueMs + skipped * FRAME_MS) * 1_000) + 1);
    const slot: Slot = { index, skipped, dueMs, nowMs };
    for (const stream of [...this.#streams]) {
      try {
        stream(slot);
      } catch (thrown) {
        log.error({ error: messageOf(thrown) }, 'a paced stream failed in its slot');
      }
    }
    this.#armUnlessArmed();
  }
}
