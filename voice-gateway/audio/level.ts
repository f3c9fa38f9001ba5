/** Level below which a frame counts as silence on a telephone line, in dBFS. */
export const AUDIBLE_DBFS = -50;

/** Level reported for digital silence, in dBFS, so that callers never meet minus infinity. */
export const SILENCE_DBFS = -120;

/** Root mean square of samples in [-1, 1]; 0 for none. */
export function rms(samples: Float32Array): number {
  if (samples.length === 0) return 0;
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(sum / samples.length);
}

/** RMS level in decibels relative to full scale (a constant 1.0 is 0 dBFS), at least {@link SILENCE_DBFS}. */
export function levelDbfs(samples: Float32Array): number {
  const level = rms(samples);
  return level > 0 ? Math.max(SILENCE_DBFS, 20 * Math.log10(level)) : SILENCE_DBFS;
}

/** Whether a person on the line would hear this frame. */
export function isAudible(samples: Float32Array, thresholdDbfs: number = AUDIBLE_DBFS): boolean {
  return levelDbfs(samples) > thresholdDbfs;
}
