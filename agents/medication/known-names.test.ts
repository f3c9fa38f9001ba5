import { beforeAll, describe, expect, it } from 'vitest';
import type { KnownName } from '../../models/medicine-names/medicine-names.js';
import { Disposition, Verdict, type Review } from '../../protos/generated/asterism/v1/specialist.js';
import type { SpecialistLogic } from '../specialist.js';
import { createMedication } from './medication.js';
import { patientWith, requestFor, type Asking } from './test-requests.js';

/** As the list that is fetched at set-up has them. */
const names: readonly KnownName[] = [
  { name: 'zokinvy', ingredient: 'lonafarnib', kind: 'brand' },
  { name: 'lonafarnib', ingredient: 'lonafarnib', kind: 'official' },
  { name: 'procysbi', ingredient: 'cysteamine', kind: 'brand' },
  { name: 'paracetamol sodium', ingredient: 'acetaminophen', kind: 'official' },
  { name: 'kapspargo', ingredient: 'metoprolol', kind: 'brand' },
  { name: 'mildronate', ingredient: 'meldonium', kind: 'rare' },
  { name: 'metoprolil', ingredient: 'meldonium', kind: 'rare' },
  { name: 'profen', ingredient: 'ibuprofen', kind: 'brand' },
  { name: 'choice', ingredient: 'warfarin', kind: 'brand' },
  { name: 'fractal', ingredient: 'fluvastatin', kind: 'brand' },
  { name: 'thyroid', ingredient: 'thyroid', kind: 'official' },
  { name: 'gold', ingredient: 'gold', kind: 'rare' },
  { name: 'honey extract', ingredient: 'honey', kind: 'rare' },
];

let medication: SpecialistLogic;
beforeAll(async () => {
  medication = await createMedication(names);
}, 60_000);

function look(text: string, asking?: Asking): Review {
  return medication.review(requestFor(text, { patient: patientWith({}), ...asking }));
}

function entities(review: Review): string[] {
  return review.entities.map((entity) => entity.name);
}

describe('a name of which nothing but the name is known', () => {
  it.each([
    ['I take Zokinvy twice a day', 'lonafarnib', 'Zokinvy', Disposition.WITHIN_DAYS],
    ['I stopped my Procysbi', 'cysteamine', 'Procysbi', Disposition.WITHIN_DAYS],
    ['Can I take Zokinvy with food?', 'lonafarnib', 'Zokinvy', Disposition.ROUTINE],
    ['I am on lonafarnib', 'lonafarnib', 'lonafarnib', Disposition.WITHIN_DAYS],
    ['I take Mildronate', 'meldonium', 'Mildronate', Disposition.WITHIN_DAYS],
    ['I take Kapspargo', 'metoprolol', 'Kapspargo', Disposition.WITHIN_DAYS],
  ])('%s: it is a medicine, and a nurse will see to it', (text, ingredient, spoken, disposition) => {
    const review = look(text);
    expect(entities(review)).toEqual([ingredient]);
    expect(review.verdict).toBe(Verdict.ADVISE);
    expect(review.disposition).toBe(disposition);
    expect(review.facts).toEqual([]);
    expect(review.say).toBe(
      `I know that ${spoken} is a medicine, but I can't advise you on it. A nurse will go over it with you.`,
    );
    expect(review.reason).toContain('nothing else is known');
  });

  it.each([
    'Procysbi was on TV',
    'My doctor mentioned Procysbi',
    'My husband takes Zokinvy',
    "I don't take Procysbi",
  ])('%s: nothing is said of it', (text) => {
    const review = look(text);
    expect(review.verdict).toBe(Verdict.PASS);
    expect(review.say).toBe('');
  });

  it('is answered where a medicine was asked for', () => {
    expect(look('Procysbi', { itemId: 'medicines' }).verdict).toBe(Verdict.ADVISE);
  });

  it.each(['I take zokinvi 5 mg', 'I take zo kinvi'])('%s is read back when it was misheard', (text) => {
    const review = look(text);
    expect(entities(review)).toEqual(['lonafarnib']);
    expect(review.verdict).toBe(Verdict.ASK);
    expect(review.say).toContain('Did you say Zokinvy?');
  });

  it('is not bent to a medicine of the chart when it was heard well', () => {
    const patient = patientWith({ medications: ['latanoprost, 1 drop, once a day'] });
    expect(entities(look('I take Zokinvy', { patient }))).toEqual(['lonafarnib']);
  });

  it('is the same medicine as its generic on the chart', () => {
    const patient = patientWith({ medications: ['metoprolol, 50 mg, once a day'] });
    const review = look('I take Kapspargo', { patient });
    expect(entities(review)).toEqual(['metoprolol']);
    expect(review.verdict).not.toBe(Verdict.ASK);
  });

  it('is asked for when it is rare and a common name sounds like it', () => {
    const review = look('I take metoprolil');
    expect(review.verdict).toBe(Verdict.ASK);
    expect(review.say).toContain('metoprolol');
  });

  it('may be a piece of a longer name that was heard in pieces', () => {
    expect(entities(look('I took I be profen'))).toEqual(['ibuprofen']);
  });

  it('as a salt of a known ingredient has all that is known of it', () => {
    const review = look('I take paracetamol sodium 500 mg ten times a day');
    expect(entities(review)).toEqual(['acetaminophen']);
    expect(review.facts.map((fact) => fact.severity)).toContain('danger');
  });
});

describe('an everyday word that some medicine also goes by', () => {
  it.each([
    'I had no choice',
    'I had gold in my hand',
    'I have a thyroid problem',
    'I heard a fractal',
    'I take honey in my tea',
    'I take choice',
  ])('%s names no medicine', (text) => {
    expect(entities(look(text))).toEqual([]);
  });

  it('is one where a medicine stands', () => {
    expect(entities(look('I take Fractal at night'))).toEqual(['fluvastatin']);
  });
});

describe('the list of further names', () => {
  it('is counted in the description, and its absence is said', async () => {
    expect(medication.description.covers.join(' ')).toMatch(/Knowing \d+ further names/);
    const { description } = await createMedication([]);
    expect(description.covers.join(' ')).toContain('was not fetched (asterism models fetch)');
  });

  it('is not needed to say that a name is unknown', async () => {
    const without = await createMedication([]);
    const review = without.review(requestFor('I take Zokinvy twice a day'));
    expect(review.say).toContain("I don't know a medicine called Zokinvy");
  });
});
