import type { Conversion, KnownMeasure } from '../../clinical-kb/labs/load-measures.js';
import type { Unit } from '../../clinical-kb/labs/schema.js';
import { otherReadings, type SpokenNumber } from '../spoken/numbers.js';
import type { Token } from '../spoken/tokens.js';
import type { Doubt, ReadingContext } from './reading.js';

/** A number as a value in the measure's unit. */
export interface Valued {
  readonly value: number;
  readonly doubt: Doubt | undefined;
}

/** So many times outside of the usual range a value without a unit may have been given in another one. */
const STRIKING = 1.5;

/** The unit of the measure that the words after a number begin with; undefined when they name none. */
export function saidUnit(measure: KnownMeasure, unitWords: string): Unit | undefined {
  const units = [measure.ownUnit, ...measure.conversions.map(({ unit }) => unit)];
  return units
    .flatMap((unit) => unit.names.map((name) => ({ unit, name })))
    .filter(({ name }) => unitWords === name || unitWords.startsWith(`${name} `))
    .sort((a, b) => b.name.length - a.name.length)[0]?.unit;
}

/**
 * The value in the measure's unit: by the unit that was said; without one by the only unit in which it is
 * plausible, where that differs in scale alone. Where two units are plausible there is a doubt.
 */
export function valueOf(
  number: SpokenNumber,
  measure: KnownMeasure,
  unitWords: string,
  context: ReadingContext,
): Valued {
  const said = saidUnit(measure, unitWords);
  const conversion = measure.conversions.find(({ unit }) => unit === said);
  if (said) {
    const value = conversion ? convert(number.value, conversion) : number.value;
    return { value, doubt: isPlausible(value, measure) ? undefined : { kind: 'implausible' } };
  }
  // Any unit of an amount or a mass that the measure is never given in was misheard.
  if (foreignUnit.test(unitWords)) return { value: number.value, doubt: { kind: 'implausible' } };
  const others = measure.conversions.filter(
    (other) => other.factor !== 1 && fits(convert(number.value, other), measure, context),
  );
  if (!isPlausible(number.value, measure)) return elsewhere(number.value, measure, others);
  const [first] = others;
  if (measure.id === 'body weight')
    return {
      value: number.value,
      doubt: first && !fits(number.value, measure, context) ? unitDoubt(first) : undefined,
    };
  const better = others.find((other) => timesOutside(convert(number.value, other), measure) === 1);
  return {
    value: number.value,
    doubt: better && timesOutside(number.value, measure) > STRIKING ? unitDoubt(better) : undefined,
  };
}

const foreignUnit =
  /^((milli|micro|nano|pico)?(grams?|moles?|equivalents?)|mg|g|mcg|ug|ng|pg|meq|mmol|umol|nmol|pmol)( (per|a))? (dl|ml|l|deciliter|milliliter|liter|decilitre|millilitre|litre)( |$)|^(milli|micro|nano|pico)moles?( |$)/;

/** A value that is not plausible in the usual unit. */
function elsewhere(value: number, measure: KnownMeasure, others: readonly Conversion[]): Valued {
  const [first] = others;
  if (!first) return { value, doubt: { kind: 'implausible' } };
  // "Hemoglobin 130", "white count 7,500": only the scale differs, and only one scale is plausible.
  const scales = measure.kind === 'lab' && others.every(({ sameKind }) => sameKind);
  // What would alarm is not inferred.
  // Meters in milligrams show whole numbers: a sugar with a point is in millimoles.
  if (measure.id === 'blood glucose' && !Number.isInteger(value))
    return { value: convert(value, first), doubt: undefined };
  const inferred = scales && !isCritical(convert(value, first), measure);
  return inferred ? { value: convert(value, first), doubt: undefined } : { value, doubt: unitDoubt(first) };
}

function isCritical(value: number, { criticalLow, criticalHigh }: KnownMeasure): boolean {
  return value <= (criticalLow?.value ?? -Infinity) || value >= (criticalHigh?.value ?? Infinity);
}

/** 1 inside of the widest usual range, else how many times below its low or above its high limit. */
function timesOutside(value: number, { reference }: KnownMeasure): number {
  if (reference.length === 0) return 1;
  const low = Math.min(...reference.map((of) => of.low ?? 0));
  const high = Math.max(...reference.map((of) => of.high ?? Infinity));
  if (value < low) return low / Math.max(value, Number.EPSILON);
  return value > high && high > 0 ? value / high : 1;
}

function convert(value: number, { factor, offset }: Conversion): number {
  return rounded(value * factor + offset);
}

function unitDoubt({ unit }: Conversion): Doubt {
  return { kind: 'unit', unit };
}

/** Plausible, and for weight near what the chart has. */
function fits(value: number, measure: KnownMeasure, context: ReadingContext): boolean {
  if (!isPlausible(value, measure)) return false;
  if (measure.id !== 'body weight' || context.chartPounds === undefined) return true;
  return Math.abs(value - context.chartPounds) <= 0.25 * context.chartPounds;
}

export function isPlausible(value: number, measure: KnownMeasure): boolean {
  return value >= measure.plausible.low && value <= measure.plausible.high;
}

/**
 * The doubt of a number that may have been another one (fifteen and fifty, five and nine), or that was hardly heard.
 * @param canBe whether another number could be a value of this measure too
 */
export function heardDoubt(
  tokens: readonly Token[],
  number: SpokenNumber,
  canBe: (value: number) => boolean,
): Doubt | undefined {
  const twin = otherReadings(tokens, number).find(canBe);
  if (twin !== undefined) return { kind: 'twin', twin };
  return number.confidence < 0.45 ? { kind: 'implausible' } : undefined;
}

/** Two decimals, or three digits of what is small. */
function rounded(value: number): number {
  return Math.abs(value) >= 1 ? Math.round(value * 100) / 100 : Number(value.toPrecision(3));
}
