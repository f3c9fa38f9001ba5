import type { MedicineKnowledge } from '../../clinical-kb/medicines/load-medicines.js';
import { Disposition, type Fact, type ReviewRequest } from '../../protos/generated/asterism/v1/specialist.js';
import { asksHowMuch, doseLimitAnswer, doseLimitFacts, nothingFoundFacts } from './answers.js';
import { callTotals, occasionsOf, type Occasion } from './call-totals.js';
import { judgeIntake, type DoseFinding } from './dose-judgement.js';
import { earlierIntakes, isOverTheCounter } from './earlier-intakes.js';
import { adherenceFact, doseFact, problemFact } from './facts.js';
import { doseOutcome, problemOutcome, stoppedOutcome } from './finding-outcomes.js';
import { intakeOf } from './intake.js';
import type { MedicationMind } from './mind.js';
import { missedDose } from './missed-dose.js';
import type { MedicineName } from './name-index.js';
import { quiet, type Outcome } from './outcome.js';
import { personalLimits } from './personal-limits.js';
import type { Heard, Named } from './read-heard.js';
import { problemsOf, type Beside, type Problem } from './rules.js';
import type { Token } from '../spoken/tokens.js';
import { spokenName } from './sentences.js';
import type { Statement } from './statement.js';
import { substanceOutcomes, substancesIn } from './substances.js';

/** Everything that is to be recorded of the sure names, and what follows from it. */
export function findingsOf(
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
  const substances = substancesIn(
    heard.tokens,
    heard.named.map(({ mention }) => mention),
    mind.knowledge,
  );
  const occasions: Occasion[] = [];
  for (const { mention, statement, words } of own) {
    const name = mention.candidates[0]?.name;
    if (!name || name.unknown) continue;
    const confidence = mention.candidates[0]?.confidence ?? 0.5;
    const charted = heard.chart.medicines.some((entry) => entry.name.canonical === name.canonical);
    // "I didn't take the Advil" leaves out nothing that was ordered.
    const ordered = charted || !isOverTheCounter(name, mind.knowledge);
    if ((statement.act === 'missed' && ordered) || (statement.act === 'stopped' && charted)) {
      const adherence =
        statement.act === 'missed'
          ? missedDose(name, mention.heard === '' ? words : heard.tokens, charted, mind.knowledge, confidence)
          : stoppedOutcome(name, confidence);
      facts.push(adherence.fact);
      outcomes.push(adherence.outcome);
      continue;
    }
    if (statement.act === 'stopped' || statement.act === 'missed') continue;
    const intake = intakeOf(name, words, heard.chart, mind.knowledge);
    if (statement.act !== 'question' || isAskedTogether(heard.tokens))
      occasions.push(...occasionsOf(intake, words));
    const judged = judgeIntake(intake, mind.knowledge);
    facts.push(...judged.doses.map(doseFact), ...judged.adherence.map(adherenceFact));
    for (const { text } of judged.adherence) {
      outcomes.push(quiet(Disposition.WITHIN_DAYS, `Less than prescribed: ${text}`, confidence));
    }
    for (const limit of personalLimits(intake, heard.chart, mind.knowledge)) {
      facts.push(doseFact(limit));
      const asOrdered = charted && judged.doses.every(({ severity }) => severity === 'within');
      if (asOrdered) outcomes.push(quiet(Disposition.ROUTINE, `For a nurse: ${limit.text}`, confidence));
      else outcomes.push(...doseOutcome(heard.voice, name, limit, confidence));
    }
    const beside = besideOf(heard, name, earlier, own);
    const problems = problemsOf(name, beside, heard.chart, mind.knowledge).map((problem) =>
      mustNotStop(mind, heard, name, statement) ? { ...problem, avoid: false } : problem,
    );
    facts.push(...problems.map(problemFact));
    const eaten = substanceOutcomes(
      name,
      // Who drinks every day was warned of that above.
      substances.filter(({ id }) => id !== 'alcohol' || !problems.some(isOfAlcohol)),
      mind.knowledge,
      confidence,
    );
    facts.push(...eaten.facts);
    outcomes.push(...eaten.outcomes);
    if (statement.act === 'question') {
      if (asksHowMuch(heard.tokens)) {
        facts.push(...doseLimitFacts(name, mind.knowledge));
        if (problems.every(({ severity }) => severity === 'minor' || severity === 'ok'))
          outcomes.push(doseLimitAnswer(heard.voice, name));
      }
      if (problems.length === 0 && eaten.facts.length === 0)
        facts.push(
          ...nothingFoundFacts(name, beside, spokenConditions(heard, mind.knowledge), mind.knowledge),
        );
    }
    const outcome = problemOutcome(heard.voice, name, problems, statement, confidence);
    if (outcome) outcomes.push(outcome);
    for (const dose of judged.doses) outcomes.push(...doseOutcome(heard.voice, name, dose, confidence));
  }
  for (const total of callTotals([...earlier, ...occasions], heard.chart, mind.knowledge)) {
    const ingredient = total.subjects[0] ?? '';
    const now = occasions.find(({ intake }) => holds(intake.name, ingredient, mind.knowledge));
    if (!now || alreadySaid(facts, total)) continue;
    facts.push(doseFact(total));
    outcomes.push(...doseOutcome(heard.voice, now.intake.name, total, 0.9));
  }
  return { facts: distinct(withoutReassurance(facts)), outcomes };
}

/**
 * Aspirin that is taken already, or that heart disease or a stroke may call for, is not stopped by a
 * machine: whoever ordered it may not have written it on this chart.
 */
function mustNotStop(mind: MedicationMind, heard: Heard, name: MedicineName, statement: Statement): boolean {
  const { conditions } = heard.chart;
  const ordered = conditions.has('coronary-disease') || conditions.has('stroke');
  return (
    name.product === undefined &&
    name.ingredients.some(
      (ingredient) => mind.knowledge.medicines.get(ingredient)?.stoppingCanHarm === true,
    ) &&
    (ordered || (statement.act === 'takes' && !statement.taken))
  );
}

/** What else the patient takes: the chart, what else was named now, and what was named earlier in the call. */
function besideOf(
  heard: Heard,
  name: MedicineName,
  earlier: readonly Occasion[],
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
  for (const { intake } of earlier) add(intake.name);
  return beside;
}

function spokenConditions({ chart }: Heard, knowledge: MedicineKnowledge): string[] {
  return [...new Set([...chart.conditions].map((id) => knowledge.conditions.get(id)?.spoken ?? id))];
}

function isOfAlcohol({ conditionIds }: Problem): boolean {
  return conditionIds.includes('heavy-alcohol');
}

/** "Can I take two Tylenol with my NyQuil?" asks about the sum; "Tylenol instead of NyQuil" does not. */
function isAskedTogether(tokens: readonly Token[]): boolean {
  const text = ` ${tokens.map((token) => token.text).join(' ')} `;
  return (
    / (with|and|plus|along|together|on top of|after|same time) /.test(text) &&
    !/ (instead of|rather than|in place of|difference between|or|versus) /.test(text)
  );
}

/** True when the ingredient is in the medicine, also inside a fixed combination. */
function holds(name: MedicineName, ingredient: string, knowledge: MedicineKnowledge): boolean {
  return name.ingredients.some(
    (of) =>
      of === ingredient ||
      knowledge.medicines.get(of)?.holds?.some((part) => part.ingredient === ingredient) === true,
  );
}

/** One dose that is dangerous by itself needs no sum beside it. */
function alreadySaid(facts: readonly Fact[], total: DoseFinding): boolean {
  return facts.some(
    (fact) =>
      fact.kind === 'dose' &&
      fact.subjects[0] === total.subjects[0] &&
      fact.subjects.length === total.subjects.length &&
      fact.severity === total.severity,
  );
}

/** One dose within the label is no comfort where the same ingredient is too much by another finding. */
function withoutReassurance(facts: readonly Fact[]): Fact[] {
  const tooMuch = new Set(
    facts.flatMap(({ kind, severity, subjects }) =>
      kind === 'dose' && severity !== 'within' ? subjects.slice(0, 1) : [],
    ),
  );
  return facts.filter(
    ({ kind, severity, subjects }) =>
      kind !== 'dose' || severity !== 'within' || !tooMuch.has(subjects[0] ?? ''),
  );
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
