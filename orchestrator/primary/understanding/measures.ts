import { plainClauses } from './plain-words.js';
import { spokenNumbers } from './numbers.js';

/** A quantity the agent may ask for. */
export type Quantity = 'body-weight' | 'count';

export interface Measure {
  /** In the quantity's own unit: pounds for body weight. */
  readonly value: number;
  /** The unit as it was said; empty when none was. */
  readonly unit: 'pounds' | 'kilograms' | '';
  /** True when several different numbers were said and the first was taken. */
  readonly ambiguous: boolean;
}

const POUNDS_PER_KILOGRAM = 2.204_622_6;

const pounds = /^(?:pounds?|lbs?|lb)$/;
const kilograms = /^(?:kilos?|kilograms?|kgs?)$/;

/** What lies beside a number that is no answer to "how much": a clock time, a change, an earlier value. */
const clock =
  /^(?:oclock|am|pm|a|p|days?|weeks?|hours?|years?|times?|minutes?|percent|milligrams?|mg|pills?|tablets?)$/;
const change =
  /(?:^| )(?:up|down|gained|lost|gain|lose|by|about a|another|plus|minus)(?: (?:about|like|almost|maybe))?$/;
const earlier =
  /(?:^| )(?:from|was|used to be|yesterday|last (?:week|time|night)|before|at the hospital|when i left)(?: (?:it was|i was|about|at|like))*$/;
const correcting =
  /(?:^| )(?:no|sorry|actually|i mean|i meant|wait|make that|correction|scratch that)(?: [.,]| it is| i am| it was)*$/;

/**
 * The measured value that an utterance gives; undefined when it gives none.
 * The last value after a correction ("one eighty-five, no, one eighty-seven") counts.
 */
export function measure(text: string, quantity: Quantity): Measure | undefined {
  const words = plainClauses(text.replace(/(\d)\s*-\s*(?=\d)/g, '$1 ')).split(' ');
  const candidates: { value: number; unit: Measure['unit']; corrected: boolean; weak: boolean }[] = [];
  for (const { value, start, end } of spokenNumbers(text)) {
    const after = words[end] ?? '';
    const before = words.slice(Math.max(0, start - 5), start).join(' ');
    const unit = pounds.test(after) ? 'pounds' : kilograms.test(after) ? 'kilograms' : '';
    if (unit === '' && clock.test(after)) continue;
    if (change.test(before)) continue;
    if (quantity === 'body-weight' && !plausible(inPounds(value, unit))) continue;
    candidates.push({ value, unit, corrected: correcting.test(before), weak: earlier.test(before) });
  }
  const strong = candidates.filter((candidate) => !candidate.weak);
  const usable = strong.length > 0 ? strong : candidates;
  const chosen = usable.findLast((candidate) => candidate.corrected) ?? usable[0];
  if (!chosen) return undefined;
  const different = usable.some(
    (other) => !other.corrected && !chosen.corrected && other.value !== chosen.value,
  );
  return {
    value: quantity === 'body-weight' ? round(inPounds(chosen.value, chosen.unit)) : chosen.value,
    unit: chosen.unit,
    ambiguous: different,
  };
}

function inPounds(value: number, unit: Measure['unit']): number {
  return unit === 'kilograms' ? value * POUNDS_PER_KILOGRAM : value;
}

/** The range of adult body weights in pounds outside which a number is no weight. */
function plausible(value: number): boolean {
  return value >= 60 && value <= 800;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
