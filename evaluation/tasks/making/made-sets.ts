import { labEffectTasks } from './lab-effects.js';
import type { TaskJson } from './making.js';

/** The sets that are made from tables, by the name of their file. */
export function madeSets(): Record<string, string> {
  return { 'lab-effects.jsonl': linesOf(labEffectTasks()) };
}

function linesOf(tasks: readonly TaskJson[]): string {
  return tasks.map((task) => `${JSON.stringify(task)}\n`).join('');
}
