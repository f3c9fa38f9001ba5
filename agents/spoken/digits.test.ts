import { describe, expect, it } from 'vitest';
import { sayNumber } from './digits.js';

describe('a number in words', () => {
  it.each([
    [4.6, 'four point six'],
    [4.05, 'four point zero five'],
    [0.25, 'zero point two five'],
    [182, 'one hundred eighty-two'],
    [205.5, 'two hundred five point five'],
    [1200, '1200'],
  ])('%d is "%s"', (value, words) => {
    expect(sayNumber(value)).toBe(words);
  });
});
