import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { packageRoot } from '../../platform/package-root.js';
import { syntheticPatient, type SyntheticPatient } from './patient-schema.js';

/** Where the bundles lie, <Patient.id>.json. */
export const bundleFolder = join(packageRoot, 'evaluation', 'charts');

/** The invented patients. @throws ZodError when one has not the shape of the schema */
export function syntheticPatients(): readonly SyntheticPatient[] {
  const file = join(packageRoot, 'evaluation', 'synthetic-patients', 'patients.yaml');
  return z.array(syntheticPatient).parse(parse(readFileSync(file, 'utf8')));
}
