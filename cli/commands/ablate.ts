import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { specialistNames, startSpecialists, type SpecialistName } from '../../agents/specialists.js';
import { ablationMarkdown } from '../../evaluation/tasks/ablation-markdown.js';
import {
  compareConstellations,
  type Ablation,
  type ConstellationResult,
} from '../../evaluation/tasks/ablation.js';
import { readSets } from '../../evaluation/tasks/read-sets.js';
import { reportTasks } from '../../evaluation/tasks/report.js';
import { askTasks, gradeAnswers, prepareTasks } from '../tasks/run-tasks.js';
import { placeTextCalls, shippedPersonas } from '../tasks/text-calls.js';
import { shippedSets } from './tasks.js';

interface AblateOptions {
  readonly set: string;
  readonly json?: string;
  readonly markdown?: string;
}

export function registerAblateCommand(program: Command): void {
  program
    .command('ablate')
    .description('leave out each specialist in turn, over all tasks and text calls, and show what gets worse')
    .option('--set <folder>', 'folder of *.jsonl files', shippedSets)
    .option('--json <file>', 'write the results here as JSON')
    .option('--markdown <file>', 'write the report here as Markdown (default: print it)')
    .action(async ({ set, json, markdown }: AblateOptions) => {
      const { full, ablations } = await ablate(set);
      if (json !== undefined) writeFileSync(json, `${JSON.stringify({ full, ablations }, null, 2)}\n`);
      const report = ablationMarkdown(full, ablations);
      if (markdown === undefined) console.log(report);
      else writeFileSync(markdown, report);
    });
}

/** @throws AsterismError INPUT_INVALID, KNOWLEDGE_INVALID, SPECIALIST_UNREACHABLE, MODEL_MISSING */
async function ablate(set: string): Promise<{ full: ConstellationResult; ablations: Ablation[] }> {
  const tasks = await prepareTasks(readSets(set));
  const running = await startSpecialists({ names: specialistNames });
  try {
    const addresses = Object.entries(running).map(([name, { address }]) => [name, address] as const);
    const answered = await askTasks(tasks, Object.fromEntries(addresses));
    const personas = shippedPersonas();
    const constellation = async (absent?: SpecialistName): Promise<ConstellationResult> => {
      const present = addresses.filter(([name]) => name !== absent);
      const { kinds, total } = reportTasks(gradeAnswers(answered, absent), []);
      return { tasks: [...kinds, total], calls: await placeTextCalls(Object.fromEntries(present), personas) };
    };
    const full = await constellation();
    const ablations: Ablation[] = [];
    for (const name of specialistNames) {
      // It takes minutes: whoever waits sees how far it is, and the report stays clean.
      console.error(`without ${name} …`);
      ablations.push(compareConstellations(name, full, await constellation(name)));
    }
    return { full, ablations };
  } finally {
    await Promise.all(Object.values(running).map((specialist) => specialist.close()));
  }
}
