import { beforeAll, describe, expect, it } from 'vitest';
import { Verdict, type Review } from '../../protos/generated/asterism/v1/specialist.js';
import type { SpecialistLogic } from '../specialist.js';
import { createMedication } from './medication.js';
import { patientWith, requestFor } from './test-requests.js';

let medication: SpecialistLogic;
beforeAll(async () => {
  medication = await createMedication();
}, 60_000);

const look = (text: string): Review =>
  medication.review(requestFor(text, { patient: patientWith({ conditions: ['heart failure'] }) }));

describe('a medicine that somebody got for the patient', () => {
  it.each([
    'My daughter picked up Advil for my knee. Is that all right for me?',
    'My son bought Aleve. Can I take it?',
    'My wife got me some Sudafed. Would that be okay?',
    'My neighbor brought ibuprofen for my back.',
  ])('is judged for the patient: "%s"', (text) => {
    const review = look(text);
    expect(review.verdict).toBe(Verdict.SAY);
    expect(review.facts.some(({ kind }) => kind === 'contraindication')).toBe(true);
  });

  it.each([
    'My daughter picked up Advil for her knee.',
    'My son bought Aleve for himself. Is that all right?',
    'My husband takes Advil for his back.',
    'My sister got ibuprofen after her surgery.',
  ])('is not, when it is for somebody else: "%s"', (text) => {
    expect(look(text)).toMatchObject({ verdict: Verdict.PASS, facts: [] });
  });

  it('gives no warning where there is none', () => {
    const review = look('My daughter picked up Tylenol for my head. Is that all right for me?');
    expect(review.facts.filter(({ severity }) => ['contraindicated', 'major'].includes(severity))).toEqual(
      [],
    );
  });
});
