import { beforeAll, describe, expect, it } from 'vitest';
import type { Patient } from '../../protos/generated/asterism/v1/patient.js';
import { Verdict, type Review } from '../../protos/generated/asterism/v1/specialist.js';
import { patientWith, requestFor } from '../medication/test-requests.js';
import type { SpecialistLogic } from '../specialist.js';
import { createNutrition } from './nutrition.js';

let nutrition: SpecialistLogic;
beforeAll(async () => {
  nutrition = await createNutrition();
}, 60_000);

const heart = patientWith({ conditions: ['heart failure'], medications: ['furosemide', 'carvedilol'] });
const entresto = patientWith({ conditions: ['heart failure'], medications: ['sacubitril/valsartan'] });
const pressure = patientWith({ conditions: ['hypertension'], medications: ['lisinopril'] });
const dialysis = patientWith({ conditions: ['end-stage renal disease on hemodialysis'] });
const diabetes = patientWith({ conditions: ['type 2 diabetes'], medications: ['metformin'] });
const warfarin = patientWith({ conditions: ['atrial fibrillation'], medications: ['warfarin'] });
const thyroid = patientWith({ conditions: ['hypothyroidism'], medications: ['levothyroxine'] });
const maoi = patientWith({ conditions: ['depression'], medications: ['phenelzine'] });
const asthma = patientWith({ conditions: ['asthma'], medications: ['albuterol'] });

const review = (text: string, patient: Patient): Review => nutrition.review(requestFor(text, { patient }));

describe('a habit that calls for a warning', () => {
  it.each<[string, Patient, Verdict, RegExp]>([
    ['I drink about a gallon of water a day.', heart, Verdict.SAY, /fluid/],
    ['I keep a pitcher by me and drink water all day long.', heart, Verdict.SAY, /fluid/],
    ['I drink ten big glasses of water a day.', dialysis, Verdict.SAY, /fluid/],
    ['Can I drink as much as I like?', dialysis, Verdict.SAY, /limit/],
    ['My wife says I should drink a gallon of water.', heart, Verdict.SAY, /fluid/],
    ['I snack on potato chips every night.', heart, Verdict.ADVISE, /sodium/],
    ['I salt everything.', heart, Verdict.SAY, /salt shaker/],
    ['I can not eat my food without salt.', heart, Verdict.SAY, /salt shaker/],
    ['I use a salt substitute now instead of regular salt.', heart, Verdict.ADVISE, /mostly potassium/],
    ['My wife puts the salt substitute on everything now.', entresto, Verdict.SAY, /do not use salt subst/],
    ['I switched to lite salt.', pressure, Verdict.SAY, /do not use lite salt/],
    ['I shake that No Salt stuff on everything.', pressure, Verdict.SAY, /mostly potassium/],
    ['I snack on nuts all day.', dialysis, Verdict.ADVISE, /sodium|phosphorus/],
    ['I eat a lot of cheese.', dialysis, Verdict.ADVISE, /phosphorus/],
    ['I drink regular soda all day.', diabetes, Verdict.ADVISE, /blood sugar/],
    ['I eat a big plate of rice every night.', diabetes, Verdict.ADVISE, /A lot of rice/],
    ['I had three big bowls of pasta.', diabetes, Verdict.ADVISE, /A lot of pasta/],
    ['I eat cookies every night.', diabetes, Verdict.ADVISE, /blood sugar/],
    ['I have a few drinks at night.', diabetes, Verdict.ADVISE, /alcohol/],
    ['What do I take when my sugar drops?', diabetes, Verdict.SAY, /15 grams/],
    ['My meter says 58, what should I eat?', diabetes, Verdict.SAY, /15 grams/],
    ['I started eating a big spinach salad every day this week.', warfarin, Verdict.SAY, /warfarin clinic/],
    ['Lately I hardly eat any greens.', warfarin, Verdict.SAY, /warfarin clinic/],
    ['I have not had any kale in three weeks.', warfarin, Verdict.SAY, /warfarin clinic/],
    ['I quit eating salads.', warfarin, Verdict.SAY, /warfarin clinic/],
    ['I have four or five drinks a night.', warfarin, Verdict.ADVISE, /bleeding risk/],
    ['I have been drinking cranberry juice every day.', warfarin, Verdict.ADVISE, /tell your clinic/],
    ['I take my thyroid pill together with my iron.', thyroid, Verdict.SAY, /four hours apart/],
    ['I take my calcium along with it.', thyroid, Verdict.SAY, /four hours apart/],
    ['I drink red wine with dinner.', maoi, Verdict.SAY, /blood pressure jump/],
  ])('"%s"', (text, patient, verdict, say) => {
    const said = review(text, patient);
    expect(said.say).toMatch(say);
    expect(said.verdict).toBe(verdict);
    expect(said.facts.some(({ kind }) => kind === 'diet')).toBe(true);
  });

  it.each<[string, Patient]>([
    ['I drink a gallon of water a day.', asthma],
    ['I eat potato chips every night.', asthma],
    ['I drink a glass of water with my pills.', heart],
    ['They told me two liters of fluid is my limit.', heart],
    ['I do not drink a gallon of water.', heart],
    ['I gained a lot of water weight.', heart],
    ['I never add salt to my food.', heart],
    ['I cook without salt now.', heart],
    ['I had unsalted potato chips.', heart],
    ['I had two drinks of water.', warfarin],
    ['My husband puts salt substitute on his rice.', entresto],
    ['I had a small bowl of rice.', diabetes],
    ['I had a slice of bread.', diabetes],
    ['I drink diet soda all day.', diabetes],
    ['My meter says 158.', diabetes],
    ['My blood pressure was 158 over 60.', diabetes],
    ['I did not have any spinach today.', warfarin],
    ['I take calcium at night, four hours apart.', thyroid],
  ])('but not: %s', (text, patient) => {
    expect(review(text, patient)).toMatchObject({ verdict: Verdict.PASS, say: '' });
  });

  it('is a steady amount of greens no change', () => {
    expect(review('I eat the same salad every day.', warfarin).verdict).toBe(Verdict.ADVISE);
  });
});

describe('a food that holds what is restricted', () => {
  it.each<[string, Patient]>([
    ['Can I have potato chips?', heart],
    ['Are a few salted peanuts okay?', heart],
    ['Can I have white bread?', heart],
    ['Are tortilla chips okay?', pressure],
    ['Can I have chocolate?', dialysis],
    ['Can I have cheese?', dialysis],
    ['Is a slice of pie okay?', diabetes],
    ['Can I have a soda?', diabetes],
  ])('is never called fine: %s', (text, patient) => {
    const { verdict, say } = review(text, patient);
    expect(say).not.toMatch(/no reason/);
    expect(verdict).toBe(Verdict.SAY);
  });

  it.each<[string, Patient]>([
    ['Can I have an apple?', heart],
    ['Can I have an egg?', heart],
    ['Can I eat potato chips?', asthma],
  ])('and another is: %s', (text, patient) => {
    expect(review(text, patient).say).toMatch(/no reason/);
  });
});

describe('a question how much of something is in a food', () => {
  it.each<[string, Patient, RegExp]>([
    ['How much sodium is in a can of green beans?', heart, /canned green beans has about 330 milligrams/],
    ['How much sodium in a can of corn?', heart, /canned corn .*milligrams of sodium/],
    ['How many carbs in a can of regular soda?', diabetes, /39 grams of carbohydrate/],
    ['How much sugar is in a can of coke?', diabetes, /39 grams of carbohydrate/],
    ['How much sodium is in corn?', heart, /1 milligram of sodium/],
  ])('"%s"', (text, patient, say) => {
    expect(review(text, patient).say).toMatch(say);
  });
});
