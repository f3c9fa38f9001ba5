import { expect, it } from 'vitest';
import { Remembered } from './remembered.js';

function counting(limit: number): { remembered: Remembered<string>; runs: string[] } {
  const runs: string[] = [];
  const compute = async (text: string): Promise<string> => {
    runs.push(text);
    if (text === 'bad') throw new Error('failed');
    return text.toUpperCase();
  };
  return { remembered: new Remembered(compute, limit), runs };
}

it('computes a text once, also for those who ask meanwhile', async () => {
  const { remembered, runs } = counting(2);
  expect(await Promise.all([remembered.get('a'), remembered.get('a')])).toEqual(['A', 'A']);
  expect(await remembered.get('a')).toBe('A');
  expect(runs).toEqual(['a']);
});

it('forgets the one asked for least recently', async () => {
  const { remembered, runs } = counting(2);
  for (const text of ['a', 'b', 'a', 'c', 'a', 'b']) await remembered.get(text);
  expect(runs).toEqual(['a', 'b', 'c', 'b']);
});

it('tries again after a failure', async () => {
  const { remembered, runs } = counting(2);
  await expect(remembered.get('bad')).rejects.toThrow('failed');
  await expect(remembered.get('bad')).rejects.toThrow('failed');
  expect(runs).toEqual(['bad', 'bad']);
});
