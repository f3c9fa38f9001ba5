import { SAMPLES_PER_MS } from '../audio/frame.js';

const WINDOW = 5 * SAMPLES_PER_MS;
/** Kept before the first audible window, so that a soft consonant is not bitten off. */
const KEEP_BEFORE = 15 * SAMPLES_PER_MS;
const KEEP_AFTER = 30 * SAMPLES_PER_MS;
/** RMS of a 5 ms window that counts as audible: -46 dBFS. */
const AUDIBLE_RMS = 0.005;
const FADE = 3 * SAMPLES_PER_MS;

/** Speech with its pause behind it. */
export interface TrimmedSpeech {
  samples: Float32Array;
  /** Samples until the end of speech; the rest is pause. */
  speechSamples: number;
}

/**
 * Cuts the silence at both ends of synthesised speech to small known lengths, fades the cut edges, and appends
 * the pause. Pure.
 * @param samples 16 kHz
 */
export function trimSilence(samples: Float32Array, pauseMs: number): TrimmedSpeech {
  const windows = Math.ceil(samples.length / WINDOW);
  const audible = (index: number): boolean => {
    const window = samples.subarray(index * WINDOW, (index + 1) * WINDOW);
    return window.reduce((sum, sample) => sum + sample * sample, 0) > AUDIBLE_RMS ** 2 * window.length;
  };
  let first = 0;
  while (first < windows && !audible(first)) first++;
  let last = windows - 1;
  while (last > first && !audible(last)) last--;
  const pause = Math.round(pauseMs * SAMPLES_PER_MS);
  if (first >= windows) return { samples: new Float32Array(pause), speechSamples: 0 };

  const from = Math.max(0, first * WINDOW - KEEP_BEFORE);
  const to = Math.min(samples.length, (last + 1) * WINDOW + KEEP_AFTER);
  const trimmed = new Float32Array(to - from + pause);
  trimmed.set(samples.subarray(from, to));
  for (let i = 0; i < Math.min(FADE, to - from); i++) {
    trimmed[i] = (trimmed[i] ?? 0) * (i / FADE);
    const end = to - from - 1 - i;
    trimmed[end] = (trimmed[end] ?? 0) * (i / FADE);
  }
  return { samples: trimmed, speechSamples: to - from };
}
