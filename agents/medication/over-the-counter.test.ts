import { beforeAll, describe, expect, it } from 'vitest';
import { Verdict, type Review } from '../../protos/generated/asterism/v1/specialist.js';
import type { SpecialistLogic } from '../specialist.js';
import { createMedication } from './medication.js';
import { patientWith, requestFor } from './test-requests.js';

let medication: SpecialistLogic;
beforeAll(async () => {
  medication = await createMedication();
}, 60_000);

function ask(product: string, conditions: readonly string[], age = 0): Review {
  const patient = patientWith({ conditions: [...conditions], age });
  return medication.review(requestFor(`Can I take ${product}?`, { patient }));
}

/** Facts about this patient's conditions, without those that say that nothing was found. */
function warnings(review: Review): string[] {
  return review.facts
    .filter(
      ({ kind, severity }) => kind === 'contraindication' && severity !== 'none' && severity !== 'minor',
    )
    .map(({ subjects }) => subjects.join('+'));
}

describe('a medicine from the shelf beside a condition on the chart', () => {
  const cases: readonly (readonly [condition: string, ...products: readonly string[]])[] = [
    [
      'heart failure',
      'Advil',
      'Aleve',
      'Sudafed',
      'Zyrtec-D',
      'DayQuil',
      'Alka-Seltzer',
      'baking soda',
      'black licorice',
      'Primatene Mist',
      'Motrin PM',
      'a Fleet enema',
      'Zegerid',
      'Nu-Salt',
      'Bronkaid',
    ],
    [
      'hypertension',
      'Sudafed',
      'Advil',
      'Aleve',
      'Claritin-D',
      'Mucinex D',
      'Afrin',
      'Alka-Seltzer',
      'black licorice',
      'Theraflu',
      'Tylenol Sinus',
      'Advil Cold and Sinus',
      'Bronkaid',
      'Excedrin',
    ],
    [
      'chronic kidney disease stage 4',
      'Advil',
      'Aleve',
      'milk of magnesia',
      'Maalox',
      'a Fleet enema',
      'Nu-Salt',
      'Alka-Seltzer',
      'AZO',
      'Pepto-Bismol',
      'magnesium citrate',
      "Doan's",
    ],
    [
      'peptic ulcer disease',
      'Advil',
      'Aleve',
      'aspirin',
      'Pepto-Bismol',
      'Excedrin',
      "Goody's",
      'BC powder',
      'Advil PM',
      'niacin',
    ],
    ['GI bleed', 'Motrin', 'Aleve', 'aspirin', 'Pepto-Bismol', 'Alka-Seltzer', 'ginkgo'],
    ['glaucoma', 'Benadryl', 'Unisom', 'NyQuil', 'Tylenol PM', 'Advil PM', 'Clear Eyes'],
    ['narrow-angle glaucoma', 'Benadryl', 'Sudafed', 'Chlor-Trimeton', 'Afrin'],
    ['BPH', 'Benadryl', 'Sudafed', 'NyQuil', 'Claritin-D', 'Tylenol PM', 'Coricidin HBP', 'Dramamine'],
    ['asthma', 'aspirin', 'Advil', 'Aleve', 'Benadryl'],
    ['COPD', 'Benadryl', 'Delsym', 'Unisom'],
    ['diabetes', 'Sudafed', 'Claritin-D', 'DayQuil'],
    ['hyperthyroidism', 'Sudafed', 'Primatene Mist', 'Afrin'],
    ['cirrhosis', 'Tylenol', 'Advil', 'NyQuil', 'Excedrin', 'kava', 'red yeast rice', 'Aleve'],
    ['alcohol use disorder', 'Tylenol', 'NyQuil', 'Excedrin', 'kava'],
    ['gout', 'aspirin', 'niacin', 'Pepto-Bismol'],
    ['seizure disorder', 'Benadryl', 'Primatene Mist'],
    ['myasthenia gravis', 'magnesium citrate', 'milk of magnesia', 'Benadryl'],
    ['pregnancy', 'Advil', 'Aleve', 'aspirin', 'Pepto-Bismol', 'Sudafed', 'black licorice', 'red yeast rice'],
    ['breastfeeding', 'Benadryl', 'Sudafed', 'aspirin', 'Pepto-Bismol'],
    ['atrial fibrillation', 'Sudafed', 'Bronkaid', 'black licorice'],
    ['stroke', 'Sudafed', 'Advil', 'Primatene Mist'],
    ['coronary artery disease', 'Advil', 'Sudafed', 'Aleve', 'Primatene Mist'],
    ['long QT syndrome', 'Imodium', 'Sudafed'],
    ['dementia', 'Benadryl', 'Unisom', 'Tylenol PM'],
    ['ulcerative colitis', 'Advil', 'Imodium', 'a Fleet enema'],
    ['history of falls', 'Benadryl', 'Unisom', 'ZzzQuil'],
    ['sleep apnea', 'Benadryl', 'ZzzQuil'],
    ['restless legs syndrome', 'Benadryl', 'Unisom'],
    ['kidney transplant', 'Advil', 'Aleve'],
    ['gastric bypass', 'Advil', 'Aleve', 'aspirin'],
    ['kidney stones', 'Tums', 'Caltrate'],
    ['trouble swallowing', 'Metamucil', 'mineral oil', 'Citrucel'],
    ['bowel obstruction', 'Dulcolax', 'Metamucil', 'a Fleet enema', 'Senokot'],
    ['hemochromatosis', 'Feosol', 'Slow Fe'],
    ['hyperkalemia', 'Nu-Salt', 'potassium gluconate'],
    ['G6PD deficiency', 'AZO'],
    ['bipolar disorder', "St. John's wort"],
    ['low sodium diet', 'Alka-Seltzer', 'baking soda'],
    ['thrombocytopenia', 'aspirin', 'Advil'],
    ['GERD', 'Advil', 'Aleve'],
  ];

  it.each(
    cases.flatMap(([condition, ...products]) => products.map((product) => [product, condition] as const)),
  )('warns of %s with %s', (product, condition) => {
    const review = ask(product, [condition]);
    expect(warnings(review).length, review.facts.map(({ text }) => text).join(' ')).toBeGreaterThan(0);
    expect(review.verdict).toBe(Verdict.SAY);
    expect(review.say).toMatch(/Please don't (take|use)|nurse/);
  });

  const harmless: readonly (readonly [condition: string, ...products: readonly string[]])[] = [
    ['heart failure', 'Tylenol', 'Claritin', 'Mucinex', 'MiraLAX', 'Pepcid', 'Zyrtec', 'Flonase', 'Colace'],
    [
      'hypertension',
      'Tylenol',
      'Claritin',
      'Coricidin HBP',
      'Mucinex',
      'Zyrtec',
      'Pepcid',
      'Imodium',
      'Benadryl',
    ],
    ['chronic kidney disease stage 3', 'Tylenol', 'Claritin', 'MiraLAX', 'Mucinex', 'Flonase'],
    ['peptic ulcer disease', 'Tylenol', 'Pepcid', 'Claritin', 'Tums'],
    ['glaucoma', 'Claritin', 'Tylenol', 'Advil', 'Mucinex', 'Zyrtec', 'Pepcid'],
    ['BPH', 'Claritin', 'Tylenol', 'Advil', 'Mucinex', 'Zyrtec'],
    ['asthma', 'Tylenol', 'Claritin', 'Pepcid', 'Tums', 'Flonase'],
    ['diabetes', 'Tylenol', 'Claritin', 'Advil', 'Mucinex', 'Imodium'],
    ['gout', 'Tylenol', 'Advil', 'Aleve', 'Claritin', 'Sudafed'],
    ['pregnancy', 'Tylenol', 'Tums', 'Claritin'],
    ['seizure disorder', 'Tylenol', 'Claritin', 'Advil'],
    ['atrial fibrillation', 'Tylenol', 'Claritin', 'Mucinex'],
    ['dementia', 'Tylenol', 'Claritin', 'MiraLAX'],
    ['COPD', 'Tylenol', 'Claritin', 'Pepcid'],
    ['osteoarthritis', 'Advil', 'Tylenol', 'Aleve'],
    ['hypothyroidism', 'Sudafed', 'Advil', 'Tylenol'],
  ];

  it.each(
    harmless.flatMap(([condition, ...products]) => products.map((product) => [product, condition] as const)),
  )('has nothing against %s with %s', (product, condition) => {
    const review = ask(product, [condition]);
    expect(warnings(review)).toEqual([]);
    expect(review.verdict).toBe(Verdict.ADVISE);
    expect(review.say).not.toContain("don't take");
  });
});

describe('a medicine beside an age', () => {
  it.each([
    ['Benadryl', 70],
    ['Advil', 78],
    ['mineral oil', 80],
    ['Unisom', 66],
    ['a Fleet enema', 60],
    ['Dramamine', 81],
  ])('warns of %s at %d', (product, age) => {
    expect(warnings(ask(product, [], age))).toHaveLength(1);
  });

  it.each([
    ['Benadryl', 45],
    ['Advil', 60],
    ['Claritin', 85],
    ['Tylenol', 90],
    ['MiraLAX', 88],
    ['a Fleet enema', 40],
  ])('has nothing against %s at %d', (product, age) => {
    expect(warnings(ask(product, [], age))).toEqual([]);
  });
});
