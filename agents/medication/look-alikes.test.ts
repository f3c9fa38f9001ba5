import { beforeAll, describe, expect, it } from 'vitest';
import { loadMedicineNames } from '../../clinical-kb/medicine-names/load-medicine-names.js';
import { Verdict, type Review } from '../../protos/generated/asterism/v1/specialist.js';
import type { SpecialistLogic } from '../specialist.js';
import { createMedication } from './medication.js';
import { patientWith, requestFor } from './test-requests.js';

const { lookAlikes, others } = await loadMedicineNames();
let medication: SpecialistLogic;
beforeAll(async () => {
  medication = await createMedication([]);
}, 60_000);

function said(name: string, charted: string): Review {
  const patient = patientWith({ medications: [`${charted}, 1 tablet, once a day`] });
  return medication.review(requestFor(`I take ${name}`, { patient }));
}

const directions = lookAlikes.flatMap(({ names: [one, other] }) => [
  [one, other] as const,
  [other, one] as const,
]);

describe('a name that has been confused with one on the chart', () => {
  it('is listed in at least 120 pairs', () => {
    expect(lookAlikes.length).toBeGreaterThanOrEqual(120);
  });

  it.each(directions)('%s said with %s charted is asked for, with what tells them apart', (name, charted) => {
    const review = said(name, charted);
    expect(review.verdict).toBe(Verdict.ASK);
    expect(review.facts).toEqual([]);
    const [heard, meant] = [...review.say.matchAll(/spelled ((?:[A-Z], )+[A-Z])/g)].map((match) => match[1]);
    expect(heard).toBeDefined();
    expect(heard).not.toBe(meant);
  });

  it.each(directions.slice(0, 60))('%s said with itself charted needs no question', (name) => {
    expect(said(name, name).verdict).not.toBe(Verdict.ASK);
  });

  it('tells a purpose of each, also where only the name is known', () => {
    const { say } = said('quinine', 'quinidine');
    expect(say).toContain('quinine, for malaria,');
    expect(say).toContain('quinidine, for');
    for (const { name } of others.slice(0, 10)) expect(said(name, 'lisinopril').entities).toHaveLength(1);
  });

  it('is spoken of by the name that was confused', () => {
    expect(said('Zyprexa', 'lisinopril').say).toContain(
      'or Zestril, for your blood pressure and heart, spelled Z, E, S,',
    );
  });

  it('is a pair of brands only where the brand was said', () => {
    expect(said('celecoxib', 'citalopram').verdict).not.toBe(Verdict.ASK);
    expect(said('Celebrex', 'citalopram').verdict).toBe(Verdict.ASK);
  });
});
