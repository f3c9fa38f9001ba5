import { numbersIn } from '../spoken/numbers.js';
import { tokensOfText } from '../spoken/tokens.js';
import { spoken } from './spoken.js';

export type ValueKind = 'time' | 'money' | 'telephone' | 'duration' | 'percent';

/** Something exact that a sentence states. */
export interface Value {
  readonly kind: ValueKind;
  /** Equal for equal values: minutes after midnight, cents, digits, minutes, or days of business. */
  readonly value: string;
}

const MINUTES: Readonly<Record<string, number>> = {
  minute: 1,
  hour: 60,
  day: 1_440,
  week: 10_080,
  month: 43_200,
  year: 525_600,
};

/** Clock times, amounts of money, telephone numbers, durations and percentages, in figures or in words. */
export function valuesIn(text: string): Value[] {
  const figures = inFigures(spoken(text));
  const found: Value[] = [];
  const take = (pattern: RegExp, read: (groups: readonly string[]) => Value | undefined): string =>
    figures.replace(pattern, (...groups: unknown[]) => {
      const value = read(groups.slice(1).map((group) => (typeof group === 'string' ? group : '')));
      if (value) found.push(value);
      return '';
    });
  take(/\b(\d{3})[- ](\d{3})[- ](\d{4})\b/g, (digits) => ({
    kind: 'telephone',
    value: digits.slice(0, 3).join(''),
  }));
  take(
    /\b(\d{1,2})(?::(\d{2}))? (?:in the (morning|afternoon|evening)|(at night|o'clock))/g,
    ([hour, minute, part, night]) =>
      clock(
        Number(hour),
        Number(minute),
        part === 'morning' ? 'early' : night === "o'clock" ? 'unknown' : 'late',
      ),
  );
  take(/\b(noon|midnight)\b/g, ([name]) => ({ kind: 'time', value: name === 'noon' ? '720' : '0' }));
  take(/\b(\d+)(?:\.(\d\d))? dollars?(?: and (\d+) cents?)?/g, ([dollars, cents, more]) => ({
    kind: 'money',
    value: String(Number(dollars) * 100 + Number(cents) + Number(more)),
  }));
  take(/(?<!and )\b(\d+) cents?\b/g, ([cents]) => ({ kind: 'money', value: String(Number(cents)) }));
  take(
    /\b(\d+(?:\.\d+)?)[- ](business |working )?(minute|hour|day|week|month|year)s?\b/g,
    ([amount, business, unit]) => ({
      kind: 'duration',
      value:
        business === '' ? String(Number(amount) * (MINUTES[unit ?? ''] ?? 0)) : `${amount ?? ''} of business`,
    }),
  );
  take(/\b(\d+(?:\.\d+)?) percent\b/g, ([amount]) => ({ kind: 'percent', value: amount ?? '' }));
  return found;
}

function clock(hour: number, minute: number, part: 'early' | 'late' | 'unknown'): Value | undefined {
  if (part === 'unknown' || hour > 12) return undefined;
  return { kind: 'time', value: String(((hour % 12) + (part === 'late' ? 12 : 0)) * 60 + minute) };
}

/** "nine in the morning" as "9 in the morning", "eight thirty in the evening" as "8:30 in the evening". */
function inFigures(text: string): string {
  const tokens = tokensOfText(text.replace(/(\d):(\d)/g, '$1\u2236$2'));
  if (!/[a-z]/i.test(text)) return text;
  const numbers = new Map(numbersIn(tokens).map((number) => [number.start, number]));
  const words: string[] = [];
  for (let at = 0; at < tokens.length;) {
    const number = numbers.get(at);
    const token = tokens[at];
    if (number && /[a-z]/.test(token?.text ?? '')) {
      const [hour, minute] = number.parts ?? [];
      const next = tokens[number.end]?.text ?? '';
      const isClock = hour !== undefined && minute !== undefined && ['in', 'at'].includes(next);
      words.push(isClock ? `${hour}:${String(minute).padStart(2, '0')}` : String(number.value));
      at = number.end;
    } else {
      words.push(token?.written ?? '');
      at += 1;
    }
  }
  return words.join(' ').replaceAll('\u2236', ':').toLowerCase();
}
