import { describe, expect, it } from 'vitest';
import { textUntil } from './played-text.js';

describe('the part of a clause that was heard', () => {
  it.each([
    ['Please take it twice a day.', 0, ''],
    ['Please take it twice a day.', 0.2, ''],
    ['Please take it twice a day.', 0.27, 'Please'],
    ['Please take it twice a day.', 0.6, 'Please take it'],
    ['Please take it twice a day.', 0.99, 'Please take it twice a'],
    ['Please take it twice a day.', 1, 'Please take it twice a day.'],
    ['supercalifragilistic', 0.9, ''],
    // A number takes longer to say than to write.
    ['120/80 is a good pressure', 0.3, ''],
    ['120/80 is a good pressure', 0.66, '120/80 is'],
    ['', 0.5, ''],
  ])('of "%s" at %d is "%s"', (text, fraction, heard) => {
    expect(textUntil(text, fraction)).toBe(heard);
  });

  it('only grows', () => {
    const text = 'Your potassium was 5.9 on March 4, so a nurse will call you today.';
    let before = '';
    for (let fraction = 0; fraction <= 1; fraction += 0.01) {
      const heard = textUntil(text, fraction);
      expect(heard.startsWith(before)).toBe(true);
      before = heard;
    }
  });
});
