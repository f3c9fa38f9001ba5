import { describe, expect, it } from 'vitest';
import { rms } from '../../../voice-gateway/audio/level.js';
import { overTheTelephone } from './telephone-line.js';

const tone = Float32Array.from(
  { length: 16_000 },
  (_, n) => 0.3 * Math.sin((2 * Math.PI * 440 * n) / 16_000),
);

/** RMS of what is not the tone, relative to the tone, in decibels. */
async function snrOf(snrDb: number): Promise<number> {
  const quiet = await overTheTelephone(tone, 16_000, 60, 1);
  const noisy = await overTheTelephone(tone, 16_000, snrDb, 1);
  return 20 * Math.log10(rms(quiet) / rms(noisy.map((sample, n) => sample - (quiet[n] ?? 0))));
}

describe('speech over the telephone', () => {
  it.each([30, 18, 10])('has noise %i dB below it', async (snrDb) => {
    expect(Math.abs((await snrOf(snrDb)) - snrDb)).toBeLessThan(2);
  });

  it('sounds the same for the same seed and differs for another', async () => {
    const once = await overTheTelephone(tone, 16_000, 10, 1);
    expect(await overTheTelephone(tone, 16_000, 10, 1)).toEqual(once);
    expect(await overTheTelephone(tone, 16_000, 10, 2)).not.toEqual(once);
  });

  it('keeps its length and loses what is above 4 kHz', async () => {
    const high = tone.map((_, n) => 0.3 * Math.sin((2 * Math.PI * 6_000 * n) / 16_000));
    const out = await overTheTelephone(high, 16_000, 60, 1);
    expect(Math.abs(out.length - high.length)).toBeLessThan(320);
    expect(rms(out)).toBeLessThan(0.02);
  });
});
