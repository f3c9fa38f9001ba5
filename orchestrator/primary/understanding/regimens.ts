import { spokenNumbers } from './numbers.js';
import { plainClauses } from './plain-words.js';

/** How somebody takes a medicine, as far as it was said. */
export interface Regimen {
  /** One dose, when it was said with a unit. */
  readonly dose?: { readonly amount: number; readonly unit: 'mg' | 'mcg' | 'g' | 'ml' | 'units' | 'pieces' };
  /** Times in 24 hours. */
  readonly timesADay?: number;
  readonly asNeeded?: true;
}

const unitWords: readonly (readonly [RegExp, NonNullable<Regimen['dose']>['unit']])[] = [
  [/^(?:mgs?|milligrams?|milligrammes?|miligrams?|mil|mils|millis)$/, 'mg'],
  [/^(?:mcgs?|micrograms?|ug)$/, 'mcg'],
  [/^(?:g|grams?)$/, 'g'],
  [/^(?:mls?|milliliters?|millilitres?|cc)$/, 'ml'],
  [/^(?:units?|iu)$/, 'units'],
  [/^(?:pills?|tablets?|tabs?|capsules?|caps?|puffs?|drops?|of them|patch(?:es)?)$/, 'pieces'],
];

const parts = [
  'morning',
  'noon',
  'lunch',
  'lunchtime',
  'midday',
  'afternoon',
  'evening',
  'supper',
  'dinner',
  'night',
  'bedtime',
  'breakfast',
];
/** Names of one time of day count once: "in the morning with breakfast". */
const sameTime: Readonly<Record<string, string>> = {
  breakfast: 'morning',
  lunch: 'noon',
  lunchtime: 'noon',
  midday: 'noon',
  supper: 'evening',
  dinner: 'evening',
  bedtime: 'night',
};

/** Dose and frequency in an utterance or on a chart ("40 mg", "twice a day"). */
export function regimen(text: string): Regimen {
  const clauses = plainClauses(text.replace(/(\d)(mg|mcg|ml|g|units?)\b/gi, '$1 $2'));
  const words = clauses.split(' ');
  const dose = doseIn(text.replace(/(\d)(mg|mcg|ml|g|units?)\b/gi, '$1 $2'), words);
  const times = timesADay(clauses);
  return {
    ...(dose === undefined ? {} : { dose }),
    ...(times === undefined ? {} : { timesADay: times }),
    ...(/\b(?:as needed|when i need|if i need|when needed|only when|prn)\b/.test(clauses)
      ? { asNeeded: true as const }
      : {}),
  };
}

/**
 * Compares what the patient said with the chart.
 * @returns different when a part that both name differs; same when the frequency or the dose agrees; unknown when nothing can be compared
 */
export function compareRegimens(said: Regimen, charted: Regimen): 'same' | 'different' | 'unknown' {
  const verdicts: boolean[] = [];
  if (said.dose && charted.dose && said.dose.unit !== 'pieces' && charted.dose.unit !== 'pieces') {
    verdicts.push(sameDose(said.dose, charted.dose));
  }
  if (said.timesADay !== undefined && charted.timesADay !== undefined)
    verdicts.push(said.timesADay === charted.timesADay);
  if (verdicts.includes(false)) return 'different';
  return verdicts.length > 0 ? 'same' : 'unknown';
}

function sameDose(one: NonNullable<Regimen['dose']>, other: NonNullable<Regimen['dose']>): boolean {
  const milligrams = { mg: 1, mcg: 0.001, g: 1000 } as const;
  const first = inMilligrams(one, milligrams);
  const second = inMilligrams(other, milligrams);
  if (first !== undefined && second !== undefined) return Math.abs(first - second) < 1e-6;
  return one.unit === other.unit && one.amount === other.amount;
}

function inMilligrams(
  dose: NonNullable<Regimen['dose']>,
  factors: Readonly<Record<'mg' | 'mcg' | 'g', number>>,
): number | undefined {
  return dose.unit === 'mg' || dose.unit === 'mcg' || dose.unit === 'g'
    ? dose.amount * factors[dose.unit]
    : undefined;
}

function doseIn(text: string, words: readonly string[]): Regimen['dose'] {
  const found = spokenNumbers(text).flatMap(({ value, end }) => {
    const unit = unitWords.find(([pattern]) => pattern.test(words[end] ?? ''))?.[1];
    return unit === undefined ? [] : [{ amount: value, unit }];
  });
  const half = /\bhalf (?:a |of a )?(?:pill|tablet|one)\b/.test(words.join(' '))
    ? { amount: 0.5, unit: 'pieces' as const }
    : undefined;
  const single = /\b(?:a|one) (?:\w+ )?(?:pill|tablet|capsule|tab)\b/.test(words.join(' '))
    ? { amount: 1, unit: 'pieces' as const }
    : undefined;
  return found.find((dose) => dose.unit !== 'pieces') ?? half ?? found[0] ?? single;
}

function timesADay(clauses: string): number | undefined {
  const hours = /\bevery (four|six|eight|twelve|4|6|8|12) hours\b/.exec(clauses)?.[1];
  if (hours !== undefined) return 24 / ({ four: 4, six: 6, eight: 8, twelve: 12 }[hours] ?? Number(hours));
  if (
    /\b(?:once|one time|1 time|1x) (?:a|per|every|each) (?:day|morning|night|evening)|\bonce daily\b/.test(
      clauses,
    )
  )
    return 1;
  if (/\b(?:twice|two times|2 times|2x)\b|\bbid\b/.test(clauses)) return 2;
  if (/\b(?:three times|3 times|3x|thrice)\b|\btid\b/.test(clauses)) return 3;
  if (/\b(?:four times|4 times|4x)\b|\bqid\b/.test(clauses)) return 4;
  if (/\bevery other day\b/.test(clauses)) return 0.5;
  const named = new Set(
    clauses
      .split(' ')
      .filter((word) => parts.includes(word))
      .map((word) => sameTime[word] ?? word),
  );
  if (named.has('evening') && named.has('night')) named.delete('night');
  if (named.size > 0) return named.size;
  if (/\b(?:every ?day|daily|each day|a day|every single day|once)\b/.test(clauses)) return 1;
  return undefined;
}
