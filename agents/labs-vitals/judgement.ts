import type { KnownMeasure } from '../../clinical-kb/labs/load-measures.js';
import type { Goal, Interval, Urgency } from '../../clinical-kb/labs/schema.js';
import { Disposition, type Fact } from '../../protos/generated/asterism/v1/specialist.js';
import { takes, type Person } from './person.js';

export type Severity = 'critical-low' | 'low' | 'normal' | 'high' | 'critical-high';

/** A value beside its limits. */
export interface Judged {
  readonly measure: KnownMeasure;
  readonly value: number;
  readonly severity: Severity;
  readonly fact: Fact;
}

/** A value of which it depends on something unknown whether it is usual. */
export interface Undecided {
  readonly measure: KnownMeasure;
  readonly value: number;
  /** What it depends on: "sex", "age", "which goal the clinic set". */
  readonly on: string;
  readonly fact: Fact;
}

/** The limits that may hold for a person: intervals, or goals in their place. */
type Limits = readonly (Interval | Goal)[];

/**
 * Compares a value with critical limits first, then with the intervals that may hold for this person.
 * @param value in the measure's unit
 * @returns undefined where nothing is known; undecided where the intervals for those whom it may be disagree
 */
export function judgeValue(
  measure: KnownMeasure,
  value: number,
  person: Person,
): Judged | Undecided | undefined {
  const report = (severity: Severity, limit: string, cite: Interval['cite']): Judged => ({
    measure,
    value,
    severity,
    fact: factOf(measure, value, severity, `${limit}.`, cite),
  });
  const { low, high } = criticalLimits(measure, person);
  if (low && value <= low.value) return report('critical-low', `critical at or below ${low.value}`, low.cite);
  if (high && value >= high.value)
    return report('critical-high', `critical at or above ${high.value}`, high.cite);
  const limits = limitsFor(measure, person);
  const [first] = limits;
  if (!first) return undefined;
  const sides = limits.map((each) => sideOf(value, each));
  const [side] = sides;
  if (side === undefined || sides.some((other) => other !== side))
    return undecided(measure, value, person, limits);
  const range = limits.length === 1 ? rangeText(first) : limits.map(rangeText).join(' or ');
  return report(
    side,
    `${side === 'normal' ? 'within' : side === 'low' ? 'below' : 'above'} ${range}`,
    first.cite,
  );
}

export function isJudged(of: Judged | Undecided): of is Judged {
  return 'severity' in of;
}

function factOf(
  measure: KnownMeasure,
  value: number,
  severity: string,
  text: string,
  cite: Interval['cite'],
): Fact {
  return {
    kind: measure.kind,
    subjects: [measure.id],
    severity,
    text: `${sentenceStart(measure.id)} ${value} ${measure.ownUnit.written}: ${text}`
      .replace(/ +/g, ' ')
      .replace(' :', ':'),
    citation: measure.citation(cite),
  };
}

function undecided(measure: KnownMeasure, value: number, person: Person, limits: Limits): Undecided {
  const [first] = limits;
  const on = limits.some(isGoal)
    ? 'the goal that the clinic set'
    : limits.some((each) => 'sex' in each) && person.sex !== 'female' && person.sex !== 'male'
      ? 'sex'
      : 'age';
  const ranges = limits.map(rangeText).filter((text) => text !== '');
  return {
    measure,
    value,
    on,
    fact: factOf(
      measure,
      value,
      '',
      `it depends on ${on}${ranges.length > 0 ? ` (${ranges.join('; ')})` : ''}.`,
      first?.cite ?? measure.cite,
    ),
  };
}

function criticalLimits(
  measure: KnownMeasure,
  person: Person,
): {
  readonly low: KnownMeasure['criticalLow'];
  readonly high: KnownMeasure['criticalHigh'];
} {
  const special = measure.criticalByCondition?.find(({ condition }) => person.conditions.has(condition));
  if (!special) return { low: measure.criticalLow, high: measure.criticalHigh };
  const { cite } = special;
  return {
    low: special.low === undefined ? undefined : { value: special.low, cite },
    high: special.high === undefined ? undefined : { value: special.high, cite },
  };
}

/** The goals of the first kind of person that this one is; else every interval of those whom it may be. */
function limitsFor({ goals = [], reference }: KnownMeasure, person: Person): Limits {
  const goal = goals.find((each) => each.beside !== true && isFor(each, person));
  if (goal) {
    return goals.filter(
      (other) =>
        other.beside !== true &&
        other.condition === goal.condition &&
        other.medicine === goal.medicine &&
        other.fromAge === goal.fromAge &&
        other.belowAge === goal.belowAge &&
        isFor(other, person),
    );
  }
  return reference.filter(
    ({ sex, fromAge, belowAge }) =>
      (sex === undefined || sex === person.sex || (person.sex !== 'female' && person.sex !== 'male')) &&
      (person.age === undefined || (person.age >= (fromAge ?? 0) && person.age < (belowAge ?? Infinity))),
  );
}

function isFor({ condition, medicine, fromAge, belowAge }: Goal, person: Person): boolean {
  if (condition !== undefined && !person.conditions.has(condition)) return false;
  if (medicine !== undefined && !takes(person, medicine)) return false;
  if (fromAge === undefined && belowAge === undefined) return true;
  return person.age !== undefined && person.age >= (fromAge ?? 0) && person.age < (belowAge ?? Infinity);
}

/** Undefined for a goal without limits, which only the clinic knows. */
function sideOf(value: number, { low, high }: Interval | Goal): 'low' | 'normal' | 'high' | undefined {
  if (low === undefined && high === undefined) return undefined;
  if (low !== undefined && value < low) return 'low';
  return high !== undefined && value > high ? 'high' : 'normal';
}

function isGoal(of: Interval | Goal): of is Goal {
  return 'condition' in of || 'medicine' in of;
}

function rangeText(of: Interval | Goal): string {
  const { low, high } = of;
  if (low === undefined && high === undefined) return '';
  const range =
    low === undefined ? `up to ${high ?? ''}` : high === undefined ? `${low} or more` : `${low} to ${high}`;
  if (isGoal(of)) {
    const name = (selector: string): string => selector.replace(/^.*?:/, '').replaceAll('-', ' ');
    if (of.condition === undefined) return `the usual goal with ${name(of.medicine ?? '')}, ${range}`;
    const taken = of.medicine === undefined ? '' : ` and ${name(of.medicine)}`;
    return `the range looked for in ${of.condition.replaceAll('-', ' ')}${taken}, ${range}`;
  }
  const who = [
    of.sex === 'female' ? 'women' : of.sex === 'male' ? 'men' : '',
    of.fromAge === undefined ? '' : `from ${of.fromAge} years`,
    of.belowAge === undefined ? '' : `below ${of.belowAge} years`,
  ].filter((part) => part !== '');
  return `the usual range${who.length > 0 ? ` of ${who[0]?.startsWith('from') || who[0]?.startsWith('below') ? 'adults ' : ''}${who.join(' ')}` : ''}, ${range}`;
}

/** Goals that are told beside the interval that judges. */
export function besideGoals(measure: KnownMeasure, value: number, person: Person): Fact[] {
  return (measure.goals ?? [])
    .filter((goal) => goal.beside === true && isFor(goal, person))
    .map((goal) => ({
      ...factOf(measure, value, sideOf(value, goal) ?? '', `${rangeText(goal)}.`, goal.cite),
      kind: 'goal',
    }));
}

const dispositions: Readonly<Record<Urgency, Disposition>> = {
  none: Disposition.NONE,
  routine: Disposition.ROUTINE,
  'within-days': Disposition.WITHIN_DAYS,
  'same-day': Disposition.SAME_DAY,
  'urgent-nurse': Disposition.URGENT_NURSE,
};

/** The disposition that an urgency of the knowledge base means. */
export function dispositionFor(urgency: Urgency): Disposition {
  return dispositions[urgency];
}

/** How soon a human must see it: critical at once, else by the first band on its side, else within days. */
export function dispositionOf({ measure, value, severity }: Judged): Disposition {
  switch (severity) {
    case 'critical-low':
    case 'critical-high':
      return Disposition.URGENT_NURSE;
    case 'normal':
      return Disposition.NONE;
    case 'low':
    case 'high': {
      const band = (measure.bands ?? []).find(({ below, from }) =>
        severity === 'low' ? below !== undefined && value < below : from !== undefined && value >= from,
      );
      return dispositionFor(band?.disposition ?? 'within-days');
    }
  }
}

function sentenceStart(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
