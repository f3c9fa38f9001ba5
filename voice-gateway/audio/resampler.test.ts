import { describe, expect, it } from 'vitest';
import { rms } from './level.js';
import { concatenate, createResampler, resampleAll } from './resampler.js';

const tone = (hz: number, rateHz: number, seconds: number): Float32Array =>
  Float32Array.from(
    { length: Math.round(rateHz * seconds) },
    (_, i) => 0.5 * Math.sin((2 * Math.PI * hz * i) / rateHz),
  );

const inChunks = async (
  samples: Float32Array,
  fromHz: number,
  toHz: number,
  chunk: number,
): Promise<Float32Array> => {
  const resampler = await createResampler(fromHz, toHz);
  const parts: Float32Array[] = [];
  for (let at = 0; at < samples.length; at += chunk)
    parts.push(resampler.process(samples.subarray(at, at + chunk)));
  parts.push(resampler.flush());
  resampler.close();
  return concatenate(parts);
};

describe.each([
  [8_000, 16_000],
  [16_000, 8_000],
  [22_050, 16_000],
  [26_460, 16_000],
  [48_000, 16_000],
])('resampling from %i to %i Hz', (fromHz, toHz) => {
  it('gives the same in 20 ms chunks as in one piece', async () => {
    const input = tone(440, fromHz, 1);
    const whole = await resampleAll(input, fromHz, toHz);
    const chunked = await inChunks(input, fromHz, toHz, fromHz / 50);
    expect(chunked.length).toBe(whole.length);
    expect(Math.max(...chunked.map((sample, i) => Math.abs(sample - (whole[i] ?? NaN))))).toBeLessThan(1e-6);
  });

  it('keeps length, phase and level of a tone, without clicks', async () => {
    const output = await inChunks(tone(440, fromHz, 1), fromHz, toHz, fromHz / 50);
    expect(output.length).toBe(toHz);
    const expected = tone(440, toHz, 1);
    const middle = [toHz / 10, (9 * toHz) / 10] as const;
    const difference = output
      .subarray(...middle)
      .map((sample, i) => sample - (expected[i + middle[0]] ?? NaN));
    expect(rms(difference)).toBeLessThan(0.005); // 37 dB below the tone
    const steepest = Math.PI * 440 * (1 / toHz) * 1.1;
    for (let i = 1; i < output.length; i++) {
      expect(Math.abs((output[i] ?? 0) - (output[i - 1] ?? 0))).toBeLessThan(steepest);
    }
  });
});

describe('resampling', () => {
  it('lets nothing above the new band come back as an alias', async () => {
    const output = await resampleAll(tone(6_000, 16_000, 1), 16_000, 8_000);
    expect(rms(output.subarray(800, 7_200))).toBeLessThan(0.5 * Math.SQRT1_2 * 1e-3); // 60 dB down
  });

  it('makes no image of a tone above the old band', async () => {
    const output = await resampleAll(tone(1_000, 8_000, 1), 8_000, 16_000);
    const at = (hz: number): number => {
      let [re, im] = [0, 0];
      for (const [i, sample] of output.entries()) {
        re += sample * Math.cos((2 * Math.PI * hz * i) / 16_000);
        im += sample * Math.sin((2 * Math.PI * hz * i) / 16_000);
      }
      return Math.hypot(re, im);
    };
    expect(20 * Math.log10(at(7_000) / at(1_000))).toBeLessThan(-60);
  });

  it('holds back no more than 5 ms', async () => {
    const resampler = await createResampler(8_000, 16_000);
    const out = resampler.process(tone(440, 8_000, 0.02));
    expect(out.length).toBeGreaterThan(320 - 80);
    resampler.close();
  });

  it('is fresh after a flush', async () => {
    const resampler = await createResampler(22_050, 16_000);
    const input = tone(300, 22_050, 0.3);
    const first = concatenate([resampler.process(input), resampler.flush()]).slice();
    const second = concatenate([resampler.process(input), resampler.flush()]);
    expect(second).toEqual(first);
    resampler.close();
  });

  it('passes equal rates through and survives empty input and a second close', async () => {
    const same = await createResampler(16_000, 16_000);
    const input = tone(440, 16_000, 0.02);
    expect(same.process(input)).toEqual(input);
    const resampler = await createResampler(8_000, 16_000);
    expect(resampler.process(new Float32Array(0)).length).toBe(0);
    expect(resampler.flush().length).toBe(0);
    resampler.close();
    resampler.close();
    expect(resampler.process(input).length).toBe(0);
  });
});
