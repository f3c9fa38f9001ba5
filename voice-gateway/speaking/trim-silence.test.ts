import { describe, expect, it } from 'vitest';
import { trimSilence } from './trim-silence.js';

const MS = 16;
const between = (silenceBeforeMs: number, speechMs: number, silenceAfterMs: number): Float32Array => {
  const samples = new Float32Array((silenceBeforeMs + speechMs + silenceAfterMs) * MS).fill(0.0005);
  samples.fill(0.2, silenceBeforeMs * MS, (silenceBeforeMs + speechMs) * MS);
  return samples;
};

describe('trimming', () => {
  it('leaves 15 ms before speech, 30 after, and adds the pause', () => {
    const { samples, speechSamples } = trimSilence(between(200, 500, 300), 120);
    expect(speechSamples / MS).toBe(545);
    expect(samples.length / MS).toBe(665);
    expect(samples[14 * MS]).toBeCloseTo(0.0005, 6);
    expect(samples[15 * MS]).toBeCloseTo(0.2, 6);
    expect(samples.subarray(speechSamples).every((sample) => sample === 0)).toBe(true);
  });

  it('takes nothing from speech that fills its recording', () => {
    const { samples, speechSamples } = trimSilence(between(0, 500, 0), 0);
    expect(speechSamples / MS).toBe(500);
    expect(samples.length).toBe(speechSamples);
    expect(samples[0]).toBe(0); // faded, so that the cut does not click
    expect(samples.at(-1)).toBe(0);
  });

  it('makes of silence only the pause', () => {
    expect(trimSilence(new Float32Array(1_600), 100)).toEqual({
      samples: new Float32Array(1_600),
      speechSamples: 0,
    });
    expect(trimSilence(new Float32Array(0), 0)).toEqual({ samples: new Float32Array(0), speechSamples: 0 });
  });
});
