import { beforeAll, describe, expect, it } from 'vitest';
import { Verdict, type Review } from '../../protos/generated/asterism/v1/specialist.js';
import type { SpecialistLogic } from '../specialist.js';
import { createMedication } from './medication.js';
import { patientWith, requestFor } from './test-requests.js';

let medication: SpecialistLogic;
beforeAll(async () => {
  medication = await createMedication();
}, 60_000);

function look(text: string): Review {
  return medication.review(requestFor(text, { patient: patientWith({}) }));
}

function doses(text: string): string[] {
  return look(text)
    .facts.filter(({ kind }) => kind === 'dose')
    .map(({ severity, subjects }) => `${subjects[0] ?? ''} ${severity}`);
}

describe('a dose from the shelf within its label is recorded, and nothing is said', () => {
  it.each([
    ['I took two extra strength Tylenol this morning', 'acetaminophen'],
    ['Two Tylenol Arthritis every eight hours, 650 milligrams each', 'acetaminophen'],
    ['I took two aspirin for my back', 'aspirin'],
    ['One Aleve every twelve hours', 'naproxen'],
    ['One Zyrtec every night', 'cetirizine'],
    ['One Prilosec OTC every morning', 'omeprazole'],
    ['I took one Benadryl for the itching', 'diphenhydramine'],
    ['I chewed two Pepto-Bismol tablets', 'bismuth subsalicylate'],
    ['I took two tablespoons of Pepto-Bismol', 'bismuth subsalicylate'],
    ['I took two Senokot at bedtime', 'senna'],
    ['Two teaspoons of Delsym at bedtime', 'dextromethorphan'],
    ['I took one Mucinex this morning', 'guaifenesin'],
    ['Two regular Bayer aspirin this morning, 325 each', 'aspirin'],
  ])('%s', (text, ingredient) => {
    const review = look(text);
    expect(doses(text)).toEqual([`${ingredient} within`]);
    expect(review).toMatchObject({ verdict: Verdict.PASS, say: '' });
  });

  it.each([
    'I took two ibuprofen',
    'two naproxen twice a day',
    'I took two maximum strength Mucinex',
    'I took some Advil',
  ])('promises nothing where the amount is not known: %s', (text) => {
    expect(doses(text)).not.toContainEqual(expect.stringContaining('within'));
  });
});

describe('what was taken over a day is not one dose', () => {
  it.each([
    ['I took 4 Advil yesterday, all told', 'ibuprofen within'],
    ['All in all I had 5 Motrin IB since this time yesterday', 'ibuprofen within'],
    ['I took three Advil in all today, one at a time', 'ibuprofen within'],
    ['I counted, it was 4 regular strength Tylenol in one day', 'acetaminophen within'],
    ['All in all I had 8 Advil since this time yesterday', 'ibuprofen over-label'],
    ['I took five Aleve yesterday, all told', 'naproxen over-label'],
    ['I took four Advil at once', 'ibuprofen over-label'],
    ['I took four Advil', 'ibuprofen over-label'],
    ['I had a headache all day long, I took four Advil', 'ibuprofen over-label'],
    ['I took 6 Tylenol extra strength altogether yesterday', 'acetaminophen within'],
    ['I took three Dulcolax in one day', 'bisacodyl within'],
    ['I take one Aleve in the morning and one at night', 'naproxen within'],
    ['I take two Aleve in the morning and two at night', 'naproxen over-label'],
    ['Two Imodium first, and one more after lunch', 'loperamide within'],
    ['Two Imodium first, and three more after lunch', 'loperamide over-label'],
    ['I took two Advil and my pain was a 6 this morning', 'ibuprofen within'],
    ['I took two Advil, no wait, one this morning', 'ibuprofen within'],
  ])('%s: %s', (text, dose) => {
    expect(doses(text)).toEqual([dose]);
  });
});

describe('far too many, in words', () => {
  it.each([
    ['I swallowed eighty ibuprofen 200 milligram tablets', 'ibuprofen danger'],
    ['I took a hundred Tylenol', 'acetaminophen danger'],
    ['I ate thirty Tums 500 today', 'calcium carbonate over-label'],
    ['I took sixteen Senokot yesterday', 'senna over-label'],
  ])('%s', (text, dose) => {
    expect(doses(text)).toContain(dose);
  });

  it.each([
    'I weigh 150 pounds and take Tylenol',
    'I take 1000 of Tylenol',
    'I took 120 this morning before Tylenol',
    'I have 100 Tylenol at home',
    "I'm 72 and I took Claritin",
    'my sugar was 110 after the Tums',
  ])('is not read from %s', (text) => {
    expect(look(text).verdict).not.toBe(Verdict.SAY);
    expect(look(text).verdict).not.toBe(Verdict.ESCALATE);
  });
});

it('says the unit of the limit after a massive dose', () => {
  expect(look('I took a hundred Tylenol').say).toContain('The most for an adult is 4,000 milligrams.');
});

describe('two products with one ingredient in one breath', () => {
  it('warns also where they are asked about', () => {
    const review = look('Can I take two Tylenol with my two NyQuil LiquiCaps?');
    expect(review.verdict).toBe(Verdict.SAY);
    expect(doses('Can I take two Tylenol with my two NyQuil LiquiCaps?')).toContain(
      'acetaminophen duplicate',
    );
    expect(doses('Can I take two Tylenol with my two NyQuil LiquiCaps?')).not.toContain(
      'acetaminophen within',
    );
  });

  it.each([
    'Can I take Tylenol instead of NyQuil?',
    'I took one Bayer aspirin',
    'I took Tylenol acetaminophen this morning',
    'Can I take Tylenol with Zyrtec?',
  ])('does not warn of the same twice: %s', (text) => {
    expect(doses(text).filter((dose) => dose.endsWith('duplicate'))).toEqual([]);
  });
});

describe('products without a warning', () => {
  it.each([
    'a saline nasal spray',
    'artificial tears',
    'Vaseline',
    'hydrocortisone cream',
    'a throat lozenge',
    'Gas-X',
    'Metamucil',
    'glycerin suppositories',
  ])('knows %s, and warns of nothing', (product) => {
    const review = medication.review(
      requestFor(`I used ${product} last night`, {
        patient: patientWith({ conditions: ['heart failure', 'high blood pressure'] }),
      }),
    );
    expect(review.entities[0]?.name).not.toBe('');
    expect(review).toMatchObject({ verdict: Verdict.PASS, say: '' });
  });
});

it('warns of Monistat beside warfarin, and not of Gyne-Lotrimin', () => {
  const patient = patientWith({ medications: ['warfarin, 5 mg, once a day'] });
  const ask = (product: string): Review =>
    medication.review(requestFor(`Can I use ${product} for a yeast infection?`, { patient }));
  expect(ask('Monistat').verdict).toBe(Verdict.SAY);
  expect(ask('Gyne-Lotrimin').verdict).toBe(Verdict.ADVISE);
});
