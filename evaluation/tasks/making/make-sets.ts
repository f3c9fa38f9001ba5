import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../../platform/package-root.js';
import { madeSets } from './made-sets.js';

/* Writes the sets that are made from tables; run it after a change of one: node dist/evaluation/tasks/making/make-sets.js */
for (const [file, lines] of Object.entries(madeSets())) {
  writeFileSync(join(packageRoot, 'evaluation', 'tasks', 'sets', file), lines);
}
