import type { MedicineKnowledge } from '../../clinical-kb/medicines/load-medicines.js';
import { AwaitedAnswer, type Utterance } from '../../protos/generated/asterism/v1/hearing.js';
import {
  Disposition,
  Verdict,
  Verification,
  type Entity,
  type Fact,
  type Review,
  type ReviewRequest,
} from '../../protos/generated/asterism/v1/specialist.js';
import { tokensOf, tokensOfText, type Token } from '../spoken/tokens.js';
import { chartOf, type Chart } from './chart.js';
import {
  amountText,
  duplicatesOf,
  judgeIntake,
  strengthDecides,
  type DoseFinding,
} from './dose-judgement.js';
import { readDose } from './dose.js';
import type { WordFrequencies } from './english.js';
import { adherenceFact, doseFact, entityOf, problemFact } from './facts.js';
import { exactMentions, identify, type Mention } from './identify.js';
import { doseWordsOf, intakeOf, type Intake } from './intake.js';
import type { LookAlikes } from './look-alikes.js';
import type { MedicineName, NameIndex } from './name-index.js';
import { settle } from './own-question.js';
import { problemsOf, type Beside, type Problem } from './rules.js';
import {
  doseWarning,
  duplicateWarning,
  readBack,
  sentences,
  spokenName,
  tellApart,
  warning,
  type Voice,
} from './sentences.js';
import { statementOf, type Statement } from './statement.js';

/** What the medication specialist knows; made once at start. */
export interface MedicationMind {
  readonly knowledge: MedicineKnowledge;
  readonly index: NameIndex;
  readonly frequencies: WordFrequencies;
  readonly lookAlikes: LookAlikes;
}

/** A medicine named in what was heard, with what is said of it. */
export interface Named {
  readonly mention: Mention;
  readonly statement: Statement;
  readonly words: readonly Token[];
}

/** Everything read from one utterance. */
export interface Heard {
  readonly tokens: readonly Token[];
  readonly named: readonly Named[];
  readonly chart: Chart;
  readonly voice: Voice;
}

/** The first look: what the patient said. */
export function reviewHeard(mind: MedicationMind, request: ReviewRequest): Partial<Review> {
  const utterance = request.heard;
  if (!utterance || (utterance.text.trim() === '' && utterance.words.length === 0)) {
    return { reason: 'Nothing was heard.', relevant: false };
  }
  const chart = chartOf(request.patient, mind.index, mind.knowledge);
  const verified = request.context?.verification === Verification.VERIFIED;
  const voice: Voice = { chart, knowledge: mind.knowledge, verified };
  if (request.context?.answeringOwnQuestion) {
    const settled = settle(mind, request, utterance, voice);
    if (settled.kind === 'review') return settled.review;
    if (settled.kind === 'confirmed') {
      return judgeHeard(
        mind,
        request,
        readHeard(mind, request, settled.utterance, voice, settled.names),
        settled.reason,
      );
    }
  }
  return judgeHeard(mind, request, readHeard(mind, request, utterance, voice, new Set()), '');
}

/** Finds the medicines in an utterance and what is said of each. */
export function readHeard(
  mind: MedicationMind,
  request: ReviewRequest,
  utterance: Utterance,
  voice: Voice,
  confirmed: ReadonlySet<string>,
): Heard {
  const tokens = tokensOf(utterance);
  const { chart } = voice;
  const mentions = identify({
    tokens,
    alternatives: utterance.alternatives,
    index: mind.index,
    frequencies: mind.frequencies,
    chart: chart.medicines.map((entry) => entry.name),
    expectsMedicine: expectsMedicine(request),
    confirmed,
    lookAlikes: mind.lookAlikes,
  });
  const named = mentions.map((mention, at): Named => ({
    mention,
    statement: statementOf(tokens, mention.start, mention.end),
    words: doseWordsOf(tokens, mentions, at),
  }));
  const implied = named.length === 0 ? impliedMedicine(request, tokens, chart) : undefined;
  return { tokens, named: implied ? [implied] : named, chart, voice };
}

function expectsMedicine(request: ReviewRequest): boolean {
  const context = request.context;
  return (
    context?.awaited === AwaitedAnswer.MEDICINE ||
    /medic|over-the-counter|drug|pill|prescription/.test(context?.itemId ?? '')
  );
}

/** "Yes, two of the forties": a dose after the agent asked about one medicine of the chart. */
function impliedMedicine(request: ReviewRequest, tokens: readonly Token[], chart: Chart): Named | undefined {
  if (!/medic/.test(request.context?.itemId ?? '')) return undefined;
  const asked =
    request.context?.history
      .filter((turn) => turn.speaker === 'agent')
      .at(-1)
      ?.text.toLowerCase() ?? '';
  const about = chart.medicines.filter(
    (entry) =>
      asked.includes(entry.name.written.toLowerCase()) || asked.includes(entry.written.toLowerCase()),
  );
  const only = about[0];
  if (!only || about.length > 1) return undefined;
  const dose = readDose(tokens, { strengthsMg: only.doseMg === undefined ? [] : [only.doseMg], name: '' });
  if (
    !dose.said ||
    (dose.count === undefined && dose.strengthMg === undefined && dose.timesPerDay === undefined)
  )
    return undefined;
  return {
    mention: {
      start: 0,
      end: 0,
      heard: '',
      certainty: 'sure',
      candidates: [{ name: only.name, confidence: 0.9 }],
    },
    statement: { act: 'takes', taken: false, experiencer: 'patient' },
    words: tokens,
  };
}

interface Outcome {
  readonly verdict: Verdict;
  readonly disposition: Disposition;
  readonly say: string;
  readonly reason: string;
  readonly confidence: number;
}

/** Turns what was read into a review. @param settled why a name counts as sure, when the patient confirmed it */
function judgeHeard(
  mind: MedicationMind,
  request: ReviewRequest,
  heard: Heard,
  settled: string,
): Partial<Review> {
  if (heard.named.length === 0) {
    return settled === ''
      ? { reason: 'No medicine was named.', relevant: false }
      : { reason: settled, relevant: true };
  }
  const entities = heard.named.map(({ mention, statement }) =>
    entityOf(mention, statement.experiencer, statement.act === 'denies'),
  );
  const found = findingsOf(mind, request, heard);
  const silent = found.outcomes.every((outcome) => outcome.verdict !== Verdict.SAY);
  const question = questionFor(heard) ?? (silent ? strengthQuestion(mind, heard) : undefined);
  if (question) {
    return review(entities, [], {
      verdict: Verdict.ASK,
      disposition: Disposition.NONE,
      say: question.say,
      reason: question.reason,
      confidence: question.confidence,
    });
  }
  const outcome = worst([...found.outcomes, ...leftOver(mind, heard)]);
  const reason = [settled, outcome.reason].filter((part) => part !== '').join(' ');
  return review(entities, found.facts, { ...outcome, reason });
}

function review(entities: Entity[], facts: Fact[], outcome: Outcome): Partial<Review> {
  return { ...outcome, entities, facts, relevant: true };
}

// --- questions -----------------------------------------------------------------------------------

function questionFor(heard: Heard): { say: string; reason: string; confidence: number } | undefined {
  for (const { mention, statement } of heard.named) {
    if (statement.experiencer !== 'patient') continue;
    const [first, second] = mention.candidates;
    if (!first) continue;
    if (mention.certainty === 'near') {
      return {
        say: readBack(heard.voice, first, first.confidence < 0.6),
        reason: `"${mention.heard}" sounds like ${first.name.canonical} and was not heard surely; read back before use.`,
        confidence: first.confidence,
      };
    }
    if (mention.certainty === 'ambiguous' && second) {
      return {
        say: tellApart(heard.voice, first.name, second.name),
        reason: `"${mention.heard}" can be ${first.name.canonical} or ${second.name.canonical}; told apart by purpose and spelling.`,
        confidence: first.confidence,
      };
    }
  }
  for (const { mention, statement, words } of heard.named) {
    const name = mention.candidates[0]?.name;
    if (mention.certainty !== 'sure' || statement.experiencer !== 'patient' || statement.act === 'denies')
      continue;
    const unsure = name && readDose(words, { strengthsMg: [], name: name.ingredients[0] ?? '' }).unsure;
    if (name && unsure) {
      return {
        say: sentences.whichDose(spokenName(name), unsure.value, unsure.twin),
        reason: `The dose of ${name.canonical} can be ${unsure.value} or ${unsure.twin}.`,
        confidence: 0.5,
      };
    }
  }
  return undefined;
}

/** Asked only where nothing has to be said anyway. */
function strengthQuestion(mind: MedicationMind, heard: Heard): ReturnType<typeof questionFor> {
  for (const { mention, statement, words } of heard.named) {
    const name = mention.candidates[0]?.name;
    if (!name || name.unknown || mention.certainty !== 'sure') continue;
    if (statement.experiencer !== 'patient' || statement.act === 'denies') continue;
    if (strengthDecides(intakeOf(name, words, heard.chart, mind.knowledge), mind.knowledge)) {
      return {
        say: sentences.whichStrength(spokenName(name)),
        reason: `Whether this much ${name.canonical} is too much depends on its strength, which was not said.`,
        confidence: 0.6,
      };
    }
  }
  return undefined;
}

// --- findings ------------------------------------------------------------------------------------

function findingsOf(
  mind: MedicationMind,
  request: ReviewRequest,
  heard: Heard,
): { facts: Fact[]; outcomes: Outcome[] } {
  const facts: Fact[] = [];
  const outcomes: Outcome[] = [];
  const own = heard.named.filter(
    ({ mention, statement }) =>
      mention.certainty === 'sure' && statement.experiencer === 'patient' && statement.act !== 'denies',
  );
  const earlier = earlierIntakes(mind, request, heard);
  const intakes: Intake[] = [];
  for (const { mention, statement, words } of own) {
    const name = mention.candidates[0]?.name;
    if (!name || name.unknown) continue;
    const confidence = mention.candidates[0]?.confidence ?? 0.5;
    if (statement.act === 'stopped' || statement.act === 'missed') {
      const adherence = adherenceOutcome(heard, name, statement, confidence);
      if (adherence) {
        facts.push(adherence.fact);
        outcomes.push(adherence.outcome);
      }
      continue;
    }
    const intake = intakeOf(name, words, heard.chart, mind.knowledge);
    if (statement.act !== 'question') intakes.push(intake);
    const judged = judgeIntake(intake, mind.knowledge);
    facts.push(...judged.doses.map(doseFact), ...judged.adherence.map(adherenceFact));
    for (const dose of judged.doses) outcomes.push(...doseOutcome(heard.voice, name, dose, confidence));
    for (const { text } of judged.adherence) {
      outcomes.push(quiet(Disposition.WITHIN_DAYS, `Less than prescribed: ${text}`, confidence));
    }
    const problems = problemsOf(name, besideOf(heard, name, earlier, own), heard.chart, mind.knowledge);
    facts.push(...problems.map(problemFact));
    const outcome = problemOutcome(heard.voice, name, problems, statement, confidence);
    if (outcome) outcomes.push(outcome);
  }
  for (const duplicate of duplicatesOf([...intakes, ...earlier], heard.chart, mind.knowledge)) {
    if (!intakes.some((intake) => intake.name.ingredients.includes(duplicate.subjects[0] ?? ''))) continue;
    facts.push(doseFact(duplicate));
    const name = intakes[0]?.name;
    if (name) outcomes.push(...doseOutcome(heard.voice, name, duplicate, 0.9));
  }
  return { facts: distinct(facts), outcomes };
}

/** What else the patient takes: the chart, what else was named now, and what was named earlier in the call. */
function besideOf(
  heard: Heard,
  name: MedicineName,
  earlier: readonly Intake[],
  own: readonly Named[],
): Beside[] {
  const seen = new Set<string>([name.canonical]);
  const beside: Beside[] = [];
  const add = (other: MedicineName): void => {
    if (seen.has(other.canonical) || other.unknown) return;
    seen.add(other.canonical);
    beside.push({ ingredients: other.ingredients, spoken: spokenName(other) });
  };
  for (const entry of heard.chart.medicines) add(entry.name);
  for (const { mention, statement } of own) {
    const other = mention.candidates[0]?.name;
    if (other && statement.act !== 'stopped') add(other);
  }
  for (const intake of earlier) add(intake.name);
  return beside;
}

/** Medicines surely named by the patient earlier in this call as taken, with their doses. */
function earlierIntakes(mind: MedicationMind, request: ReviewRequest, heard: Heard): Intake[] {
  const now = request.heard?.text.trim() ?? '';
  const lines = (request.context?.history ?? [])
    .filter(
      (turn) => turn.speaker === 'patient' && turn.turnId !== request.turnId && turn.text.trim() !== now,
    )
    .slice(-12);
  return lines.flatMap(({ text }) => {
    const tokens = tokensOfText(text);
    const mentions = exactMentions(tokens, mind.index);
    return mentions.flatMap((mention, at): Intake[] => {
      const name = mention.candidates[0]?.name;
      const statement = statementOf(tokens, mention.start, mention.end);
      if (!name || statement.act !== 'takes' || statement.experiencer !== 'patient') return [];
      if (heard.chart.medicines.some((entry) => entry.name.canonical === name.canonical)) return [];
      return [intakeOf(name, doseWordsOf(tokens, mentions, at), heard.chart, mind.knowledge)];
    });
  });
}

function adherenceOutcome(
  heard: Heard,
  name: MedicineName,
  statement: Statement,
  confidence: number,
): { fact: Fact; outcome: Outcome } | undefined {
  if (!heard.chart.medicines.some((entry) => entry.name.canonical === name.canonical)) return undefined;
  const missed = statement.act === 'missed';
  const text = missed
    ? `The patient missed doses of ${name.canonical}.`
    : `The patient does not take ${name.canonical}, which is on the list.`;
  return {
    fact: {
      kind: 'adherence',
      subjects: [name.canonical],
      severity: '',
      text,
      citation: 'said by the patient; prescription on the chart',
    },
    outcome: {
      verdict: Verdict.ADVISE,
      disposition: missed ? Disposition.WITHIN_DAYS : Disposition.SAME_DAY,
      say: missed ? sentences.missed(spokenName(name)) : sentences.stopped(spokenName(name)),
      reason: text,
      confidence,
    },
  };
}

function doseOutcome(voice: Voice, name: MedicineName, dose: DoseFinding, confidence: number): Outcome[] {
  switch (dose.severity) {
    case 'within':
      return [quiet(Disposition.NONE, dose.text, confidence)];
    case 'danger':
      return [
        {
          verdict: Verdict.SAY,
          disposition: Disposition.URGENT_NURSE,
          say: doseWarning(voice, name, dose),
          reason: dose.text,
          confidence,
        },
      ];
    case 'over-label':
      return [
        {
          verdict: Verdict.SAY,
          disposition: Disposition.SAME_DAY,
          say: doseWarning(voice, name, dose),
          reason: dose.text,
          confidence,
        },
      ];
    case 'duplicate':
      return [
        {
          verdict: Verdict.SAY,
          disposition: Disposition.SAME_DAY,
          say: duplicateWarning(dose),
          reason: dose.text,
          confidence,
        },
      ];
  }
}

/** What follows from a medicine's problems; those that the prescriber chose knowingly are only recorded. */
function problemOutcome(
  voice: Voice,
  name: MedicineName,
  problems: readonly Problem[],
  statement: Statement,
  confidence: number,
): Outcome | undefined {
  const worstProblem = problems[0];
  if (!worstProblem) return undefined;
  const prescribed = voice.chart.medicines.some((entry) => entry.name.canonical === name.canonical);
  const newPartner = worstProblem.medicines.some(
    (spoken) => !voice.chart.medicines.some((entry) => spokenName(entry.name) === spoken),
  );
  const reason = `${worstProblem.severity}: ${worstProblem.text}`;
  if (prescribed && !newPartner) {
    const disposition =
      worstProblem.severity === 'contraindicated' ? Disposition.SAME_DAY : Disposition.ROUTINE;
    return quiet(disposition, `On the list already; for a nurse: ${reason}`, confidence);
  }
  const took = statement.act === 'takes' && statement.taken;
  switch (worstProblem.severity) {
    case 'contraindicated':
    case 'avoid':
    case 'major':
      return {
        verdict: Verdict.SAY,
        disposition:
          worstProblem.severity === 'contraindicated' && took
            ? Disposition.URGENT_NURSE
            : Disposition.SAME_DAY,
        say: warning(voice, name, problems, { taken: took || statement.act === 'takes' }),
        reason,
        confidence,
      };
    case 'moderate':
    case 'caution':
      return {
        verdict: Verdict.SAY,
        disposition: Disposition.SAME_DAY,
        say: warning(voice, name, problems, { taken: took || statement.act === 'takes' }),
        reason,
        confidence,
      };
    case 'minor':
      return quiet(Disposition.ROUTINE, reason, confidence);
  }
}

/** What is said where nothing was found: honest about what is not known. */
function leftOver(mind: MedicationMind, heard: Heard): Outcome[] {
  return heard.named.flatMap(({ mention, statement }): Outcome[] => {
    if (statement.experiencer !== 'patient') {
      return [quiet(Disposition.NONE, `"${mention.heard}" is what ${statement.experiencer} takes.`, 0.8)];
    }
    const name = mention.candidates[0]?.name;
    if (!name) {
      return [
        {
          verdict: Verdict.ADVISE,
          disposition: Disposition.ROUTINE,
          say: sentences.unknown(mention.heard),
          reason: `"${mention.heard}" may be a medicine; not known.`,
          confidence: 0.5,
        },
      ];
    }
    if (statement.act === 'denies') return [quiet(Disposition.NONE, `${name.canonical} is not taken.`, 0.9)];
    if (name.unknown) {
      const reason = `${name.canonical} is on the list and not in the knowledge base; nothing could be checked.`;
      return statement.act === 'question'
        ? [
            {
              verdict: Verdict.ADVISE,
              disposition: Disposition.ROUTINE,
              say: sentences.onlyOnChart(name.written),
              reason,
              confidence: 0.6,
            },
          ]
        : [quiet(Disposition.NONE, reason, 0.6)];
    }
    const medicine = mind.knowledge.medicines.get(name.ingredients[0] ?? '');
    if (statement.act === 'question') {
      const daily = medicine?.otc?.dailyMg;
      const clear =
        daily !== undefined &&
        name.product === undefined &&
        heard.voice.verified &&
        heard.chart.medicines.every((entry) => !entry.name.unknown);
      return [
        {
          verdict: Verdict.ADVISE,
          disposition: Disposition.ROUTINE,
          say: clear
            ? sentences.withinLabel(spokenName(name), `${amountText(daily)} milligrams`)
            : sentences.nurseConfirms(spokenName(name)),
          reason: `No problem of ${name.canonical} with this chart is in the knowledge base; that is not proof that there is none.`,
          confidence: 0.7,
        },
      ];
    }
    return [
      quiet(
        Disposition.NONE,
        `${name.canonical} was heard surely.`,
        mention.candidates[0]?.confidence ?? 0.9,
      ),
    ];
  });
}

function quiet(disposition: Disposition, reason: string, confidence: number): Outcome {
  return { verdict: Verdict.PASS, disposition, say: '', reason, confidence };
}

const verdictRank: readonly Verdict[] = [Verdict.SAY, Verdict.ASK, Verdict.ADVISE, Verdict.PASS];
const dispositionRank: readonly Disposition[] = [
  Disposition.URGENT_NURSE,
  Disposition.SAME_DAY,
  Disposition.WITHIN_DAYS,
  Disposition.ROUTINE,
  Disposition.NONE,
];

/** The gravest outcome speaks; where two are equally grave, both sentences when they are short enough. */
function worst(outcomes: readonly Outcome[]): Outcome {
  const sorted = [...outcomes].sort(
    (a, b) =>
      verdictRank.indexOf(a.verdict) - verdictRank.indexOf(b.verdict) ||
      dispositionRank.indexOf(a.disposition) - dispositionRank.indexOf(b.disposition),
  );
  const first = sorted[0] ?? quiet(Disposition.NONE, 'A medicine was named.', 0.8);
  const disposition =
    dispositionRank.find((candidate) => outcomes.some((outcome) => outcome.disposition === candidate)) ??
    first.disposition;
  const second = sorted.find(
    (outcome) => outcome !== first && outcome.verdict === Verdict.SAY && outcome.say !== first.say,
  );
  const say = second && first.verdict === Verdict.SAY ? joinSay(first.say, second.say) : first.say;
  const reasons = [
    ...new Set(
      sorted.filter((outcome) => outcome.verdict === first.verdict).map((outcome) => outcome.reason),
    ),
  ];
  return { ...first, disposition, say, reason: reasons.slice(0, 3).join(' ') };
}

/** Two warnings in one breath, the nurse's call named once. */
function joinSay(first: string, second: string): string {
  const call = / A nurse will call you[^.]*\./;
  return call.test(first) ? `${first} ${second.replace(call, '')}` : `${first} ${second}`;
}

function distinct(facts: readonly Fact[]): Fact[] {
  const seen = new Set<string>();
  return facts.filter((fact) => {
    const key = `${fact.kind}|${fact.severity}|${[...fact.subjects].sort().join('|')}|${fact.citation}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
