import { beforeAll, describe, expect, it } from 'vitest';
import { Disposition, type Review } from '../../protos/generated/asterism/v1/specialist.js';
import type { SpecialistLogic } from '../specialist.js';
import { createLabsVitals } from './labs-vitals.js';
import { lookAt, type Chart } from './test-looks.js';

let labs: SpecialistLogic;
beforeAll(async () => {
  labs = await createLabsVitals();
}, 60_000);

const day = '2026-11-25';
const days = Disposition.WITHIN_DAYS;
const today = Disposition.SAME_DAY;
const none = Disposition.NONE;

function trendIn({ facts }: Review): string | undefined {
  return facts.find(({ kind }) => kind === 'trend')?.severity;
}

describe('weight in heart failure, judged by the days between', () => {
  it.each<[string, string[], string, Disposition]>([
    ['185', ['182 2026-11-24'], 'high', today],
    ['184.5', ['182 2026-11-24'], 'high', today],
    ['184', ['182 2026-11-24'], 'normal', none],
    ['185', ['182 2026-11-20'], 'normal', none],
    ['187', ['182 2026-11-20'], 'high', today],
    ['186', ['182 2026-11-20'], 'normal', none],
    ['187', ['182 2026-11-20', '184 2026-11-24'], 'high', today],
    ['186.5', ['184 2026-11-20', '184 2026-11-24'], 'high', today],
    ['185', ['184 2026-11-20', '183.5 2026-11-24'], 'normal', none],
    ['188', ['182 2026-10-20'], 'high', today],
    ['185', ['182 2026-10-20'], 'normal', none],
    ['180', ['182 2026-11-24'], 'normal', none],
    ['185', ['182 '], 'high', today],
    ['185', ['182 2026-12-24'], '', none],
  ])('%s pounds after %j: %s', (pounds, before, severity, disposition) => {
    const review = lookAt(labs, `I weigh ${pounds} pounds`, {
      conditions: ['heart failure'],
      today: day,
      labs: before.map((line) => line.replace(' ', ' [lb_av] ')).map((line) => `29463-7 ${line}`),
    });
    expect(trendIn(review) ?? '').toBe(severity);
    expect(review.disposition).toBe(disposition);
  });

  it('takes an earlier weight that was told beside it', () => {
    const chart = { conditions: ['heart failure'] };
    expect(trendIn(lookAt(labs, 'my weight was 182 yesterday and 185 today', chart))).toBe('high');
    expect(trendIn(lookAt(labs, 'my weight was 182 yesterday and 183 today', chart))).toBe('normal');
  });

  it.each(['I gained three pounds overnight', 'I am up 5 pounds this week'])('%s', (text) => {
    expect(lookAt(labs, text, { conditions: ['heart failure'] }).disposition).toBe(today);
    expect(lookAt(labs, text, {}).disposition).toBe(none);
  });
});

describe('laboratory values against earlier ones', () => {
  const man: Chart = { sex: 'male', age: 50, today: day };
  it.each<[string, string, string, Disposition]>([
    ['creatinine 1.2', '2160-0 0.9 mg/dL 2026-11-24', 'high', today],
    ['creatinine 1.1', '2160-0 0.9 mg/dL 2026-11-24', '', none],
    ['creatinine 1.2', '2160-0 0.8 mg/dL 2026-11-20', 'high', today],
    ['creatinine 1.2', '2160-0 0.8 mg/dL 2026-10-20', 'high', days],
    ['creatinine 1.2', '2160-0 0.9 mg/dL 2026-10-20', 'high', days],
    ['creatinine 1.0', '2160-0 0.9 mg/dL 2026-10-20', '', none],
    ['creatinine 0.8', '2160-0 1.2 mg/dL 2026-11-24', '', none],
    ['creatinine 1.2', '2160-0 70.7 umol/L 2026-11-20', 'high', today],
    ['hemoglobin 14.2', '718-7 16.4 g/dL 2026-11-20', 'low', today],
    ['hemoglobin 15.0', '718-7 16.4 g/dL 2026-11-20', '', none],
    ['hemoglobin 16.4', '718-7 14.2 g/dL 2026-11-20', '', none],
    ['hemoglobin 14.2', '718-7 164 g/L 2026-11-20', 'low', today],
    ['platelets 160', '777-3 240 10*3/uL 2026-11-18', 'low', today],
    ['platelets 200', '777-3 240 10*3/uL 2026-11-18', '', none],
    ['platelets 160', '777-3 240 10*3/uL 2026-06-18', '', none],
    ['GFR of 61', '98979-8 80 mL/min/{1.73_m2} 2026-08-18', 'low', days],
    ['GFR of 70', '98979-8 80 mL/min/{1.73_m2} 2026-08-18', '', none],
    ['potassium 4.8', '2823-3 4.0 mmol/L 2026-11-18', '', none],
    ['sodium 140', '2951-2 137 mmol/L 2026-11-18', '', none],
  ])('%s after %s: "%s"', (text, earlier, severity, disposition) => {
    const review = lookAt(labs, text, { ...man, labs: [earlier] });
    expect(trendIn(review) ?? '').toBe(severity);
    expect(review.disposition).toBe(disposition);
  });

  it('names the days, the step and the source', () => {
    const { facts, say } = lookAt(labs, 'creatinine 1.2', { ...man, labs: ['2160-0 0.8 mg/dL 2026-11-20'] });
    const trend = facts.find(({ kind }) => kind === 'trend');
    expect(trend?.text).toBe('creatinine was 0.8 on 2026-11-20, 5 days before, and is 1.2 now (+0.4).');
    expect(trend?.citation).toContain('KDIGO');
    expect(say).toBe('Your creatinine is 0.4 higher than it was five days ago. A nurse will call you today.');
  });

  it('tells a potassium that moved by more than chance, without alarm', () => {
    const { facts } = lookAt(labs, 'potassium 4.8', { ...man, labs: ['2823-3 4.0 mmol/L 2026-11-18'] });
    expect(facts.find(({ kind }) => kind === 'trend')?.citation).toContain('Biological Variation');
  });

  it('says nothing of the chart before the caller is known', () => {
    const { say } = lookAt(labs, 'creatinine 1.2', {
      ...man,
      verified: false,
      labs: ['2160-0 0.8 mg/dL 2026-11-20'],
    });
    expect(say).toBe('Thank you. A nurse will call you today.');
  });

  it('leaves out a chart value in a unit that nothing is known of', () => {
    const { facts } = lookAt(labs, 'creatinine 1.2', { ...man, labs: ['2160-0 0.8 kg 2026-11-20'] });
    expect(facts.filter(({ kind }) => kind === 'trend')).toEqual([]);
  });

  it.each<[string, string]>([
    ['my hemoglobin went from 12 to 9.5', 'low'],
    ['my hemoglobin went from 12 to 11.5', ''],
    ['my creatinine was 0.8 last month and is 1.3 now', 'high'],
  ])('%s: "%s"', (text, severity) => {
    expect(trendIn(lookAt(labs, text, { sex: 'male' })) ?? '').toBe(severity);
  });
});

describe('a value on the chart that is asked about', () => {
  const chart: Chart = { sex: 'female', age: 60, today: day };
  it.each<[string, string, string, RegExp]>([
    ['was my potassium okay?', '2823-3 4.4 mmol/L 2026-11-20', 'normal', /4\.4, in the usual range/],
    ['was my potassium okay?', '2823-3 5.8 mmol/L 2026-11-20', 'high', /nurse will go over/],
    ['what was my hemoglobin?', '718-7 10.4 g/dL 2026-11-20', 'low', /10\.4/],
    ['how was my A1c', '4548-4 5.2 % 2026-11-20', 'normal', /5\.2, in the usual range/],
    ["what's my creatinine", '2160-0 88 umol/L 2026-11-20', 'normal', /0\.995/],
  ])('%s with %s: %s', (text, lab, severity, say) => {
    const review = lookAt(labs, text, { ...chart, labs: [lab] });
    expect(review.facts.map((fact) => fact.severity)).toEqual([severity]);
    expect(review.say).toMatch(say);
    expect(lookAt(labs, text, { ...chart, labs: [lab], verified: false }).say).not.toMatch(/\d/);
  });

  it('is not known when it is not there', () => {
    expect(lookAt(labs, 'was my potassium okay?', chart)).toMatchObject({
      facts: [],
      reason: 'No potassium is on the chart.',
    });
  });
});
