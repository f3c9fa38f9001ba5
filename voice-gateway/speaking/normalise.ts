import {
  sayCalendarDate,
  sayClockTime,
  sayDigits,
  sayFigureDate,
  sayMonthDay,
  sayYear,
  spellLetters,
} from './spoken-numbers.js';

/** One rule: what it finds and how that is said. A group that found nothing is empty. */
type Rule = readonly [RegExp, (...groups: string[]) => string];

const MONTHS = 'January|February|March|April|May|June|July|August|September|October|November|December';

/** Units as written, one and many as said. */
const UNITS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  mg: ['milligram', 'milligrams'],
  mcg: ['microgram', 'micrograms'],
  µg: ['microgram', 'micrograms'],
  ug: ['microgram', 'micrograms'],
  g: ['gram', 'grams'],
  kg: ['kilogram', 'kilograms'],
  ml: ['milliliter', 'milliliters'],
  cc: ['milliliter', 'milliliters'],
  dl: ['deciliter', 'deciliters'],
  l: ['liter', 'liters'],
  lb: ['pound', 'pounds'],
  lbs: ['pound', 'pounds'],
  oz: ['ounce', 'ounces'],
  meq: ['milliequivalent', 'milliequivalents'],
  mmol: ['millimole', 'millimoles'],
  iu: ['international unit', 'international units'],
  bpm: ['beat per minute', 'beats per minute'],
  mmhg: ['millimeter of mercury', 'millimeters of mercury'],
  hr: ['hour', 'hours'],
  hrs: ['hour', 'hours'],
  min: ['minute', 'minutes'],
  cm: ['centimeter', 'centimeters'],
  ft: ['foot', 'feet'],
  '%': ['percent', 'percent'],
  '°f': ['degree Fahrenheit', 'degrees Fahrenheit'],
  '°c': ['degree Celsius', 'degrees Celsius'],
  '°': ['degree', 'degrees'],
};
const UNIT = '%|°F|°C|°|mcg|mmHg|mmol|mEq|mg|µg|ug|kg|mL|dL|cc|lbs|lb|oz|IU|bpm|hrs|hr|min|cm|ft|g|L';
const PER = 'dL|mL|L|kg|min|hr|day|dose|week';

const FRACTIONS: Readonly<Record<string, string>> = {
  '1/2': 'one half',
  '1/3': 'one third',
  '2/3': 'two thirds',
  '1/4': 'one quarter',
  '3/4': 'three quarters',
};

/** Said letter by letter; whatever else is in capitals is left to the phonemizer. */
const INITIALISMS =
  'ER|ED|EMT|INR|MRI|CT|ECG|EKG|ICU|COPD|CHF|GP|MD|RN|NP|PA|PCP|HIPAA|ID|IV|LDL|HDL|TSH|BNP|GFR|BMI|DVT|TIA|UTI|ACE|ARB|PT|OT|FDA|CDC|US|TV|AI';
const INITIALISM_WORDS = new Set(['HIPAA', 'ACE']);

/** Abbreviations of prose and prescription. */
const ABBREVIATIONS: readonly Rule[] = [
  [/\bDr\.(?=\s)/g, () => 'Doctor'],
  [/\bMr\.(?=\s)/g, () => 'Mister'],
  [/\bMrs\.(?=\s)/g, () => 'Missus'],
  [/\bMs\.(?=\s)/g, () => 'Miz'],
  [/\bvs\.?(?=\s)/g, () => 'versus'],
  [/\be\.g\.,?/g, () => 'for example,'],
  [/\bi\.e\.,?/g, () => 'that is,'],
  [/\betc\./g, () => 'and so on.'],
  [/\bapprox\./g, () => 'approximately'],
  [/\bappt\.?(?=\s)/g, () => 'appointment'],
  [/\bBP\b/g, () => 'blood pressure'],
  [/\bOTC\b/g, () => 'over the counter'],
  [/\bNSAID(s?)\b/g, (_, plural) => `en-said${plural}`],
  [/\bA1[cC]\b/g, () => '[A] one [C]'],
  [/\bB12\b/g, () => '[B] twelve'],
  [/\b(?:QD|q\.?d\.)(?=\s|$)/g, () => 'once a day'],
  [/\b(?:BID|b\.i\.d\.)(?=\s|$)/g, () => 'twice a day'],
  [/\b(?:TID|t\.i\.d\.)(?=\s|$)/g, () => 'three times a day'],
  [/\b(?:PRN\b|p\.r\.n\.)/g, () => 'as needed'],
  [/\b24\/7\b/g, () => 'twenty-four seven'],
  [/&/g, () => ' and '],
  [/\bw\/o\b/g, () => 'without'],
];

/** Order matters: what is more particular comes first. */
const RULES: readonly Rule[] = [
  // Short codes and telephone numbers are said digit by digit, groups with a pause between.
  [/\b(911|988|411|711|211)\b(?!\s*(?:mg|mcg|g|mL)\b)/g, (number) => sayDigits(number)],
  [
    /(?<![\w-])(?:\+?1[-. ])?\(?(\d{3})\)?[-. ](\d{3})[-. ](\d{4})(?![\w-])/g,
    (whole, ...groups) =>
      [/^\+?1[-. ]/.test(whole) ? '1' : '', ...groups.slice(0, 3)].filter(Boolean).map(sayDigits).join(', '),
  ],
  [/(?<![\w-])(\d{3})-(\d{4})(?![\w-])/g, (_, first, second) => `${sayDigits(first)}, ${sayDigits(second)}`],
  // Spelled letters: M-E-T.
  [/(?<![\w-])[A-Za-z](?:-[A-Za-z])+(?![\w-])/g, (letters) => spellLetters(letters)],
  // Dates.
  [/\b(\d{4})-(\d{2})-(\d{2})\b/g, (_, year, month, day) => sayCalendarDate(year, month, day)],
  [/\b(\d{1,2})\/(\d{1,2})\/(\d{4})\b/g, (_, month, day, year) => sayCalendarDate(year, month, day)],
  [
    new RegExp(`\\b(${MONTHS})\\s+(\\d{1,2})(?:st|nd|rd|th)?(?:,?\\s+(\\d{4}))?\\b(?![:/])`, 'g'),
    (_, month, day, year) => sayMonthDay(month, day, year),
  ],
  [
    new RegExp(
      `\\b((?:in|since|of|until|year|(?:${MONTHS}),?)\\s+)((?:19|20)\\d{2})\\b(?!\\s*(?:${UNIT})(?:\\W|$))`,
      'g',
    ),
    (_, before, year) => `${before}${sayYear(year)}`,
  ],
  // Times: 5 p.m., 5:30 PM, 17:45.
  [
    /\b(\d{1,2})(?::(\d{2}))?\s*([ap])\.?m\b(\.(?!\s*$))?/gi,
    (_, hour, minute, half) => `${sayClockTime(hour, minute)} [${half.toUpperCase()}] [M]`,
  ],
  [/\b([01]?\d|2[0-3]):([0-5]\d)\b/g, (_, hour, minute) => sayClockTime(hour, minute, true)],
  // Two numbers and a stroke: a blood pressure, a fraction, a score, a day.
  [/(\d+) 1\/2\b/g, (_, whole) => `${whole} and a half`],
  [
    /(?<![\d/])(\d{1,3})\s*\/\s*(\d{1,3})(?:\s*mm\s?Hg)?(?![\d/])/g,
    (whole, first, second) => sayStroke(Number(first), Number(second)) ?? whole,
  ],
  // Ranges: 4-6 hours.
  [/(\d)\s*[-–]\s*(\d)/g, (_, from, to) => `${from} to ${to}`],
  // Units, alone and per another: 140 mg/dL, 5 mg/kg.
  [
    new RegExp(`(?<![\\w.])(\\d[\\d,]*(?:\\.\\d+)?|\\.\\d+)\\s*-?\\s*(${UNIT})\\s*/\\s*(${PER})\\b`, 'gi'),
    (_, amount, unit, per) => `${sayQuantity(amount, unit)} per ${UNITS[per.toLowerCase()]?.[0] ?? per}`,
  ],
  [
    new RegExp(
      `(?<![\\w.])(\\d[\\d,]*(?:\\.\\d+)?|\\.\\d+)(-)?\\s*(${UNIT})(?![A-Za-z])(\\.(?=\\s+[a-z]))?`,
      'g',
    ),
    (_, amount, hyphen, unit) => sayQuantity(amount, unit, hyphen !== ''),
  ],
  [
    new RegExp(`\\b(mg|mcg|mEq|mmol|g)\\s*/\\s*(${PER})\\b`, 'g'),
    (_, unit, per) => `${UNITS[unit.toLowerCase()]?.[1] ?? unit} per ${UNITS[per.toLowerCase()]?.[0] ?? per}`,
  ],
  [
    /\$(\d[\d,]*)(?:\.(\d{2}))?/g,
    (_, dollars, cents) => `${dollars} dollars${cents ? ` and ${cents} cents` : ''}`,
  ],
  [/(?<!\w)#\s?(?=\d)/g, () => 'number '],
  [/(?<![\d.])\.(\d)/g, (_, digit) => `0.${digit}`],
  // A long run of digits is an identifier, not a quantity.
  [/\b\d{7,}\b/g, (number) => sayDigits(number)],
  [new RegExp(`\\b(${INITIALISMS})(s?)\\b`, 'g'), (_, letters, plural) => sayInitialism(letters, plural)],
];

/**
 * Text as a person would say it: doses, laboratory values, blood pressures, times, dates, telephone numbers and
 * spelled letters in words. A letter in brackets, [M], is said by its name. What it does not know it leaves.
 * Pure.
 */
export function normalise(text: string): string {
  const spoken = [...ABBREVIATIONS, ...RULES].reduce(
    (current, [pattern, say]) =>
      current.replace(pattern, (...found: unknown[]) =>
        say(...found.map((part) => (typeof part === 'string' ? part : ''))),
      ),
    text
      .normalize('NFC')
      .replace(/[’‘]/g, "'")
      .replace(/\u00a0/g, ' ')
      .replace(/μ/g, 'µ'),
  );
  return spoken
    .replace(/\s+/g, ' ')
    .replace(/ ([,.;:!?])/g, '$1')
    .trim();
}

/** What two numbers with a stroke between mean, told by their size; undefined when nothing fits. */
function sayStroke(first: number, second: number): string | undefined {
  if (first >= 60 && first <= 300 && second >= 20 && second <= 200) return `${first} over ${second}`;
  const fraction = FRACTIONS[`${first}/${second}`];
  if (fraction !== undefined) return fraction;
  if (second === 10 && first <= 10) return `${first} out of 10`;
  if (first >= 1 && first <= 12 && second >= 1 && second <= 31) return sayFigureDate(first, second);
  return undefined;
}

/** "a 5-mg tablet" has one milligram, "5 mg" has many. */
function sayQuantity(amount: string, unit: string, asAdjective = false): string {
  const names = UNITS[unit.toLowerCase()];
  if (!names) return `${amount} ${unit}`;
  const number = amount.startsWith('.') ? `0${amount}` : amount;
  return `${number} ${asAdjective || Number(number) === 1 ? names[0] : names[1]}`;
}

function sayInitialism(letters: string, plural = ''): string {
  if (INITIALISM_WORDS.has(letters)) return letters.toLowerCase() + plural;
  const named = Array.from(letters, (letter) => `[${letter}]`);
  return named.join(' ') + (plural ? "'s" : '');
}
