import { describe, expect, it } from 'vitest';
import { birthDate, isSameDay } from './birth-dates.js';

const now = new Date('2026-11-24T10:00:00');

describe('a date of birth', () => {
  it.each([
    ['March fourth nineteen fifty-four'],
    ['march fourth nineteen fifty four'],
    ['um march the 4th 1954'],
    ['March 4, 1954.'],
    ['March 4th, 1954'],
    ['the fourth of march nineteen fifty four'],
    ['my date of birth is march four nineteen fifty four'],
    ['3/4/54'],
    ['03/04/1954'],
    ['3-4-1954'],
    ['03 04 1954'],
    ['oh three oh four nineteen fifty four'],
    ['zero three zero four one nine five four'],
    ['three four fifty four'],
    ['march fourth fifty four'],
    ['Mar 4 54'],
    ['03041954'],
    ['1954-03-04'],
    ['three, four, nineteen fifty four'],
    ['march fifth no march fourth nineteen fifty four'],
    ['4 March 1954'],
    ['march four one nine five four'],
    ['it is three slash four slash fifty four'],
  ])('%s', (text) => {
    expect(birthDate(text, now)).toEqual({ year: 1954, month: 3, day: 4 });
  });

  it.each([
    ['may twenty first nineteen forty', { year: 1940, month: 5, day: 21 }],
    ['December thirty first nineteen oh nine', { year: 1909, month: 12, day: 31 }],
    ['august eleventh two thousand and four', { year: 2004, month: 8, day: 11 }],
    ['october third nineteen hundred and forty', { year: 1940, month: 10, day: 3 }],
    ['12 25 48', { year: 1948, month: 12, day: 25 }],
    ['july twelfth', { month: 7, day: 12 }],
    ['nineteen fifty four', { year: 1954 }],
  ] as const)('%s', (text, expected) => {
    expect(birthDate(text, now)).toEqual(expected);
  });

  it.each([['why do you need that'], ['yes'], ['february thirtieth'], ['']])(
    'is not whole in "%s"',
    (text) => {
      const date = birthDate(text, now) ?? {};
      expect(isSameDay(date, '1954-03-04')).toBe(false);
      expect(date).not.toHaveProperty('day');
    },
  );

  it('differs when one part differs', () => {
    expect(isSameDay({ year: 1954, month: 3, day: 14 }, '1954-03-04')).toBe(false);
    expect(isSameDay({ month: 3, day: 4 }, '1954-03-04')).toBe(false);
    expect(isSameDay({ year: 1954, month: 3, day: 4 }, '1954-03-04')).toBe(true);
    expect(isSameDay({}, '')).toBe(false);
  });
});
