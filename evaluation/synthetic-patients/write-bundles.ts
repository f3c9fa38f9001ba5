import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleOf } from './bundle.js';
import { bundleFolder, syntheticPatients } from './synthetic-patients.js';

/** Writes the bundle of every invented patient anew. usage: node dist/evaluation/synthetic-patients/write-bundles.js */
for (const patient of syntheticPatients()) {
  writeFileSync(join(bundleFolder, `${patient.id}.json`), `${JSON.stringify(bundleOf(patient), null, 2)}\n`);
}
