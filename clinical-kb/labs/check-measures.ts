import { AsterismError } from '../../platform/errors.js';
import { conversionFrom } from './convert.js';
import type { Interval, Measure, Trend, Unit } from './schema.js';

/** What the names in a measure may refer to. */
export interface KnownNames {
  readonly conditions: ReadonlySet<string>;
  /** "ingredient:…" and "class:…". */
  readonly medicines: ReadonlySet<string>;
  readonly units: readonly Unit[];
}

/**
 * Refuses what contradicts itself: limits upside down, intervals of which two hold for one person, critical
 * values inside of what is usual, units without a conversion, names of which two measures are called.
 * @throws AsterismError KNOWLEDGE_INVALID naming the measure
 */
export function checkMeasures(measures: readonly Measure[], known: KnownNames): void {
  const ids = new Set<string>();
  const names = new Map<string, string>();
  const codes = new Map<string, string>();
  for (const measure of measures) {
    if (ids.has(measure.id)) wrong(measure, 'is there twice');
    ids.add(measure.id);
    const sameCode = codes.get(measure.loinc);
    if (sameCode !== undefined) wrong(measure, `has the LOINC code of ${sameCode}`);
    codes.set(measure.loinc, measure.id);
    for (const name of measure.names) {
      const other = names.get(name);
      if (other !== undefined) wrong(measure, `the name "${name}" is also that of ${other}`);
      names.set(name, measure.id);
    }
    checkIntervals(measure);
    checkGoals(measure, known);
    checkCritical(measure, known);
    checkUnits(measure, known);
  }
}

/** @throws AsterismError KNOWLEDGE_INVALID for a change that is measured in nothing or of nothing known */
export function checkTrends(trends: readonly Trend[], measures: readonly Measure[], known: KnownNames): void {
  const ids = new Set(measures.map(({ id }) => id));
  for (const { id, measure, condition, steps } of trends) {
    const refuse = (what: string): never => {
      throw new AsterismError('KNOWLEDGE_INVALID', `trend ${id}: ${what}`);
    };
    if (!ids.has(measure)) refuse(`no measure "${measure}"`);
    if (condition !== undefined && !known.conditions.has(condition)) refuse(`no condition "${condition}"`);
    for (const { atLeast, moreThan, atLeastPercent } of steps) {
      if ([atLeast, moreThan, atLeastPercent].filter((limit) => limit !== undefined).length !== 1)
        refuse('a step needs one limit');
    }
  }
}

function wrong({ kind, id }: Measure, what: string): never {
  throw new AsterismError('KNOWLEDGE_INVALID', `${kind} ${id}: ${what}`);
}

function checkIntervals(measure: Measure): void {
  for (const { low, high } of measure.reference) {
    if (low === undefined && high === undefined) wrong(measure, 'an interval without limits');
  }
  for (const { low, high } of [...measure.reference, ...(measure.goals ?? [])]) {
    if (low !== undefined && high !== undefined && low >= high)
      wrong(measure, 'an interval that is upside down');
  }
  measure.reference.forEach((interval, at) => {
    if (measure.reference.slice(at + 1).some((other) => meet(interval, other)))
      wrong(measure, 'two intervals that hold for the same person');
  });
}

/** True when somebody can have the sex and the age of both. */
function meet(a: Interval, b: Interval): boolean {
  if (a.sex !== undefined && b.sex !== undefined && a.sex !== b.sex) return false;
  return (a.fromAge ?? 0) < (b.belowAge ?? Infinity) && (b.fromAge ?? 0) < (a.belowAge ?? Infinity);
}

function checkGoals(measure: Measure, known: KnownNames): void {
  for (const { condition, medicine } of measure.goals ?? []) {
    if (condition === undefined && medicine === undefined) wrong(measure, 'a goal for everybody');
    if (condition !== undefined && !known.conditions.has(condition))
      wrong(measure, `no condition "${condition}"`);
    if (medicine !== undefined && !known.medicines.has(medicine)) wrong(measure, `no medicine "${medicine}"`);
  }
}

/** Critical limits lie outside of every interval that they are for, and everything within what is plausible. */
function checkCritical(measure: Measure, known: KnownNames): void {
  const { plausible, reference, goals = [] } = measure;
  const low = measure.criticalLow?.value;
  const high = measure.criticalHigh?.value;
  for (const interval of [...reference, ...goals.filter(({ beside }) => beside !== true)]) {
    const own =
      'condition' in interval
        ? measure.criticalByCondition?.find(({ condition }) => condition === interval.condition)
        : undefined;
    const [criticalLow, criticalHigh] = own ? [own.low, own.high] : [low, high];
    if (interval.low !== undefined && criticalLow !== undefined && criticalLow >= interval.low)
      wrong(measure, 'a critical value inside an interval');
    if (interval.high !== undefined && criticalHigh !== undefined && criticalHigh <= interval.high)
      wrong(measure, 'a critical value inside an interval');
  }
  for (const { condition } of measure.criticalByCondition ?? []) {
    if (!known.conditions.has(condition)) wrong(measure, `no condition "${condition}"`);
  }
  const special = (measure.criticalByCondition ?? []).flatMap((of) => [of.low, of.high]);
  for (const bound of [low, high, ...special]) {
    if (bound !== undefined && (bound < plausible.low || bound > plausible.high))
      wrong(measure, 'a critical value that is not plausible');
  }
  for (const { below, from } of measure.bands ?? []) {
    if ((below === undefined) === (from === undefined)) wrong(measure, 'a band needs one limit');
  }
}

function checkUnits(measure: Measure, { units }: KnownNames): void {
  const all = [measure.unit, ...measure.units, ...(measure.equations ?? []).map(({ ucum }) => ucum)];
  if (new Set(all).size !== all.length) wrong(measure, 'a unit that is there twice');
  for (const unit of all) {
    if (!units.some(({ ucum }) => ucum === unit)) wrong(measure, `no unit "${unit}"`);
    if (!conversionFrom(unit, measure)) wrong(measure, `no conversion from ${unit} to ${measure.unit}`);
  }
}
