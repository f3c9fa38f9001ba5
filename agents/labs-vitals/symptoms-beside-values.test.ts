import { beforeAll, describe, expect, it } from 'vitest';
import { Disposition, Verdict } from '../../protos/generated/asterism/v1/specialist.js';
import type { SpecialistLogic } from '../specialist.js';
import { createLabsVitals } from './labs-vitals.js';
import { lookAt, outcome } from './test-looks.js';

let labs: SpecialistLogic;
beforeAll(async () => {
  labs = await createLabsVitals();
}, 60_000);

const diabetes = { conditions: ['type 2 diabetes'] };

describe('a low sugar that is felt', () => {
  it.each([
    "meter says fifty one and I'm sweating",
    'my sugar is 62 and I feel shaky',
    'my sugar is 3.1 and I am dizzy',
    'sugar three point two millimoles, I am sweating',
    'the meter reads 48',
  ])('%s', (text) => {
    const review = lookAt(labs, text, diabetes);
    expect(outcome(review)).toBe('critical-low blood glucose');
    expect(review).toMatchObject({ verdict: Verdict.ESCALATE, disposition: Disposition.URGENT_NURSE });
    expect(review.say).toContain('something sweet now');
    expect(review.say).toContain('nurse');
  });

  it.each([
    ['my sugar is 62', 'low blood glucose'],
    ["my sugar is 62 but I'm not shaky", 'low blood glucose'],
    ['meter says one ten and I was sweating in the garden', 'normal blood glucose'],
    ['my sugar was 5.5', 'normal blood glucose'],
    ['sugar of 15.2', 'high blood glucose'],
    ['my sugar was seven', 'ask'],
    ['the oxygen meter says 97', 'normal oxygen saturation'],
    ['the parking meter says 51', 'nothing'],
    ['my peak flow meter says 300', 'nothing'],
  ])('%s: %s', (text, expected) => {
    expect(outcome(lookAt(labs, text, diabetes))).toBe(expected);
  });
});

describe('a peak flow by the best one', () => {
  const charted = { labs: ['19935-6 500 L/min 2026-01-10'] };
  it.each([
    ['my peak flow is 200', charted, 'critical-low peak flow'],
    ['my peak flow is 350', charted, 'low peak flow'],
    ['my peak flow is 450', charted, 'normal peak flow'],
    ['my peak flow was 180, my best is 400', {}, 'critical-low peak flow'],
    ['peak flow 380 and my personal best is 400', {}, 'normal peak flow'],
    ['my peak flow is forty percent of my best', {}, 'critical-low peak flow'],
    ['peak flow is sixty percent of my best', charted, 'low peak flow'],
    ['peak flow is 90 percent of my best', {}, 'normal peak flow'],
    ['my peak flow is 250, usually 450', {}, 'low peak flow'],
    ['my peak flow is 250', {}, 'nothing'],
  ])('%s with %j: %s', (text, chart, expected) => {
    expect(outcome(lookAt(labs, text, chart))).toBe(expected);
  });
});

describe('an irregular pulse', () => {
  it.each(['my pulse is 88 and irregular', 'heart rate 76 but it keeps skipping beats'])('%s', (text) => {
    const review = lookAt(labs, text);
    expect(review).toMatchObject({ verdict: Verdict.SAY, disposition: Disposition.SAME_DAY });
    expect(review.say).not.toContain('in the range');
  });

  it.each([
    ['my pulse is 88 and regular', []],
    ['my pulse is 88, not irregular', []],
    ['my pulse is 88 and irregular', ['atrial fibrillation']],
    ['my sugar is 110 and my meals are irregular', []],
  ])('%s with %j is usual', (text, conditions) => {
    expect(lookAt(labs, text, { conditions }).disposition).toBe(Disposition.NONE);
  });
});
