import { beforeAll, describe, expect, it } from 'vitest';
import { Disposition, Verdict } from '../../protos/generated/asterism/v1/specialist.js';
import type { SpecialistLogic } from '../specialist.js';
import { createLabsVitals } from './labs-vitals.js';
import { lookAt, outcome, type Chart } from './test-looks.js';

let labs: SpecialistLogic;
beforeAll(async () => {
  labs = await createLabsVitals();
}, 60_000);

const woman: Chart = { sex: 'female' };
const man: Chart = { sex: 'male' };
const on = (...medications: string[]): Chart => ({ medications });
const having = (...conditions: string[]): Chart => ({ conditions });

describe('intervals by sex and age', () => {
  it.each<[string, Chart, string]>([
    ['hemoglobin 13', woman, 'normal hemoglobin'],
    ['hemoglobin 13', man, 'low hemoglobin'],
    ['hemoglobin 11', {}, 'low hemoglobin'],
    ['hemoglobin 15', {}, 'normal hemoglobin'],
    ['hemoglobin 13', {}, 'nothing'],
    ['hemoglobin 17', {}, 'nothing'],
    ['hemoglobin 19', {}, 'high hemoglobin'],
    ['creatinine 1.2', woman, 'high creatinine'],
    ['creatinine 1.2', man, 'normal creatinine'],
    ['creatinine 1.2', {}, 'nothing'],
    ['creatinine 0.9', {}, 'normal creatinine'],
    ['GGT 45', woman, 'high GGT'],
    ['GGT 45', man, 'normal GGT'],
    ['CPK 150', woman, 'high creatine kinase'],
    ['CPK 150', man, 'normal creatine kinase'],
    ['testosterone 60', woman, 'normal testosterone'],
    ['testosterone 60', man, 'low testosterone'],
    ['sed rate 18', { ...man, age: 40 }, 'high ESR'],
    ['sed rate 18', { ...man, age: 60 }, 'normal ESR'],
    ['sed rate 25', { ...woman, age: 60 }, 'normal ESR'],
    ['sed rate 25', { ...woman, age: 30 }, 'high ESR'],
    ['PSA 3.0', { ...man, age: 45 }, 'high PSA'],
    ['PSA 3.0', { ...man, age: 55 }, 'normal PSA'],
    ['PSA 5.5', { ...man, age: 65 }, 'high PSA'],
    ['PSA 5.5', { ...man, age: 75 }, 'normal PSA'],
    ['PSA 2.0', man, 'normal PSA'],
    ['PSA 4.0', man, 'nothing'],
    ['N T pro B N P 300', { age: 60 }, 'high NT-proBNP'],
    ['N T pro B N P 300', { age: 80 }, 'normal NT-proBNP'],
    ['I am 80 years old and my N T pro B N P was 300', {}, 'normal NT-proBNP'],
    ['FSH 60', { ...woman, age: 65 }, 'normal FSH'],
    ['FSH 60', { ...woman, age: 30 }, 'high FSH'],
    ['FSH 10', { ...woman, age: 50 }, 'nothing'],
    ['high sensitivity troponin 18', woman, 'high high-sensitivity troponin I'],
    ['high sensitivity troponin 18', man, 'normal high-sensitivity troponin I'],
  ])('%s, %j: %s', (text, chart, expected) => {
    expect(outcome(lookAt(labs, text, chart))).toBe(expected);
  });

  it('says on what it depends', () => {
    const review = lookAt(labs, 'hemoglobin 13');
    expect(review.facts[0]).toMatchObject({ severity: '', kind: 'lab' });
    expect(review.facts[0]?.text).toContain('depends on sex');
    expect(review).toMatchObject({ verdict: Verdict.ADVISE, disposition: Disposition.ROUTINE });
  });
});

describe('pregnancy', () => {
  const pregnant: Chart = { sex: 'female', age: 30, conditions: ['pregnancy'] };
  it.each<[string, string]>([
    ['hemoglobin 11.2', 'normal hemoglobin'],
    ['hemoglobin 10.2', 'low hemoglobin'],
    ['hemoglobin 10.7', 'nothing'],
    ['fasting sugar 97', 'high glucose'],
    ['my sugar was 150', 'high blood glucose'],
    ['TSH 0.3', 'normal TSH'],
    ['prolactin 150', 'normal prolactin'],
    ['blood pressure 135 over 82', 'normal systolic blood pressure, normal diastolic blood pressure'],
    ['blood pressure 145 over 92', 'high systolic blood pressure, high diastolic blood pressure'],
    [
      'blood pressure 165 over 112',
      'critical-high systolic blood pressure, critical-high diastolic blood pressure',
    ],
  ])('%s: %s', (text, expected) => {
    expect(outcome(lookAt(labs, text, pregnant))).toBe(expected);
  });

  it('is heard beside the value, and is not when it is denied or only feared', () => {
    expect(outcome(lookAt(labs, 'Does an A1c of 6.5 mean I have diabetes?', woman))).toBe(
      'high hemoglobin A1c',
    );
    expect(outcome(lookAt(labs, 'I have diabetes and my A1c was 6.5', woman))).toBe('normal hemoglobin A1c');
    expect(outcome(lookAt(labs, "I'm pregnant and my fasting sugar was 97", woman))).toBe('high glucose');
    expect(outcome(lookAt(labs, "I'm not pregnant and my fasting sugar was 97", woman))).toBe(
      'normal glucose',
    );
  });
});

describe('goals by condition and medicine', () => {
  it.each<[string, Chart, string]>([
    ['A1c 6.5', having('type 2 diabetes'), 'normal hemoglobin A1c'],
    ['A1c 6.5', {}, 'high hemoglobin A1c'],
    ['A1c of seven point two', having('type 2 diabetes'), 'high hemoglobin A1c'],
    ['fasting sugar 120', having('diabetes'), 'normal glucose'],
    ['fasting sugar 120', {}, 'high glucose'],
    ['INR 2.5', on('warfarin, 5 mg'), 'normal INR'],
    ['INR 2.5', {}, 'high INR'],
    ['INR 1.6', on('Coumadin, 5 mg'), 'low INR'],
    ['INR 3.3', { ...on('warfarin'), ...having('atrial fibrillation') }, 'high INR'],
    ['INR 3.3', { ...on('warfarin'), ...having('mechanical mitral valve') }, 'normal INR'],
    ['INR 2.3', { ...on('warfarin'), ...having('mechanical mitral valve') }, 'low INR'],
    ['INR 3.3', { ...on('warfarin'), ...having('mechanical aortic valve') }, 'high INR'],
    ['INR 2.7', { ...on('warfarin'), ...having('mechanical heart valve') }, 'normal INR'],
    ['INR 5.2', { ...on('warfarin'), ...having('mechanical heart valve') }, 'critical-high INR'],
    [
      '124 over 78',
      having('hypertension'),
      'normal systolic blood pressure, normal diastolic blood pressure',
    ],
    ['124 over 78', {}, 'high systolic blood pressure, normal diastolic blood pressure'],
    ['134 over 78', having('diabetes'), 'high systolic blood pressure, normal diastolic blood pressure'],
    ['oxygen 90', having('COPD'), 'normal oxygen saturation'],
    ['oxygen 86', having('COPD'), 'critical-low oxygen saturation'],
    ['oxygen 91', {}, 'low oxygen saturation'],
    ['pulse 105', having('atrial fibrillation'), 'normal heart rate'],
    ['pulse 105', {}, 'high heart rate'],
    ['LDL 85', having('coronary artery disease'), 'high LDL cholesterol'],
    ['LDL 85', having('stroke'), 'high LDL cholesterol'],
    ['LDL 85', { ...having('diabetes'), age: 60 }, 'high LDL cholesterol'],
    ['LDL 85', { ...having('diabetes'), age: 30 }, 'normal LDL cholesterol'],
    ['LDL 85', {}, 'normal LDL cholesterol'],
    ['TSH 5.0', { ...on('levothyroxine, 50 mcg'), age: 75 }, 'normal TSH'],
    ['TSH 5.0', { ...on('Synthroid, 50 mcg'), age: 45 }, 'high TSH'],
    ['TSH 0.2', having('thyroid cancer'), 'nothing'],
    ['uric acid 6.5', on('allopurinol, 300 mg'), 'high uric acid'],
    ['uric acid 6.5', {}, 'normal uric acid'],
    ['digoxin level 1.3', having('heart failure'), 'high digoxin level'],
    ['digoxin level 1.3', {}, 'normal digoxin level'],
    ['Depakote level 110', having('epilepsy'), 'high valproate level'],
    ['Depakote level 110', {}, 'normal valproate level'],
    ['anti Xa 0.8', on('enoxaparin, 80 mg'), 'normal anti-Xa'],
    ['anti Xa 0.8', {}, 'nothing'],
    ['PSA 3.0', { ...man, age: 65, ...on('finasteride, 5 mg') }, 'nothing'],
    ['creatinine 7.2', { ...man, ...having('ESRD on dialysis') }, 'high creatinine'],
    ['creatinine 7.2', { ...man, ...having('hypertension') }, 'critical-high creatinine'],
    ['temperature 100.8', having('breast cancer on chemotherapy'), 'critical-high body temperature'],
    ['temperature 100.8', {}, 'high body temperature'],
  ])('%s, %j: %s', (text, chart, expected) => {
    expect(outcome(lookAt(labs, text, chart))).toBe(expected);
  });

  it('tells the goal of heart failure beside the interval that judges', () => {
    const { facts } = lookAt(labs, 'potassium 3.8', having('heart failure'));
    expect(facts.map(({ kind, severity }) => `${kind} ${severity}`)).toEqual(['lab normal', 'goal low']);
    expect(lookAt(labs, 'potassium 3.8').facts).toHaveLength(1);
  });
});

describe('an INR with a mechanical valve', () => {
  it('asks which valve it is where the goals differ', () => {
    const review = lookAt(labs, 'INR three point five on warfarin with mechanical valve');
    expect(review.verdict).toBe(Verdict.ASK);
    expect(review.say).toBe(
      'I heard 3.5 for your INR. Is your mechanical valve the mitral valve, or the aortic valve?',
    );
  });

  it('asks nothing about a valve of the chart before the caller is known', () => {
    const chart = { ...on('warfarin'), ...having('mechanical valve'), verified: false };
    expect(lookAt(labs, 'INR 3.5', chart).say).not.toContain('valve');
    expect(lookAt(labs, 'INR 2.7', chart).say).toBe('');
  });

  it.each([
    ['the mitral one', 'normal INR'],
    ['aortic', 'high INR'],
  ])('takes "%s" for an answer: %s', (answer, expected) => {
    const history = [
      'agent: I heard 3.5 for your INR. Is your mechanical valve the mitral valve, or the aortic valve?',
    ];
    expect(outcome(lookAt(labs, answer, { ...on('warfarin, 5 mg'), answering: true, history }))).toBe(
      expected,
    );
  });

  it('leaves it open after it was not answered', () => {
    const history = [
      'agent: I heard 3.5 for your INR. Is your mechanical valve the mitral valve, or the aortic valve?',
    ];
    const review = lookAt(labs, 'INR 3.5', { ...on('warfarin'), ...having('mechanical valve'), history });
    expect(review.verdict).toBe(Verdict.ADVISE);
    expect(review.facts[0]?.severity).toBe('');
  });
});
