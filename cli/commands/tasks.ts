import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Command } from 'commander';
import { isSpecialistName, specialistNames, type SpecialistName } from '../../agents/specialists.js';
import { readSets } from '../../evaluation/tasks/read-sets.js';
import { tasksMarkdown } from '../../evaluation/tasks/report-markdown.js';
import { reportTasks, type TaskReport } from '../../evaluation/tasks/report.js';
import { AsterismError } from '../../platform/errors.js';
import { packageRoot } from '../../platform/package-root.js';
import { answerTasks, askedIn, gradeAnswers, prepareTasks } from '../tasks/run-tasks.js';

/** The sets that come with Asterism. */
export const shippedSets = join(packageRoot, 'evaluation', 'tasks', 'sets');

interface TasksOptions {
  readonly specialist?: string;
  readonly without?: string;
  readonly set: string;
  readonly json?: string;
  readonly markdown?: string;
}

export function registerTasksCommand(program: Command): void {
  program
    .command('tasks')
    .description('questions with known answers, put to the specialists')
    .command('run')
    .description('ask the specialists every task of a folder and grade what comes back')
    .option('--specialist <name>', 'only the tasks of this specialist, and nobody else is asked')
    .option('--without <name>', 'leave this specialist out of the constellation')
    .option('--set <folder>', 'folder of *.jsonl files', shippedSets)
    .option('--json <file>', 'write the report here as JSON')
    .option('--markdown <file>', 'write the report here as Markdown (default: print it)')
    .action(async (options: TasksOptions) => {
      const report = await runTasks(options);
      const markdown = tasksMarkdown(report);
      if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
      if (options.markdown === undefined) console.log(markdown);
      else writeFileSync(options.markdown, markdown);
    });
}

/** @throws AsterismError INPUT_INVALID, KNOWLEDGE_INVALID, MODEL_MISSING */
export async function runTasks({ specialist, without, set }: TasksOptions): Promise<TaskReport> {
  const only = specialistOption('--specialist', specialist);
  const absent = specialistOption('--without', without);
  if (only !== undefined && only === absent) {
    throw new AsterismError('INPUT_INVALID', '--without: the only specialist asked cannot be left out');
  }
  const lines = readSets(set).filter(({ task }) => only === undefined || task.specialist === only);
  if (lines.length === 0)
    throw new AsterismError('INPUT_INVALID', `--set ${set} holds no task of ${String(only)}`);
  const names = (only === undefined ? specialistNames : [only]).filter((name) => name !== absent);
  const answered = await answerTasks(await prepareTasks(lines), names);
  return reportTasks(gradeAnswers(answered), askedIn(answered, names));
}

function specialistOption(option: string, name: string | undefined): SpecialistName | undefined {
  if (name === undefined || isSpecialistName(name)) return name;
  throw new AsterismError('INPUT_INVALID', `${option}: must be one of ${specialistNames.join(', ')}`);
}
