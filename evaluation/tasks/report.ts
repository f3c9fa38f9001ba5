import type { Grade, TaskOutcome } from './grade.js';
import type { Observed } from './observed.js';
import type { Task } from './task.js';
import { shareOf, type Share } from './wilson.js';

/** A task with what came of it. */
export interface GradedTask {
  readonly task: Task;
  /** What was heard: the task's text, or what a recording was recognised as. */
  readonly heard: string;
  readonly observed: Observed;
  readonly grade: Grade;
}

/** The tasks of one kind, or all, counted. */
export interface KindReport {
  readonly kind: string;
  readonly n: number;
  readonly right: number;
  readonly wrong: number;
  readonly omissions: number;
  readonly abstained: number;
  /** Right of what was answered; omissions count as answered. */
  readonly accuracy: Share;
  /** Answered of all. */
  readonly coverage: Share;
  /** Right of all: accuracy times coverage. */
  readonly both: Share;
  /** Pairs of which every task was right; of is 0 where the kind has none. */
  readonly pairs: Share;
}

/** A task that was not right. */
export interface ReportedTask {
  readonly id: string;
  readonly kind: string;
  readonly outcome: TaskOutcome;
  readonly heard: string;
  readonly draft: string;
  readonly because: readonly string[];
  /** What came instead: verdict, disposition and what would be heard. */
  readonly got: string;
  readonly source: string;
}

/** A specialist that was asked, with the version of its knowledge; that is empty when it never answered. */
export interface AskedSpecialist {
  readonly specialist: string;
  readonly knowledge: string;
}

export interface TaskReport {
  readonly asked: readonly AskedSpecialist[];
  readonly total: KindReport;
  /** By name. */
  readonly kinds: readonly KindReport[];
  /** In the order of the tasks. */
  readonly notRight: readonly ReportedTask[];
}

/** Counts graded tasks. */
export function reportTasks(graded: readonly GradedTask[], asked: readonly AskedSpecialist[]): TaskReport {
  const kinds = [...new Set(graded.map(({ task }) => task.kind))].sort();
  return {
    asked,
    total: countTasks('all', graded),
    kinds: kinds.map((kind) =>
      countTasks(
        kind,
        graded.filter(({ task }) => task.kind === kind),
      ),
    ),
    notRight: graded.filter(({ grade }) => grade.outcome !== 'right').map(reported),
  };
}

function countTasks(kind: string, graded: readonly GradedTask[]): KindReport {
  const count = (outcome: TaskOutcome): number =>
    graded.filter(({ grade }) => grade.outcome === outcome).length;
  const [right, wrong, omissions, abstained] = [
    count('right'),
    count('wrong'),
    count('omission'),
    count('abstained'),
  ];
  const answered = right + wrong + omissions;
  return {
    kind,
    n: graded.length,
    right,
    wrong,
    omissions,
    abstained,
    accuracy: shareOf(right, answered),
    coverage: shareOf(answered, graded.length),
    both: shareOf(right, graded.length),
    pairs: countPairs(graded),
  };
}

function countPairs(graded: readonly GradedTask[]): Share {
  const pairs = new Map<string, boolean>();
  for (const { task, grade } of graded) {
    if (task.pair === undefined) continue;
    pairs.set(task.pair, (pairs.get(task.pair) ?? true) && grade.outcome === 'right');
  }
  return shareOf([...pairs.values()].filter(Boolean).length, pairs.size);
}

function reported({ task, heard, observed: { outcome }, grade }: GradedTask): ReportedTask {
  const spoken = outcome.spoken === '' ? '' : ` "${outcome.spoken}"`;
  return {
    id: task.id,
    kind: task.kind,
    outcome: grade.outcome,
    heard,
    draft: task.draft ?? '',
    because: grade.because,
    got: `${outcome.verdict} ${outcome.disposition}${spoken}`,
    source: task.source,
  };
}
