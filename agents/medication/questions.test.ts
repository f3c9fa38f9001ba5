import { beforeAll, describe, expect, it } from 'vitest';
import { Disposition, Verdict, type Review } from '../../protos/generated/asterism/v1/specialist.js';
import type { SpecialistLogic } from '../specialist.js';
import { createMedication } from './medication.js';
import { patientWith, requestFor, type Asking } from './test-requests.js';

let medication: SpecialistLogic;
beforeAll(async () => {
  medication = await createMedication();
}, 60_000);

type Parts = Parameters<typeof patientWith>[0];

function say(text: string, parts: Parts = {}, asking: Asking = {}): Review {
  return medication.review(requestFor(text, { patient: patientWith(parts), ...asking }));
}

function facts(review: Review): string[] {
  return review.facts.map(({ kind, severity, subjects }) => `${kind}/${severity}/${subjects.join('+')}`);
}

function warnings(review: Review): string[] {
  return facts(review).filter((fact) => !/\/(none|within|minor|ok)\//.test(fact));
}

describe('what the patient says of themselves counts like the chart', () => {
  it.each([
    ['I have glaucoma, can I take Benadryl?', 'contraindication/major/diphenhydramine+glaucoma'],
    [
      'Can I take Sudafed? I have high blood pressure',
      'contraindication/major/pseudoephedrine+high blood pressure',
    ],
    [
      'Can I take Sudafed? I take blood pressure pills',
      'contraindication/major/pseudoephedrine+high blood pressure',
    ],
    ['Is Advil okay with kidney disease?', 'contraindication/major/ibuprofen+kidney disease'],
    ["I'm pregnant, can I take Advil?", 'contraindication/major/ibuprofen+pregnancy'],
    ["I'm on a blood thinner, can I take aspirin?", 'contraindication/major/aspirin+a blood thinner'],
    [
      "Can I take Robitussin? I'm taking an antidepressant",
      'contraindication/moderate/dextromethorphan+an antidepressant',
    ],
    ['I had a stomach ulcer, can I take Aleve?', 'contraindication/major/naproxen+a past ulcer'],
    [
      'I drink four beers a day, can I take Tylenol?',
      'contraindication/major/acetaminophen+drinking alcohol every day',
    ],
    ["I'm seventy eight years old, can I take Benadryl?", 'contraindication/moderate/diphenhydramine+age'],
    [
      'I have an enlarged prostate. Can I take Benadryl?',
      'contraindication/major/diphenhydramine+an enlarged prostate',
    ],
    ["I've got gout, is Pepto-Bismol ok?", 'contraindication/moderate/bismuth subsalicylate+gout'],
  ])('%s', (text, fact) => {
    const review = say(text);
    expect(facts(review)).toContain(fact);
    expect(review.verdict).toBe(Verdict.SAY);
  });

  it('also when it was said some turns ago', () => {
    const review = say(
      'Can I take Benadryl?',
      {},
      {
        history: [
          'patient: my eyes are bad, I have glaucoma',
          'agent: Thank you.',
          'patient: yes',
          'agent: Good.',
        ],
      },
    );
    expect(facts(review)).toContain('contraindication/major/diphenhydramine+glaucoma');
  });

  it.each([
    "I don't have glaucoma, can I take Benadryl?",
    'my husband has glaucoma, can I take Benadryl?',
    'can Benadryl cause glaucoma?',
    'does Benadryl help prevent a stroke?',
    'I use a heating pad, can I take Benadryl?',
    'I drink four glasses of water a day, can I take Benadryl?',
    'Is Benadryl okay?',
  ])('and not: %s', (text) => {
    expect(warnings(say(text))).toEqual([]);
  });

  it.each([
    ["I'm allergic to penicillin and they gave me amoxicillin", 'allergy/avoid/amoxicillin'],
    ['they gave me Keflex but I have a penicillin allergy', 'allergy/caution/cephalexin'],
    ["I'm allergic to sulfa, they gave me Bactrim", 'allergy/avoid/sulfamethoxazole/trimethoprim'],
    ["I'm allergic to aspirin, can I take Advil?", 'allergy/avoid/ibuprofen'],
  ])('%s', (text, fact) => {
    expect(facts(say(text)).some((found) => found.startsWith(fact))).toBe(true);
  });

  it.each([
    ["I'm not allergic to penicillin and they gave me amoxicillin"],
    ['my son is allergic to penicillin, they gave me amoxicillin'],
    ["I'm allergic to peanuts, they gave me amoxicillin"],
  ])('%s is no allergy', (text) => {
    expect(facts(say(text)).filter((fact) => fact.startsWith('allergy'))).toEqual([]);
  });
});

describe('allergies that cross over, and those that do not', () => {
  it.each<[string, string, string]>([
    ['amoxicillin', 'penicillin', 'avoid'],
    ['cephalexin', 'penicillin', 'caution'],
    ['cefadroxil', 'amoxicillin - hives', 'caution'],
    ['cefdinir', 'penicillin', 'ok'],
    ['cefuroxime', 'penicillin', 'ok'],
    ['sulfasalazine', 'sulfa', 'avoid'],
    ['celecoxib', 'sulfa', 'avoid'],
    ['hydrochlorothiazide', 'sulfa', 'caution'],
    ['furosemide', 'sulfa', 'ok'],
    ['naproxen', 'aspirin', 'avoid'],
    ['Pepto-Bismol', 'aspirin', 'avoid'],
    ['enalapril', 'lisinopril - angioedema', 'avoid'],
    ['Entresto', 'lisinopril - angioedema', 'avoid'],
    ['losartan', 'lisinopril - angioedema', 'caution'],
    ['hydrocodone', 'codeine', 'caution'],
    ['fentanyl', 'codeine', 'ok'],
    ['phenytoin', 'carbamazepine', 'caution'],
    ['tinidazole', 'metronidazole', 'avoid'],
    ['rosuvastatin', 'atorvastatin - muscle pain', 'caution'],
    ['hydroxyzine', 'cetirizine', 'avoid'],
    ['clarithromycin', 'azithromycin', 'avoid'],
    ['levofloxacin', 'Cipro', 'avoid'],
  ])('%s with an allergy to %s: %s', (medicine, allergy, severity) => {
    const review = say(`they gave me ${medicine}`, { allergies: [allergy] });
    const found = review.facts.filter(({ kind }) => kind === 'allergy').map((fact) => fact.severity);
    expect(found).toContain(severity);
    if (severity === 'ok') expect(review.verdict).toBe(Verdict.PASS);
    else expect(review.verdict).toBe(Verdict.SAY);
  });

  it('forbid after angioedema what the class forbids', () => {
    const review = say('they gave me ramipril', { allergies: ['lisinopril - angioedema'] });
    expect(facts(review)).toContain('contraindication/contraindicated/ramipril+past swelling of the face');
  });
});

describe('alcohol and food', () => {
  it.each([
    ['Can I drink wine with metronidazole?', 'interaction/major/metronidazole+alcohol'],
    ['Is it okay to have a beer with my oxycodone?', 'interaction/major/oxycodone+alcohol'],
    ['I had vodka and took my Xanax', 'interaction/major/alprazolam+alcohol'],
    ['Can I drink while I take Antabuse?', 'interaction/contraindicated/disulfiram+alcohol'],
    ['Can I drink beer with metformin?', 'interaction/moderate/metformin+alcohol'],
    ['can I have wine with warfarin', 'interaction/moderate/warfarin+alcohol'],
    ['Can I have wine with methotrexate?', 'interaction/major/methotrexate+alcohol'],
    ['can I eat grapefruit with simvastatin', 'interaction/major/simvastatin+grapefruit'],
    ['is grapefruit juice okay with amlodipine or nifedipine', 'interaction/major/nifedipine+grapefruit'],
    ['can I take doxycycline with milk', 'interaction/moderate/doxycycline+dairy'],
    ['can I take Cipro with yogurt', 'interaction/moderate/ciprofloxacin+dairy'],
    ['Can I take Fosamax with coffee?', 'interaction/moderate/alendronate+coffee'],
    ['can I eat aged cheese with Nardil', 'interaction/major/phenelzine+aged-cheese'],
    ['Can I drink with Ambien?', 'interaction/major/zolpidem+alcohol'],
    ['I take Benadryl with a glass of wine at night', 'interaction/moderate/diphenhydramine+alcohol'],
  ])('%s', (text, fact) => {
    const review = say(text);
    expect(facts(review)).toContain(fact);
    expect(review.verdict).toBe(Verdict.SAY);
    expect(review.say).toMatch(/Please (don't|leave out)/);
  });

  it.each([
    'Can I eat grapefruit with pravastatin?',
    'Can I take lisinopril with coffee?',
    "I don't drink alcohol, can I take metronidazole?",
    'can I take milk of magnesia',
    'Can I drink water with metformin?',
    'my husband drinks beer, can I take metformin?',
    'Can I take losartan with milk?',
  ])('%s is no cause for a warning', (text) => {
    const review = say(text);
    expect(warnings(review).filter((fact) => fact.startsWith('interaction'))).toEqual([]);
    expect(review.verdict).not.toBe(Verdict.SAY);
  });
});

describe('a dose in another unit', () => {
  it.each([
    ['I take 10 units of metformin twice a day', 'comes in milligrams'],
    ['I take 40 milligrams of Lantus at night', 'comes in units'],
    ['I take 5 mL of metoprolol', 'comes in milligrams'],
    ['I take 20 milligrams of Klor-Con', 'comes in milliequivalents'],
    ['I take levothyroxine 50 milligrams', 'micrograms or 50 milligrams'],
    ['I take 500 micrograms of metformin', 'micrograms or 500 milligrams'],
    ['I take 125 milligrams of digoxin', 'micrograms or 125 milligrams'],
    ['I take Lasix 40 mg and 10 units of atorvastatin', 'comes in milligrams'],
  ])('%s is asked for', (text, question) => {
    const review = say(text);
    expect(review.verdict).toBe(Verdict.ASK);
    expect(review.say).toContain(question);
    expect(review.facts).toEqual([]);
  });

  it.each([
    'I take 30 units of Lantus at night',
    'I take metformin 500 milligrams twice a day',
    'I take levothyroxine 50 micrograms every morning',
    'I take 0.125 milligrams of digoxin',
    'I take two teaspoons of guaifenesin',
    'I take half a gram of metformin twice a day',
    'I take 20 mEq of Klor-Con once a day',
  ])('%s is not', (text) => {
    expect(say(text).verdict).not.toBe(Verdict.ASK);
  });

  it('is judged by the answer', () => {
    const chart = { medications: ['levothyroxine, 50 mcg, once a day'] };
    const text = 'I take levothyroxine 50 milligrams every morning';
    const question = say(text, chart).say;
    const answered = (answer: string): Review =>
      say(answer, chart, { history: [`patient: ${text}`, `agent: ${question}`], answering: true });
    expect(facts(answered('it says micrograms'))).toEqual(['dose/within/levothyroxine']);
    expect(facts(answered('fifty micrograms'))).toEqual(['dose/within/levothyroxine']);
    expect(facts(answered('one hundred micrograms'))).toContain('dose/danger/levothyroxine');
  });
});

describe('a question where nothing is wrong', () => {
  it.each<[string, Parts, string]>([
    [
      'Can I take Claritin with lisinopril?',
      { medications: ['lisinopril, 10 mg, once a day'] },
      'interaction/none/loratadine+lisinopril',
    ],
    [
      'Can I take Pepcid with Eliquis?',
      { medications: ['Eliquis, 5 mg, twice a day'] },
      'interaction/none/apixaban+famotidine',
    ],
    [
      'Is it safe to take Tylenol with kidney disease?',
      {},
      'contraindication/none/acetaminophen+kidney disease',
    ],
    [
      'Can I take Zyrtec?',
      { conditions: ['hypertension'] },
      'contraindication/none/cetirizine+high blood pressure',
    ],
    ['How much Tylenol can I take a day?', {}, 'dose/within/acetaminophen'],
    ['What is the most ibuprofen I can take?', {}, 'dose/within/ibuprofen'],
    ['How many NyQuil can I take?', {}, 'dose/within/NyQuil'],
    ['Does metformin interact with lisinopril?', {}, 'interaction/none/metformin+lisinopril'],
  ])('%s', (text, parts, fact) => {
    const review = say(text, parts);
    expect(facts(review).some((found) => found === fact || found === swapped(fact))).toBe(true);
    expect(warnings(review)).toEqual([]);
    expect(review.verdict).toBe(Verdict.ADVISE);
    expect(review.disposition).toBe(Disposition.ROUTINE);
    for (const { citation } of review.facts) expect(citation).not.toBe('');
  });

  it.each([
    ['How much Tylenol can I take a day?', '4,000 milligrams'],
    ['How many milligrams of ibuprofen can I take in a day?', '1,200 milligrams'],
    ['What is the maximum dose of Aleve?', '660 milligrams'],
    ['How much Benadryl can I take?', '300 milligrams'],
    ['How much Imodium can I take in a day?', '8 milligrams'],
    ['How many NyQuil can I take?', 'no more than 8 in 24 hours'],
    ['How much MiraLAX can I take?', '17 grams'],
  ])('%s is answered by the package', (text, amount) => {
    expect(say(text).say).toContain(amount);
  });

  it('is answered by the list for what is prescribed', () => {
    const review = say('How much lisinopril should I take?', {
      medications: ['lisinopril, 10 mg, once a day'],
    });
    expect(review.say).toContain('Your list says 10 mg of lisinopril, once a day.');
  });

  it.each(['Can I skip my furosemide today?', 'Should I stop my furosemide?'])(
    'changes no prescription: %s',
    (text) => {
      const review = say(text, { medications: ['furosemide, 40 mg, once a day'] });
      expect(review.verdict).toBe(Verdict.ADVISE);
      expect(review.say).toContain('Please keep taking your furosemide as your list says');
    },
  );

  it.each([
    "I didn't take the Advil",
    'I used to take Advil for my knees',
    'My doctor told me to stop the Advil',
    "I haven't taken any Advil",
  ])('is none where nothing is taken: %s', (text) => {
    const review = say(text, { conditions: ['heart failure'] });
    expect(review.verdict).toBe(Verdict.PASS);
    expect(review.facts).toEqual([]);
  });

  it('is warned of where something is wrong', () => {
    const review = say('How much Advil can I take a day?', { conditions: ['heart failure'] });
    expect(review.verdict).toBe(Verdict.SAY);
    expect(review.say).toContain("Please don't take Advil");
  });
});

describe('kidney function and potassium on the chart', () => {
  const lab = (name: string, loinc: string, value: number, unit: string): Parts => ({
    labs: [{ name, loinc, value, unit, date: '2026-11-20' }],
  });

  it.each<[string, Parts, string]>([
    [
      'Can I take Advil?',
      lab('eGFR', '98979-8', 42, 'mL/min/{1.73_m2}'),
      'contraindication/major/ibuprofen+kidney disease',
    ],
    [
      'they gave me metformin',
      lab('eGFR', '33914-3', 24, 'mL/min/{1.73_m2}'),
      'contraindication/contraindicated/metformin+kidney disease',
    ],
    [
      'they gave me spironolactone',
      lab('Potassium', '2823-3', 5.9, 'mmol/L'),
      'contraindication/contraindicated/spironolactone+high potassium',
    ],
  ])('%s', (text, parts, fact) => {
    expect(facts(say(text, parts))).toContain(fact);
  });

  it.each<[string, Parts]>([
    ['Can I take Advil?', lab('eGFR', '98979-8', 88, 'mL/min/{1.73_m2}')],
    ['they gave me spironolactone', lab('Potassium', '2823-3', 4.2, 'mmol/L')],
  ])('%s is no cause for a warning with good values', (text, parts) => {
    expect(warnings(say(text, parts))).toEqual([]);
  });
});

function swapped(fact: string): string {
  const [kind = '', severity = '', subjects = ''] = fact.split('/');
  return `${kind}/${severity}/${subjects.split('+').reverse().join('+')}`;
}
