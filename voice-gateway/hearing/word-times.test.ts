import { describe, expect, it } from 'vitest';
import { framesOf, tokenStartsMs } from './word-times.js';

/** A row that looks at frames from (inclusive) to (exclusive), over a faint floor. */
function looking(frames: number, from: number, to: number): Float32Array {
  return Float32Array.from({ length: frames }, (_, frame) => (frame >= from && frame < to ? 1 : 0.01));
}

describe('tokenStartsMs', () => {
  it('follows where the decoder looked, in order', () => {
    const rows = [looking(50, 0, 10), looking(50, 10, 30), looking(50, 30, 50)];
    const starts = tokenStartsMs(rows, 50);
    expect(starts[0]).toBe(0);
    expect(starts[1]).toBeGreaterThanOrEqual(160);
    expect(starts[1]).toBeLessThanOrEqual(240);
    expect(starts[2]).toBeGreaterThanOrEqual(560);
    expect(starts[2]).toBeLessThanOrEqual(640);
  });

  it('is not drawn to a frame that every token looks at', () => {
    const rows = [looking(50, 0, 10), looking(50, 10, 30), looking(50, 30, 50)];
    for (const row of rows) row.fill(5, 44, 48);
    expect(tokenStartsMs(rows, 50)[1]).toBeLessThanOrEqual(260);
  });

  it('never runs backwards, even when the decoder looked back', () => {
    const starts = tokenStartsMs([looking(40, 30, 40), looking(40, 0, 10), looking(40, 20, 30)], 40);
    expect([...starts].sort((a, b) => a - b)).toEqual(starts);
  });

  it('gives every token a time when there are more tokens than frames', () => {
    const starts = tokenStartsMs(
      Array.from({ length: 9 }, () => looking(4, 0, 4)),
      4,
    );
    expect(starts).toHaveLength(9);
    expect(starts.every((start) => start >= 0 && start <= 80)).toBe(true);
  });

  it('survives attention that is no number', () => {
    const starts = tokenStartsMs([new Float32Array(20).fill(NaN), new Float32Array(20).fill(NaN)], 20);
    expect(starts.every(Number.isFinite)).toBe(true);
  });

  it('of nothing is nothing', () => {
    expect(tokenStartsMs([], 10)).toEqual([]);
    expect(tokenStartsMs([new Float32Array(0)], 0)).toEqual([0]);
  });
});

describe('framesOf', () => {
  it('counts frames of 20 ms, the last one begun', () => {
    expect(framesOf(0)).toBe(0);
    expect(framesOf(20)).toBe(1);
    expect(framesOf(21)).toBe(2);
  });
});
