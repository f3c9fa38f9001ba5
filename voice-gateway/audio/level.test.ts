import { describe, expect, it } from 'vitest';
import { isAudible, levelDbfs, rms, SILENCE_DBFS } from './level.js';

describe('level', () => {
  it('is 0 dBFS for full scale and -3 for a full sine', () => {
    expect(levelDbfs(new Float32Array(320).fill(1))).toBeCloseTo(0, 6);
    expect(
      levelDbfs(Float32Array.from({ length: 320 }, (_, i) => Math.sin((2 * Math.PI * i) / 32))),
    ).toBeCloseTo(-3.01, 2);
  });

  it('never is minus infinity', () => {
    expect(levelDbfs(new Float32Array(320))).toBe(SILENCE_DBFS);
    expect(levelDbfs(new Float32Array(0))).toBe(SILENCE_DBFS);
    expect(rms(new Float32Array(0))).toBe(0);
  });

  it('hears speech and not the hiss of a quiet line', () => {
    expect(isAudible(new Float32Array(320).fill(0.02))).toBe(true);
    expect(isAudible(new Float32Array(320).fill(0.002))).toBe(false);
  });
});
