import { tokensOfText, type Token } from './tokens.js';

/** A number found in what was said. */
export interface SpokenNumber {
  readonly start: number;
  /** Index after its last word. */
  readonly end: number;
  readonly value: number;
  /** "two forty" can be 240 or two of forty: the readings as separate numbers, when there are such. */
  readonly parts: readonly number[] | undefined;
  /** Lowest word confidence in it. */
  readonly confidence: number;
  /** The value with fifteen heard as fifty or the reverse, when it holds such a word. */
  readonly twin: number | undefined;
  /** True when an alternative of one of its words is that twin. */
  readonly twinHeard: boolean;
}

/** A number that may have been another one. */
export interface DoubtfulNumber {
  readonly number: SpokenNumber;
  /** What it may have been instead, likeliest first; never empty. */
  readonly others: readonly number[];
}

/** Words heard this surely need no second telling, even where a fifteen could be a fifty. */
const SURE_NUMBER = 0.75;

/** An alternative of a surely heard word counts from here on. */
const LIKELY_ALTERNATIVE = 0.3;

/** One of a doubtful word from here on; below it is noise of the recogniser's search ("177" at 0.06 beside a 187). */
const POSSIBLE_ALTERNATIVE = 0.15;

/**
 * The numbers in words that may have been other ones: by an alternative that the recogniser gave ("five" or
 * "nine", "16" or "60"), or by a sound-alike (thirteen and thirty) where a word was not heard surely.
 */
export function doubtfulNumbers(tokens: readonly Token[]): DoubtfulNumber[] {
  return numbersIn(tokens).flatMap((number) => {
    const others = otherReadings(tokens, number);
    return others.length > 0 ? [{ number, others }] : [];
  });
}

/** What one number may have been instead; empty where it was heard surely. */
export function otherReadings(tokens: readonly Token[], number: SpokenNumber): number[] {
  const heard = tokens.slice(number.start, number.end).flatMap((word, at) =>
    word.alternatives
      .filter(
        ({ confidence }) =>
          (word.confidence < SURE_NUMBER && confidence >= POSSIBLE_ALTERNATIVE) ||
          (confidence >= LIKELY_ALTERNATIVE && confidence >= word.confidence / 2),
      )
      .flatMap(({ text }) => {
        const words = tokensOfText(text).map((token) => ({ ...token, endsClause: false }));
        if (words.length === 0 || !words.every((token) => isPartOfNumber(token.text))) return [];
        const span = [
          ...tokens.slice(number.start, number.start + at),
          ...words,
          ...tokens.slice(number.start + at + 1, number.end),
        ];
        const read = readNumber(span, 0);
        return read?.end === span.length ? [read.value] : [];
      }),
  );
  const twin = number.twinHeard || number.confidence < SURE_NUMBER ? number.twin : undefined;
  return [...new Set([...heard, ...(twin === undefined ? [] : [twin])])].filter(
    (value) => value !== number.value,
  );
}

function isPartOfNumber(text: string): boolean {
  return isNumberWord(text) || /^(hundred|thousand|point|dot|oh|o|and|a|half)$/.test(text);
}

const ones: Readonly<Record<string, number>> = {
  zero: 0,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
};
const teens: Readonly<Record<string, number>> = {
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
};
const tens: Readonly<Record<string, number>> = {
  twenty: 20,
  thirty: 30,
  forty: 40,
  fourty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
};

/** Every number in the words: digits, number words, "one eighty seven", "five point nine", "two and a half". */
export function numbersIn(tokens: readonly Token[]): SpokenNumber[] {
  const found: SpokenNumber[] = [];
  for (let at = 0; at < tokens.length;) {
    const read = readNumber(tokens, at);
    if (read) {
      found.push(read);
      at = read.end;
    } else at += 1;
  }
  return found;
}

/** True for a word that can begin a number. */
export function isNumberWord(text: string): boolean {
  return (
    /^\d+(\.\d+)?$/.test(text) ||
    Object.hasOwn(ones, text) ||
    Object.hasOwn(teens, text) ||
    Object.hasOwn(tens, text)
  );
}

/** What one fifteen heard as fifty would make of a whole number, for 13 to 19 and 30 to 90. */
export function twinOf(value: number): number | undefined {
  const rest = value % 100;
  if (rest >= 13 && rest <= 19) return value - rest + (rest - 10) * 10;
  if (rest >= 30 && rest <= 90 && rest % 10 === 0) return value - rest + rest / 10 + 10;
  return undefined;
}

function readNumber(tokens: readonly Token[], start: number): SpokenNumber | undefined {
  const first = tokens[start];
  if (!first) return undefined;
  let read: { value: number; end: number; parts?: readonly number[] } | undefined;
  read = readDigitByDigit(tokens, start);
  if (!read && /^\d+(\.\d+)?$/.test(first.text)) read = readDigits(tokens, start, first);
  read ??= readWords(tokens, start);
  if (!read || !Number.isFinite(read.value)) return undefined;
  let { value, end } = read;
  if (Number.isInteger(value)) ({ value, end } = readFraction(tokens, value, end));
  const words = tokens.slice(start, end);
  const whole = twinOf(Math.trunc(value));
  // "Fifteen point two" can be fifty point two.
  const twin = whole === undefined ? undefined : whole + rounded(value - Math.trunc(value));
  return {
    start,
    end,
    value,
    parts: end === read.end ? read.parts : undefined,
    confidence: Math.min(...words.map((word) => word.confidence)),
    twin,
    twinHeard: twin !== undefined && words.some((word) => hasTwinAlternative(word)),
  };
}

/** "one, eight, seven", "1 8 7": three or four digits said one by one. */
function readDigitByDigit(
  tokens: readonly Token[],
  start: number,
): { value: number; end: number } | undefined {
  let digits = '';
  let end = start;
  for (;;) {
    const text = tokens[end]?.text ?? '';
    const digit = /^\d$/.test(text)
      ? text
      : (text === 'oh' || text === 'o') && digits !== ''
        ? '0'
        : ones[text]?.toString();
    if (digit === undefined || (/[.!?]$/.test(tokens[end - 1]?.written ?? '') && end > start)) break;
    digits += digit;
    end += 1;
  }
  return digits.length >= 3 && digits.length <= 4 ? { value: Number(digits), end } : undefined;
}

/** Digits as a recogniser writes them; "1 87" for one eighty seven. */
function readDigits(
  tokens: readonly Token[],
  start: number,
  first: Token,
): { value: number; end: number; parts?: readonly number[] } {
  const value = Number(first.text);
  const next = tokens[start + 1]?.text ?? '';
  if (/^[1-9]$/.test(first.text) && /^[1-9]\d$/.test(next) && !first.endsClause) {
    return { value: value * 100 + Number(next), end: start + 2, parts: [value, Number(next)] };
  }
  return { value, end: start + 1 };
}

function readWords(
  tokens: readonly Token[],
  start: number,
): { value: number; end: number; parts?: readonly number[] } | undefined {
  let at = start;
  const small = readBelowHundred(tokens, at);
  const word = tokens[at]?.text ?? '';
  if (!small) {
    const next = tokens[at + 1]?.text;
    if (word === 'a' && next === 'hundred') return withHundreds(tokens, 1, at + 1);
    // "A fever of hundred and one"; "two, hundred" and "182 hundred" are no new number.
    if (word === 'hundred' && !isNumberWord(tokens[at - 1]?.text ?? '')) return withHundreds(tokens, 1, at);
    if (word === 'half' && (next === 'a' || next === 'of')) return { value: 0.5, end: at + 2 };
    if (word === 'half') return { value: 0.5, end: at + 1 };
    if (word === 'a' && next === 'couple')
      return { value: 2, end: tokens[at + 2]?.text === 'of' ? at + 3 : at + 2 };
    return undefined;
  }
  at = small.end;
  const following = tokens[at]?.text;
  if (following === 'hundred') return withHundreds(tokens, small.value, at);
  if (following === 'thousand') return withThousands(tokens, small.value, at);
  if (small.value >= 1 && small.value <= 9 && !tokens[at - 1]?.endsClause) {
    // "one oh five" is 105, "one eighty seven" is 187.
    if (following === 'oh' || following === 'o') {
      const last = tokens[at + 1] ? ones[tokens[at + 1]?.text ?? ''] : undefined;
      if (last !== undefined) return { value: small.value * 100 + last, end: at + 2 };
    }
    const rest = readBelowHundred(tokens, at);
    if (rest && rest.value >= 10) {
      return { value: small.value * 100 + rest.value, end: rest.end, parts: [small.value, rest.value] };
    }
  }
  return { value: small.value, end: at };
}

function readBelowHundred(tokens: readonly Token[], at: number): { value: number; end: number } | undefined {
  const word = tokens[at]?.text ?? '';
  if (Object.hasOwn(ones, word)) return { value: ones[word] ?? 0, end: at + 1 };
  if (Object.hasOwn(teens, word)) return { value: teens[word] ?? 0, end: at + 1 };
  if (!Object.hasOwn(tens, word)) return undefined;
  const unit = ones[tokens[at + 1]?.text ?? ''];
  const joined = unit !== undefined && unit > 0 && !tokens[at]?.endsClause;
  return joined ? { value: (tens[word] ?? 0) + unit, end: at + 2 } : { value: tens[word] ?? 0, end: at + 1 };
}

function withHundreds(
  tokens: readonly Token[],
  count: number,
  hundredAt: number,
): { value: number; end: number } {
  let end = hundredAt + 1;
  let value = count * 100;
  const restAt = tokens[end]?.text === 'and' ? end + 1 : end;
  const rest = readBelowHundred(tokens, restAt);
  if (rest) {
    value += rest.value;
    end = rest.end;
  }
  return tokens[end]?.text === 'thousand' ? withThousands(tokens, value, end) : { value, end };
}

function withThousands(
  tokens: readonly Token[],
  count: number,
  thousandAt: number,
): { value: number; end: number } {
  const end = thousandAt + 1;
  const rest = readBelowHundred(tokens, end);
  if (rest && tokens[rest.end]?.text === 'hundred') {
    const hundreds = withHundreds(tokens, rest.value, rest.end);
    return { value: count * 1000 + hundreds.value, end: hundreds.end };
  }
  return { value: count * 1000, end };
}

/** "five point nine", "ninety eight point six", "two and a half". */
function readFraction(tokens: readonly Token[], value: number, end: number): { value: number; end: number } {
  const word = tokens[end]?.text;
  if (word === 'point' || word === 'dot') {
    let digits = '';
    let at = end + 1;
    for (; digits.length < 3; at += 1) {
      const text = tokens[at]?.text ?? '';
      const digit = /^\d+$/.test(text) ? text : text === 'oh' ? '0' : ones[text]?.toString();
      if (digit === undefined) break;
      digits += digit;
    }
    if (digits !== '') return { value: Number(`${value}.${digits}`), end: at };
    const two = readBelowHundred(tokens, end + 1);
    if (two) return { value: Number(`${value}.${two.value}`), end: two.end };
  }
  if (word === 'and' && tokens[end + 1]?.text === 'a' && tokens[end + 2]?.text === 'half') {
    return { value: value + 0.5, end: end + 3 };
  }
  return { value, end };
}

/** Without what binary fractions add. */
function rounded(value: number): number {
  return Number(value.toFixed(3));
}

function hasTwinAlternative(word: Token): boolean {
  const own = valueOfWord(word.text);
  const twin = own === undefined ? undefined : twinOf(own);
  if (twin === undefined) return false;
  return word.alternatives.some((alternative) => valueOfWord(alternative.text.toLowerCase()) === twin);
}

function valueOfWord(text: string): number | undefined {
  const bare = text.replace(/[^a-z0-9.]/g, '');
  if (/^\d+$/.test(bare)) return Number(bare);
  return teens[bare] ?? tens[bare] ?? ones[bare];
}
