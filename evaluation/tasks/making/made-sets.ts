import { labEffectTasks } from './lab-effects.js';
import { labRangeTasks } from './lab-ranges.js';
import type { TaskJson } from './making.js';
import { otcConditionTasks } from './otc-conditions.js';
import { toxicDoseTasks } from './toxic-doses.js';

/** The sets that are made from tables, by the name of their file. */
export function madeSets(): Record<string, string> {
  return {
    'lab-effects.jsonl': linesOf(labEffectTasks()),
    'lab-ranges.jsonl': linesOf(labRangeTasks()),
    'otc-conditions.jsonl': linesOf(otcConditionTasks()),
    'toxic-doses.jsonl': linesOf(toxicDoseTasks()),
  };
}

function linesOf(tasks: readonly TaskJson[]): string {
  return tasks.map((task) => `${JSON.stringify(task)}\n`).join('');
}
