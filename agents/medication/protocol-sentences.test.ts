import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadProtocols } from '../../clinical-kb/protocols/load.js';
import { packageRoot } from '../../platform/package-root.js';
import type { Medication } from '../../protos/generated/asterism/v1/patient.js';
import { Verdict, type Review } from '../../protos/generated/asterism/v1/specialist.js';
import { briefOf } from '../record-summary/brief.js';
import type { SpecialistLogic } from '../specialist.js';
import { createMedication } from './medication.js';
import { patientWith, requestFor } from './test-requests.js';

let medication: SpecialistLogic;
beforeAll(async () => {
  medication = await createMedication();
}, 60_000);

const charts = readdirSync(join(packageRoot, 'evaluation/charts'))
  .filter((file) => file.endsWith('.json'))
  .flatMap((file) => {
    const bundle: unknown = JSON.parse(readFileSync(join(packageRoot, 'evaluation/charts', file), 'utf8'));
    const options = { patientId: file.replace(/\.json$/, ''), today: '2026-03-01', timeZone: '' };
    return briefOf(bundle, options).patient ?? [];
  });

const items = Object.values(loadProtocols())
  .flatMap((protocol) => protocol.items)
  .filter((item) => item.kind === 'medicines');

/** Whatever the protocols say of one medicine, with its slots filled; and a purpose told as a statement. */
const patterns = [
  ...items.flatMap(({ ask, clarify }) => [...ask, ...clarify]),
  'Next is {medicine}, {purpose}.',
  'Please keep taking your {medicine}, {dose}, {frequency}, {purpose}.',
];

function draft(text: string, patient = patientWith({ medications: [] })): Review {
  return medication.review(requestFor('yes', { draft: text, patient }));
}

function filled(pattern: string, of: Medication): string {
  return pattern.replace(/\{(\w+)\}/g, (_, slot: string) =>
    slot === 'medicine' ? of.name : (of[slot as keyof Medication] ?? ''),
  );
}

describe('the protocol’s own sentences about the charted medicines', () => {
  const cases = charts.flatMap(({ conditions, medications }) =>
    medications.flatMap((of) =>
      patterns.map((pattern) => ({ conditions, medications, sentence: filled(pattern, of) })),
    ),
  );

  it('are there to be tried', () => {
    expect(items.length).toBeGreaterThan(0);
    expect(cases.length).toBeGreaterThanOrEqual(5 * 7);
  });

  it.each(cases)('$sentence', ({ conditions, medications, sentence }) => {
    const patient = { ...patientWith({ conditions }), medications };
    expect(draft(sentence, patient)).toMatchObject({ verdict: Verdict.PASS });
  });
});

describe('a purpose beside a change', () => {
  const patient = patientWith({
    medications: [
      'furosemide, 40 mg, once a day, to take extra water out of your body',
      'lisinopril, 10 mg, once a day, to lower your blood pressure',
    ],
  });

  it.each([
    'Next is furosemide, to take extra water out of your body.',
    'Your furosemide helps to take extra water out of your body.',
    'Lisinopril is there to lower your blood pressure.',
    'Lisinopril can lower your blood pressure.',
  ])('passes: %s', (sentence) => {
    expect(draft(sentence, patient).verdict).toBe(Verdict.PASS);
  });

  it.each([
    'Take extra furosemide, to take extra water out of your body.',
    'You should take an extra furosemide to take extra water out of your body.',
    'Please take extra fluid pills, your furosemide.',
    'Lower your lisinopril, to lower your blood pressure.',
    'Skip furosemide, to take extra water out of your body.',
    'You can stop taking lisinopril, to lower your blood pressure.',
  ])('blocks: %s', (sentence) => {
    expect(draft(sentence, patient).verdict).toBe(Verdict.BLOCK);
  });
});
