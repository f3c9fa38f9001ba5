import { FRAME_MS } from '../audio/frame.js';

/** Frames within this time decide the mapping together, in milliseconds; short enough to follow a drifting far clock. */
const WINDOW_MS = 10_000;

/**
 * Maps media time (milliseconds since the call's first audio sample) to the gateway's monotonic clock. A frame
 * cannot arrive before its last sample was spoken, so the least delayed frame of the last seconds tells the
 * mapping best; jitter and stalls only ever add delay.
 */
export class MediaClock {
  #windowStartMs: number;
  #least: number;
  #leastOfLastWindow: number;
  #sawFrame = false;

  /** @param nowMs clock time that counts as media time 0 until the first frame arrives */
  constructor(nowMs: number) {
    this.#windowStartMs = nowMs;
    this.#least = nowMs;
    this.#leastOfLastWindow = nowMs;
  }

  /** Notes a frame's arrival. @param mediaMs media time of its first sample */
  arrived(mediaMs: number, nowMs: number): void {
    const offset = nowMs - (mediaMs + FRAME_MS);
    if (!this.#sawFrame) {
      this.#sawFrame = true;
      this.#windowStartMs = nowMs;
      this.#least = offset;
      this.#leastOfLastWindow = offset;
      return;
    }
    if (nowMs - this.#windowStartMs >= WINDOW_MS) {
      this.#windowStartMs = nowMs;
      this.#leastOfLastWindow = this.#least;
      this.#least = offset;
      return;
    }
    this.#least = Math.min(this.#least, offset);
  }

  /** Clock time at which a moment of media time was spoken, in milliseconds. */
  clockMsOf(mediaMs: number): number {
    return mediaMs + this.#offset();
  }

  /** Media time of a moment of the clock, in milliseconds; never negative. */
  mediaMsOf(clockMs: number): number {
    return Math.max(0, clockMs - this.#offset());
  }

  #offset(): number {
    return Math.min(this.#least, this.#leastOfLastWindow);
  }
}
