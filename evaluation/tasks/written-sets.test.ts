import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../platform/package-root.js';
import { readSets } from './read-sets.js';
import type { Task } from './task.js';

const lines = readSets(join(packageRoot, 'evaluation', 'tasks', 'sets'));

/** The sets that were written by hand, and how many tasks each holds at least. */
const written: readonly (readonly [string, number])[] = [
  ['pairs.jsonl', 240],
  ['home-readings.jsonl', 60],
  ['nutrition.jsonl', 60],
  ['policy.jsonl', 50],
  ['privacy.jsonl', 50],
];

describe.each(written)('%s', (file, least) => {
  const tasks = lines.filter(({ at }) => at.startsWith(`${file}:`)).map(({ task }) => task);

  it('holds enough tasks', () => {
    expect(tasks.length).toBeGreaterThanOrEqual(least);
  });

  it('asks nothing twice', () => {
    const questions = tasks.map(questionOf);
    expect(new Set(questions).size).toBe(questions.length);
  });
});

describe('pairs.jsonl', () => {
  const tasks = lines.filter(({ at }) => at.startsWith('pairs.jsonl:')).map(({ task }) => task);
  const names = [...new Set(tasks.map(({ pair }) => pair ?? 'none'))];

  it.each(names)('%s is a task and its twin, which asks and expects otherwise', (name) => {
    const [one, twin, ...more] = tasks.filter(({ pair }) => pair === name);
    expect(more).toEqual([]);
    expect(questionOf(one)).not.toBe(questionOf(twin));
    expect(one?.expect).not.toEqual(twin?.expect);
  });
});

function questionOf(task: Task | undefined): string {
  return JSON.stringify([task?.heard, task?.draft, task?.['words'], task?.['verified'], task?.['patient']]);
}
