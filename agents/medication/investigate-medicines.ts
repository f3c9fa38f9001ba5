import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  Verification,
  type Description,
  type InvestigateRequest,
  type InvestigateUpdate,
  type ReviewRequest,
} from '../../protos/generated/asterism/v1/specialist.js';
import { reviewOf } from '../specialist.js';
import { chartOf } from './chart.js';
import type { MedicationMind } from './mind.js';
import { asksForAll } from './reconciliation-due.js';
import { reconciliationReview } from './reconciliation-review.js';
import {
  allDuplicates,
  compareListed,
  extrasOf,
  newProblems,
  type FoundProblem,
  type ListedMedicine,
} from './reconciliation.js';
import { linesOf, SaidMedicines } from './said-medicines.js';

/** The share of the work that reading the call is; the rest goes over the medicines. */
const READING = 0.3;

/**
 * The reconciliation: the whole list of the chart against everything that was said in the call. The event loop
 * gets its turn after each line and each medicine, and a cancelled job says nothing more.
 */
export async function* investigateMedicines(
  mind: MedicationMind,
  description: Description,
  request: InvestigateRequest,
  signal: AbortSignal,
): AsyncGenerator<InvestigateUpdate, void> {
  const { jobId, about } = request;
  if (!about) return;
  const chart = chartOf(about.patient, mind.index, mind.knowledge);
  const findings = about.context?.findings ?? [];
  const lines = linesOf(about);
  const said = new SaidMedicines(mind, chart);
  for (const [at, { speaker, text }] of lines.entries()) {
    said.hear(speaker, text);
    yield { jobId, progress: (READING * (at + 1)) / lines.length, review: undefined };
    await nextTurn();
    if (signal.aborted) return;
  }
  const listed: ListedMedicine[] = [];
  for (const entry of chart.medicines) listed.push(compareListed(mind, entry, said, findings));
  const extras = extrasOf(said, chart);
  const duplicates = allDuplicates(mind, chart, extras);
  const problems: FoundProblem[] = [];
  // What is not taken meets nothing.
  const taken = listed.filter(({ state }) => state !== 'not-taken').map(({ entry }) => entry.name);
  const all = [...extras.map(({ name }) => name), ...taken];
  for (const [at, name] of all.entries()) {
    problems.push(...newProblems(mind, chart, name, all, problems));
    yield { jobId, progress: READING + ((1 - READING) * (at + 0.9)) / all.length, review: undefined };
    await nextTurn();
    if (signal.aborted) return;
  }
  const review = reconciliationReview(
    { listed, extras, duplicates, problems },
    {
      voice: { chart, knowledge: mind.knowledge, verified: isVerified(about) },
      lookAlikes: mind.lookAlikes,
      findings,
      agentSaid: lines.filter(({ speaker }) => speaker === 'agent').map(({ text }) => text),
      requested: asksForAll(about.heard?.text ?? ''),
    },
  );
  yield { jobId, progress: 1, review: reviewOf(description, review) };
}

function isVerified({ context }: ReviewRequest): boolean {
  return context?.verification === Verification.VERIFIED;
}
