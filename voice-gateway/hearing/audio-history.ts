import { SAMPLES_PER_MS } from '../audio/frame.js';

/** Frames may begin this much off the expected time without being a gap: media clocks are rounded. */
const TOLERANCE_MS = 5;

/** The last stretch of a call's audio, addressed by media time. It keeps only what it is told to keep. */
export class AudioHistory {
  #chunks: Float32Array[] = [];
  #startMs = 0;
  #endMs = 0;

  /** Media time one past the last sample, in milliseconds. */
  get endMs(): number {
    return this.#endMs;
  }

  /** How a frame's time compares with what is expected: 0, a gap in milliseconds, or negative when it is old. */
  offsetOf(mediaMs: number): number {
    const offsetMs = mediaMs - this.#endMs;
    return Math.abs(offsetMs) <= TOLERANCE_MS ? 0 : offsetMs;
  }

  /** Appends samples at the end. */
  append(samples: Float32Array): void {
    this.#chunks.push(samples);
    this.#endMs += samples.length / SAMPLES_PER_MS;
  }

  /** Forgets everything and begins anew at a media time. */
  startAt(mediaMs: number): void {
    this.#chunks = [];
    this.#startMs = mediaMs;
    this.#endMs = mediaMs;
  }

  /** A copy of what is still held between two media times. */
  slice(fromMs: number, toMs: number): Float32Array {
    const from = Math.max(0, Math.round((fromMs - this.#startMs) * SAMPLES_PER_MS));
    const held = Math.round((this.#endMs - this.#startMs) * SAMPLES_PER_MS);
    const to = Math.min(held, Math.round((toMs - this.#startMs) * SAMPLES_PER_MS));
    const copy = new Float32Array(Math.max(0, to - from));
    let at = 0;
    for (const chunk of this.#chunks) {
      if (at + chunk.length > from && at < to) {
        const begin = Math.max(0, from - at);
        copy.set(chunk.subarray(begin, Math.min(chunk.length, to - at)), at + begin - from);
      }
      at += chunk.length;
    }
    return copy;
  }

  /** Forgets whole chunks that end before a media time. */
  forgetBefore(mediaMs: number): void {
    let count = 0;
    for (const chunk of this.#chunks) {
      const endMs = this.#startMs + chunk.length / SAMPLES_PER_MS;
      if (endMs > mediaMs) break;
      this.#startMs = endMs;
      count += 1;
    }
    if (count > 0) this.#chunks.splice(0, count);
  }
}
