import type { KnownMeasure } from '../../clinical-kb/labs/load-measures.js';
import { numbersIn, type SpokenNumber } from '../spoken/numbers.js';
import { writtenSpan, type Token } from '../spoken/tokens.js';
import { isFarFromChart, regroupedPounds } from './doubtful-weight.js';
import type { Cue, MeasureIndex } from './measures.js';
import { clauseStart, experiencerAt, isHypothetical, joined, sentenceEnds } from './surroundings.js';
import { weightChangeIn, type WeightChange } from './weight-change.js';

/** Why a number cannot be used before the patient said it again. */
export type Doubt =
  /** Fifteen or fifty. */
  | { readonly kind: 'twin'; readonly twin: number }
  /** No living adult has this value in this unit. */
  | { readonly kind: 'implausible' }
  /** It fits another unit than the usual one. */
  | { readonly kind: 'unit'; readonly ucum: string; readonly spokenUnit: string }
  /** The digits of a weight make sense when they are grouped anew: "100.82" for 182. */
  | { readonly kind: 'regrouped'; readonly pounds: number }
  /** A weight far from the chart's last one. */
  | { readonly kind: 'far' };

/** One value that was said of one measure. */
export interface Reading {
  readonly measure: KnownMeasure;
  /** In the measure's unit. */
  readonly value: number;
  /** As it was said. */
  readonly said: number;
  readonly heard: string;
  /** Index of its first word. */
  readonly start: number;
  /** Probability from 0 to 1 that the number is what was said. */
  readonly confidence: number;
  readonly doubt: Doubt | undefined;
  readonly experiencer: string;
}

/** Everything measured that was said. */
export interface Readings {
  readonly readings: readonly Reading[];
  readonly change: WeightChange | undefined;
}

export interface ReadingContext {
  readonly index: MeasureIndex;
  /** The measure that was asked for. */
  readonly expected: KnownMeasure | undefined;
  /** Last weight on the chart in pounds, to tell pounds from kilograms. */
  readonly chartPounds: number | undefined;
  /** A number that the patient said again when asked whether it was heard right. */
  readonly repeated?: number | undefined;
}

const notMeasured =
  /^(hours?|hrs?|days?|weeks?|months?|years?|minutes?|mins?|seconds?|o'clock|am|pm|times?|pillows?|liters?|litres?|ounces?|cups?|glasses|tablets?|pills?|capsules?|units?|puffs?|st|nd|rd|th|blocks?|steps?|miles?|people|kids|grandkids|dollars?)$/;
const longAgo =
  /(^| )(last (week|month|year|time)|used to|in the hospital|at the hospital|when i left|before i left|at discharge|years? ago|months? ago|weeks? ago|yesterday)( |$)/;
const tellsValue =
  /(^| )(is|was|it's|of|at|reading|reads|says|said|came|be|were|are|about|around|to|like|been|shows?|got|had|hit)( |$)/;

/** Finds the values in what was said; a number that measures nothing known is left alone. */
export function readingsIn(tokens: readonly Token[], context: ReadingContext): Readings {
  const cues = context.index.cuesIn(tokens);
  const numbers = numbersIn(tokens);
  const change = weightChangeIn(tokens, numbers);
  const used = new Set<SpokenNumber>(change ? [change.number] : []);
  const readings = pressuresIn(tokens, numbers, cues, context, used);
  for (const number of numbers) {
    if (used.has(number)) continue;
    const reading = readingOf(tokens, number, numbers, cues, context);
    if (reading) readings.push(reading);
  }
  return { readings: latestOnly(readings, tokens), change: change?.change };
}

// --- blood pressure ------------------------------------------------------------------------------

function pressuresIn(
  tokens: readonly Token[],
  numbers: readonly SpokenNumber[],
  cues: readonly Cue[],
  context: ReadingContext,
  used: Set<SpokenNumber>,
): Reading[] {
  const systolic = context.index.byId('systolic blood pressure');
  const diastolic = context.index.byId('diastolic blood pressure');
  if (!systolic || !diastolic) return [];
  const named = /(^| )(blood pressure|pressure|bp)( |$)/.test(joined(tokens, 0, tokens.length));
  const asked = context.expected?.id === 'systolic blood pressure';
  const found: Reading[] = [];
  numbers.forEach((upper, at) => {
    const lower = numbers[at + 1];
    if (!lower || used.has(upper)) return;
    const between = joined(tokens, upper.end, lower.start);
    const loosely = (named || asked) && /^(and|on|by|to)?$/.test(between);
    if (between !== 'over' && !loosely) return;
    if (between !== 'over' && cues.some((cue) => cue.start >= upper.end && cue.end <= lower.start)) return;
    if (isHypothetical(tokens, upper.start)) return;
    const plausible =
      isPlausible(upper.value, systolic) && isPlausible(lower.value, diastolic) && upper.value > lower.value;
    if (!plausible && !named && !asked) return;
    used.add(upper);
    used.add(lower);
    const heard = writtenSpan(tokens, upper.start, lower.end);
    const experiencer = experiencerAt(tokens, upper.start);
    const base = { heard, experiencer, start: upper.start };
    const doubtOf = (number: SpokenNumber, measure: KnownMeasure): Doubt | undefined =>
      plausible ? twinDoubt(number, measure) : { kind: 'implausible' };
    found.push(
      {
        ...base,
        measure: systolic,
        value: upper.value,
        said: upper.value,
        confidence: upper.confidence,
        doubt: doubtOf(upper, systolic),
      },
      {
        ...base,
        measure: diastolic,
        value: lower.value,
        said: lower.value,
        confidence: lower.confidence,
        doubt: doubtOf(lower, diastolic),
      },
    );
  });
  return found;
}

// --- all others ----------------------------------------------------------------------------------

function readingOf(
  tokens: readonly Token[],
  number: SpokenNumber,
  numbers: readonly SpokenNumber[],
  cues: readonly Cue[],
  context: ReadingContext,
): Reading | undefined {
  const after = tokens[number.end]?.text ?? '';
  const unitWords = joined(tokens, number.end, Math.min(tokens.length, number.end + 4));
  if (notMeasured.test(after) && !/^units? per/.test(unitWords)) return undefined;
  if (/^(mg|mcg|milligrams?|micrograms?)( (?!per|dl|deciliter|a deciliter)|$)/.test(unitWords))
    return undefined;
  if (isHypothetical(tokens, number.start)) return undefined;
  const place = measureFor(tokens, number, cues, unitWords, context);
  if (!place) return undefined;
  const { measure, near } = place;
  const read = inUnit(number, measure, unitWords, context);
  const { value } = read;
  const doubt =
    measure.id === 'body weight' ? weightDoubt(tokens, number, numbers, read, context) : read.doubt;
  if (doubt) {
    // Far from the name, or a count of something else ("two sugars"), it is no reading at all.
    const asked = context.expected?.id === measure.id;
    if (!asked && !near) return undefined;
    if (measure.id === 'oxygen saturation' && number.value < 10) return undefined;
    if (
      /(^| )(take|taking|took|eat|ate|drink|drank|put|lift|bought)( |$)/.test(joined(tokens, 0, number.start))
    )
      return undefined;
  }
  return {
    measure,
    value,
    said: number.value,
    heard: writtenSpan(tokens, number.start, number.end),
    start: number.start,
    confidence: number.confidence,
    doubt: doubt ?? twinDoubt(number, measure),
    experiencer: experiencerAt(tokens, number.start),
  };
}

/** A weight is compared with the chart's last one: misheard hundreds are the commonest mistake of all. */
function weightDoubt(
  tokens: readonly Token[],
  number: SpokenNumber,
  numbers: readonly SpokenNumber[],
  { value, doubt }: { value: number; doubt: Doubt | undefined },
  context: ReadingContext,
): Doubt | undefined {
  const pounds = regroupedPounds(tokens, number, numbers, context.chartPounds);
  if (pounds !== undefined && isFarOrBroken(value, number, context)) return { kind: 'regrouped', pounds };
  if (doubt) return doubt;
  return isFarFromChart(value, context.chartPounds) && context.repeated !== number.value
    ? { kind: 'far' }
    : undefined;
}

/** "85 kilos" is near the chart though 85 is not. */
function isFarOrBroken(value: number, number: SpokenNumber, context: ReadingContext): boolean {
  return value === number.value || isFarFromChart(value, context.chartPounds);
}

/** Which measure a number belongs to: by its unit, by the name before or after it, or by what was asked. */
function measureFor(
  tokens: readonly Token[],
  number: SpokenNumber,
  cues: readonly Cue[],
  unitWords: string,
  context: ReadingContext,
): { measure: KnownMeasure; near: boolean } | undefined {
  const before = cues
    .filter((cue) => cue.end <= number.start && number.start - cue.end <= 9)
    .filter(
      (cue) =>
        !/[.!?]$/.test(tokens[number.start - 1]?.written ?? '') &&
        !sentenceEnds(tokens, cue.end, number.start),
    )
    .at(-1);
  const following = cues.find(
    (cue) =>
      cue.start >= number.end && cue.start - number.end <= 3 && !sentenceEnds(tokens, number.end, cue.start),
  );
  const byId = (id: string): KnownMeasure | undefined => context.index.byId(id);
  if (/^(pounds?|lbs?|kilos?|kilograms?|kgs?)( |$)/.test(unitWords)) {
    const weight = byId('body weight');
    const spokenOf =
      context.expected?.id === 'body weight' ||
      cues.some(
        (cue) => cue.measure.id === 'body weight' && !/^(pounds|lbs)$/.test(tokens[cue.start]?.text ?? ''),
      );
    if (!weight || (!spokenOf && number.value < 90)) return undefined;
    return { measure: weight, near: spokenOf };
  }
  if (/^degrees?( |$)/.test(unitWords)) {
    const temperature = byId('body temperature');
    return temperature ? { measure: temperature, near: true } : undefined;
  }
  if (before) {
    const gap = joined(tokens, before.end, number.start);
    const near = number.start - before.end <= 1 || tellsValue.test(gap);
    return { measure: before.measure, near };
  }
  if (following)
    return {
      measure: following.measure,
      near:
        number.end === following.start ||
        /^(is|was|for|on)/.test(joined(tokens, number.end, following.start)),
    };
  if (context.expected && context.expected.id !== 'systolic blood pressure')
    return { measure: context.expected, near: true };
  if (/^(%|percent)( |$)/.test(unitWords)) {
    const oxygen = byId('oxygen saturation');
    return oxygen && cues.some((cue) => cue.measure.id === oxygen.id)
      ? { measure: oxygen, near: true }
      : undefined;
  }
  return undefined;
}

/** The value in the measure's unit, by the unit that was said or else by the usual one. */
function inUnit(
  number: SpokenNumber,
  measure: KnownMeasure,
  unitWords: string,
  context: ReadingContext,
): { value: number; doubt: Doubt | undefined } {
  const said = measure.conversions.find(({ names }) =>
    names.some(
      (name) =>
        unitWords === name || unitWords.startsWith(`${name} `) || unitWords.startsWith(`degrees ${name}`),
    ),
  );
  if (said) {
    const value = number.value * said.factor + (said.offset ?? 0);
    return { value: round(value), doubt: isPlausible(value, measure) ? undefined : { kind: 'implausible' } };
  }
  const named = /^(pounds?|lbs?|degrees fahrenheit)( |$)/.test(unitWords);
  const other = named
    ? undefined
    : measure.conversions.find(({ factor, offset }) =>
        fits(number.value * factor + (offset ?? 0), measure, context),
      );
  if (isPlausible(number.value, measure)) {
    const odd = measure.id === 'body weight' && other !== undefined && !fits(number.value, measure, context);
    return { value: number.value, doubt: odd ? unitDoubt(other) : undefined };
  }
  return {
    value: number.value,
    doubt:
      other && measure.kind === 'lab' ? unitDoubt(other) : other ? unitDoubt(other) : { kind: 'implausible' },
  };
}

function unitDoubt(other: KnownMeasure['conversions'][number]): Doubt {
  return { kind: 'unit', ucum: other.ucum, spokenUnit: other.names[0] ?? other.ucum };
}

/** Plausible, and for weight near what the chart has. */
function fits(value: number, measure: KnownMeasure, context: ReadingContext): boolean {
  if (!isPlausible(value, measure)) return false;
  if (measure.id !== 'body weight' || context.chartPounds === undefined) return true;
  return Math.abs(value - context.chartPounds) <= 0.25 * context.chartPounds;
}

function isPlausible(value: number, measure: KnownMeasure): boolean {
  return value >= measure.plausible.low && value <= measure.plausible.high;
}

/** Words heard this surely need no second telling, even where a fifteen could be a fifty. */
const SURE_NUMBER = 0.75;

function twinDoubt(number: SpokenNumber, measure: KnownMeasure): Doubt | undefined {
  if (number.twin !== undefined && isPlausible(number.twin, measure)) {
    if (number.twinHeard || number.confidence < SURE_NUMBER) return { kind: 'twin', twin: number.twin };
  }
  return number.confidence < 0.45 ? { kind: 'implausible' } : undefined;
}

/** Of two values of one measure the one that is not from long ago; a single old one is no reading of today. */
function latestOnly(readings: readonly Reading[], tokens: readonly Token[]): Reading[] {
  return readings.filter((reading) => {
    const old = isOld(tokens, reading);
    const same = readings.filter(
      (other) => other.measure.id === reading.measure.id && other.experiencer === reading.experiencer,
    );
    if (same.length === 1)
      return (
        !(old && reading.measure.kind === 'vital') ||
        /(^| )yesterday( |$)/.test(joined(tokens, 0, tokens.length))
      );
    const current = same.filter((other) => !isOld(tokens, other));
    return current.length > 0 ? reading === current.at(-1) : reading === same.at(-1);
  });
}

function isOld(tokens: readonly Token[], reading: Reading): boolean {
  const start = clauseStart(tokens, reading.start);
  let end = reading.start;
  while (end < tokens.length && !tokens[end]?.endsClause && tokens[end]?.text !== 'but') end += 1;
  const clause = joined(tokens, start, Math.min(tokens.length, end + 1));
  return longAgo.test(clause) && !/(^| )(now|today|this morning)( |$)/.test(clause);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
