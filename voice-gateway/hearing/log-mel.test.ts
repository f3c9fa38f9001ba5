import { describe, expect, it } from 'vitest';
import { logMel } from './log-mel.js';
import { RealFft } from './real-fft.js';

describe('RealFft', () => {
  it('equals the definition of the Fourier transform', () => {
    const length = 60;
    const signal = Float64Array.from({ length }, (_, n) => Math.sin(n * n * 0.3) + 0.2 * n);
    const power = new Float64Array(length / 2 + 1);
    new RealFft(length).powerSpectrum(signal, power);
    for (let k = 0; k <= length / 2; k++) {
      let re = 0;
      let im = 0;
      signal.forEach((value, n) => {
        re += value * Math.cos((2 * Math.PI * k * n) / length);
        im -= value * Math.sin((2 * Math.PI * k * n) / length);
      });
      expect(power[k]).toBeCloseTo(re * re + im * im, 6);
    }
  });

  it.each([399, 0, 22])('refuses a length it cannot factor (%i)', (length) => {
    expect(() => new RealFft(length)).toThrow(RangeError);
  });
});

/** Two seconds of a made-up signal; the expected numbers below were computed from it with NumPy. */
const signal = Float32Array.from({ length: 32_000 }, (_, t) => {
  const vibrato = 0.3 * Math.sin((2 * Math.PI * 220 * t) / 16_000 + Math.sin((2 * Math.PI * 3 * t) / 16_000));
  const tone = t % 4_000 < 2_000 ? 0.1 * Math.sin((2 * Math.PI * 1_870 * t) / 16_000) : 0;
  return vibrato + tone + 0.01 * Math.sin(t * t * 0.001);
});

/** [band, frame, value] */
const expected = [
  [0, 0, 1.04489],
  [3, 1, 0.86983],
  [10, 50, 0.21122],
  [40, 77, 0.22883],
  [79, 199, -0.69526],
  [25, 120, -0.18974],
  [60, 13, -0.00837],
] as const;

describe('logMel', () => {
  it("gives Whisper's numbers", () => {
    const { mel, frames } = logMel(signal);
    expect(frames).toBe(200);
    for (const [band, frame, value] of expected) expect(mel[band * frames + frame]).toBeCloseTo(value, 4);
    expect(mel.reduce((sum, value) => sum + value, 0) / mel.length).toBeCloseTo(-0.19108, 4);
  });

  it('gives the same numbers when constant padding is computed once', () => {
    const padded = new Float32Array(8_000 + signal.length).fill(0.01);
    padded.set(signal, 8_000);
    expect(logMel(padded, 8_000).mel).toEqual(logMel(padded).mel);
  });

  it('refuses a signal shorter than half a window', () => {
    expect(() => logMel(new Float32Array(200))).toThrow(RangeError);
  });
});
