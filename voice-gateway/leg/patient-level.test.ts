import { describe, expect, it } from 'vitest';
import { FRAME_MS, FRAME_SAMPLES } from '../audio/frame.js';
import { PatientLevel } from './patient-level.js';

const loud = new Float32Array(FRAME_SAMPLES).fill(0.1);
const quiet = new Float32Array(FRAME_SAMPLES);

/** A level history in which the sound lasts from one media time to another. */
function heard(fromMs: number, toMs: number, untilMs = 2_000): PatientLevel {
  const level = new PatientLevel();
  for (let mediaMs = 0; mediaMs < untilMs; mediaMs += FRAME_MS) {
    level.note(mediaMs >= fromMs && mediaMs < toMs ? loud : quiet, mediaMs);
  }
  return level;
}

describe('the level of the patient', () => {
  it('finds the beginning of the sound before the first window of the voice', () => {
    expect(heard(500, 900).beginOf(544)).toBe(500);
  });

  it('finds the end of the sound before the last window of the voice', () => {
    expect(heard(500, 900).endOf(960)).toBe(900);
  });

  it('does not go beyond what voice activity said', () => {
    expect(heard(500, 900).endOf(800)).toBe(800);
    expect(heard(500, 900).beginOf(490)).toBe(490);
  });

  it('trusts voice activity where the line is never quiet, or always', () => {
    expect(heard(0, 2_000).endOf(960)).toBe(960);
    expect(heard(0, 2_000).beginOf(960)).toBe(720);
    expect(heard(0, 0).endOf(960)).toBe(960);
    expect(heard(0, 0).beginOf(960)).toBe(960);
  });

  it('forgets what is too long ago', () => {
    expect(heard(500, 900, 40_000).endOf(960)).toBe(960);
  });
});
