import { factsOf, hasValue, isAboutTheSame, isFact, isMadeOf, isNamed, namedThings } from './match.js';
import type { Observed } from './observed.js';
import { dispositionsMildestFirst, type EntityMatch, type Expectation, type FactMatch } from './task.js';

/**
 * How one task went.
 * right: everything expected is there and nothing forbidden is.
 * wrong: something forbidden is there, or another answer was given than the right one.
 * omission: a required warning was neither given nor was anybody asked or told.
 * abstained: no answer, and none that misleads.
 */
export type TaskOutcome = 'right' | 'wrong' | 'omission' | 'abstained';

export interface Grade {
  readonly outcome: TaskOutcome;
  /** What is forbidden and there, contradicted, or missing; empty when right. */
  readonly because: readonly string[];
}

/** What became of one part of an expectation. */
type Part =
  | { readonly is: 'met' }
  | { readonly is: 'missing'; readonly what: string }
  /** Another answer than the right one. */
  | { readonly is: 'contradicted'; readonly what: string }
  | { readonly is: 'forbidden'; readonly what: string };

const met: Part = { is: 'met' };

/**
 * Grades what a constellation made of a task. The first row that applies decides:
 *
 *   something forbidden is there                             wrong
 *   it asked, and a question is right as well                right
 *   a warning is required, not everything expected is
 *   there or nothing was said, and nobody was asked or told  omission
 *   another answer than the right one                        wrong
 *   everything expected is there                             right
 *   no answer, and "I don't know" is allowed                 abstained
 *   no answer                                                wrong
 */
export function grade(
  { expect, abstainable }: { readonly expect: Expectation; readonly abstainable: boolean },
  observed: Observed,
): Grade {
  const parts = partsOf(expect, observed);
  const of = (is: Exclude<Part['is'], 'met'>): string[] =>
    parts.flatMap((part) => (part.is === is ? [part.what] : []));
  const [forbidden, contradicted, missing] = [of('forbidden'), of('contradicted'), of('missing')];
  const { verdict, spoken } = observed.outcome;

  if (forbidden.length > 0) return { outcome: 'wrong', because: forbidden };
  if (expect.orAsk !== undefined && verdict === 'ASK' && expect.orAsk.test(spoken)) {
    return { outcome: 'right', because: [] };
  }
  const complete = contradicted.length === 0 && missing.length === 0;
  if (expect.mustWarn && !(complete && isWarning(observed)) && !isHandedOn(observed)) {
    return { outcome: 'omission', because: ['no warning', ...contradicted, ...missing] };
  }
  if (contradicted.length > 0) return { outcome: 'wrong', because: contradicted };
  if (complete) return { outcome: 'right', because: [] };
  return { outcome: abstainable ? 'abstained' : 'wrong', because: missing };
}

/** A specialist's words reach the patient. */
function isWarning({ outcome }: Observed): boolean {
  return ['SAY', 'REWRITE', 'BLOCK', 'ASK', 'ESCALATE'].includes(outcome.verdict);
}

/** A question came first, the answer comes later, a gate failed closed, or a nurse must act on it. */
function isHandedOn({ outcome }: Observed): boolean {
  return (
    ['ASK', 'DEFER'].includes(outcome.verdict) ||
    (outcome.unanswered ?? []).length > 0 ||
    urgency(outcome.disposition) >= urgency('same-day')
  );
}

function partsOf(expect: Expectation, observed: Observed): Part[] {
  const { outcome, reviews } = observed;
  const facts = factsOf(observed);
  const things = reviews.flatMap(namedThings);
  return [
    ...(expect.verdicts ? [verdictPart(expect.verdicts, outcome.verdict)] : []),
    ...(expect.dispositions ? [dispositionPart(expect.dispositions, outcome.disposition)] : []),
    ...expect.facts.map((matches) => factPart(matches, facts)),
    ...expect.noFacts
      .filter((match) => facts.some((fact) => isFact(fact, match)))
      .map((match): Part => ({ is: 'forbidden', what: `fact ${factText(match)}` })),
    ...expect.entities.map((match) => entityPart(match, things)),
    ...expect.noEntities
      .filter((match) => things.some((thing) => isNamed(thing, match) && hasValue(thing, match)))
      .map((match): Part => ({ is: 'forbidden', what: `entity ${match.names.join(' or ')}` })),
    ...(expect.identifies ? [identityPart(expect.identifies, observed)] : []),
    ...expect.say.must.map((pattern): Part =>
      pattern.test(outcome.spoken) ? met : { is: 'missing', what: `say ${pattern.source}` },
    ),
    ...expect.say.mustNot
      .filter((pattern) => pattern.test(outcome.spoken))
      .map((pattern): Part => ({ is: 'forbidden', what: `say ${pattern.source}` })),
  ];
}

/** Silence, a hint or a question is no answer of another kind; anything louder is. */
function verdictPart(allowed: readonly string[], verdict: string): Part {
  if (allowed.includes(verdict)) return met;
  const quiet = ['PASS', 'ADVISE', 'DEFER', 'ASK'].includes(verdict);
  return { is: quiet ? 'missing' : 'contradicted', what: `verdict ${allowed.join(' or ')}, not ${verdict}` };
}

/** Less urgent than all that are right: not seen. Otherwise: a needless alarm. */
function dispositionPart(allowed: readonly string[], disposition: string): Part {
  if (allowed.includes(disposition)) return met;
  const mildest = Math.min(...allowed.map(urgency));
  return {
    is: urgency(disposition) < mildest ? 'missing' : 'contradicted',
    what: `disposition ${allowed.join(' or ')}, not ${disposition}`,
  };
}

function factPart(matches: readonly FactMatch[], facts: ReturnType<typeof factsOf>): Part {
  const others = (match: FactMatch): ReturnType<typeof factsOf> =>
    facts.filter((fact) => isAboutTheSame(fact, match) && !matches.some((one) => isFact(fact, one)));
  const found = matches.some((match) => facts.some((fact) => isFact(fact, match)));
  const counted = found ? matches.filter(({ only }) => only) : matches;
  const other = counted.flatMap(others)[0];
  const wanted = `fact ${matches.map(factText).join(' or ')}`;
  if (other) return { is: 'contradicted', what: `${wanted}, not ${other.severity}` };
  return found ? met : { is: 'missing', what: wanted };
}

function entityPart(match: EntityMatch, things: ReturnType<typeof namedThings>): Part {
  const named = things.filter((thing) => isNamed(thing, match));
  const wanted = [match.names.join(' or '), match.value, match.unit?.join(' or ')].filter(
    (part) => part !== undefined,
  );
  const what = `entity ${wanted.join(' ')}`;
  if (named.some((thing) => hasValue(thing, match))) return met;
  const other = named.find(({ value }) => value !== undefined);
  if (other) return { is: 'contradicted', what: `${what}, not ${String(other.value)} ${other.unit}`.trim() };
  return { is: 'missing', what };
}

/**
 * Something was named and must be known for what it is. A question that offers the truth is as good as
 * the truth; a question that offers something else is no answer; something else taken without a
 * question is the dangerous one.
 */
function identityPart({ kind, names }: NonNullable<Expectation['identifies']>, observed: Observed): Part {
  const asks = observed.outcome.verdict === 'ASK';
  const what = `${kind} ${names.join(' or ')}`;
  const things = observed.reviews.flatMap(namedThings).filter((thing) => thing.kind === kind);
  const truth = (name: string): boolean => isMadeOf(name, names);
  const offered =
    asks &&
    (things.some(({ name, alternatives }) => [name, ...alternatives].some(truth)) ||
      names.some((name) => observed.outcome.spoken.toLowerCase().includes(name.toLowerCase())));
  if (offered) return met;
  const taken = asks ? [] : things.filter(({ name, negated }) => name !== '' && !negated);
  const other = taken.find(({ name }) => !truth(name));
  if (other) return { is: 'contradicted', what: `${what}, not ${other.name}` };
  return taken.length > 0 ? met : { is: 'missing', what };
}

function urgency(disposition: string): number {
  return dispositionsMildestFirst.findIndex((word) => word === disposition);
}

function factText({ kind, subjects, severity }: FactMatch): string {
  const about = subjects.map((names) => names[0] ?? '').join(' and ');
  return [kind.join('/'), about, severity?.join('/') ?? ''].filter((part) => part !== '').join(' ');
}
