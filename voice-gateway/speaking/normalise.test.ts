import { describe, expect, it } from 'vitest';
import { normalise } from './normalise.js';

describe('text as it is spoken', () => {
  it.each([
    // doses and units
    ['Take 40 mg.', 'Take 40 milligrams.'],
    ['Take 1 mg now', 'Take 1 milligram now'],
    ['a 5-mg tablet', 'a 5 milligram tablet'],
    ['25mg twice', '25 milligrams twice'],
    ['.5 mg', '0.5 milligrams'],
    ['50 mcg', '50 micrograms'],
    ['50 μg', '50 micrograms'],
    ['2 lbs. today', '2 pounds today'],
    ['1 lb', '1 pound'],
    ['7.2%', '7.2 percent'],
    ['101.5°F', '101.5 degrees Fahrenheit'],
    ['60 bpm', '60 beats per minute'],
    // laboratory values
    ['140 mg/dL', '140 milligrams per deciliter'],
    ['5 mEq/L', '5 milliequivalents per liter'],
    ['1.9 ng', '1.9 ng'],
    // two numbers and a stroke
    ['120/80', '120 over 80'],
    ['120/80 mmHg', '120 over 80'],
    ['1/2 tablet', 'one half tablet'],
    ['1 1/2 tablets', '1 and a half tablets'],
    ['pain of 8/10', 'pain of 8 out of 10'],
    ['on 12/25', 'on December twenty-fifth'],
    ['24/7', 'twenty-four seven'],
    // times
    ['at 5 p.m.', 'at five [P] [M].'],
    ['at 5:30 PM today', 'at five thirty [P] [M] today'],
    ['8:05 a.m. and', 'eight oh five [A] [M] and'],
    ['at 17:45', 'at seventeen forty-five'],
    ['at 8:00', "at eight o'clock"],
    ['I am 70', 'I am 70'],
    // dates
    ['March 4, 1958', 'March fourth, nineteen fifty-eight'],
    ['March 4th', 'March fourth'],
    ['3/4/1958', 'March fourth, nineteen fifty-eight'],
    ['2026-03-14', 'March fourteenth, twenty twenty-six'],
    ['31/31/2026', '31, 31, 2026'],
    ['since 2005', 'since two thousand five'],
    ['in 1905', 'in nineteen oh five'],
    // codes and telephone numbers
    ['Call 911.', 'Call nine one one.'],
    ['Call 988.', 'Call nine eight eight.'],
    ['911 mg', '911 milligrams'],
    ['1-800-222-1222', 'one, eight zero zero, two two two, one two two two'],
    ['(555) 123-4567', 'five five five, one two three, four five six seven'],
    ['555-0142', 'five five five, zero one four two'],
    ['12345678', 'one two three four five six seven eight'],
    // letters and abbreviations
    ['M-E-T', '[M], [E], [T]'],
    ['an X-ray', 'an X-ray'],
    ['over-the-counter', 'over-the-counter'],
    ['Dr. Lee', 'Doctor Lee'],
    ['your A1c', 'your [A] one [C]'],
    ['the ER', 'the [E] [R]'],
    ['INR of 2.5', '[I] [N] [R] of 2.5'],
    ['NSAIDs', 'en-saids'],
    ['20 mg BID', '20 milligrams twice a day'],
    ['I bid you', 'I bid you'],
    // ranges
    ['every 4-6 hours', 'every 4 to 6 hours'],
    ['3–5 pounds', '3 to 5 pounds'],
    // nothing to do
    ['Thank you, Maria.', 'Thank you, Maria.'],
    ['', ''],
  ])('%s → %s', (written, spoken) => {
    expect(normalise(written)).toBe(spoken);
  });

  it('changes nothing the second time', () => {
    for (const text of [
      'Take 40 mg at 5:30 p.m. on March 4, 1958.',
      'BP 120/80, call 911 or 555-123-4567.',
    ]) {
      expect(normalise(normalise(text))).toBe(normalise(text));
    }
  });
});
