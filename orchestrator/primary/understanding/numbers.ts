import { plainClauses } from './plain-words.js';

/** A number somebody said, and where. */
export interface SpokenNumber {
  readonly value: number;
  /** Index of its first word among the plain words and clause marks. */
  readonly start: number;
  /** Index after its last word. */
  readonly end: number;
}

const units: Readonly<Record<string, number>> = {
  zero: 0,
  oh: 0,
  o: 0,
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

/** Every number in the utterance, in order, written in digits or in words, the way people say weights and doses. */
export function spokenNumbers(text: string): readonly SpokenNumber[] {
  const words = plainClauses(text.replace(/(\d)\s*-\s*(?=\d)/g, '$1 ')).split(' ');
  const numbers: SpokenNumber[] = [];
  for (let index = 0; index < words.length;) {
    const found = numberAt(words, index);
    if (found) numbers.push(found);
    index = found ? found.end : index + 1;
  }
  return numbers;
}

function numberAt(words: readonly string[], start: number): SpokenNumber | undefined {
  const first = words[start] ?? '';
  // "oh" alone is a sigh; inside a number it is a nought.
  if (first === 'oh' || first === 'o') return undefined;
  const whole = wholeAt(words, start);
  if (!whole) return undefined;
  return withFraction(words, start, whole);
}

interface Part {
  readonly value: number;
  readonly end: number;
}

function wholeAt(words: readonly string[], start: number): Part | undefined {
  const first = words[start] ?? '';
  if (/^\d+(?:\.\d+)?$/.test(first)) return digitsAt(words, start);
  if (first === 'a' && words[start + 1] === 'hundred') return hundredsAt(words, start + 1, 1);
  if (first === 'hundred') return hundredsAt(words, start, 1);
  const spelled = spelledDigits(words, start);
  if (spelled) return spelled;
  const lead = belowHundred(words, start);
  if (!lead) return undefined;
  if (words[lead.end] === 'hundred') return hundredsAt(words, lead.end, lead.value);
  // "one eighty-seven", "two oh five", "one ninety", "two fifteen": a digit, then two places.
  if (lead.value >= 1 && lead.value <= 9 && lead.end === start + 1) {
    const rest = belowHundred(words, lead.end);
    if (rest && rest.value >= 10) return { value: lead.value * 100 + rest.value, end: rest.end };
    const nought = words[lead.end];
    const unit = units[words[lead.end + 1] ?? ''];
    if ((nought === 'oh' || nought === 'o' || nought === 'zero') && unit !== undefined) {
      return { value: lead.value * 100 + unit, end: lead.end + 2 };
    }
  }
  return lead;
}

/** "187", "1 87" and "1 8 7" when a recogniser wrote the digits apart. */
function digitsAt(words: readonly string[], start: number): Part {
  const first = words[start] ?? '';
  const value = Number(first);
  if (words[start + 1] === 'hundred') return hundredsAt(words, start + 1, value);
  if (/^[1-9]$/.test(first)) {
    const next = words[start + 1] ?? '';
    if (/^[1-9]\d$/.test(next)) return { value: value * 100 + Number(next), end: start + 2 };
    const third = words[start + 2] ?? '';
    if (/^\d$/.test(next) && /^\d$/.test(third)) {
      return { value: value * 100 + Number(next) * 10 + Number(third), end: start + 3 };
    }
  }
  return { value, end: start + 1 };
}

/** "one eight seven": three single digits in a row. */
function spelledDigits(words: readonly string[], start: number): Part | undefined {
  const digits = [0, 1, 2].map((offset) => units[words[start + offset] ?? '']);
  const [hundreds, ten, unit] = digits;
  if (hundreds === undefined || ten === undefined || unit === undefined || hundreds === 0) return undefined;
  return { value: hundreds * 100 + ten * 10 + unit, end: start + 3 };
}

/** @param at index of the word "hundred" */
function hundredsAt(words: readonly string[], at: number, hundreds: number): Part {
  let next = at + 1;
  if (words[next] === 'and' && words[next + 1] !== 'a') next++;
  const rest = belowHundred(words, next);
  if (rest) return { value: hundreds * 100 + rest.value, end: rest.end };
  const digits = words[next] ?? '';
  if (/^\d{1,2}$/.test(digits)) return { value: hundreds * 100 + Number(digits), end: next + 1 };
  return { value: hundreds * 100, end: at + 1 };
}

function belowHundred(words: readonly string[], at: number): Part | undefined {
  const word = words[at] ?? '';
  const ten = tens[word];
  if (ten !== undefined) {
    const unit = units[words[at + 1] ?? ''];
    const joins = unit !== undefined && unit > 0;
    return joins ? { value: ten + unit, end: at + 2 } : { value: ten, end: at + 1 };
  }
  const small = teens[word] ?? units[word];
  return small === undefined ? undefined : { value: small, end: at + 1 };
}

function withFraction(words: readonly string[], start: number, whole: Part): SpokenNumber {
  const { value, end } = whole;
  const next = words.slice(end, end + 3).join(' ');
  if (next.startsWith('and a half') || next === 'and one half')
    return { value: value + 0.5, start, end: end + 3 };
  if (next === 'and a quarter') return { value: value + 0.25, start, end: end + 3 };
  if ((words[end] === 'point' || words[end] === 'dot') && Number.isInteger(value)) {
    let digits = '';
    let at = end + 1;
    for (; at < words.length && digits.length < 2; at++) {
      const word = words[at] ?? '';
      const digit = /^\d+$/.test(word) ? word : units[word]?.toString();
      if (digit === undefined) break;
      digits += digit;
    }
    if (digits !== '') return { value: Number(`${value}.${digits}`), start, end: at };
  }
  return { value, start, end };
}
