import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundleOf } from './bundle.js';
import { bundleFolder, syntheticPatients } from './synthetic-patients.js';

describe('the bundles of the synthetic patients', () => {
  const patients = syntheticPatients();

  it.each(patients)('$id is as `make charts` writes it', (patient) => {
    const written: unknown = JSON.parse(readFileSync(join(bundleFolder, `${patient.id}.json`), 'utf8'));
    expect(written).toEqual(bundleOf(patient));
  });

  it('are those and no others', () => {
    expect(readdirSync(bundleFolder).sort()).toEqual(patients.map(({ id }) => `${id}.json`).sort());
  });
});
