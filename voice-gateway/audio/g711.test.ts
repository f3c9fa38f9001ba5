import { describe, expect, it } from 'vitest';
import { decodeMuLaw, encodeMuLaw, MU_LAW_SILENCE } from './g711.js';

const decodedValue = (code: number): number => (decodeMuLaw(Uint8Array.of(code))[0] ?? NaN) * 8_192;
const encodedCode = (value: number): number => encodeMuLaw(Float32Array.of(value / 8_192))[0] ?? NaN;

describe('µ-law after ITU-T G.711, table 2', () => {
  // Decoder output values y of the recommendation, on its scale of ±8,159.
  it.each([
    [0xff, 0],
    [0xfe, 2],
    [0xf0, 30],
    [0xef, 33],
    [0xe0, 93],
    [0xdf, 99],
    [0xcf, 231],
    [0xbf, 495],
    [0xaf, 1_023],
    [0x9f, 2_079],
    [0x8f, 4_191],
    [0x80, 8_031],
    [0x00, -8_031],
    [0x7e, -2],
    [0x0f, -4_191],
  ])('decodes %i to %i', (code, value) => {
    expect(decodedValue(code)).toBe(value);
  });

  // Each decision value is the least that gets the code of its interval.
  it.each([
    [0, 0xff],
    [1, 0xfe],
    [2, 0xfe],
    [3, 0xfd],
    [30, 0xf0],
    [31, 0xef],
    [94, 0xe0],
    [95, 0xdf],
    [222, 0xd0],
    [223, 0xcf],
    [4_062, 0x90],
    [4_063, 0x8f],
    [7_902, 0x81],
    [7_903, 0x80],
    [-1, 0x7e],
    [-31, 0x6f],
    [-8_159, 0x00],
  ])('encodes %i as %i', (value, code) => {
    expect(encodedCode(value)).toBe(code);
  });

  it('encodes what it decoded back to the same code', () => {
    const codes = Uint8Array.from({ length: 256 }, (_, code) => code);
    // Negative zero is the one code that does not come back: it is said as positive zero.
    const expected = codes.map((code) => (code === 0x7f ? MU_LAW_SILENCE : code));
    expect(encodeMuLaw(decodeMuLaw(codes))).toEqual(expected);
  });

  it('clips what is too loud and makes silence of what is no number', () => {
    expect([...encodeMuLaw(Float32Array.of(5, -5, Infinity, -Infinity, NaN, 0))]).toEqual([
      0x80,
      0x00,
      0x80,
      0x00,
      MU_LAW_SILENCE,
      MU_LAW_SILENCE,
    ]);
  });

  it('keeps a loud tone 35 dB above its quantisation noise', () => {
    const tone = Float32Array.from(
      { length: 8_000 },
      (_, i) => 0.5 * Math.sin((2 * Math.PI * 440 * i) / 8_000),
    );
    const back = decodeMuLaw(encodeMuLaw(tone));
    const power = (samples: Float32Array): number =>
      samples.reduce((sum, sample) => sum + sample * sample, 0);
    expect(
      10 * Math.log10(power(tone) / power(tone.map((sample, i) => sample - (back[i] ?? 0)))),
    ).toBeGreaterThan(35);
  });
});
