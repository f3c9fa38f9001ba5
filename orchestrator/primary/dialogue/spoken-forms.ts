/** How numbers, dates, doses and telephone numbers are written so that a voice says them well. */

const small = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
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
const tens = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];

/** 187.5 → "one hundred eighty-seven point five". @param value from 0 to 999,999, at most one decimal */
export function numberInWords(value: number): string {
  const rounded = Math.round(value * 10) / 10;
  const whole = Math.trunc(rounded);
  const tenth = Math.round((rounded - whole) * 10);
  return tenth === 0 ? wholeInWords(whole) : `${wholeInWords(whole)} point ${small[tenth] ?? ''}`;
}

function wholeInWords(value: number): string {
  if (value < 20) return small[value] ?? '';
  if (value < 100) {
    const unit = value % 10;
    return `${tens[Math.floor(value / 10)] ?? ''}${unit === 0 ? '' : `-${small[unit] ?? ''}`}`;
  }
  if (value < 1000) {
    const rest = value % 100;
    return `${small[Math.floor(value / 100)] ?? ''} hundred${rest === 0 ? '' : ` ${wholeInWords(rest)}`}`;
  }
  const rest = value % 1000;
  return `${wholeInWords(Math.floor(value / 1000))} thousand${rest === 0 ? '' : ` ${wholeInWords(rest)}`}`;
}

const irregularOrdinals: Readonly<Record<string, string>> = {
  one: 'first',
  two: 'second',
  three: 'third',
  five: 'fifth',
  eight: 'eighth',
  nine: 'ninth',
  twelve: 'twelfth',
};

/** 21 → "twenty-first". @param day 1 to 31 */
export function ordinalInWords(day: number): string {
  const words = wholeInWords(day).split('-');
  const last = words.pop() ?? '';
  const ordinal = irregularOrdinals[last] ?? (last.endsWith('y') ? `${last.slice(0, -1)}ieth` : `${last}th`);
  return [...words, ordinal].join('-');
}

// Made once: making one takes milliseconds.
const weekday = new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', weekday: 'long' });
const monthName = new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', month: 'long' });

/**
 * "2026-12-01T10:30" → "Tuesday, December first, at ten thirty in the morning".
 * @param isoLocal ISO 8601 local date and time; the time may be missing
 * @returns undefined when it is no date
 */
export function dateInWords(isoLocal: string): string | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}))?/.exec(isoLocal);
  if (!match) return undefined;
  const [year, month, day, hour, minute] = match
    .slice(1)
    .map((digits: string | undefined) => (digits === undefined ? undefined : Number(digits)));
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const date = new Date(Date.UTC(year, month - 1, day));
  if (Number.isNaN(date.getTime())) return undefined;
  const words = `${weekday.format(date)}, ${monthName.format(date)} ${ordinalInWords(day)}`;
  return hour === undefined ? words : `${words}, at ${timeInWords(hour, minute ?? 0)}`;
}

function timeInWords(hour: number, minute: number): string {
  const twelve = hour % 12 === 0 ? 12 : hour % 12;
  const minutes =
    minute === 0 ? '' : minute < 10 ? ` oh ${wholeInWords(minute)}` : ` ${wholeInWords(minute)}`;
  const part = hour < 12 ? 'in the morning' : hour < 17 ? 'in the afternoon' : 'in the evening';
  return hour === 12 && minute === 0 ? 'noon' : `${wholeInWords(twelve)}${minutes} ${part}`;
}

const unitWords: readonly (readonly [RegExp, string])[] = [
  [/\bmcg\b/gi, 'micrograms'],
  [/\bmg\b/gi, 'milligrams'],
  [/\bml\b/gi, 'milliliters'],
  [/\bmEq\b/gi, 'milliequivalents'],
  [/\biu\b/gi, 'units'],
  [/(?<=\d )g\b/g, 'grams'],
];

/** "24 mg/26 mg" → "24 milligrams and 26 milligrams". */
export function doseInWords(dose: string): string {
  const spaced = dose.replace(/(\d)([a-z])/gi, '$1 $2').replace(/\s*\/\s*/g, ' and ');
  return unitWords.reduce((text, [pattern, word]) => text.replace(pattern, word), spaced);
}

/** "+15555550142" → "five five five, five five five, zero one four two"; other lengths digit by digit. */
export function telephoneInWords(telephone: string): string {
  const digits = telephone.replace(/\D/g, '').replace(/^1(?=\d{10}$)/, '');
  const groups = /^(\d{3})(\d{3})(\d{4})$/.exec(digits)?.slice(1) ?? [digits];
  return groups
    .map((group) => group.replace(/\d/g, (digit) => `${small[Number(digit)] ?? ''} `).trim())
    .join(', ');
}

/** Whole days from one day to another as "yesterday", "two days ago"; undefined outside 1 to 30. */
export function daysAgoInWords(isoDate: string, now: Date): string | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(isoDate);
  if (!match) return undefined;
  const then = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
  const days = Math.round((today - then) / 86_400_000);
  if (days === 1) return 'yesterday';
  return days >= 2 && days <= 30 ? `${wholeInWords(days)} days ago` : undefined;
}

/** "a, b and c". */
export function listInWords(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}
