import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadProtocols } from '../../clinical-kb/protocols/load.js';
import { packageRoot } from '../../platform/package-root.js';
import { Verdict } from '../../protos/generated/asterism/v1/specialist.js';
import { patientWith, requestFor } from '../medication/test-requests.js';
import type { SpecialistLogic } from '../specialist.js';
import { createNutrition } from './nutrition.js';

let nutrition: SpecialistLogic;
beforeAll(async () => {
  nutrition = await createNutrition();
}, 60_000);

/** Somebody for whom most rules hold. */
const patient = patientWith({
  conditions: ['heart failure', 'hypertension', 'chronic kidney disease stage 4', 'diabetes', 'gout'],
  medications: ['lisinopril', 'spironolactone', 'warfarin', 'simvastatin', 'levothyroxine', 'metformin'],
  allergies: ['peanuts', 'shellfish', 'milk'],
  labs: [{ name: 'potassium', loinc: '2823-3', value: 5.6, unit: 'mmol/L', date: '2026-11-20' }],
});

/** Every sentence in a protocol, whatever its place. */
function sentencesOf(node: unknown): string[] {
  if (typeof node === 'string') return /\s.*[.?]$/.test(node) ? [node] : [];
  if (Array.isArray(node)) return node.flatMap(sentencesOf);
  return typeof node === 'object' && node !== null ? Object.values(node).flatMap(sentencesOf) : [];
}

const wording: unknown = parse(readFileSync(join(packageRoot, 'clinical-kb/protocols/wording.yaml'), 'utf8'));
const sentences = [
  ...new Set([...Object.values(loadProtocols()).flatMap(sentencesOf), ...sentencesOf(wording)]),
];

const answers = (
  parse(readFileSync(join(packageRoot, 'evaluation/personas/margaret-ellis.yaml'), 'utf8')) as {
    answers: { say: string }[];
  }
).answers.map(({ say }) => say);

describe('the sentences of the protocols', () => {
  it('are there to be tried', () => {
    expect(sentences.length).toBeGreaterThan(100);
  });

  it.each(sentences)('%s', (draft) => {
    expect([Verdict.PASS, Verdict.ADVISE]).toContain(
      nutrition.review(requestFor('Yes.', { draft, patient })).verdict,
    );
  });
});

describe('the answers of the demonstration’s patient', () => {
  it.each(answers)('%s', (text) => {
    expect(nutrition.review(requestFor(text, { patient }))).toMatchObject({ verdict: Verdict.PASS, say: '' });
  });
});
