import { describe, expect, it } from 'vitest';
import { sureBeginning } from './draft.js';

/** Words of 200 ms each with these confidences. */
function words(...confidences: number[]) {
  return confidences.map((confidence, index) => ({
    text: `word${index}`,
    confidence,
    startMs: index * 200,
    endMs: (index + 1) * 200,
    alternatives: [],
  }));
}

describe('the sure beginning of an earlier recognition', () => {
  it.each([
    ['ends well before the end of its audio', words(0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9), 1_600, 5],
    ['ends before the first doubtful word', words(0.9, 0.9, 0.9, 0.3, 0.9, 0.9), 3_000, 3],
    ['never holds the last word', words(0.9, 0.9, 0.9, 0.9), 3_000, 3],
    ['is not worth the bother below three words', words(0.9, 0.9, 0.3, 0.9, 0.9), 3_000, 0],
    ['of nothing is nothing', [], 1_000, 0],
  ])('%s', (_, all, endMs, count) => {
    expect(sureBeginning(all, endMs)).toEqual(all.slice(0, count));
  });
});
