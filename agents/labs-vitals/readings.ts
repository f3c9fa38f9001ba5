import { numbersIn, type SpokenNumber } from '../spoken/numbers.js';
import { writtenSpan, type Token } from '../spoken/tokens.js';
import { isFarFromChart, regroupedPounds } from './doubtful-weight.js';
import type { Cue } from './measures.js';
import { isTaken, placeOf } from './place.js';
import { isPersonalBest } from './peak-flow.js';
import { pressuresIn } from './pressures.js';
import type { Doubt, Reading, ReadingContext, Readings } from './reading.js';
import { clauseStart, experiencerAt, isHypothetical, joined } from './surroundings.js';
import { saidUnit, heardDoubt, valueOf, type Valued } from './value.js';
import { withTenths } from './temperature-tenths.js';
import { isUsual } from './usual-value.js';
import { weightSpanIn, type WeightSpan } from './weight-span.js';
import { weightChangeIn } from './weight-change.js';

const notMeasured =
  /^(hours?|hrs?|days?|weeks?|months?|years?|minutes?|mins?|seconds?|o'clock|am|pm|times?|pillows?|liters?|litres?|ounces?|cups?|glasses|tablets?|pills?|capsules?|units?|iu|puffs?|st|nd|rd|th|blocks?|steps?|miles?|people|kids|grandkids|dollars?|drops?)$/;
const dose = /^(mg|mcg|milligrams?|micrograms?)( (?!per|dl|deciliter|a deciliter)|$)/;
/** "2 grams of sodium": something eaten or taken. */
const amountOf =
  /^(grams?|g|milligrams?|mg|micrograms?|mcg|milliequivalents?|meq|international units|iu|teaspoons?) of /;
const longAgo =
  /(^| )(last (week|month|year|time)|used to|in the hospital|at the hospital|when i left|before i left|at discharge|years? ago|months? ago|weeks? ago|yesterday)( |$)/;

/** Finds the values in what was said; a number that measures nothing known is left alone. */
export function readingsIn(tokens: readonly Token[], context: ReadingContext): Readings {
  const cues = context.index.cuesIn(tokens);
  const counted = numbersIn(tokens).filter(
    ({ start, end }) =>
      !isPronoun(tokens, start, end) && !cues.some((cue) => start >= cue.start && end <= cue.end),
  );
  const numbers = withTenths(tokens, counted, cues, context);
  const change = weightChangeIn(tokens, numbers);
  const span = weightSpanIn(tokens, numbers);
  const used = new Set<SpokenNumber>(change ? [change.number] : []);
  const readings = pressuresIn(tokens, numbers, cues, context, used);
  if (span) {
    used.add(span.earlier).add(span.now);
    readings.push(...spanReading(tokens, span, context));
  }
  for (const number of numbers) {
    if (used.has(number)) continue;
    const reading = readingOf(tokens, number, numbers, cues, context);
    if (reading) readings.push(reading);
  }
  return { readings: latestOnly(readings, tokens), change: change?.change };
}

/** The weight of now with the one that it grew from; two that agree need no chart to be trusted. */
function spanReading(
  tokens: readonly Token[],
  { earlier, now, days }: WeightSpan,
  context: ReadingContext,
): Reading[] {
  const measure = context.index.byId('body weight');
  const unitWords = joined(tokens, now.end, Math.min(tokens.length, now.end + 5));
  if (!measure) return [];
  const valued = valueOf(now, measure, unitWords, context);
  return [
    {
      measure,
      value: valued.value,
      said: now.value,
      heard: writtenSpan(tokens, now.start, now.end),
      start: now.start,
      confidence: Math.min(earlier.confidence, now.confidence),
      doubt:
        valued.doubt ??
        heardDoubt(
          tokens,
          now,
          (value) => valueOf({ ...now, value }, measure, unitWords, context).doubt === undefined,
        ),
      experiencer: experiencerAt(tokens, now.start),
      earlier: { value: valueOf(earlier, measure, unitWords, context).value, days, usual: false },
    },
  ];
}

/** "The top one was …". */
function isPronoun(tokens: readonly Token[], start: number, end: number): boolean {
  return (
    end === start + 1 &&
    tokens[start]?.text === 'one' &&
    /^(top|bottom|upper|lower)$/.test(tokens[start - 1]?.text ?? '') &&
    /^(is|was|reads|read|said|says|at)$/.test(tokens[end]?.text ?? '')
  );
}

function readingOf(
  tokens: readonly Token[],
  number: SpokenNumber,
  numbers: readonly SpokenNumber[],
  cues: readonly Cue[],
  context: ReadingContext,
): Reading | undefined {
  // "85 to 88 kilos": one unit for both.
  const next = numbers.find((other) => other.start === number.end + 1);
  const unitAt = next && /^(to|or)$/.test(tokens[number.end]?.text ?? '') ? next.end : number.end;
  const after = tokens[unitAt]?.text ?? '';
  const unitWords = joined(tokens, unitAt, Math.min(tokens.length, unitAt + 5));
  if (amountOf.test(unitWords) || isHypothetical(tokens, number.start)) return undefined;
  if (joined(tokens, Math.max(0, number.start - 2), number.start) === 'out of') return undefined;
  const place = placeOf(tokens, number, cues, unitWords, context);
  if (!place) return undefined;
  const { measure, near } = place;
  if (context.expected?.id !== measure.id && isTaken(tokens, number, place)) return undefined;
  if (measure.personalBest && isPersonalBest(tokens, number.start)) return undefined;
  if (!saidUnit(measure, unitWords)) {
    if (notMeasured.test(after) && !/^units? per/.test(unitWords)) return undefined;
    if (dose.test(unitWords)) return undefined;
  }
  const ofBest = measure.personalBest !== undefined && /^(%|percent)( |$)/.test(unitWords);
  const valued: Valued = ofBest
    ? { value: number.value, doubt: undefined }
    : valueOf(number, measure, unitWords, context);
  const doubt =
    measure.id === 'body weight' ? weightDoubt(tokens, number, numbers, valued, context) : valued.doubt;
  const canBe = (value: number): boolean =>
    valueOf({ ...number, value }, measure, unitWords, context).doubt === undefined;
  const heard = heardDoubt(tokens, number, canBe);
  if (doubt) {
    // Far from the name, or a count of something else ("two sugars"), it is no reading at all.
    const asked = context.expected?.id === measure.id;
    if (!asked && !near) return undefined;
    if (measure.id === 'oxygen saturation' && number.value < 10 && heard?.kind !== 'twin') return undefined;
    if (
      /(^| )(take|taking|took|eat|ate|drink|drank|put|lift|bought)( |$)/.test(joined(tokens, 0, number.start))
    )
      return undefined;
  }
  return {
    measure,
    value: valued.value,
    said: number.value,
    heard: writtenSpan(tokens, number.start, number.end),
    start: number.start,
    confidence: number.confidence,
    doubt: doubt ?? heard,
    experiencer: experiencerAt(tokens, number.start),
    usual: isUsual(tokens, number, numbers),
    ofBest,
  };
}

/** A weight is compared with the chart's last one: misheard hundreds are the commonest mistake of all. */
function weightDoubt(
  tokens: readonly Token[],
  number: SpokenNumber,
  numbers: readonly SpokenNumber[],
  { value, doubt }: Valued,
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

/** Of two values of one measure the one that is not from long ago; a single old one is no reading of today. */
function latestOnly(readings: readonly Reading[], tokens: readonly Token[]): Reading[] {
  return readings.flatMap((reading) => {
    const old = isOld(tokens, reading);
    const same = readings.filter(
      (other) => other.measure.id === reading.measure.id && other.experiencer === reading.experiencer,
    );
    if (same.length === 1) {
      const dropped = old && reading.measure.kind === 'vital' && !saysYesterday(tokens);
      return dropped ? [] : [reading];
    }
    const isPast = (other: Reading): boolean => other.usual === true || isOld(tokens, other);
    const current = same.filter((other) => !isPast(other));
    const latest = current.length > 0 ? current.at(-1) : same.at(-1);
    if (reading !== latest) return [];
    const before = same.find((other) => other !== latest && other.doubt === undefined);
    if (!before || same.length !== 2) return [reading];
    const usual = before.usual === true;
    // "Usually 85 to 88": two ends of what is usual, and no change.
    if (usual && current.length === 0) return [reading];
    const days = !usual && saysYesterday(tokens) ? 1 : undefined;
    return [{ ...reading, earlier: { value: before.value, days, usual } }];
  });
}

function saysYesterday(tokens: readonly Token[]): boolean {
  return /(^| )yesterday( |$)/.test(joined(tokens, 0, tokens.length));
}

function isOld(tokens: readonly Token[], reading: Reading): boolean {
  const clauses = clauseStart(tokens, reading.start);
  const starts = (at: number): boolean =>
    tokens[at]?.text === 'and' && /^(i|i'm|i've|my|it's|now|today)$/.test(tokens[at + 1]?.text ?? '');
  let start = reading.start;
  while (start > clauses && !starts(start)) start -= 1;
  let end = reading.start;
  while (end < tokens.length && !tokens[end]?.endsClause && tokens[end]?.text !== 'but' && !starts(end + 1))
    end += 1;
  const clause = joined(tokens, start, Math.min(tokens.length, end + 1));
  return longAgo.test(clause) && !/(^| )(now|today|this morning)( |$)/.test(clause);
}
