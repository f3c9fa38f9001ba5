import { numbersIn, otherReadings, type SpokenNumber } from '../spoken/numbers.js';
import { tokensOfText, type Token } from '../spoken/tokens.js';
import { countsOfDay, isTotalOfDay } from './day-counts.js';
import { massUnit, otherUnits, volumeUnit } from './dose-units.js';

/** How often something is taken. */
export interface Frequency {
  /** Doses in 24 hours; undefined when it was not said or is "as needed". */
  readonly timesPerDay: number | undefined;
  /** True when the count that was said is for a whole day ("six a day"). */
  readonly countIsPerDay: boolean;
  readonly asNeeded: boolean;
  /** Doses a week, for "once a week". */
  readonly timesPerWeek: number | undefined;
}

/** A dose as it was said. */
export interface SpokenDose extends Frequency {
  /** How many tablets, puffs or the like; undefined when it was not said. */
  readonly count: number | undefined;
  /** Strength of one, or the whole dose, in mg. */
  readonly strengthMg: number | undefined;
  /** A liquid, in mL, at one time. */
  readonly volumeMl: number | undefined;
  /** Counts at several times of one day: 2 and 1 of "two this morning and one at night"; else empty. */
  readonly pieces: readonly number[];
  /** True when anything of a dose or a frequency was said. */
  readonly said: boolean;
  /** A number in it that was not heard surely and can be another one: 15 and 50, five and nine. */
  readonly unsure: { readonly value: number; readonly twin: number } | undefined;
}

/** A single mass in the words, in mg: "40 mg", "half a gram". */
export function massInMg(tokens: readonly Token[], numbers: readonly SpokenNumber[]): number | undefined {
  for (const number of numbers) {
    const unit = massUnit(tokens[number.end]?.text ?? '');
    if (unit !== undefined) return number.value * unit;
  }
  return undefined;
}

/** Every mass in the words, in mg: 24 and 26 of "24 mg/26 mg". */
export function massesInMg(tokens: readonly Token[]): number[] {
  return numbersIn(tokens).flatMap((number) => {
    const unit = massUnit(tokens[number.end]?.text ?? '');
    return unit === undefined ? [] : [number.value * unit];
  });
}

const timesWords: Readonly<Record<string, number>> = { once: 1, twice: 2, thrice: 3 };
const abbreviations: Readonly<Record<string, number>> = {
  qd: 1,
  daily: 1,
  bid: 2,
  tid: 3,
  qid: 4,
  nightly: 1,
  qhs: 1,
  qam: 1,
};

/** Reads how often from words: "twice a day", "every four hours", "morning and night", "BID", "as needed". */
export function readFrequency(tokens: readonly Token[]): Frequency {
  const text = ` ${tokens.map((token) => token.text).join(' ')} `;
  const numbers = numbersIn(tokens);
  const asNeeded = / as needed | when i need | if i need | prn | when needed /.test(text);
  let timesPerDay: number | undefined;
  let timesPerWeek: number | undefined;
  let countIsPerDay = false;
  tokens.forEach((token, at) => {
    const next = tokens[at + 1]?.text ?? '';
    const third = tokens[at + 2]?.text ?? '';
    if (token.text === 'every') {
      const number = numbers.find((candidate) => candidate.start === at + 1);
      const unit = number ? tokens[number.end]?.text : undefined;
      if (number && (unit === 'hours' || unit === 'hour' || unit === 'hrs') && number.value > 0)
        timesPerDay = 24 / longestInterval(tokens, numbers, number);
      else if (next === 'hour') timesPerDay = 24;
      else if (next === 'other' && third === 'day') timesPerDay = 0.5;
    }
    const times =
      timesWords[token.text] ??
      (next === 'times' || next === 'time'
        ? numbers.find((number) => number.end === at + 1)?.value
        : undefined);
    if (times !== undefined) {
      const rest = text.slice(text.indexOf(` ${token.text} `));
      if (/ (a|per|each|every) week| weekly/.test(rest.slice(0, 40))) timesPerWeek = times;
      else timesPerDay ??= times;
    }
    if (Object.hasOwn(abbreviations, token.text)) timesPerDay ??= abbreviations[token.text];
  });
  if (timesPerDay === undefined && timesPerWeek === undefined) {
    if (
      / (morning and (at )?(night|evening|bedtime)|morning and (in the|every) (night|evening)|day and night) /.test(
        text,
      )
    )
      timesPerDay = 2;
    else if (/ (with|at|after|before) (every|each|all( my)?)? ?meals? /.test(text)) timesPerDay = 3;
    else if (
      / every (single )?(day|morning|night|evening) | each (day|morning|night|evening) | at (bedtime|night) | in the (morning|evening) /.test(
        text,
      )
    )
      timesPerDay = 1;
    else if (/ (weekly|(a|per|every|once a) week) /.test(text)) timesPerWeek = 1;
    else if (/ (a|per) day /.test(text)) countIsPerDay = true;
  }
  if (timesPerDay === undefined && timesPerWeek === undefined && isTotalOfDay(text)) countIsPerDay = true;
  return { timesPerDay, countIsPerDay, asNeeded, timesPerWeek };
}

/** "every four to six hours" is judged at the shorter interval. */
function longestInterval(
  tokens: readonly Token[],
  numbers: readonly SpokenNumber[],
  last: SpokenNumber,
): number {
  const earlier = numbers.find((number) => number.end === last.start - 1);
  return earlier && tokens[last.start - 1]?.text === 'to' ? Math.min(earlier.value, last.value) : last.value;
}

/** Strengths that a product's everyday name stands for. */
const namedStrengths: readonly (readonly [RegExp, number])[] = [
  [/ extra strength /, 500],
  [/ (arthritis|eight hour|8 hour|650) /, 650],
  [/ regular strength /, 325],
];

/**
 * Reads the dose that belongs to one medicine.
 * @param tokens the words around its name, the name left out
 * @param strengthsMg strengths in which it is sold, to tell "two forty" (2 × 40) from 240
 * @param onShelf true for what is sold in bottles of hundreds: "I swallowed eighty" is a count
 */
export function readDose(
  tokens: readonly Token[],
  options: { strengthsMg: readonly number[]; name: string; onShelf?: boolean },
): SpokenDose {
  const numbers = numbersIn(tokens);
  const frequency = readFrequency(tokens);
  let count: number | undefined;
  let strengthMg: number | undefined;
  let volumeMl: number | undefined;
  let unsure: SpokenDose['unsure'];
  for (const number of numbers) {
    const before = tokens[number.start - 1]?.text ?? '';
    const after = tokens[number.end]?.text ?? '';
    if (after === 'times' || after === 'time' || before === 'every' || isTimeWord(after)) continue;
    if (before === 'to' && numbers.some((other) => other.end === number.start - 1)) continue;
    // Units of insulin are asked for too, though no milligrams are judged of them.
    const [twin] = otherReadings(tokens, number).filter((value) => value > 0);
    if (twin !== undefined) unsure = { value: number.value, twin };
    const unit = massUnit(after);
    const millilitres = volumeUnit(after);
    if (millilitres !== undefined) {
      // "160 milligrams per 5 milliliters" is a strength.
      if (before !== 'per' && before !== 'in' && before !== 'over') volumeMl ??= number.value * millilitres;
    } else if (otherUnits.test(after)) continue;
    else if (unit !== undefined) {
      const [reading, pieces] = splitReading(number, unit, options.strengthsMg);
      strengthMg = reading;
      if (pieces !== undefined) count = pieces;
    } else if (options.strengthsMg.includes(number.value) && number.value >= 20 && strengthMg === undefined) {
      // "two 500s", "one 81": a number that is a strength of this medicine.
      strengthMg = number.value;
    } else if (
      count === undefined &&
      number.value > 0 &&
      (number.value <= 60 || (options.onShelf === true && isSwallowed(tokens, number, options.strengthsMg)))
    )
      count = number.value;
  }
  const text = ` ${tokens.map((token) => token.text).join(' ')} `;
  if (strengthMg === undefined) {
    if (options.name === 'aspirin' && / (baby|low dose|children's) /.test(text)) strengthMg = 81;
    if (options.name === 'acetaminophen')
      strengthMg = namedStrengths.find(([pattern]) => pattern.test(text))?.[1];
  }
  if (count === undefined && / (a|an|one) (tablet|pill|capsule|caplet|puff) /.test(text)) count = 1;
  if (count === undefined && / double /.test(text)) count = 2;
  const said =
    count !== undefined ||
    strengthMg !== undefined ||
    volumeMl !== undefined ||
    frequency.timesPerDay !== undefined ||
    frequency.timesPerWeek !== undefined;
  const pieces = countsOfDay(tokens, numbers, options.strengthsMg);
  return { ...frequency, count, strengthMg, volumeMl, pieces, said, unsure };
}

/**
 * A number far above a dose is a count only where it was taken as one: "swallowed eighty", "took a hundred". What may
 * be milligrams ("took 1000 of Tylenol") is none, unless it was swallowed, eaten or the like.
 */
function isSwallowed(
  tokens: readonly Token[],
  number: SpokenNumber,
  strengthsMg: readonly number[],
): boolean {
  const last = tokens[number.start - 1]?.text ?? '';
  const verb = last === 'about' || last === 'like' ? (tokens[number.start - 2]?.text ?? '') : last;
  const after = tokens[number.end]?.text ?? '';
  if (number.value > 1000 || afterReading.test(after)) return false;
  const milligrams = strengthsMg.some((mg) => [1, 2, 3, 4].some((times) => times * mg === number.value));
  return (
    /^(swallowed|swallow|ate|eaten|chewed|popped|downed)$/.test(verb) ||
    (/^(took|taken|take)$/.test(verb) && !milligrams)
  );
}

/** What follows a reading or a clause ("took 120 this morning"), and no medicine. */
const afterReading =
  /^(|this|that|in|at|on|over|before|after|and|but|when|yesterday|today|last|pounds|points)$/;

/** 240 mg heard where 40 mg is sold and 240 is not is two of 40 mg. */
function splitReading(
  number: SpokenNumber,
  unit: number,
  strengthsMg: readonly number[],
): [mg: number, count: number | undefined] {
  const mg = number.value * unit;
  if (number.parts?.length !== 2 || strengthsMg.includes(mg)) return [mg, undefined];
  const [count, strength] = number.parts;
  if (count === undefined || strength === undefined) return [mg, undefined];
  return strengthsMg.includes(strength * unit) ? [strength * unit, count] : [mg, undefined];
}

function isTimeWord(text: string): boolean {
  return /^(hours?|hrs|days?|weeks?|months?|years?|minutes?|o'clock|am|pm|a\.m|p\.m)$/.test(text);
}

/** Strengths of a medicine in mg, as its label prints them ("40 mg", "25 mcg"); others are left out. */
export function strengthsInMg(strengths: readonly string[]): number[] {
  return strengths.flatMap((strength) => {
    const words = tokensOfText(strength);
    const mg = strength.includes('/') ? undefined : massInMg(words, numbersIn(words));
    return mg === undefined ? [] : [mg];
  });
}
