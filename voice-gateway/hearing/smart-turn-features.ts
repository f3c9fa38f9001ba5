import { logMel } from './log-mel.js';

/** Samples that Smart Turn looks at: the last 8 s at 16 kHz. */
export const SMART_TURN_SAMPLES = 128_000;

/**
 * Smart Turn's input: the last 8 s, zeros before it where there is less, brought to zero mean and unit
 * variance, as a Whisper log-mel spectrogram.
 * @returns float32 [80, 800] in rows
 */
export function smartTurnFeatures(samples: Float32Array): Float32Array {
  const window = new Float32Array(SMART_TURN_SAMPLES);
  const heard = samples.subarray(-SMART_TURN_SAMPLES);
  const padding = SMART_TURN_SAMPLES - heard.length;
  window.set(heard, padding);
  let sum = 0;
  for (const value of heard) sum += value;
  const mean = sum / SMART_TURN_SAMPLES;
  let squares = padding * mean * mean;
  for (const value of heard) squares += (value - mean) ** 2;
  const scale = 1 / Math.sqrt(squares / SMART_TURN_SAMPLES + 1e-7);
  for (let index = 0; index < window.length; index++)
    window[index] = ((window[index] as number) - mean) * scale;
  return logMel(window, padding).mel;
}
