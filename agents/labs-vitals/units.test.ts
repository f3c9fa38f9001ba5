import { beforeAll, describe, expect, it } from 'vitest';
import { Verdict } from '../../protos/generated/asterism/v1/specialist.js';
import type { SpecialistLogic } from '../specialist.js';
import { createLabsVitals } from './labs-vitals.js';
import { lookAt, outcome } from './test-looks.js';

let labs: SpecialistLogic;
beforeAll(async () => {
  labs = await createLabsVitals();
}, 60_000);

const man = { sex: 'male', age: 50 };

describe('a value with its unit', () => {
  it.each<[string, string, number]>([
    ['glucose of 6 millimoles per liter, fasting sugar 6 millimoles', 'glucose', 108.09],
    ['my sugar was 15 millimoles', 'blood glucose', 270.23],
    ['blood sugar 8.2 mmol/L', 'blood glucose', 147.73],
    ['creatinine 130 micromoles per liter', 'creatinine', 1.47],
    ['creatinine 1.4 milligrams per deciliter', 'creatinine', 1.4],
    ['hemoglobin 95 grams per liter', 'hemoglobin', 9.5],
    ['A1c 58 millimoles per mole', 'hemoglobin A1c', 7.46],
    ['A1c 7.4 percent', 'hemoglobin A1c', 7.4],
    ['LDL 3.1 millimoles', 'LDL cholesterol', 119.86],
    ['triglycerides 2 mmol/L', 'triglycerides', 177.09],
    ['calcium 2.3 millimoles', 'calcium', 9.22],
    ['calcium 4.8 milliequivalents', 'calcium', 9.62],
    ['magnesium 0.9 millimoles', 'magnesium', 2.19],
    ['potassium 4.4 millimoles per liter', 'potassium', 4.4],
    ['potassium 4.4 milliequivalents', 'potassium', 4.4],
    ['uric acid 420 micromoles', 'uric acid', 7.06],
    ['bilirubin 34 micromoles', 'bilirubin', 1.99],
    ['vitamin D level 60 nanomoles per liter', 'vitamin D', 24.04],
    ['free T4 16 picomoles', 'free T4', 1.24],
    ['troponin 12 nanograms per liter', 'troponin I', 0.012],
    ['D dimer 0.3 micrograms per milliliter', 'D-dimer', 300],
    ['CRP 1.2 milligrams per deciliter', 'C-reactive protein', 12],
    ['white count 7.5 thousand', 'leukocytes', 7.5],
    ['platelets 240 thousand', 'platelets', 240],
    ['temperature 38.2 celsius', 'body temperature', 100.76],
    ['I weigh 80 kilos', 'body weight', 176.37],
    ['P C O 2 of 6 kilopascals', 'arterial pCO2', 45],
  ])('%s: %s %d', (text, id, value) => {
    const entity = lookAt(labs, text, man).entities.find(({ name }) => name === id);
    expect(entity?.value).toBe(value);
  });
});

describe('a value without a unit', () => {
  it.each<[string, string, number]>([
    ['white count 7,500', 'leukocytes', 7.5],
    ['platelets 150,000', 'platelets', 150],
    ['neutrophil count 3200', 'neutrophil count', 3.2],
    ['hemoglobin 138', 'hemoglobin', 13.8],
    ['D dimer was 0.4', 'D-dimer', 400],
    ['albumin 42', 'albumin', 4.2],
  ])('%s is in the only plausible scale: %s %d', (text, id, value) => {
    const review = lookAt(labs, text, man);
    expect(review.verdict).not.toBe(Verdict.ASK);
    expect(review.entities.find(({ name }) => name === id)?.value).toBe(value);
  });

  it.each([
    ['my sugar was seven', 'millimoles'],
    ['creatinine was 120', 'micromoles'],
    ['LDL of 3.1', 'millimoles'],
    ['bilirubin 11', 'micromoles'],
    ['magnesium 0.9', 'millimoles'],
    ['free T4 15', 'picomoles'],
    ['testosterone was 8', 'nanomoles'],
    ['troponin 18', 'nanograms per liter'],
    ['A1c of 53', 'millimoles per mole'],
  ])('%s: asks whether it is %s', (text, unit) => {
    const review = lookAt(labs, text, man);
    expect(review.verdict).toBe(Verdict.ASK);
    expect(review.say).toContain(`or in ${unit}?`);
    expect(review.facts).toEqual([]);
  });

  it.each([
    ['my sugar was 48', 'critical-low blood glucose'],
    ['my sugar was 25', 'critical-low blood glucose'],
    ['calcium 6.2', 'critical-low calcium'],
    ['magnesium 1.5', 'low magnesium'],
    ['bilirubin 1.4', 'high bilirubin'],
    ['BUN 30', 'high urea nitrogen'],
  ])('%s: does not ask where no other unit would make it usual', (text, expected) => {
    expect(outcome(lookAt(labs, text, man))).toBe(expected);
  });
});

describe('a number that cannot be right', () => {
  it.each([
    'potassium of 59',
    'potassium 4.2 milligrams per deciliter',
    'sodium 14',
    'my INR was 35',
    'A1c of 72 percent',
    'hemoglobin 54',
    'TSH of 2000',
    'blood pressure 12 over 8',
    'oxygen is 130',
    'my pulse is 700',
    'vitamin D level of 2000',
    'eGFR of 900',
    'blood pH of 74',
  ])('%s is asked for again', (text) => {
    const review = lookAt(labs, text, man);
    expect(review.verdict).toBe(Verdict.ASK);
    expect(review.facts).toEqual([]);
    expect(review.say).toContain('?');
  });
});

describe('the answer to a question about the unit', () => {
  const asked = (question: string): { answering: true; history: string[] } => ({
    answering: true,
    history: [`agent: ${question}`],
  });
  it.each([
    [
      'the second one',
      'I heard 7 for your blood sugar. Is that in milligrams per deciliter, or in millimoles?',
      126.11,
    ],
    [
      'micromoles',
      'I heard 120 for your creatinine. Is that in milligrams per deciliter, or in micromoles?',
      1.36,
    ],
    [
      'millimoles',
      'I heard 7 for your blood sugar. Is that in milligrams per deciliter, or in millimoles?',
      126.11,
    ],
    [
      'milligrams',
      'I heard 11 for your bilirubin. Is that in milligrams per deciliter, or in micromoles?',
      11,
    ],
    [
      'milligrams per deciliter',
      'I heard 0.9 for your magnesium. Is that in milligrams per deciliter, or in millimoles?',
      0.9,
    ],
    ['kilograms', 'I heard 85 for your weight. Is that in pounds, or in kilograms?', 187.39],
  ])('%s', (answer, question, value) => {
    expect(lookAt(labs, answer, { ...man, ...asked(question) }).entities[0]?.value).toBe(value);
  });

  it.each(['I do not know', 'yes', 'the usual one'])('"%s" settles nothing', (answer) => {
    const question =
      'I heard 120 for your creatinine. Is that in milligrams per deciliter, or in micromoles?';
    expect(lookAt(labs, answer, { ...man, ...asked(question) }).verdict).toBe(Verdict.ASK);
  });
});
