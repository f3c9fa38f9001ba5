import { beforeAll, describe, expect, it } from 'vitest';
import { Disposition, Verdict } from '../../protos/generated/asterism/v1/specialist.js';
import type { SpecialistLogic } from '../specialist.js';
import { createLabsVitals } from './labs-vitals.js';
import { lookAt, outcome } from './test-looks.js';

let labs: SpecialistLogic;
beforeAll(async () => {
  labs = await createLabsVitals();
}, 60_000);

const days = Disposition.WITHIN_DAYS;
const today = Disposition.SAME_DAY;
const urgent = Disposition.URGENT_NURSE;
const none = Disposition.NONE;

/** What a man of 50 says, what it comes to, and how soon a human must see it. */
type Row = readonly [text: string, expected: string, disposition: Disposition];

const families: Readonly<Record<string, readonly Row[]>> = {
  electrolytes: [
    ['my potassium is four point one', 'normal potassium', none],
    ['potassium 5.0', 'normal potassium', none],
    ['potassium 5.2', 'high potassium', days],
    ['potassium came back at 5.5', 'high potassium', today],
    ['potassium 6.0', 'critical-high potassium', urgent],
    ['potassium was 3.3', 'low potassium', days],
    ['potassium was 2.9', 'low potassium', today],
    ['potassium was 2.5', 'critical-low potassium', urgent],
    ['sodium 140', 'normal sodium', none],
    ['my sodium was 133', 'low sodium', days],
    ['my sodium was 127', 'low sodium', today],
    ['sodium one nineteen', 'critical-low sodium', urgent],
    ['sodium 148', 'high sodium', days],
    ['chloride 110', 'high chloride', days],
    ['my bicarb was 18', 'low bicarbonate', days],
    ['anion gap of 18', 'high anion gap', days],
    ['calcium level 9.4', 'normal calcium', none],
    ['calcium 10.8', 'high calcium', days],
    ['calcium 11.9', 'high calcium', today],
    ['calcium 13.4', 'critical-high calcium', urgent],
    ['ionized calcium 1.18', 'normal ionized calcium', none],
    ['ionized calcium 0.7', 'critical-low ionized calcium', urgent],
    ['magnesium 2.0', 'normal magnesium', none],
    ['magnesium 1.4', 'low magnesium', days],
    ['phosphorus 5.5', 'high phosphorus', days],
    ['serum osmolality 268', 'low osmolality', days],
    ['lactic acid 4.1', 'critical-high lactate', urgent],
    ['ammonia 30', 'normal ammonia', none],
  ],
  'kidney and urine': [
    ['BUN 15', 'normal urea nitrogen', none],
    ['B U N was 44', 'high urea nitrogen', days],
    ['creatinine 1.0', 'normal creatinine', none],
    ['creatinine 1.9', 'high creatinine', days],
    ['creatinine 6.4', 'critical-high creatinine', urgent],
    ['GFR of 75', 'normal eGFR', none],
    ['my e G F R was 38', 'low eGFR', days],
    ['eGFR 12', 'critical-low eGFR', urgent],
    ['my urine albumin creatinine ratio was 20', 'normal urine albumin-creatinine ratio', none],
    ['microalbumin was 120', 'high urine albumin-creatinine ratio', days],
    ['protein creatinine ratio 600', 'high urine protein-creatinine ratio', days],
    ['specific gravity 1.035', 'high urine specific gravity', days],
    ['urine pH 6', 'normal urine pH', none],
    ['uric acid 8.2', 'high uric acid', days],
    ['cystatin C 1.1', 'nothing', none],
  ],
  liver: [
    ['albumin 3.0', 'low albumin', days],
    ['total protein 7.1', 'normal total protein', none],
    ['ALT 35', 'normal ALT', none],
    ['A L T of 88', 'high ALT', days],
    ['AST 320', 'high AST', today],
    ['alk phos 140', 'high alkaline phosphatase', days],
    ['bilirubin 0.8', 'normal bilirubin', none],
    ['total bilirubin 3.4', 'high bilirubin', today],
    ['bilirubin 11 milligrams per deciliter', 'critical-high bilirubin', urgent],
    ['direct bilirubin 0.6', 'high direct bilirubin', days],
    ['indirect bilirubin 0.5', 'normal indirect bilirubin', none],
    ['GGT 65', 'high GGT', days],
    ['amylase 90', 'normal amylase', none],
    ['lipase 600', 'high lipase', today],
    ['LDH 300', 'high LDH', days],
  ],
  'blood count': [
    ['hemoglobin fifteen point two', 'normal hemoglobin', none],
    ['hemoglobin 11', 'low hemoglobin', days],
    ['hemoglobin 7.6', 'low hemoglobin', today],
    ['hematocrit 38', 'low hematocrit', days],
    ['white count 7.2', 'normal leukocytes', none],
    ['white blood cells 14', 'high leukocytes', days],
    ['W B C was 1.6', 'low leukocytes', today],
    ['platelets 220', 'normal platelets', none],
    ['platelet count 110', 'low platelets', days],
    ['platelets 45', 'low platelets', today],
    ['platelets 30', 'critical-low platelets', urgent],
    ['red count 3.9', 'low red blood cells', days],
    ['MCV 104', 'high MCV', days],
    ['M C H 30', 'normal MCH', none],
    ['RDW 16', 'high RDW', days],
    ['absolute neutrophil count 0.8', 'low neutrophil count', today],
    ['ANC 0.4', 'critical-low neutrophil count', urgent],
    ['eosinophils 8 percent', 'high eosinophils', days],
    ['reticulocyte count 1.1', 'normal reticulocytes', none],
    ['haptoglobin 20', 'low haptoglobin', days],
  ],
  'clotting and heart': [
    ['INR 1.0', 'normal INR', none],
    ['PTT 31 seconds', 'normal aPTT', none],
    ['prothrombin time 16 seconds', 'high prothrombin time', days],
    ['fibrinogen 90', 'critical-low fibrinogen', urgent],
    ['D dimer 1200', 'high D-dimer', days],
    ['BNP of 60', 'normal BNP', none],
    ['BNP 850', 'high BNP', days],
    ['N T pro B N P 90', 'normal NT-proBNP', none],
    ['troponin 0.02', 'normal troponin I', none],
    ['troponin 0.09', 'high troponin I', urgent],
    ['C K was 90', 'normal creatine kinase', none],
    ['CPK 1500', 'high creatine kinase', today],
    ['CRP 40', 'high C-reactive protein', days],
    ['high sensitivity CRP 1.2', 'normal hs-CRP', none],
    ['procalcitonin 0.05', 'normal procalcitonin', none],
    ['homocysteine 22', 'high homocysteine', days],
  ],
  'sugar and fats': [
    ['A1c 5.4', 'normal hemoglobin A1c', none],
    ['fasting glucose 92', 'normal glucose', none],
    ['fasting sugar of 126', 'high glucose', days],
    ['C peptide 0.3', 'low C-peptide', days],
    ['LDL 160', 'high LDL cholesterol', days],
    ['good cholesterol 35', 'low HDL cholesterol', days],
    ['total cholesterol 180', 'normal total cholesterol', none],
    ['non HDL 150', 'high non-HDL cholesterol', days],
    ['triglycerides 120', 'normal triglycerides', none],
    ['triglycerides 1200', 'high triglycerides', today],
    ['apo B 100', 'normal apolipoprotein B', none],
    ['lipoprotein little a 180', 'high lipoprotein(a)', days],
  ],
  'hormones and vitamins': [
    ['TSH 2.1', 'normal TSH', none],
    ['T S H of 8', 'high TSH', days],
    ['free T4 1.2', 'normal free T4', none],
    ['free T3 3.1', 'normal free T3', none],
    ['total T3 220', 'high total T3', days],
    ['morning cortisol 12', 'normal cortisol', none],
    ['testosterone 240', 'low testosterone', days],
    ['prolactin 12', 'normal prolactin', none],
    ['PTH 90', 'high PTH', days],
    ['ferritin 12', 'low ferritin', days],
    ['serum iron 90', 'normal iron', none],
    ['TIBC 420', 'high TIBC', days],
    ['transferrin saturation 12 percent', 'low transferrin saturation', days],
    ['my B12 was 150', 'low vitamin B12', days],
    ['folate 9', 'normal folate', none],
    ['vitamin D level 18', 'low vitamin D', days],
  ],
  'medicine levels': [
    ['digoxin level 1.2', 'normal digoxin level', none],
    ['my digoxin level was 2.4', 'high digoxin level', today],
    ['digoxin level 3.5', 'critical-high digoxin level', urgent],
    ['lithium level 0.9', 'normal lithium level', none],
    ['my lithium came back 1.3', 'high lithium level', today],
    ['lithium level 1.9', 'critical-high lithium level', urgent],
    ['phenytoin level 15', 'normal phenytoin level', none],
    ['Dilantin level 24', 'high phenytoin level', today],
    ['Depakote level 80', 'normal valproate level', none],
    ['Tegretol level 14', 'critical-high carbamazepine level', urgent],
    ['vancomycin trough 15', 'normal vancomycin trough', none],
    ['theophylline level 12', 'normal theophylline level', none],
    ['tacrolimus level 30', 'critical-high tacrolimus level', urgent],
    ['tacrolimus level 8', 'nothing', none],
    ['gentamicin trough 1.1', 'normal gentamicin trough', none],
  ],
  'blood gas': [
    ['blood pH 7.41', 'normal arterial pH', none],
    ['blood pH 7.15', 'critical-low arterial pH', urgent],
    ['P C O 2 was 50', 'high arterial pCO2', days],
  ],
  'home readings': [
    ['118 over 72', 'normal systolic blood pressure, normal diastolic blood pressure', none],
    ['BP one forty over ninety', 'high systolic blood pressure, high diastolic blood pressure', days],
    ['blood pressure 165 over 95', 'high systolic blood pressure, high diastolic blood pressure', today],
    ['pulse of 55', 'low heart rate', Disposition.ROUTINE],
    ['pulse of 46', 'low heart rate', today],
    ['heart rate 140', 'critical-high heart rate', urgent],
    ['oxygen 93 percent', 'low oxygen saturation', today],
    ['temperature 98.4', 'normal body temperature', none],
    ['temperature 103.2', 'critical-high body temperature', urgent],
    ['my sugar was two eighty', 'high blood glucose', today],
    ['my sugar was 190', 'high blood glucose', days],
    ['my sugar is 310', 'high blood glucose', urgent],
    ['my breathing rate is 16', 'normal respiratory rate', none],
    ['my breathing rate is 28', 'critical-high respiratory rate', urgent],
    ['ketones 0.3', 'normal blood ketones', none],
    ['ketones 0.9', 'high blood ketones', today],
    ['ketones 1.8', 'high blood ketones', urgent],
    ['ketones 3.4', 'critical-high blood ketones', urgent],
    ['peak flow 350, my best is 400', 'normal peak flow', none],
    ['peak flow 260 and my best is 400', 'low peak flow', today],
    ['peak flow 180, my personal best is 400', 'critical-low peak flow', urgent],
    ['peak flow 350', 'nothing', none],
    ['my pain score is 7', 'nothing', none],
  ],
};

describe.each(Object.entries(families))('%s', (_, rows) => {
  it.each(rows)('%s: %s', (text, expected, disposition) => {
    const review = lookAt(labs, text, { sex: 'male', age: 50 });
    expect(outcome(review)).toBe(expected);
    expect(review.disposition).toBe(disposition);
    expect(review.verdict === Verdict.ESCALATE).toBe(expected.includes('critical'));
    for (const { citation } of review.facts) expect(citation).toMatch(/[A-Za-z]{3}/);
    if (disposition !== Disposition.NONE) expect(review.say).not.toMatch(/\d{4}-|mg\/dL|[()/]/);
  });
});

describe('several values at once', () => {
  it.each([
    ['sodium 138, potassium 5.7 and creatinine 2.0', 'high potassium, normal sodium, high creatinine', today],
    ['my sugar was 240 and my blood pressure was 150 over 80', '', days],
    ['hemoglobin 14.5 and platelets 35', 'critical-low platelets, normal hemoglobin', urgent],
    ['LDL was 90, HDL 50, triglycerides 130', '', none],
  ])('%s', (text, _, disposition) => {
    const review = lookAt(labs, text, { sex: 'male', age: 50 });
    expect(review.facts.filter(({ severity }) => severity !== '').length).toBeGreaterThanOrEqual(2);
    expect(review.disposition).toBe(disposition);
  });

  it('speak of the gravest', () => {
    const { say } = lookAt(labs, 'ALT 60 and potassium 6.3', { sex: 'male', age: 50 });
    expect(say).toContain('potassium of 6.3');
  });
});

describe('what is no result', () => {
  it.each([
    'I take potassium 20 twice a day',
    "I'm on lithium 300",
    'they put me on digoxin 0.125',
    'I take vitamin D 2000 units',
    'I eat 2 grams of sodium a day',
    '1500 milligrams of sodium a day',
    'my magnesium supplement is 400',
    'the goal for my A1c is 7',
    'if my INR goes above 4 I call',
    'I want my LDL to be under 70',
    'my mother had a potassium of 6',
    'I have had diabetes for 12 years',
    'my zinc was 40',
    'my widget was 12',
    'I started vitamin B12 1000',
    'my potassium chloride is 20',
    'my calcium score was 250',
    'my BUN creatinine ratio was 20',
    'my sodium intake is 1500',
    'my cholesterol medicine is 40',
    'my iron pills are 325',
  ])('%s', (text) => {
    const review = lookAt(labs, text, { sex: 'male', age: 50 });
    expect(outcome(review)).toBe('nothing');
    expect([Verdict.PASS]).toContain(review.verdict);
    expect(review.reason).not.toBe('');
  });
});
