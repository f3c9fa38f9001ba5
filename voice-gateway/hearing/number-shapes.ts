import type { RecognisedWord } from './recognition.js';

/** Of two readings of one sound, the share that the regrouped one gets: nobody measures 100.82 pounds. */
const REGROUPED_SHARE = 0.55;

const HUNDREDS_AND_REST = /^([1-9]00)[.,-]([1-9]\d?|0[1-9])(?=[.,?!]*$)/;

/**
 * "One hundred eighty-two" in noise is sometimes written as "100.82" or "100-82". Such a word is no longer
 * sure, and "182" is its other reading. One decimal ("100.8") is what scales show, so it stays.
 */
export function withRegroupedNumbers<Word extends RecognisedWord>(words: readonly Word[]): Word[] {
  return words.map((word, index) => {
    const whole = wholeOf(word.text) ?? splitWhole(words, index) ?? splitWhole(words, index - 1);
    if (whole === undefined) return word;
    const confidence = word.confidence * (1 - REGROUPED_SHARE);
    if (wholeOf(word.text) === undefined) return { ...word, confidence };
    const regrouped = { text: whole, confidence: word.confidence * REGROUPED_SHARE };
    const others = word.alternatives.filter(({ text }) => text !== whole);
    return { ...word, confidence, alternatives: [regrouped, ...others] };
  });
}

/** "100" "82" in two words, and the number that they are together: for readings of the whole. */
export interface SplitNumber {
  /** Index of the first of the two words. */
  index: number;
  text: string;
}

/** Numbers that stand in two words, as "100 82". */
export function splitNumbers(words: readonly { text: string }[]): SplitNumber[] {
  return words.flatMap((_, index) => {
    const text = splitWhole(words, index);
    return text === undefined ? [] : [{ index, text }];
  });
}

function wholeOf(text: string): string | undefined {
  const [matched, hundreds, rest] = HUNDREDS_AND_REST.exec(text) ?? [];
  if (matched === undefined) return undefined;
  // "100.8" is a decimal; "100-8" and "100,8" are none.
  if (/^\d00\.\d$/.test(matched)) return undefined;
  return String(Number(hundreds) + Number(rest)) + text.slice(matched.length);
}

function splitWhole(words: readonly { text: string }[], index: number): string | undefined {
  const hundreds = /^[1-9]00$/.exec(words[index]?.text ?? '')?.[0];
  const rest = /^([1-9]\d?)([.,?!]*)$/.exec(words[index + 1]?.text ?? '');
  if (hundreds === undefined || !rest) return undefined;
  return String(Number(hundreds) + Number(rest[1])) + (rest[2] ?? '');
}

const NUMBER_WORDS: ReadonlySet<string> = new Set(
  (
    'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen ' +
    'seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand'
  ).split(' '),
);

/** True for a figure or a word of a spelled number. */
export function isPartOfNumber(text: string): boolean {
  const word = text.toLowerCase().replace(/[^\p{L}\p{N}-]/gu, '');
  return /^\p{N}/u.test(word) || word.split('-').some((part) => NUMBER_WORDS.has(part));
}

/**
 * How often a text says a number of two or more figures right next to another number: "182 hundred
 * eighty two", "182 182". Nobody says that, except to repeat themselves; see utteranceAlternatives.
 */
export function adjoiningNumbers(text: string): number {
  const words = text.split(/\s+/);
  return words.filter((word, index) => {
    const next = words[index + 1];
    if (next === undefined || /[.,;?!]$/.test(word)) return false;
    return (isLongFigure(word) && isPartOfNumber(next)) || (isPartOfNumber(word) && isLongFigure(next));
  }).length;
}

function isLongFigure(word: string): boolean {
  return /^\p{N}{2}/u.test(word);
}
