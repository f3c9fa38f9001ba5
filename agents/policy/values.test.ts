import { describe, expect, it } from 'vitest';
import { valuesIn } from './values.js';

describe('what a sentence states exactly', () => {
  it.each([
    ['Open from 9:00 a.m. to 8:30 p.m.', ['time 540', 'time 1230']],
    ['Open from nine in the morning to eight thirty in the evening.', ['time 540', 'time 1230']],
    ['It closes at noon and not at 12 in the morning.', ['time 720', 'time 0']],
    ['It closes at 5 PM.', ['time 1020']],
    ['Call 555-010-0120.', ['telephone 5550100120']],
    ['It costs $25.', ['money 2500']],
    ['It costs twenty-five dollars a visit.', ['money 2500']],
    ['It costs $2.50, or 10 cents a page.', ['money 250', 'money 10']],
    ['Call at least 24 hours before.', ['duration 1440']],
    ['Call at least one day before.', ['duration 1440']],
    ['Within 3 business days, or a 20-minute visit.', ['duration 3 of business', 'duration 20']],
    ['Up to 200 percent, 5%.', ['percent 200', 'percent 5']],
    ['Two visitors may be in room 14.', []],
    ['A nurse will call you today.', []],
  ])('%s', (text, values) => {
    expect(
      valuesIn(text)
        .map(({ kind, value }) => `${kind} ${value}`)
        .sort(),
    ).toEqual([...values].sort());
  });
});
