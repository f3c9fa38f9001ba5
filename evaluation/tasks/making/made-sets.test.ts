import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../../platform/package-root.js';
import { parseTask } from '../task.js';
import { madeSets } from './made-sets.js';

const folder = join(packageRoot, 'evaluation', 'tasks', 'sets');

describe.each(Object.entries(madeSets()))('%s', (file, made) => {
  const tasks = made
    .trim()
    .split('\n')
    .map((line) => parseTask(line));

  it('lies there as it is made', () => {
    expect(readFileSync(join(folder, file), 'utf8')).toBe(made);
  });

  it('holds at least 200 valid tasks, worded differently', () => {
    const valid = tasks.flatMap((parsed) => (parsed.valid ? [parsed.task] : []));
    expect(valid.length).toBe(tasks.length);
    expect(valid.length).toBeGreaterThanOrEqual(200);
    expect(new Set(valid.map(({ heard, patient }) => JSON.stringify([heard, patient]))).size).toBe(
      valid.length,
    );
  });
});
