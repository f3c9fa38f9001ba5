import {
  Disposition,
  Verdict,
  type Review,
  type ReviewRequest,
} from '../../protos/generated/asterism/v1/specialist.js';
import { numbersIn } from '../spoken/numbers.js';
import { tokensOf, tokensOfText } from '../spoken/tokens.js';
import { chartOf, type Chart, type ChartMedicine } from './chart.js';
import { massesInMg, readDose, strengthsInMg, type SpokenDose } from './dose.js';
import { doseFact, problemFact } from './facts.js';
import { reviewHeard } from './heard.js';
import type { MedicationMind } from './mind.js';
import { exactMentions } from './exact-names.js';
import { doseWordsOf, intakeOf } from './intake.js';
import { judgeIntake } from './dose-judgement.js';
import type { MedicineName } from './name-index.js';
import { purposePhrase } from './purpose.js';
import { problemsOf, type Problem } from './rules.js';
import { withSaid } from './said.js';
import { spokenName, warning } from './sentences.js';
import { Verification } from '../../protos/generated/asterism/v1/specialist.js';

const confirmLater = "I want a nurse to confirm that with you, so that I don't say it wrong.";
const neverChange = 'Please keep taking your medicines as prescribed until a nurse has talked with you.';

const forbids = /(^|\W)(don't|do not|avoid|never|not|stop|without|rather than|instead of)(\W|$)/i;
const permits =
  /(you can|you could|you may|you should|okay to|ok to|fine to|safe to|go ahead|feel free|try|please take|take some|take a|take one|take two|i suggest|i recommend|is safe|is fine|is okay|helps with)/i;
const quotes =
  /(you said|i heard|you told|did you say|is that right|you take|you took|you mentioned|you are taking|you're taking)/i;
const changes =
  /(^|\W)(stop taking|stop your|skip|double|quit|cut back|take (an )?extra(?! (water|fluid) (out|off|away|from))|increase|lower your(?! (blood pressure|blood sugar|cholesterol|heart rate|risk))|hold your|don't take your|do not take your)(\W|$)/i;
const safeChange =
  /(until a nurse|don't take extra|don't stop|do not stop|don't take a double|don't skip|not (stop|skip|double))/i;

/** The second look: a sentence before it is spoken must agree with the chart and the knowledge base. */
export function reviewDraft(mind: MedicationMind, request: ReviewRequest): Partial<Review> {
  const draft = request.draft.trim();
  const tokens = tokensOfText(draft);
  const mentions = exactMentions(tokens, mind.index);
  if (mentions.length === 0) return { reason: 'The sentence names no medicine.', relevant: false };
  const chart = withSaid(chartOf(request.patient, mind.index, mind.knowledge), request, mind.knowledge);
  const objections = mentions.flatMap((mention, at): Partial<Review>[] => {
    const name = mention.candidates[0]?.name;
    if (!name) return [];
    const before = tokens
      .slice(0, mention.start)
      .map((token) => token.text)
      .join(' ');
    const words = doseWordsOf(tokens, mentions, at);
    return [
      adviceObjection(mind, request, chart, name, before, draft),
      changeObjection(chart, name, draft),
      doseObjection(mind, request, chart, name, words, draft),
      inventedObjection(mind, request, chart, name, before),
    ].filter((objection) => objection !== undefined);
  });
  const objection = objections[0];
  if (!objection || isOwnSentence(mind, request, draft)) {
    return { reason: 'The sentence agrees with the chart and the knowledge base.', relevant: true };
  }
  return {
    verdict: Verdict.BLOCK,
    disposition: Disposition.ROUTINE,
    confidence: 0.95,
    relevant: true,
    ...objection,
  };
}

/** "You can take ibuprofen" to somebody whom it would harm. */
function adviceObjection(
  mind: MedicationMind,
  request: ReviewRequest,
  chart: Chart,
  name: MedicineName,
  before: string,
  draft: string,
): Partial<Review> | undefined {
  const prescribed = chart.medicines.some((entry) => entry.name.canonical === name.canonical);
  if (prescribed || draft.endsWith('?') || forbids.test(before) || !permits.test(draft)) return undefined;
  const beside = chart.medicines.map((entry) => ({
    ingredients: entry.name.ingredients,
    spoken: spokenName(entry.name),
  }));
  const problems: Problem[] = problemsOf(name, beside, chart, mind.knowledge);
  const worst = problems[0];
  if (!worst || worst.severity === 'minor' || worst.severity === 'ok') return undefined;
  const verified = request.context?.verification === Verification.VERIFIED;
  return {
    say: warning({ chart, knowledge: mind.knowledge, verified }, name, problems, { taken: false }),
    facts: problems.map(problemFact),
    disposition: Disposition.SAME_DAY,
    reason: `The sentence advises ${name.canonical}: ${worst.text}`,
  };
}

/** Nobody but a clinician changes a prescription. */
function changeObjection(chart: Chart, name: MedicineName, draft: string): Partial<Review> | undefined {
  const prescribed = chart.medicines.some((entry) => entry.name.canonical === name.canonical);
  if (!prescribed || safeChange.test(draft) || draft.endsWith('?')) return undefined;
  // What a medicine is for ("to take extra water out of your body") changes nothing, whatever words it holds.
  const told = withoutPurposes(draft, chart);
  if (!changes.test(told)) return undefined;
  return { say: neverChange, reason: `The sentence changes the prescribed ${name.canonical}.` };
}

function withoutPurposes(draft: string, chart: Chart): string {
  let rest = draft.toLowerCase().replace(/[’‘]/g, "'");
  for (const { purpose } of chart.medicines) {
    const phrase = purposePhrase(purpose).toLowerCase();
    if (phrase !== '') rest = rest.replaceAll(phrase, ' ');
  }
  return rest;
}

/** A dose or frequency that is neither prescribed, nor on the label, nor what the patient said. */
function doseObjection(
  mind: MedicationMind,
  request: ReviewRequest,
  chart: Chart,
  name: MedicineName,
  words: readonly ReturnType<typeof tokensOfText>[number][],
  draft: string,
): Partial<Review> | undefined {
  const ingredient = name.ingredients[0] ?? '';
  const medicine = mind.knowledge.medicines.get(ingredient);
  const strengthsMg = strengthsInMg(medicine?.strengths ?? []);
  const dose = readDose(words, { strengthsMg, name: ingredient });
  if (dose.strengthMg === undefined && dose.timesPerDay === undefined && dose.count === undefined)
    return undefined;
  const entry = chart.medicines.find((candidate) => candidate.name.canonical === name.canonical);
  const heardNumbers = numbersOfPatient(request);
  const quoted = quotes.test(draft) || draft.endsWith('?');
  const wrong = entry ? wrongAgainst(entry, dose) : wrongAgainstLabel(mind, chart, name, words, dose);
  if (wrong === undefined) return undefined;
  if (quoted && heardNumbers.has(wrong)) return undefined;
  const judged = judgeIntake(intakeOf(name, words, chart, mind.knowledge), mind.knowledge);
  return {
    say: confirmLater,
    facts: judged.doses.map(doseFact),
    reason: entry
      ? `The sentence says ${wrong} of ${name.canonical}; the chart says ${entry.dose} ${entry.frequency}.`
      : `The sentence gives a dose of ${name.canonical} that neither the chart nor the label has.`,
  };
}

/** The number that is not the chart's; undefined when all agree. */
function wrongAgainst(entry: ChartMedicine, dose: SpokenDose): number | undefined {
  const { doseMg, timesPerDay } = entry;
  const total = (dose.count ?? 1) * (dose.strengthMg ?? 0);
  // "24 mg/26 mg": each of the amounts is the chart's.
  const parts = massesInMg(tokensOfText(entry.dose));
  const isPart = parts.length > 1 && parts.some((mg) => near(mg, dose.strengthMg ?? 0));
  if (dose.strengthMg !== undefined && doseMg !== undefined && !isPart) {
    const daily = timesPerDay === undefined ? undefined : doseMg * timesPerDay;
    if (
      !near(dose.strengthMg, doseMg) &&
      !near(total, doseMg) &&
      !(daily !== undefined && near(total, daily))
    )
      return dose.strengthMg;
    if (
      near(dose.strengthMg, doseMg) &&
      dose.count !== undefined &&
      dose.count > 1 &&
      !near(total, daily ?? doseMg)
    )
      return dose.count;
  }
  if (dose.timesPerDay !== undefined && timesPerDay !== undefined && !near(dose.timesPerDay, timesPerDay)) {
    return dose.timesPerDay;
  }
  return undefined;
}

function wrongAgainstLabel(
  mind: MedicationMind,
  chart: Chart,
  name: MedicineName,
  words: Parameters<typeof intakeOf>[1],
  dose: SpokenDose,
): number | undefined {
  const medicine = mind.knowledge.medicines.get(name.ingredients[0] ?? '');
  if (dose.strengthMg === undefined) {
    const over = judgeIntake(intakeOf(name, words, chart, mind.knowledge), mind.knowledge).doses.some(
      (finding) => finding.severity === 'danger' || finding.severity === 'over-label',
    );
    return over ? (dose.count ?? dose.timesPerDay) : undefined;
  }
  const known = [
    ...strengthsInMg(medicine?.strengths ?? []),
    medicine?.otc?.singleMg,
    medicine?.otc?.dailyMg,
    medicine?.otc?.dangerDailyMg,
    ...Object.values(medicine?.otc?.dailyMgByStrength ?? {}),
  ];
  return known.some((mg) => mg !== undefined && near(mg, dose.strengthMg ?? 0)) ? undefined : dose.strengthMg;
}

/** "Your metoprolol" to somebody who neither has it on the chart nor spoke of it. */
function inventedObjection(
  mind: MedicationMind,
  request: ReviewRequest,
  chart: Chart,
  name: MedicineName,
  before: string,
): Partial<Review> | undefined {
  if (!/\byour( \w+)?$/.test(before)) return undefined;
  const shares = (other: MedicineName): boolean =>
    other.canonical === name.canonical || other.ingredients.some((of) => name.ingredients.includes(of));
  if (chart.medicines.some((entry) => shares(entry.name))) return undefined;
  const said = patientTexts(request).some((text) =>
    exactMentions(tokensOfText(text), mind.index).some((mention) =>
      mention.candidates.some((c) => shares(c.name)),
    ),
  );
  if (said) return undefined;
  return {
    say: confirmLater,
    reason: `The sentence speaks of ${name.canonical} as the patient's; it is not on the chart and was not said.`,
  };
}

/** What this specialist itself asked to be said of the patient's words. */
function isOwnSentence(mind: MedicationMind, request: ReviewRequest, draft: string): boolean {
  return (reviewHeard(mind, request).say ?? '').includes(draft);
}

function patientTexts(request: ReviewRequest): string[] {
  const earlier = (request.context?.history ?? []).filter((turn) => turn.speaker === 'patient');
  return [...(request.heard ? [request.heard.text] : []), ...earlier.map((turn) => turn.text)];
}

function numbersOfPatient(request: ReviewRequest): Set<number> {
  const numbers = new Set<number>();
  const add = (tokens: ReturnType<typeof tokensOfText>): void => {
    for (const number of numbersIn(tokens)) {
      numbers.add(number.value);
      for (const part of number.parts ?? []) numbers.add(part);
    }
    for (const [word, times] of [
      ['once', 1],
      ['twice', 2],
    ] as const) {
      if (tokens.some((token) => token.text === word)) numbers.add(times);
    }
  };
  if (request.heard) add(tokensOf(request.heard));
  for (const text of patientTexts(request)) add(tokensOfText(text));
  return numbers;
}

function near(one: number, other: number): boolean {
  return Math.abs(one - other) < 0.001 * Math.max(1, other);
}
