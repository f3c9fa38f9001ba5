import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeMuLaw } from './g711.js';
import { decodeWav, encodeWav, readWav, wavHeader } from './wav.js';

const tone = Float32Array.from({ length: 800 }, (_, i) => 0.5 * Math.sin((2 * Math.PI * 200 * i) / 8_000));

describe('WAV files', () => {
  it('come back as they were written, to 16 bits', () => {
    const { samples, sampleRateHz } = decodeWav(encodeWav(tone, 8_000));
    expect(sampleRateHz).toBe(8_000);
    expect(samples.length).toBe(800);
    expect(Math.max(...samples.map((sample, i) => Math.abs(sample - (tone[i] ?? NaN))))).toBeLessThan(
      1 / 30_000,
    );
  });

  it('in µ-law are read as speech, not as noise', () => {
    const header = wavHeader({ channels: 1, sampleRateHz: 8_000, dataBytes: 800 });
    header.writeUInt16LE(7, 20);
    header.writeUInt32LE(8_000, 28);
    header.writeUInt16LE(1, 32);
    header.writeUInt16LE(8, 34);
    const { samples } = decodeWav(Buffer.concat([header, encodeMuLaw(tone)]));
    expect(Math.max(...samples.map((sample, i) => Math.abs(sample - (tone[i] ?? NaN))))).toBeLessThan(0.02);
  });

  it('with two channels are averaged', () => {
    const data = Buffer.alloc(8);
    data.writeInt16LE(16_384, 0);
    data.writeInt16LE(0, 2);
    data.writeInt16LE(-8_192, 4);
    data.writeInt16LE(-8_192, 6);
    const { samples } = decodeWav(
      Buffer.concat([wavHeader({ channels: 2, sampleRateHz: 16_000, dataBytes: 8 }), data]),
    );
    expect(samples[0]).toBeCloseTo(0.25, 3);
    expect(samples[1]).toBeCloseTo(-0.25, 3);
  });

  it('are read at the rate asked for', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'asterism-wav-')), 'tone.wav');
    await writeFile(path, encodeWav(tone, 8_000));
    expect((await readWav(path, 16_000)).length).toBe(1_600);
  });

  it('that are none, or are not there, give a coded error that names the file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'asterism-wav-'));
    const path = join(folder, 'noise.wav');
    await writeFile(path, 'this is no sound');
    await expect(readWav(path, 16_000)).rejects.toThrow(`INPUT_INVALID: ${path}`);
    await expect(readWav(join(folder, 'none.wav'), 16_000)).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });
});
