import {
  Disposition,
  Verdict,
  type Fact,
  type Review,
} from '../../protos/generated/asterism/v1/specialist.js';
import { doseFact, problemFact } from './facts.js';
import { isSameMedicine, type LookAlikes } from './look-alikes.js';
import type { DoseFinding } from './dose-judgement.js';
import type { MedicineName } from './name-index.js';
import { worst, type Outcome } from './outcome.js';
import {
  wasDoseFound,
  wasProblemFound,
  type FoundProblem,
  type ListedMedicine,
  type ListState,
} from './reconciliation.js';
import { capital, listOf } from './rules.js';
import type { SaidMedicine } from './said-medicines.js';
import {
  doseWarning,
  duplicateWarning,
  isMassive,
  spokenName,
  tellApart,
  warning,
  type Voice,
} from './sentences.js';

/** Everything that the comparison brought. */
export interface Reconciliation {
  readonly listed: readonly ListedMedicine[];
  readonly extras: readonly SaidMedicine[];
  readonly duplicates: readonly DoseFinding[];
  readonly problems: readonly FoundProblem[];
}

/** What the review of a reconciliation leans on beside it. */
export interface ReconciliationSetting {
  readonly voice: Voice;
  readonly lookAlikes: LookAlikes;
  /** What was found, and said, earlier in this call. */
  readonly findings: readonly Fact[];
  /** What the agent has said, to ask nothing twice. */
  readonly agentSaid: readonly string[];
  /** True when the patient asked for it and waits for an answer. */
  readonly requested: boolean;
}

/** Marks in a call's findings that its medicines were compared, or are being. */
export const reconciliationKind = 'reconciliation';
const citation = 'said by the patient in this call; prescriptions on the chart';
/** A chart of 200 medicines can hold more interactions than anybody reads. */
const MOST_FACTS = 100;

/** Turns a reconciliation into what is to be said, asked and recorded; what was said before is not said again. */
export function reconciliationReview(of: Reconciliation, setting: ReconciliationSetting): Partial<Review> {
  const outcomes = [...doseOutcomes(of, setting), ...problemOutcomes(of, setting)];
  const facts = factsOf(of);
  const base = { facts, relevant: true, reason: summaryOf(of) };
  if (outcomes.length > 0) {
    const gravest = worst(outcomes);
    return {
      ...base,
      ...gravest,
      reason: `${gravest.reason} ${base.reason}`,
      say: `I compared everything you told me with your list. ${gravest.say}`,
    };
  }
  const question = confusedPair(of, setting);
  if (question) return { ...base, ...question, reason: `${question.reason} ${base.reason}` };
  const quiet = { ...base, disposition: quietDisposition(of), confidence: 0.8 };
  if (!setting.requested) return { ...quiet, verdict: Verdict.PASS, say: '' };
  return {
    ...quiet,
    verdict: Verdict.SAY,
    disposition: quiet.disposition === Disposition.NONE ? Disposition.ROUTINE : quiet.disposition,
    say: answer(of),
  };
}

function doseOutcomes(
  { listed, extras, duplicates }: Reconciliation,
  { voice, findings }: ReconciliationSetting,
): Outcome[] {
  const doses = listed.flatMap(({ entry, doses: found }) =>
    found.map((finding) => ({ name: entry.name, finding })),
  );
  const warnings = doses
    .filter(({ finding }) => finding.severity === 'danger' && !wasDoseFound(finding, findings))
    .map(({ name, finding }): Outcome => ({
      verdict: isMassive(finding) ? Verdict.ESCALATE : Verdict.SAY,
      disposition: Disposition.URGENT_NURSE,
      say: doseWarning(voice, name, finding),
      reason: finding.text,
      confidence: 0.85,
    }));
  const twice = duplicates
    .filter((finding) => !wasDoseFound(finding, findings) && isNews(finding, extras))
    .map((finding): Outcome => ({
      verdict: Verdict.SAY,
      disposition: finding.severity === 'danger' ? Disposition.URGENT_NURSE : Disposition.SAME_DAY,
      say: duplicateWarning(finding),
      reason: finding.text,
      confidence: 0.85,
    }));
  return [...warnings, ...twice];
}

/** Two entries of the chart with one ingredient are for a nurse: the patient is told of what they add themselves. */
function isNews({ subjects }: DoseFinding, extras: readonly SaidMedicine[]): boolean {
  return extras.some(({ name }) => name.ingredients.includes(subjects[0] ?? ''));
}

function problemOutcomes(
  { problems }: Reconciliation,
  { voice, findings }: ReconciliationSetting,
): Outcome[] {
  const news = problems.filter(
    ({ problem, charted }) => !charted && problem.severity !== 'minor' && !wasProblemFound(problem, findings),
  );
  const byName = new Map<MedicineName, FoundProblem[]>();
  for (const found of news) {
    const list = byName.get(found.name);
    if (list) list.push(found);
    else byName.set(found.name, [found]);
  }
  return [...byName].map(([name, found]): Outcome => {
    const own = found.map(({ problem }) => problem);
    return {
      verdict: Verdict.SAY,
      disposition: Disposition.SAME_DAY,
      say: warning(voice, name, own, { taken: true }),
      reason: own
        .map(({ severity, text }) => `${severity}: ${text}`)
        .slice(0, 2)
        .join(' '),
      confidence: 0.85,
    };
  });
}

/** A medicine that is taken and on no list, while one of the list that it is confused with was not spoken of. */
function confusedPair(
  { listed, extras }: Reconciliation,
  { voice, lookAlikes, agentSaid }: ReconciliationSetting,
): Outcome | undefined {
  for (const { name } of extras) {
    for (const { entry, state } of listed) {
      if ((state !== 'not-said' && state !== 'not-taken') || isSameMedicine(entry.name, name)) continue;
      const meant = lookAlikes.listed(name, entry.name);
      if (!meant || wasAsked(agentSaid, [name, meant])) continue;
      return {
        verdict: Verdict.ASK,
        disposition: Disposition.WITHIN_DAYS,
        say: tellApart(voice, name, meant),
        reason: `${name.canonical} is taken and not on the list; ${entry.name.canonical} is on it and easily confused with it.`,
        confidence: 0.6,
      };
    }
  }
  return undefined;
}

function wasAsked(agentSaid: readonly string[], names: readonly MedicineName[]): boolean {
  return agentSaid.some((text) =>
    names.every((name) => text.toLowerCase().includes(spokenName(name).toLowerCase())),
  );
}

function quietDisposition({ listed, extras, problems, duplicates }: Reconciliation): Disposition {
  if (problems.some(({ problem }) => problem.severity === 'contraindicated')) return Disposition.SAME_DAY;
  if (listed.some(({ state }) => state === 'not-taken')) return Disposition.SAME_DAY;
  if (duplicates.length > 0 || extras.some(({ name }) => name.unknown)) return Disposition.WITHIN_DAYS;
  if (listed.some(({ state }) => state === 'differs' || state === 'missed' || state === 'not-said'))
    return Disposition.WITHIN_DAYS;
  return extras.length > 0 || problems.length > 0 ? Disposition.ROUTINE : Disposition.NONE;
}

function answer({ listed, extras, problems, duplicates }: Reconciliation): string {
  const open = listed.some(({ state }) => state !== 'as-prescribed' && state !== 'taken');
  const unknown = [...extras.map(({ name }) => name), ...listed.map(({ entry }) => entry.name)].filter(
    (name) => name.unknown,
  );
  if (!open && problems.length === 0 && duplicates.length === 0 && unknown.length === 0) {
    return "I compared everything you told me with your list, and I found no conflict that I know of. A nurse will look it over too. Please don't change anything on your own.";
  }
  return "I compared everything you told me with your list. There are some points that I want a nurse to go over with you. Please don't change anything on your own until then.";
}

// --- the record ----------------------------------------------------------------------------------

const stateText: Readonly<Record<ListState, string>> = {
  'as-prescribed': 'taken as prescribed',
  taken: 'taken; how much was not said',
  differs: 'taken differently from the list',
  missed: 'doses were missed',
  'not-taken': 'on the list and not taken',
  'not-said': 'on the list and not spoken of',
};

function factsOf({ listed, extras, duplicates, problems }: Reconciliation): Fact[] {
  const record = (name: MedicineName, text: string): Fact => ({
    kind: reconciliationKind,
    subjects: [name.canonical],
    severity: '',
    text: `${capital(name.canonical)}: ${text}.`,
    citation,
  });
  return [
    ...problems.map(({ problem }) => problemFact(problem)),
    ...duplicates.map(doseFact),
    ...listed.flatMap(({ doses }) => doses.map(doseFact)),
    ...listed.map(({ entry, state }) => record(entry.name, stateText[state])),
    ...extras.map(({ name }) =>
      record(name, name.unknown ? 'taken, not on the list; known by name only' : 'taken and not on the list'),
    ),
  ].slice(0, MOST_FACTS);
}

function summaryOf({ listed, extras, duplicates, problems }: Reconciliation): string {
  const inState = (state: ListState): string[] =>
    listed.filter((one) => one.state === state).map(({ entry }) => entry.name.canonical);
  const parts = (Object.keys(stateText) as ListState[]).flatMap((state) => {
    const names = inState(state);
    return names.length === 0 ? [] : [`${capital(stateText[state])}: ${shortList(names)}.`];
  });
  const differing = listed
    .filter(({ state, text }) => state === 'differs' && text !== '')
    .map(({ text }) => text);
  const unknown = [...listed.map(({ entry }) => entry.name), ...extras.map(({ name }) => name)].filter(
    (name) => name.unknown,
  );
  const severe = problems.filter(({ problem }) =>
    ['contraindicated', 'avoid', 'major'].includes(problem.severity),
  );
  return [
    `Compared ${String(listed.length)} medicines of the list with what was said.`,
    ...parts,
    ...differing.slice(0, 3),
    ...(extras.length === 0
      ? []
      : [`Taken and not on the list: ${shortList(extras.map(({ name }) => name.canonical))}.`]),
    ...(unknown.length === 0
      ? []
      : [`Known by name only, not checked: ${shortList(unknown.map((name) => name.canonical))}.`]),
    ...duplicates.slice(0, 2).map(({ text }) => text),
    ...(problems.length === 0
      ? []
      : [`${String(problems.length)} problems among all of them, ${String(severe.length)} of them grave.`]),
    ...severe.slice(0, 3).map(({ problem }) => problem.text),
  ].join(' ');
}

function shortList(names: readonly string[]): string {
  const shown = names.slice(0, 8);
  return names.length > shown.length
    ? `${shown.join(', ')} and ${String(names.length - shown.length)} more`
    : listOf(shown);
}
