import type { Fact } from '../../protos/generated/asterism/v1/specialist.js';
import type { Chart, ChartMedicine } from './chart.js';
import { callTotals, type Occasion } from './call-totals.js';
import { judgeIntake, type DoseFinding } from './dose-judgement.js';
import { doseFact, problemFact } from './facts.js';
import { isSameMedicine } from './look-alikes.js';
import type { MedicationMind } from './mind.js';
import type { MedicineName } from './name-index.js';
import { listOf, problemsOf, type Problem } from './rules.js';
import type { SaidMedicine, SaidMedicines } from './said-medicines.js';
import { spokenName } from './sentences.js';

/** How what was said of a medicine of the chart agrees with the chart. */
export type ListState =
  | 'as-prescribed'
  /** Taken; how much was not said, or the chart does not say it. */
  | 'taken'
  | 'differs'
  | 'missed'
  | 'not-taken'
  | 'not-said';

export interface ListedMedicine {
  readonly entry: ChartMedicine;
  readonly state: ListState;
  readonly doses: readonly DoseFinding[];
  /** For a nurse; empty where the state says it all. */
  readonly text: string;
}

/** A problem of one medicine among all that the patient has. */
export interface FoundProblem {
  readonly name: MedicineName;
  readonly problem: Problem;
  /** True when everything in it is on the chart: whoever prescribed it may have meant it. */
  readonly charted: boolean;
}

/** A medicine of the chart against what was said of it. */
export function compareListed(
  mind: MedicationMind,
  entry: ChartMedicine,
  said: SaidMedicines,
  findings: readonly Fact[],
): ListedMedicine {
  const own = said.of(entry.name) ?? said.all.find(({ name }) => isSameMedicine(name, entry.name));
  const judged = own?.intake ? judgeIntake(own.intake, mind.knowledge) : { doses: [], adherence: [] };
  const text = [...judged.doses, ...judged.adherence].map((finding) => finding.text).join(' ');
  return { entry, ...stateOf(entry, own, judged, text, findings) };
}

function stateOf(
  entry: ChartMedicine,
  own: SaidMedicine | undefined,
  { doses, adherence }: ReturnType<typeof judgeIntake>,
  text: string,
  findings: readonly Fact[],
): Omit<ListedMedicine, 'entry'> {
  switch (own?.act) {
    case 'stopped':
    case 'denies':
      return { state: 'not-taken', doses: [], text: '' };
    case 'missed':
      return { state: 'missed', doses, text };
    case 'takes':
      if (adherence.length > 0 || doses.some(({ severity }) => severity !== 'within')) {
        return { state: 'differs', doses, text };
      }
      return { state: doses.length > 0 ? 'as-prescribed' : 'taken', doses, text };
    case 'mentions':
    case 'question':
    case undefined: {
      // Said so early in the call that only what was found of it is left.
      const earlier = findings.find(
        ({ kind, subjects }) =>
          (kind === 'adherence' || kind === 'dose') && subjects.includes(entry.name.canonical),
      );
      if (!earlier) return { state: 'not-said', doses: [], text: '' };
      return {
        state: earlier.severity === 'within' ? 'as-prescribed' : 'differs',
        doses: [],
        text: earlier.text,
      };
    }
  }
}

/** What is taken and stands on no list. */
export function extrasOf(said: SaidMedicines, chart: Chart): SaidMedicine[] {
  return said.all.filter(
    ({ name, act }) =>
      (act === 'takes' || act === 'missed') &&
      !chart.medicines.some((entry) => entry.name.canonical === name.canonical),
  );
}

/** The same ingredient twice: on the chart, in what is taken beside it, or across both. */
export function allDuplicates(
  mind: MedicationMind,
  chart: Chart,
  extras: readonly SaidMedicine[],
): DoseFinding[] {
  const occasions = extras.flatMap(({ intake }): Occasion[] =>
    intake ? [{ intake, when: '', more: false }] : [],
  );
  const found = callTotals(occasions, chart, mind.knowledge).filter(({ subjects }) => subjects.length > 1);
  for (const [at, { name, written }] of chart.medicines.entries()) {
    for (const other of chart.medicines.slice(at + 1)) {
      const shared = name.ingredients.find((ingredient) => other.name.ingredients.includes(ingredient));
      if (shared === undefined || name.unknown || found.some(({ subjects }) => subjects[0] === shared))
        continue;
      found.push({
        severity: 'duplicate',
        subjects: [shared, written, other.written],
        text: `${listOf([written, other.written])} on the list both hold ${shared}.`,
        citation: mind.knowledge.medicines.get(shared)?.citation ?? 'prescriptions on the chart',
        against: 'prescription',
        perDayMg: undefined,
        limitMg: undefined,
      });
    }
  }
  return found;
}

/** The problems of one medicine beside all others, those already found left out. */
export function newProblems(
  mind: MedicationMind,
  chart: Chart,
  name: MedicineName,
  all: readonly MedicineName[],
  found: readonly FoundProblem[],
): FoundProblem[] {
  if (name.unknown) return [];
  const beside = all
    .filter((other) => other !== name && !other.unknown)
    .map((other) => ({ ingredients: other.ingredients, spoken: spokenName(other) }));
  const charted = new Set(chart.medicines.map((entry) => spokenName(entry.name)));
  const known = new Set(found.map(({ problem }) => keyOf(problem)));
  return problemsOf(name, beside, chart, mind.knowledge)
    .filter((problem) => problem.severity !== 'ok' && !known.has(keyOf(problem)))
    .map((problem) => ({
      name,
      // Aspirin may have been ordered by somebody who did not write it on this chart.
      problem: mayBeOrdered(mind, name) ? { ...problem, avoid: false } : problem,
      charted: charted.has(spokenName(name)) && problem.medicines.every((spoken) => charted.has(spoken)),
    }));
}

function mayBeOrdered(mind: MedicationMind, name: MedicineName): boolean {
  return name.ingredients.some(
    (ingredient) => mind.knowledge.medicines.get(ingredient)?.stoppingCanHarm === true,
  );
}

function keyOf({
  kind,
  subjects,
  citation,
}: Pick<Fact, 'kind' | 'citation'> & { readonly subjects: readonly string[] }): string {
  return `${kind}|${[...subjects].sort().join('|')}|${citation}`;
}

/** True when an earlier look of this call found the same already, and it was said then. */
export function isFoundAlready(fact: Fact, findings: readonly Fact[]): boolean {
  return findings.some((other) => keyOf(other) === keyOf(fact) && other.severity === fact.severity);
}

/** True when an earlier look of this call found the same problem. */
export function wasProblemFound(problem: Problem, findings: readonly Fact[]): boolean {
  return isFoundAlready(problemFact(problem), findings);
}

/** True when an earlier look of this call found the same about a dose. */
export function wasDoseFound(finding: DoseFinding, findings: readonly Fact[]): boolean {
  return isFoundAlready(doseFact(finding), findings);
}
