import * as chrono from 'chrono-node';
import { plainText } from './plain-words.js';

/** A date of birth, or as much of one as was said. */
export interface SpokenDate {
  readonly year?: number;
  /** 1 to 12. */
  readonly month?: number;
  /** 1 to 31. */
  readonly day?: number;
}

const ordinalUnits = [
  '',
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
];
const cardinalUnits = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const teenWords = [
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
];
const tenWords = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];

const numberWords: ReadonlyMap<string, number> = new Map([
  ...cardinalUnits.map((word, value) => [word, value] as const),
  ...teenWords.map((word, index) => [word, index + 10] as const),
  ...tenWords.flatMap((word, index) => (word === '' ? [] : [[word, index * 10] as const])),
  ...ordinalUnits.flatMap((word, value) => (word === '' ? [] : [[word, value] as const])),
  ...teenWords.map((word, index) => [ordinalOf(word), index + 10] as const),
  ...[
    ['twentieth', 20],
    ['thirtieth', 30],
  ].map(([word, value]) => [String(word), Number(value)] as const),
]);

function ordinalOf(word: string): string {
  if (word === 'twelve') return 'twelfth';
  return `${word}th`;
}

const months: readonly RegExp[] = [
  /\bjan(?:uary)?\b/,
  /\bfeb(?:ruary|uary)?\b/,
  /\bmar(?:ch)?\b/,
  /\bapr(?:il)?\b/,
  /\bmay\b/,
  /\bjune?\b/,
  /\bjuly?\b/,
  /\baug(?:ust)?\b/,
  /\bsept?(?:ember)?\b/,
  /\boct(?:ober)?\b/,
  /\bnov(?:ember)?\b/,
  /\bdec(?:ember)?\b/,
];

/**
 * A date of birth in an utterance, spoken or written the American way (month before day).
 * Years of two digits are in the past century unless that is more than 110 years ago.
 * @returns what was said of it; undefined when there is no part of a date
 */
export function birthDate(text: string, now: Date): SpokenDate | undefined {
  const corrected = afterCorrection(text);
  if (corrected !== text) {
    const date = birthDate(corrected, now);
    if (date?.month !== undefined && date.day !== undefined) return date;
  }
  const written = /\b(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4}|\d{2})\b/.exec(text);
  if (written) return fromNumbers(Number(written[1]), Number(written[2]), Number(written[3]), now);
  const iso = /\b(\d{4})-(\d{1,2})-(\d{1,2})\b/.exec(text);
  if (iso) return fromNumbers(Number(iso[2]), Number(iso[3]), Number(iso[1]), now);
  const numbers = inDigits(plainText(text.replace(/[/.-]/g, ' ')));
  const month = months.findIndex((pattern) => pattern.test(numbers)) + 1;
  return month > 0 ? withMonthName(numbers, month, now) : withNumbersOnly(numbers, now);
}

/** Compiles the patterns of dates, which takes a fifth of a second, before somebody waits for it. */
export function prepareBirthDates(now: Date): void {
  // The engine compiles a pattern again, for speed, when it is used for the second time.
  for (let use = 0; use < 3; use++) birthDate('March fourth nineteen fifty-four', now);
}

/** True when both name the same day; a date that is not whole is never the same. */
export function isSameDay(said: SpokenDate, isoDate: string): boolean {
  const [year, month, day] = isoDate.split('-').map(Number);
  return said.year === year && said.month === month && said.day === day && isWhole(said);
}

export function isWhole(date: SpokenDate): boolean {
  return date.year !== undefined && date.month !== undefined && date.day !== undefined;
}

/** "March fifth, no, March fourth 1954": only what follows the correction, when anything does. */
function afterCorrection(text: string): string {
  const parts = text.split(/\b(?:no|sorry|i mean|i meant|actually|wait|scratch that)\b[,.\s]*/i);
  return parts.at(-1) ?? text;
}

/** Number words joined into digits: "nineteen fifty four" → "1954", "twenty first" → "21". */
function inDigits(plain: string): string {
  const values: (number | string)[] = plain
    .split(' ')
    .map((word) => (word === 'oh' || word === 'o' ? 0 : numberWords.get(word)) ?? ordinalDigits(word));
  const joined: (number | string)[] = [];
  for (const value of values) {
    const last = joined.at(-1);
    if (
      typeof value === 'number' &&
      typeof last === 'number' &&
      last >= 20 &&
      last <= 90 &&
      last % 10 === 0 &&
      value > 0 &&
      value < 10
    ) {
      joined[joined.length - 1] = last + value;
    } else joined.push(value);
  }
  return joinYears(joined).join(' ');
}

function ordinalDigits(word: string): number | string {
  const match = /^(\d{1,4})(?:st|nd|rd|th)?$/.exec(word);
  return match ? Number(match[1]) : word;
}

/** 19 54 → 1954; 19 0 5 → 1905; "two thousand (and) four" → 2004; "nineteen hundred forty" → 1940. */
function joinYears(values: readonly (number | string)[]): (number | string)[] {
  const out: (number | string)[] = [];
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    const next = values[index + 1];
    const later = values[index + 2];
    if (value === undefined) continue;
    if ((value === 19 || value === 20) && typeof next === 'number' && next >= 10 && next <= 99) {
      out.push(value * 100 + next);
      index++;
    } else if ((value === 19 || value === 20) && next === 0 && typeof later === 'number' && later < 10) {
      out.push(value * 100 + later);
      index += 2;
    } else if ((value === 19 || value === 2) && (next === 'hundred' || next === 'thousand')) {
      const rest = later === 'and' ? values[index + 3] : later;
      const base = value === 19 ? 1900 : 2000;
      const adds = typeof rest === 'number' && rest < 100;
      out.push(adds ? base + rest : base);
      index += adds ? (later === 'and' ? 3 : 2) : 1;
    } else out.push(value);
  }
  return out;
}

function withMonthName(numbers: string, month: number, now: Date): SpokenDate {
  numbers = numbers.replace(/\b(1|2) (9|0) (\d) (\d)$/, '$1$2$3$4');
  const parsed = chrono.en.parse(numbers.replace(/\b(\d{1,2}) of\b/, '$1'), now, { forwardDate: false })[0]
    ?.start;
  const values = [...numbers.matchAll(/\b\d{1,4}\b/g)].map(([digits]) => Number(digits));
  const year =
    values.find((value) => value >= 1800) ?? values.slice(1).map((value) => fullYear(value, now))[0];
  const certainDay =
    parsed?.isCertain('day') === true && parsed.isCertain('month') ? parsed.get('day') : undefined;
  const day = certainDay ?? values.find((value) => value >= 1 && value <= 31);
  return checked({
    month,
    ...(day === undefined ? {} : { day }),
    ...(year === undefined ? {} : { year }),
  });
}

function withNumbersOnly(numbers: string, now: Date): SpokenDate | undefined {
  const run = /\b(\d{2})(\d{2})(\d{4})\b/.exec(numbers) ?? /\b(\d \d) (\d \d) (\d \d \d \d)\b/.exec(numbers);
  if (run) {
    const [month, day, year] = run.slice(1).map((digits) => Number(digits.replace(/ /g, '')));
    return fromNumbers(month ?? 0, day ?? 0, year ?? 0, now);
  }
  const values = foldNoughts([...numbers.matchAll(/\b\d{1,4}\b/g)].map(([digits]) => Number(digits)));
  if (values.length === 1 && values[0] !== undefined && values[0] >= 1900 && values[0] <= now.getFullYear())
    return { year: values[0] };
  const [month, day, year] = values;
  if (month === undefined || day === undefined || year === undefined) return undefined;
  return fromNumbers(month, day, year, now);
}

/** "oh three oh four": a nought before a digit belongs to it. */
function foldNoughts(values: readonly number[]): readonly number[] {
  return values.filter(
    (value, index) => !(value === 0 && (values[index + 1] ?? 0) < 10 && values[index + 1] !== undefined),
  );
}

function fromNumbers(month: number, day: number, year: number, now: Date): SpokenDate | undefined {
  if (month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  return checked({ month, day, year: fullYear(year, now) });
}

function fullYear(year: number, now: Date): number {
  if (year >= 100) return year;
  const century = now.getFullYear() - 1900 - year > 110 ? 2000 : 1900;
  return century + year;
}

function checked(date: SpokenDate): SpokenDate {
  const { year, month, day } = date;
  if (month === undefined || day === undefined) return date;
  const last = new Date(Date.UTC(year ?? 2000, month, 0)).getUTCDate();
  return day <= last ? date : { month, ...(year === undefined ? {} : { year }) };
}
