import type { KindReport } from './report.js';

/** What one call came to, as far as leaving out a specialist can change it. */
export interface CallSummary {
  readonly call: string;
  /** completed, transferred, escalated, stopped-early, or why it could not be held at all. */
  readonly outcome: string;
  readonly disposition: string;
  readonly turns: number;
  /** Sentences of specialists that were spoken, in order. */
  readonly warnings: readonly string[];
  readonly nurseTasks: readonly string[];
  /** Facts that specialists found, by kind, subjects and severity. */
  readonly findings: readonly string[];
  /** Looks in which a gate did not answer: the call failed closed there. */
  readonly unansweredGates: number;
  /** Sentences spoken although a gate had not answered; must be 0. */
  readonly sentencesPastSilentGates: number;
}

/** The tasks and calls of one constellation. */
export interface ConstellationResult {
  readonly tasks: readonly KindReport[];
  readonly calls: readonly CallSummary[];
}

/** One constellation with a specialist left out, against the full one. */
export interface Ablation {
  readonly without: string;
  readonly result: ConstellationResult;
  /** Kinds of tasks with another result, in order; what they were and what they are. */
  readonly tasks: readonly { readonly full: KindReport; readonly ablated: KindReport }[];
  /** Calls that went another way. */
  readonly calls: readonly CallDifference[];
}

export interface CallDifference {
  readonly call: string;
  readonly full: CallSummary;
  readonly ablated: CallSummary;
  readonly warningsMissed: readonly string[];
  readonly nurseTasksMissed: readonly string[];
  readonly findingsMissed: readonly string[];
}

/** What changes when a specialist is left out. */
export function compareConstellations(
  without: string,
  full: ConstellationResult,
  ablated: ConstellationResult,
): Ablation {
  return {
    without,
    result: ablated,
    tasks: full.tasks.flatMap((kind) => {
      const other = ablated.tasks.find(({ kind: name }) => name === kind.kind);
      return other && counts(other) !== counts(kind) ? [{ full: kind, ablated: other }] : [];
    }),
    calls: full.calls.flatMap((call) => {
      const other = ablated.calls.find(({ call: name }) => name === call.call);
      const difference = other && compareCalls(call, other);
      return difference ? [difference] : [];
    }),
  };
}

function counts({ right, wrong, omissions, abstained, pairs }: KindReport): string {
  return [right, wrong, omissions, abstained, pairs.count].join(' ');
}

function compareCalls(full: CallSummary, ablated: CallSummary): CallDifference | undefined {
  const difference = {
    call: full.call,
    full,
    ablated,
    warningsMissed: missing(full.warnings, ablated.warnings),
    nurseTasksMissed: missing(full.nurseTasks, ablated.nurseTasks),
    findingsMissed: missing(full.findings, ablated.findings),
  };
  const same =
    full.outcome === ablated.outcome &&
    full.disposition === ablated.disposition &&
    full.unansweredGates === ablated.unansweredGates &&
    full.sentencesPastSilentGates === ablated.sentencesPastSilentGates &&
    [difference.warningsMissed, difference.nurseTasksMissed, difference.findingsMissed].every(
      (list) => list.length === 0,
    );
  return same ? undefined : difference;
}

/** What is there before and not after, each once. */
function missing(before: readonly string[], after: readonly string[]): string[] {
  return [...new Set(before)].filter((text) => !after.includes(text));
}
