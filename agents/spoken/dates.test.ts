import { describe, expect, it } from 'vitest';
import { sayDay, sayTime, spokenDay } from './dates.js';

describe('a day in words', () => {
  it.each([
    ['2026-12-01', 'Tuesday, December first'],
    ['2026-11-12T10:30', 'Thursday, November twelfth'],
    ['2026-11-20', 'Friday, November twentieth'],
    ['2026-11-23', 'Monday, November twenty-third'],
    ['2026-12-31', 'Thursday, December thirty-first'],
    ['2025-12-30', 'Tuesday, December thirtieth, 2025'],
    ['2026-02-30', ''],
    ['tomorrow', ''],
  ])('%s is "%s"', (date, words) => {
    expect(sayDay(date, '2026-11-25')).toBe(words);
  });

  it('has its parts', () => {
    expect(spokenDay('2026-12-02')).toEqual({ weekday: 'Wednesday', month: 'December', ordinal: 'second' });
  });
});

describe('a time of day in words', () => {
  it.each([
    ['2026-12-01T10:30', 'ten thirty in the morning'],
    ['2026-12-01T00:05', 'twelve oh five in the morning'],
    ['2026-12-01T12:00', 'noon'],
    ['2026-12-01T12:15', 'twelve fifteen in the afternoon'],
    ['2026-12-01T14:00', 'two in the afternoon'],
    ['2026-12-01T17:45', 'five forty-five in the evening'],
    ['2026-12-01', ''],
  ])('%s is "%s"', (start, words) => {
    expect(sayTime(start)).toBe(words);
  });
});
