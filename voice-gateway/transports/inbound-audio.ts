import { FRAME_MS, FRAME_SAMPLES } from '../audio/frame.js';
import type { Resampler } from '../audio/resampler.js';

/** Turns pieces of received audio, of any length and rate, into frames of 16 kHz with their media time. */
export class InboundAudio {
  readonly #resampler: Resampler;
  readonly #silence: Float32Array;
  readonly #onFrame: (frame: Float32Array, mediaMs: number) => void;
  #frame = new Float32Array(FRAME_SAMPLES);
  #filled = 0;
  #frames = 0;

  /** @param sourceRateHz samples per second of what is pushed; resampler goes from there to 16 kHz */
  constructor(
    sourceRateHz: number,
    resampler: Resampler,
    onFrame: (frame: Float32Array, mediaMs: number) => void,
  ) {
    this.#resampler = resampler;
    this.#silence = new Float32Array((sourceRateHz * FRAME_MS) / 1_000);
    this.#onFrame = onFrame;
  }

  /** @param samples float32 at the source rate */
  push(samples: Float32Array): void {
    const resampled = this.#resampler.process(samples);
    let read = 0;
    while (read < resampled.length) {
      const taken = Math.min(FRAME_SAMPLES - this.#filled, resampled.length - read);
      this.#frame.set(resampled.subarray(read, read + taken), this.#filled);
      this.#filled += taken;
      read += taken;
      if (this.#filled === FRAME_SAMPLES) this.#emit();
    }
  }

  /** @param durationMs whole frames */
  pushSilence(durationMs: number): void {
    // Through the resampler, so that its filter sees the gap and the next audio begins without a click.
    for (let filledMs = 0; filledMs < durationMs; filledMs += FRAME_MS) this.push(this.#silence);
  }

  #emit(): void {
    const frame = this.#frame;
    this.#frame = new Float32Array(FRAME_SAMPLES);
    this.#filled = 0;
    this.#onFrame(frame, this.#frames++ * FRAME_MS);
  }
}
