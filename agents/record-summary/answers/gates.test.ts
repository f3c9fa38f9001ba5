import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../../platform/package-root.js';
import type { Patient } from '../../../protos/generated/asterism/v1/patient.js';
import { Verdict, type ReviewRequest } from '../../../protos/generated/asterism/v1/specialist.js';
import { requestFor } from '../../medication/test-requests.js';
import type { AnySpecialist } from '../../specialist.js';
import { createSpecialist } from '../../specialists.js';
import { briefOf } from '../brief.js';

const gates = ['escalation', 'privacy-compliance', 'guard', 'medication', 'labs-vitals'] as const;
const questions = [
  'When is my next appointment?',
  'What medicines am I supposed to be on?',
  'What was my last weight?',
  'What was my last potassium?',
  'What was my last blood pressure?',
  'What is my A1c?',
  'What was my last hemoglobin?',
  'Who is my doctor?',
  'What am I allergic to?',
  'When did I leave the hospital?',
];

/** What the record says must get past the gates that look at it, whoever the patient is. */
describe('the answers from the records of the synthetic patients', () => {
  const folder = join(packageRoot, 'evaluation', 'charts');
  const patients = readdirSync(folder).flatMap((file) => {
    const bundle: unknown = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    const options = { patientId: file.replace(/\.json$/, ''), today: '2026-11-25', timeZone: '' };
    return briefOf(bundle, options).patient ?? [];
  });
  let record: AnySpecialist;
  let others: readonly AnySpecialist[];
  beforeAll(async () => {
    record = await createSpecialist('record-summary');
    others = await Promise.all(gates.map((name) => createSpecialist(name)));
  }, 120_000);

  function request(text: string, patient: Patient, draft?: string): ReviewRequest {
    const made = requestFor(text, { patient, ...(draft === undefined ? {} : { draft }) });
    return { ...made, context: made.context && { ...made.context, today: '2026-11-25' } };
  }

  const cases = patients.flatMap((patient) => [
    ...questions.map((text) => ({ id: patient.patientId, text, patient })),
    ...patient.medications.flatMap(({ name, purpose }) => [
      { id: patient.patientId, text: `How much ${name} do I take?`, patient },
      ...(purpose === '' ? [] : [{ id: patient.patientId, text: `What is my ${name} for?`, patient }]),
    ]),
  ]);

  it.each(cases)('$id: $text', async ({ text, patient }) => {
    const { verdict, say } = await record.review(request(text, patient));
    expect(verdict).toBe(Verdict.SAY);
    for (const gate of others) {
      const looked = await gate.review(request(text, patient, say));
      const objection = `${looked.specialist}: ${looked.reason}: ${say}`;
      expect([Verdict.PASS, Verdict.ADVISE], objection).toContain(looked.verdict);
    }
  });
});
