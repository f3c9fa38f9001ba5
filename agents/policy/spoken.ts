const DAYS: Readonly<Record<string, string>> = {
  mon: 'Monday',
  tue: 'Tuesday',
  tues: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  thur: 'Thursday',
  thurs: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};
const DAY = 'Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun';
const CAPITALISED =
  'Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|September|October|November|December';

type Rule = readonly [RegExp, (...groups: string[]) => string];

/** What is written, and how it is said. What is more particular comes first. */
const rules: readonly Rule[] = [
  [/\((\d{3})\)\s*(?=\d{3}-\d{4})/g, (_, area) => `${area}-`],
  [/\b24\/7\b/g, () => 'at all hours'],
  [/\be\.g\.,?/g, () => 'for example'],
  [/\bi\.e\.,?/g, () => 'that is,'],
  [/\betc\.(?=\s+[A-Z]|$)/g, () => 'and so on.'],
  [/\betc\./g, () => 'and so on'],
  [/\bDr\.(?=\s)/g, () => 'Doctor'],
  [
    new RegExp(`\\b(${DAY})\\b\\.?(?=\\s*(?:[-\u2013,&:]|to\\b|through\\b|and\\b))`, 'g'),
    (_, day) => DAYS[day.toLowerCase()] ?? day,
  ],
  [
    new RegExp(`([-\u2013&]\\s*)(${DAY})\\b\\.?`, 'g'),
    (_, before, day) => before + (DAYS[day.toLowerCase()] ?? day),
  ],
  [/(\d\s*[aApP]\.?[mM]\.?)\s*[-\u2013]\s*(?=\d)/g, (_, from) => `${from} to `],
  [
    // The full stop of "p.m." is the sentence's own where a new one begins.
    new RegExp(
      `\\b(\\d{1,2})(?::(\\d{2}))?\\s*([aApP])\\.?[mM]\\b(\\.(?=\\s+(?!(?:${CAPITALISED})\\b)[A-Z]|\\s*$))?\\.?`,
      'g',
    ),
    (_, hour, minute, half, stop) => timeOfDay(Number(hour), minute, half.toLowerCase() === 'p') + stop,
  ],
  [
    /\$(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{2}))?/g,
    (_, dollars, cents) => money(dollars.replaceAll(',', ''), cents),
  ],
  [/\s*%/g, () => ' percent'],
  [/(\d)\s*[-\u2013]\s*(?=\d)(?!\d{3}(?:-|\b)|\d{4}\b)/g, (_, from) => `${from} to `],
  [/\s*\u2013\s*(?=\w)|(?<=day)\s*-\s*(?=[A-Z][a-z]+day\b)/g, () => ' to '],
  [/\s*\u2014\s*|\s+-\s+/g, () => ', '],
  [/\s*\(([^()]*)\)/g, (_, inside) => `, ${inside},`],
  [/\s*&\s*/g, () => ' and '],
  [/\band\/or\b/g, () => 'or'],
  [/(?<=[a-z])\/(?=[a-z])/gi, () => ' or '],
];

/**
 * A paragraph as a person would read it out: no signs, abbreviations or parentheses.
 * What it does not know it leaves; see isSpeakable.
 */
export function spoken(text: string): string {
  const plain = text
    .normalize('NFKC') // opens the ligatures of PDF files
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/\u00a0/g, ' ');
  return rules
    .reduce(
      (current, [pattern, say]) =>
        current.replace(pattern, (...found: unknown[]) =>
          say(...found.map((part) => (typeof part === 'string' ? part : ''))),
        ),
      plain,
    )
    .replace(/,\s*(?=[.,;:!?])/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** True when a voice can say it as it stands. */
export function isSpeakable(sentence: string): boolean {
  return /^[\p{Script=Latin}0-9 .,;:'"?!-]+$/u.test(sentence) && !/[A-Za-z]\.[A-Za-z]/.test(sentence);
}

/** The sentences of a spoken paragraph. */
export function spokenSentences(text: string): string[] {
  return text.split(/(?<=[.?!]["']?)\s+(?=["']?[A-Z0-9])/).filter((sentence) => sentence !== '');
}

function timeOfDay(hour: number, minute: string, afternoon: boolean): string {
  const exact = minute === '' || minute === '00';
  if (hour === 12 && exact) return afternoon ? 'noon' : 'midnight';
  const clock = exact ? String(hour) : `${hour}:${minute}`;
  if (!afternoon) return `${clock} in the morning`;
  if (hour === 12 || hour < 6) return `${clock} in the afternoon`;
  return hour < 9 ? `${clock} in the evening` : `${clock} at night`;
}

function money(dollars: string, cents: string): string {
  const whole = `${dollars} ${dollars === '1' ? 'dollar' : 'dollars'}`;
  return cents === '' || cents === '00' ? whole : `${whole} and ${cents} cents`;
}
