import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../../platform/package-root.js';
import { parseTask } from '../task.js';
import { hearingSentences } from './hearing-sentences.js';
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

describe('heard-medicines.jsonl', () => {
  const heard = readFileSync(join(folder, 'heard-medicines.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { id: string; said: string; expect: unknown });
  const sentences = new Map(hearingSentences().map((sentence) => [sentence.id, sentence]));

  it('holds at least 320 sentences as they are to be said, with their truth', () => {
    expect(heard.length).toBeGreaterThanOrEqual(320);
    for (const { id, said, expect: expected } of heard) {
      const sentence = sentences.get(id);
      expect({ id, said, expected }).toEqual({
        id,
        said: sentence?.sentence,
        expected: { identifies: { names: sentence?.names } },
      });
    }
  });
});
