import { describe, expect, it } from 'vitest';
import {
  dateInWords,
  daysAgoInWords,
  doseInWords,
  listInWords,
  numberInWords,
  ordinalInWords,
  telephoneInWords,
} from './spoken-forms.js';
import { measure } from '../understanding/measures.js';

describe('words for the voice', () => {
  it.each([
    [0, 'zero'],
    [15, 'fifteen'],
    [40, 'forty'],
    [99, 'ninety-nine'],
    [187, 'one hundred eighty-seven'],
    [187.5, 'one hundred eighty-seven point five'],
    [200, 'two hundred'],
    [1500, 'one thousand five hundred'],
  ])('says the number %s', (value, words) => {
    expect(numberInWords(value)).toBe(words);
  });

  it('says every weight so that it is understood as the same weight', () => {
    for (let tenths = 800; tenths <= 4000; tenths++) {
      expect(measure(`${numberInWords(tenths / 10)} pounds`, 'body-weight')?.value).toBe(tenths / 10);
    }
  });

  it.each([
    [1, 'first'],
    [3, 'third'],
    [12, 'twelfth'],
    [20, 'twentieth'],
    [21, 'twenty-first'],
    [30, 'thirtieth'],
  ])('says the day %s', (day, words) => {
    expect(ordinalInWords(day)).toBe(words);
  });

  it.each([
    ['2026-12-01T10:30', 'Tuesday, December first, at ten thirty in the morning'],
    ['2026-12-02T14:00', 'Wednesday, December second, at two in the afternoon'],
    ['2026-12-03T12:00', 'Thursday, December third, at noon'],
    ['2026-12-04T18:05', 'Friday, December fourth, at six oh five in the evening'],
    ['2026-12-05', 'Saturday, December fifth'],
    ['soon', undefined],
  ])('says the date %s', (iso, words) => {
    expect(dateInWords(iso)).toBe(words);
  });

  it.each([
    ['40 mg', '40 milligrams'],
    ['24 mg/26 mg', '24 milligrams and 26 milligrams'],
    ['100mcg', '100 micrograms'],
    ['6.25 mg', '6.25 milligrams'],
    ['1 g', '1 grams'],
  ])('says the dose %s', (dose, words) => {
    expect(doseInWords(dose)).toBe(words);
  });

  it('says telephone numbers digit by digit, days ago in words, and lists', () => {
    expect(telephoneInWords('+15555550142')).toBe('five five five, five five five, zero one four two');
    expect(daysAgoInWords('2026-11-22', new Date('2026-11-24T01:00:00'))).toBe('two days ago');
    expect(daysAgoInWords('2026-11-24', new Date('2026-11-24T01:00:00'))).toBeUndefined();
    expect(listInWords(['a', 'b', 'c'])).toBe('a, b and c');
  });
});
