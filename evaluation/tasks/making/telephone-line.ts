import { decodeMuLaw, encodeMuLaw } from '../../../voice-gateway/audio/g711.js';
import { rms } from '../../../voice-gateway/audio/level.js';
import { resampleAll } from '../../../voice-gateway/audio/resampler.js';

const LINE_HZ = 8_000;

/**
 * Speech as it arrives over a telephone line: narrowed to 8 kHz, with white noise, through µ-law.
 * @param speech samples in [-1, 1] at rateHz; the result has the same rate
 * @param snrDb how much louder the speech is than the noise, by RMS over the whole, in decibels
 * @param seed of the noise; the same seed gives the same noise
 */
export async function overTheTelephone(
  speech: Float32Array,
  rateHz: number,
  snrDb: number,
  seed: number,
): Promise<Float32Array> {
  const narrow = await resampleAll(speech, rateHz, LINE_HZ);
  // Uniform noise in [-a, a] has an RMS of a/√3.
  const amplitude = rms(narrow) * 10 ** (-snrDb / 20) * Math.sqrt(3);
  const noise = uniformNoise(seed);
  const line = narrow.map((sample) => Math.max(-1, Math.min(1, sample + amplitude * noise())));
  return resampleAll(decodeMuLaw(encodeMuLaw(line)), LINE_HZ, rateHz);
}

/** Numbers in [-1, 1), the same for the same seed (Numerical Recipes' linear congruential generator). */
function uniformNoise(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}
