import { beforeAll, describe, expect, it } from 'vitest';
import { Disposition, Verdict } from '../../protos/generated/asterism/v1/specialist.js';
import type { SpecialistLogic } from '../specialist.js';
import { createLabsVitals } from './labs-vitals.js';
import { lookAt, outcome } from './test-looks.js';

let labs: SpecialistLogic;
beforeAll(async () => {
  labs = await createLabsVitals();
}, 60_000);

describe('a value of now beside the usual one', () => {
  it.each([
    ["My oxygen is ninety one today, it's usually ninety seven.", 91, 97],
    ['Usually my oxygen is 97. Today it is 91.', 91, 97],
    ["My oxygen is normally 97 but it's 91 now", 91, 97],
    ["My oxygen's 91 and usually it's 97", 91, 97],
    ['My oxygen was 91 this morning, 97 is my normal', 91, 97],
    ['My oxygen is 91, and it is 97 most days', 91, 97],
    ['My pulse is usually 70, today it is 118', 118, 70],
    ['My blood sugar is 240, I usually run 110', 240, 110],
  ])('%s: %d is judged, %d compared', (text, now, usual) => {
    const review = lookAt(labs, text);
    expect(review).toMatchObject({ verdict: Verdict.SAY });
    expect(review.entities).toHaveLength(1);
    expect(review.entities[0]?.value).toBe(now);
    expect(review.say).toContain(`than your usual ${usual}.`);
    expect(review.facts.find(({ kind }) => kind === 'trend')?.text).toContain(`was ${usual} before`);
  });

  it('tells of a fall within the usual range', () => {
    const copd = { conditions: ['COPD'] };
    const review = lookAt(labs, 'My oxygen is 89 today, usually it is 94', copd);
    expect(review).toMatchObject({ verdict: Verdict.SAY, disposition: Disposition.SAME_DAY });
    expect(review.say).not.toContain('in the range');
  });

  it.each([
    ['My oxygen is 97 today, usually it is 98', 'normal oxygen saturation'],
    ['My oxygen is usually 97', 'normal oxygen saturation'],
    ['My oxygen is usually 91', 'low oxygen saturation'],
    ['My oxygen is 97, my pulse is usually 70', 'normal oxygen saturation, normal heart rate'],
  ])('%s: %s', (text, expected) => {
    expect(outcome(lookAt(labs, text))).toBe(expected);
  });
});

describe('a blood pressure by the names of its numbers', () => {
  it.each([
    'The top number was one hundred and fifty and the bottom seventy eight.',
    'one fifty on top, seventy eight on the bottom',
    'one fifty on top and seventy eight on the bottom',
    'my pressure was 150 over 78',
    'The upper is one fifty and the lower is seventy eight',
    'systolic one fifty, diastolic seventy eight',
    'bottom was 78 and top was 150',
    'The top number was 150. The bottom number was 78.',
    '150 systolic and 78 diastolic',
    'the top one was one fifty and the bottom one was seventy eight',
  ])('%s', (text) => {
    const { entities, facts } = lookAt(labs, text);
    expect(Object.fromEntries(entities.map(({ name, value }) => [name, value]))).toEqual({
      'systolic blood pressure': 150,
      'diastolic blood pressure': 78,
    });
    expect(facts[0]?.text).toContain('Systolic blood pressure 150');
  });

  it.each([
    ['my blood pressure was one fifty on top', 'high systolic blood pressure'],
    ['the top number is 150 and my pulse is 78', 'high systolic blood pressure, normal heart rate'],
    ['my blood pressure is lower, 110', 'nothing'],
    ['the top was 78 and the bottom 150', 'ask'],
    ['I keep 20 pills on the top shelf and 30 on the second', 'nothing'],
    ['I am on top of it, I walk 20 blocks', 'nothing'],
    ['I have 2 rooms on the top floor', 'nothing'],
  ])('%s: %s', (text, expected) => {
    expect(outcome(lookAt(labs, text))).toBe(expected);
  });
});
