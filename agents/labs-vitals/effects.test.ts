import { beforeAll, describe, expect, it } from 'vitest';
import { Verdict, type Fact } from '../../protos/generated/asterism/v1/specialist.js';
import type { SpecialistLogic } from '../specialist.js';
import { createLabsVitals } from './labs-vitals.js';
import { lookAt, type Chart } from './test-looks.js';

let labs: SpecialistLogic;
beforeAll(async () => {
  labs = await createLabsVitals();
}, 60_000);

function effectsIn(facts: readonly Fact[]): string[] {
  return facts
    .filter(({ kind }) => kind === 'lab-effect')
    .map(({ subjects, severity }) => `${subjects[0] ?? ''} ${severity} ${subjects[1] ?? ''}`);
}

describe('what a medicine does to a value', () => {
  it.each<[string, string]>([
    ['Could my hydrochlorothiazide be why my potassium is low?', 'hydrochlorothiazide lowers potassium'],
    ['I take lisinopril, what does it do to potassium?', 'lisinopril raises potassium'],
    ['does losartan raise potassium', 'losartan raises potassium'],
    ['Can spironolactone make my potassium too high?', 'spironolactone raises potassium'],
    ['Will Bactrim affect my potassium?', 'sulfamethoxazole/trimethoprim raises potassium'],
    ['Is the Lasix making my potassium drop?', 'furosemide lowers potassium'],
    ['Does chlorthalidone lower sodium?', 'chlorthalidone lowers sodium'],
    ['Could HCTZ raise my calcium', 'hydrochlorothiazide raises calcium'],
    ['does hydrochlorothiazide raise uric acid', 'hydrochlorothiazide raises uric acid'],
    ['Can my water pill furosemide raise my uric acid?', 'furosemide raises uric acid'],
    ['what does losartan do to uric acid', 'losartan lowers uric acid'],
    ['Does allopurinol bring down uric acid?', 'allopurinol lowers uric acid'],
    ['Can Lipitor raise my ALT?', 'atorvastatin raises ALT'],
    ['Could simvastatin be raising my CK?', 'simvastatin raises creatine kinase'],
    ['will Crestor lower my LDL?', 'rosuvastatin lowers LDL cholesterol'],
    ['Does atorvastatin raise A1c?', 'atorvastatin raises hemoglobin A1c'],
    ['Will prednisone make my blood sugar go up?', 'prednisone raises blood glucose'],
    ['why would prednisone raise my white count', 'prednisone raises leukocytes'],
    ['Can the methylprednisolone affect my potassium?', 'methylprednisolone lowers potassium'],
    ['What does metformin do to vitamin B12?', 'metformin lowers vitamin B12'],
    ['Could metformin raise lactate?', 'metformin raises lactate'],
    ['Does omeprazole lower magnesium?', 'omeprazole lowers magnesium'],
    ['can Nexium lower my B12', 'esomeprazole lowers vitamin B12'],
    ['Can sertraline make my sodium low?', 'sertraline lowers sodium'],
    ['could Lexapro be lowering my sodium', 'escitalopram lowers sodium'],
    ['does carbamazepine lower sodium', 'carbamazepine lowers sodium'],
    ['is it the oxcarbazepine that made my sodium low', 'oxcarbazepine lowers sodium'],
    ['Does lithium raise TSH?', 'lithium raises TSH'],
    ['Can lithium raise my calcium?', 'lithium raises calcium'],
    ['Could the ibuprofen raise my lithium?', 'ibuprofen raises lithium level'],
    ['does lisinopril raise my lithium level', 'lisinopril raises lithium level'],
    ['Does ibuprofen raise creatinine?', 'ibuprofen raises creatinine'],
    ['would naproxen hurt my GFR', 'naproxen lowers eGFR'],
    ['Can Bactrim mess with my INR?', 'sulfamethoxazole/trimethoprim raises INR'],
    ['will Cipro raise my INR', 'ciprofloxacin raises INR'],
    ['does fluconazole affect INR', 'fluconazole raises INR'],
    ['Does rifampin lower INR?', 'rifampin lowers INR'],
    ['does amiodarone affect my INR?', 'amiodarone raises INR'],
    ['Can Tylenol raise my INR?', 'acetaminophen raises INR'],
    ['Does enoxaparin lower platelets?', 'enoxaparin lowers platelets'],
    ['Can heparin drop my platelets', 'heparin lowers platelets'],
    ['does heparin raise potassium', 'heparin raises potassium'],
    ['Does valproate, I mean Depakote, lower platelets?', 'divalproex lowers platelets'],
    ['could methotrexate raise my AST', 'methotrexate raises AST'],
    ['does methotrexate lower white count', 'methotrexate lowers leukocytes'],
    ['Can azathioprine lower my white cells?', 'azathioprine lowers leukocytes'],
    ['does levothyroxine lower TSH', 'levothyroxine lowers TSH'],
    ['can calcium carbonate raise my TSH', 'calcium carbonate raises TSH'],
    ['Could finasteride lower my PSA?', 'finasteride lowers PSA'],
    ['does testosterone gel raise hematocrit', 'testosterone raises hematocrit'],
    ['can risperidone raise prolactin', 'risperidone raises prolactin'],
    ['does Zyprexa raise triglycerides', 'olanzapine raises triglycerides'],
    ['does albuterol lower potassium', 'albuterol lowers potassium'],
    ['does insulin lower potassium', 'insulin lowers potassium'],
    ['Can Jardiance raise my LDL?', 'empagliflozin raises LDL cholesterol'],
    ['does Farxiga raise hematocrit', 'dapagliflozin raises hematocrit'],
    ['can Ozempic raise lipase', 'semaglutide raises lipase'],
    ['does topiramate lower bicarbonate', 'topiramate lowers bicarbonate'],
    ['does phenytoin lower vitamin D', 'phenytoin lowers vitamin D'],
    ['can terbinafine raise my ALT', 'terbinafine raises ALT'],
    ['does tacrolimus lower magnesium', 'tacrolimus lowers magnesium'],
    ['will clarithromycin raise my tacrolimus level', 'clarithromycin raises tacrolimus level'],
    ['does verapamil raise my digoxin level', 'verapamil raises digoxin level'],
    ['does cipro raise theophylline', 'ciprofloxacin raises theophylline level'],
    ['does Entresto raise BNP', 'sacubitril/valsartan raises BNP'],
    ['does alendronate lower calcium', 'alendronate lowers calcium'],
    ['does metoprolol lower my heart rate', 'metoprolol lowers heart rate'],
    ['Is my blood pressure high because of the Sudafed?', 'pseudoephedrine raises blood pressure'],
    ['does ibuprofen raise blood pressure', 'ibuprofen raises blood pressure'],
    ['Does niacin raise my sugar?', 'niacin raises blood glucose'],
    ['does fenofibrate raise creatinine', 'fenofibrate raises creatinine'],
    ['does Klor-Con raise potassium', 'potassium chloride raises potassium'],
    ['can digoxin slow my heart rate and lower it', 'digoxin lowers heart rate'],
    ['Does biotin lower my TSH?', 'biotin lowers TSH'],
    ['does Truvada, no wait, Plaquenil lower blood sugar', 'hydroxychloroquine lowers blood glucose'],
    ['Do statins raise CK?', 'statin raises creatine kinase'],
    ['can steroids raise my sugar', 'corticosteroid raises blood glucose'],
    ['do ACE inhibitors raise potassium', 'ace inhibitor raises potassium'],
    ['do PPIs lower magnesium', 'proton pump inhibitor lowers magnesium'],
    ['does amlodipine affect my potassium?', 'amlodipine none potassium'],
    ['will Norvasc change my cholesterol', 'amlodipine none total cholesterol'],
    ['does famotidine affect INR', 'famotidine none INR'],
    ['does pravastatin affect my INR', 'pravastatin none INR'],
    ['does Lipitor affect INR', 'atorvastatin none INR'],
    ['Does loratadine do anything to my potassium?', 'loratadine none potassium'],
    ['Is my sodium off because of the desmopressin?', 'desmopressin lowers sodium'],
    [
      'They want to check my vitamin D level. Is that because of my vitamin D?',
      'cholecalciferol raises vitamin D',
    ],
    ['Can iron raise my ferritin?', 'ferrous sulfate raises ferritin'],
    ['does omeprazole lower my vitamin B12', 'omeprazole lowers vitamin B12'],
  ])('%s: %s', (text, expected) => {
    const review = lookAt(labs, text);
    expect(effectsIn(review.facts)).toEqual([expected]);
    expect(review.verdict).toBe(Verdict.SAY);
    expect(review.say).not.toMatch(/[()/]|\bmg\b/);
    for (const { citation, text: told } of review.facts) {
      expect(citation).toMatch(/^[A-Z].{10}/);
      expect(told).toMatch(/: .+\.$/);
    }
  });

  it.each<[string, string[]]>([
    ['Can statins raise my liver enzymes?', ['statin raises ALT', 'statin raises AST']],
    [
      'Does Zestoretic change my potassium?',
      ['lisinopril raises potassium', 'hydrochlorothiazide lowers potassium'],
    ],
    ['does amiodarone affect TSH', ['amiodarone raises TSH', 'amiodarone lowers TSH']],
    [
      'do lisinopril and spironolactone raise potassium',
      ['lisinopril raises potassium', 'spironolactone raises potassium'],
    ],
    ['is lisinopril hurting my kidney numbers', ['lisinopril raises creatinine', 'lisinopril lowers eGFR']],
  ])('%s', (text, expected) => {
    expect(effectsIn(lookAt(labs, text).facts)).toEqual(expected);
  });

  it('lists what one medicine does to blood tests', () => {
    const review = lookAt(labs, 'What labs does lisinopril affect?');
    expect(effectsIn(review.facts)).toEqual(
      expect.arrayContaining(['lisinopril raises potassium', 'lisinopril raises creatinine']),
    );
    expect(review.say).toContain('Lisinopril can raise potassium, creatinine and BUN');
  });

  it('says so when it is the other way round', () => {
    expect(lookAt(labs, 'Does hydrochlorothiazide raise my potassium?').say).toContain(
      'can lower your potassium rather than raise it',
    );
  });

  it('says with which other medicine, and that a test is disturbed', () => {
    expect(lookAt(labs, 'Can Bactrim raise my INR?').say).toContain('together with warfarin');
    expect(lookAt(labs, 'Does biotin affect my TSH?').say).toContain('can make the result of your TSH wrong');
  });
});

describe('a value and its medicine in one breath', () => {
  it('are judged and explained', () => {
    const review = lookAt(labs, 'My potassium is 3.1, could my hydrochlorothiazide be why?');
    expect(review.facts.map(({ kind, severity }) => `${kind} ${severity}`)).toEqual([
      'lab low',
      'lab-effect lowers',
    ]);
    expect(review.say).toMatch(
      /^Your potassium of 3\.1 is lower than we look for\. .*Hydrochlorothiazide can lower/,
    );
  });

  it('are told of the chart’s medicines in the direction of the value only', () => {
    const chart: Chart = { medications: ['lisinopril, 10 mg', 'furosemide, 40 mg', 'amlodipine, 5 mg'] };
    expect(effectsIn(lookAt(labs, 'my potassium was 5.7', chart).facts)).toEqual([
      'lisinopril raises potassium',
    ]);
    expect(effectsIn(lookAt(labs, 'my potassium was 3.1', chart).facts)).toEqual([
      'furosemide lowers potassium',
    ]);
    expect(effectsIn(lookAt(labs, 'my potassium was 4.2', chart).facts)).toEqual([]);
  });

  it('counts what strengthens warfarin only for who takes warfarin', () => {
    expect(
      effectsIn(lookAt(labs, 'my INR was 4.5', { medications: ['warfarin', 'amiodarone'] }).facts),
    ).toContain('amiodarone raises INR');
    expect(effectsIn(lookAt(labs, 'my INR was 1.5', { medications: ['amiodarone'] }).facts)).toEqual([]);
  });
});

describe('the medicines on the chart', () => {
  const chart: Chart = { medications: ['lisinopril, 10 mg', 'furosemide, 40 mg', 'amlodipine, 5 mg'] };
  it.each<[string, string[]]>([
    ['why is my potassium low?', ['furosemide lowers potassium']],
    ['why is my potassium high', ['lisinopril raises potassium']],
    [
      'Could any of my medicines be raising my creatinine?',
      ['lisinopril raises creatinine', 'furosemide raises creatinine'],
    ],
    ['are any of my pills lowering my sodium?', ['lisinopril lowers sodium', 'furosemide lowers sodium']],
    ['why is my ferritin low', []],
  ])('%s', (text, expected) => {
    expect(effectsIn(lookAt(labs, text, chart).facts)).toEqual(expected);
  });

  it('are not told before the caller is known', () => {
    expect(lookAt(labs, 'why is my potassium low?', { ...chart, verified: false })).toMatchObject({
      verdict: Verdict.PASS,
      facts: [],
    });
  });
});

describe('what asks for no effect, or one that is not known', () => {
  it.each([
    'Does lisinopril affect my ferritin?',
    'does loratadine raise my ferritin',
    'does gabapentin lower my hemoglobin',
    'Does frobnicol raise potassium?',
    'Can I take potassium with my lisinopril?',
    'should I add magnesium to my omeprazole',
    'I take lisinopril for my blood pressure',
    'My blood pressure is fine and I take lisinopril',
    'I take metoprolol for my high blood pressure',
    'I took my metformin and checked my sugar',
    'what does warfarin do',
    'How does metformin work?',
    'My lisinopril makes me cough',
    'When do I take my potassium?',
    'Is lisinopril safe with ibuprofen?',
    'potassium',
    'why does my knee hurt',
  ])('%s', (text) => {
    const review = lookAt(labs, text);
    expect(review.facts).toEqual([]);
    expect(review.verdict).toBe(Verdict.PASS);
    expect(review.reason).not.toBe('');
  });
});

describe('a sentence about to be spoken', () => {
  it.each([
    'Lisinopril lowers potassium.',
    'Hydrochlorothiazide can raise your potassium.',
    'Prednisone will lower your blood sugar.',
    'Metformin raises vitamin B12.',
    'Amlodipine raises potassium.',
  ])('stops: %s', (draft) => {
    const review = lookAt(labs, 'what about that', { draft });
    expect(review.verdict).toBe(Verdict.BLOCK);
    expect(review.say).not.toBe('');
  });

  it.each([
    'Lisinopril can raise potassium.',
    'Lisinopril does not lower potassium.',
    'Hydrochlorothiazide can lower your potassium rather than raise it.',
    'Please keep taking your metoprolol even when your blood pressure is high.',
    'Take your furosemide and call us if your weight goes up.',
    'Your lisinopril helps with high blood pressure.',
    'Do you take your furosemide?',
    'Gabapentin lowers ferritin.',
  ])('lets pass: %s', (draft) => {
    expect(lookAt(labs, 'what about that', { draft }).verdict).toBe(Verdict.PASS);
  });
});
