import { describe, expect, it } from 'vitest';
import { AudioHistory } from './audio-history.js';

/** 20 ms frames whose samples are their number. */
function filled(frames: number, startMs = 1_000): AudioHistory {
  const history = new AudioHistory();
  history.startAt(startMs);
  for (let number = 0; number < frames; number++) history.append(new Float32Array(320).fill(number));
  return history;
}

describe('AudioHistory', () => {
  it('gives back what was said between two media times', () => {
    const slice = filled(5).slice(1_010, 1_050);
    expect(slice).toHaveLength(640);
    expect([slice[0], slice[159], slice[160], slice[479], slice[480], slice[639]]).toEqual([
      0, 0, 1, 1, 2, 2,
    ]);
  });

  it('gives what it has where more is asked for', () => {
    expect(filled(5).slice(0, 5_000)).toHaveLength(1_600);
    expect(filled(5).slice(2_000, 3_000)).toHaveLength(0);
    expect(filled(5).slice(1_050, 1_000)).toHaveLength(0);
  });

  it('forgets whole frames before a time and keeps the rest in place', () => {
    const history = filled(5);
    history.forgetBefore(1_050);
    expect(history.slice(0, 2_000)).toHaveLength(960);
    expect(history.slice(1_060, 1_080)[0]).toBe(3);
    expect(history.endMs).toBe(1_100);
  });

  it.each([
    [1_100, 0],
    [1_104, 0],
    [1_096, 0],
    [1_140, 40],
    [1_080, -20],
  ])('tells a frame at %i ms that it is %i ms off', (mediaMs, offsetMs) => {
    expect(filled(5).offsetOf(mediaMs)).toBe(offsetMs);
  });
});
