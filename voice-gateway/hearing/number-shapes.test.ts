import { describe, expect, it } from 'vitest';
import { adjoiningNumbers, splitNumbers, withRegroupedNumbers } from './number-shapes.js';
import type { RecognisedWord } from './recognition.js';

function word(text: string, confidence = 0.98): RecognisedWord {
  return { text, confidence, startMs: 0, endMs: 100, alternatives: [] };
}

describe('a number written in pieces', () => {
  it.each([
    ['100.82', '182'],
    ['100.82.', '182.'],
    ['200-13', '213'],
    ['100,5', '105'],
    ['100.05', '105'],
  ])('%s is unsure, and may be %s', (written, whole) => {
    const [read] = withRegroupedNumbers([word(written)]);
    expect(read?.text).toBe(written);
    expect(read?.confidence).toBeLessThan(0.5);
    expect(read?.alternatives[0]?.text).toBe(whole);
    expect(read?.alternatives[0]?.confidence).toBeGreaterThan(read?.confidence ?? 1);
  });

  it.each(['182', '100.8', '182.4', '98.6', '100-105', '1,200', '100', '110.82', 'pounds.', '100.00'])(
    '%s is none',
    (written) => {
      expect(withRegroupedNumbers([word(written)])).toEqual([word(written)]);
    },
  );

  it('in two words leaves both unsure', () => {
    const words = [word('was'), word('100'), word('82'), word('pounds.')];
    expect(withRegroupedNumbers(words).map(({ confidence }) => confidence < 0.5)).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(splitNumbers(words)).toEqual([{ index: 1, text: '182' }]);
  });

  it('keeps two numbers apart that a comma or a word parts', () => {
    for (const text of ['100, 82', '100 over 82', '120 over 80', '10 82']) {
      const words = text.split(' ').map((each) => word(each));
      expect(withRegroupedNumbers(words)).toEqual(words);
      expect(splitNumbers(words)).toEqual([]);
    }
  });
});

describe('adjoining numbers', () => {
  it.each([
    ['It was 182 hundred eighty two', 1],
    ['182 eighty-two pounds', 1],
    ['182 182 pounds', 1],
    ['182 pounds', 0],
    ['120 over 80', 0],
    ['182, one hundred eighty two', 0],
    ['one hundred eighty two', 0],
    ['', 0],
  ])('in "%s": %i', (text, count) => {
    expect(adjoiningNumbers(text)).toBe(count);
  });
});
