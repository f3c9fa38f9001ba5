import { join } from 'node:path';
import { z } from 'zod';
import { isSpecialistName, startSpecialists, type SpecialistName } from '../../agents/specialists.js';
import { grade } from '../../evaluation/tasks/grade.js';
import type { TaskLine } from '../../evaluation/tasks/read-sets.js';
import { openRecogniser, type Recogniser } from '../../evaluation/tasks/recogniser.js';
import type { AskedSpecialist, GradedTask } from '../../evaluation/tasks/report.js';
import type { Task } from '../../evaluation/tasks/task.js';
import type { Look } from '../../orchestrator/consultation/merge.js';
import { AsterismError } from '../../platform/errors.js';
import { connectSpecialists, looksAt, type Specialists } from '../consult/consult-batch.js';
import { parseLine, type RequestLine } from '../consult/request-line.js';
import { resultLine } from '../consult/result-line.js';

/** Tasks asked about at once. */
const TASKS_IN_FLIGHT = 16;

/** A task whose context can be asked about. */
export interface PreparedTask {
  readonly taskLine: TaskLine;
  readonly request: RequestLine;
}

/** A task with one look of every specialist that was asked. */
export interface AnsweredTask extends PreparedTask {
  readonly looks: readonly Look[];
}

/**
 * Reads the half of each task that `asterism consult` reads; a recording is recognised first.
 * @throws AsterismError INPUT_INVALID naming file, line and field; MODEL_MISSING where recordings are to be heard
 */
export async function prepareTasks(lines: readonly TaskLine[]): Promise<PreparedTask[]> {
  let recogniser: Recogniser | undefined;
  try {
    const prepared: PreparedTask[] = [];
    for (const taskLine of lines) {
      const { task, at, folder } = taskLine;
      let { json } = taskLine;
      if (task.wav !== undefined) {
        recogniser ??= await openRecogniser();
        const heard = await recogniser.recogniseFile(join(folder, task.wav), chartMedicines(task));
        json = JSON.stringify({ ...(JSON.parse(json) as object), ...heard });
      }
      const parsed = parseLine(json);
      if (!parsed.valid) {
        const { field, message } = parsed.problem.error;
        throw new AsterismError('INPUT_INVALID', `${at}: ${field}: ${message}`);
      }
      prepared.push({ taskLine, request: parsed.line });
    }
    return prepared;
  } finally {
    await recogniser?.close();
  }
}

const withChart = z.object({ patient: z.object({ medications: z.array(z.object({ name: z.string() })) }) });

/** What a call tells the recogniser to expect: the medicines of the chart. */
function chartMedicines(task: Task): string[] {
  const parsed = withChart.safeParse(task);
  return parsed.success ? parsed.data.patient.medications.map(({ name }) => name) : [];
}

/**
 * Starts these specialists, each behind its gRPC service as in a call, and asks all of them about every task.
 * @throws AsterismError KNOWLEDGE_INVALID, SPECIALIST_UNREACHABLE
 */
export async function answerTasks(
  tasks: readonly PreparedTask[],
  names: readonly SpecialistName[],
): Promise<AnsweredTask[]> {
  const running = await startSpecialists({ names });
  try {
    return await askTasks(
      tasks,
      Object.fromEntries(Object.entries(running).map(([name, { address }]) => [name, address])),
    );
  } finally {
    await Promise.all(Object.values(running).map((specialist) => specialist.close()));
  }
}

/**
 * Asks specialists that listen about every task; the answers come in the order of the tasks.
 * @param addresses host:port by specialist
 * @throws AsterismError SPECIALIST_UNREACHABLE
 */
export async function askTasks(
  tasks: readonly PreparedTask[],
  addresses: Readonly<Record<string, string>>,
): Promise<AnsweredTask[]> {
  const specialists = await connectSpecialists(addresses);
  try {
    return await askInOrder(tasks, Object.keys(addresses).filter(isSpecialistName), specialists);
  } finally {
    specialists.close();
  }
}

async function askInOrder(
  tasks: readonly PreparedTask[],
  names: readonly SpecialistName[],
  specialists: Specialists,
): Promise<AnsweredTask[]> {
  const answered: AnsweredTask[] = [];
  for (let start = 0; start < tasks.length; start += TASKS_IN_FLIGHT) {
    const some = tasks.slice(start, start + TASKS_IN_FLIGHT);
    answered.push(
      ...(await Promise.all(
        some.map(async (task) => ({ ...task, looks: await looksAt(task.request, names, specialists) })),
      )),
    );
  }
  return answered;
}

/** Who was asked, with the version of its knowledge that its own reviews give. */
export function askedIn(
  answered: readonly AnsweredTask[],
  names: readonly SpecialistName[],
): AskedSpecialist[] {
  const looks = answered.flatMap((task) => task.looks);
  return names.map((specialist) => {
    const review = looks.find((look) => look.specialist === specialist && look.review)?.review;
    return { specialist, knowledge: review?.knowledgeVersion ?? '' };
  });
}

/**
 * Grades answered tasks, also as a constellation without one of the specialists would have answered. A specialist knows
 * nothing of the others' answers to the same task, so leaving its look out is the same as leaving it out.
 */
export function gradeAnswers(answered: readonly AnsweredTask[], absent?: SpecialistName): GradedTask[] {
  return answered.map(({ taskLine: { task }, request, looks }) => {
    const present = looks.filter(({ specialist }) => specialist !== absent);
    const observed = resultLine(request.id, present, request.draft);
    return { task, heard: request.heard ?? '', observed, grade: grade(task, observed) };
  });
}
