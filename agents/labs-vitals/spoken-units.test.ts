import { beforeAll, describe, expect, it } from 'vitest';
import { Disposition, Verdict } from '../../protos/generated/asterism/v1/specialist.js';
import type { SpecialistLogic } from '../specialist.js';
import { createLabsVitals } from './labs-vitals.js';
import { lookAt, outcome } from './test-looks.js';

let labs: SpecialistLogic;
beforeAll(async () => {
  labs = await createLabsVitals();
}, 60_000);

const heartFailure = { conditions: ['heart failure'] };

describe('a gain in heart failure, in either unit', () => {
  it.each([
    'My weight went from 85 to 88 kilos overnight',
    'I went from eighty five to eighty eight kilos overnight',
    '85 to 88 kilos overnight',
    'eighty five kilos to eighty eight kilos since yesterday',
    'I gained three kilos since yesterday',
    "I'm up two kilos",
    'My weight is up by two kilos',
    'I put on 2 kg in two days',
    'three kilos more than yesterday',
    'I went from 180 to 184 pounds overnight',
    'I gained five pounds since Monday',
  ])('%s', (text) => {
    const review = lookAt(labs, text, heartFailure);
    expect(review).toMatchObject({ verdict: Verdict.SAY, disposition: Disposition.SAME_DAY });
    expect(review.say).toContain('holding water');
    expect(review.facts.some(({ severity }) => severity === 'high')).toBe(true);
  });

  it.each([
    'My weight went from 85 to 85.5 kilos overnight',
    'I gained half a kilo since yesterday',
    'I lost two kilos',
    'my weight is usually 85 to 88 kilos',
    'I bought 2 kilos of potatoes',
    'If I gain two kilos I will call',
    "I haven't gained three kilos",
    'I walk 85 to 88 minutes',
  ])('no alarm: %s', (text) => {
    const review = lookAt(labs, text, heartFailure);
    expect(review.facts.filter(({ severity }) => severity === 'high')).toEqual([]);
    expect(review.disposition).not.toBe(Disposition.SAME_DAY);
  });

  it('makes nothing of the same gain without heart failure', () => {
    expect(lookAt(labs, 'I gained three kilos since yesterday').disposition).toBe(Disposition.NONE);
  });
});

describe('a temperature without its point', () => {
  it.each<[string, number]>([
    ['my temperature is ninety seven nine', 97.9],
    ['temperature was ninety eight six', 98.6],
    ['my temp was a hundred and one point four', 101.4],
    ['my temp was hundred and one point four', 101.4],
    ['my temperature is a hundred and one four', 101.4],
    ['my temperature is one oh one four', 101.4],
    ['my temperature is one oh one point four', 101.4],
    ['temperature 101 4', 101.4],
    ['I have a fever of a hundred point four', 100.4],
    ['temperature nine seven nine', 97.9],
    ['my temperature is 98.6', 98.6],
    ['my temperature is one hundred four', 104],
    ['my temperature is thirty eight five celsius', 101.3],
    ['thirty eight five degrees celsius', 101.3],
    ['temperature of thirty seven', 37],
    ['my temperature was 99, 2 times', 99],
    ['temperature 99 and pulse 7 8 0', 99],
  ])('%s: %d', (text, value) => {
    const entity = lookAt(labs, text).entities.find(({ name }) => name === 'body temperature');
    expect(entity?.value).toBe(value);
  });

  it('takes tenths only of a temperature', () => {
    expect(lookAt(labs, 'my pulse is ninety seven nine times a day I check it').entities[0]?.value).toBe(97);
  });

  it.each<[string, string[], string, Disposition]>([
    ['temperature 100.3', [], 'normal body temperature', Disposition.NONE],
    ['temperature a hundred point four', [], 'high body temperature', Disposition.SAME_DAY],
    ['temperature 101.4', [], 'high body temperature', Disposition.SAME_DAY],
    ['temperature 103.2', [], 'critical-high body temperature', Disposition.URGENT_NURSE],
    [
      'temperature a hundred point four',
      ['breast cancer on chemotherapy'],
      'critical-high body temperature',
      Disposition.URGENT_NURSE,
    ],
    ['temperature 100.6', ['neutropenia'], 'critical-high body temperature', Disposition.URGENT_NURSE],
    [
      'my temperature is a hundred and one point four and I had surgery last week',
      [],
      'critical-high body temperature',
      Disposition.URGENT_NURSE,
    ],
    [
      'temperature is a hundred and one four',
      ['hip replacement'],
      'critical-high body temperature',
      Disposition.URGENT_NURSE,
    ],
    ['temperature ninety eight six', ['neutropenia'], 'normal body temperature', Disposition.NONE],
    ['temperature 99.8', ['hip replacement'], 'normal body temperature', Disposition.NONE],
  ])('%s with %j: %s', (text, conditions, expected, disposition) => {
    const review = lookAt(labs, text, { conditions });
    expect(outcome(review)).toBe(expected);
    expect(review.disposition).toBe(disposition);
  });
});
