import { spokenNumbers } from './numbers.js';
import { plainClauses } from './plain-words.js';

/** How somebody takes a medicine, as far as it was said. */
export interface Regimen {
  /** One dose, when it was said with a unit; the strength of one piece when pieces is there too. */
  readonly dose?: { readonly amount: number; readonly unit: 'mg' | 'mcg' | 'g' | 'ml' | 'units' | 'pieces' };
  /** How many pieces of that strength make one dose, when both were said. */
  readonly pieces?: number;
  /** Times in 24 hours. */
  readonly timesADay?: number;
  readonly asNeeded?: true;
}

type Dose = NonNullable<Regimen['dose']>;

const pieceWord = /^(?:pills?|tablets?|tabs?|capsules?|caps?|puffs?|drops?|of them|patch(?:es)?)$/;
const unitWords: readonly (readonly [RegExp, Dose['unit']])[] = [
  [/^(?:mgs?|milligrams?|milligrammes?|miligrams?|mil|mils|millis)$/, 'mg'],
  [/^(?:mcgs?|micrograms?|ug)$/, 'mcg'],
  [/^(?:g|grams?)$/, 'g'],
  [/^(?:mls?|milliliters?|millilitres?|cc)$/, 'ml'],
  [/^(?:units?|iu)$/, 'units'],
  [pieceWord, 'pieces'],
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
    ...dose,
    ...(times === undefined ? {} : { timesADay: times }),
    ...(/\b(?:as needed|when i need|if i need|when needed|only when|prn)\b/.test(clauses)
      ? { asNeeded: true as const }
      : {}),
  };
}

/** How much of what the patient said agrees with the chart. */
export type RegimenVerdict = 'same' | 'partial' | 'different' | 'unknown';

/**
 * Compares what the patient said with the chart.
 * @returns different when a part that both name differs; same only when the dose and the frequency were
 *   both compared and agree; partial when one of them agrees and the other cannot be compared; unknown when
 *   nothing can be compared
 */
export function compareRegimens(said: Regimen, charted: Regimen): RegimenVerdict {
  const dose = doseAgrees(said, charted);
  const frequency = frequencyAgrees(said, charted);
  if (dose === false || frequency === false) return 'different';
  if (dose && frequency) return 'same';
  return dose || frequency ? 'partial' : 'unknown';
}

/** @returns undefined when a number of pieces stands against a strength: they cannot be compared */
function doseAgrees(said: Regimen, charted: Regimen): boolean | undefined {
  if (!said.dose || !charted.dose) return undefined;
  if ((said.dose.unit === 'pieces') !== (charted.dose.unit === 'pieces')) return undefined;
  return sameDose(whole(said.dose, said.pieces), whole(charted.dose, charted.pieces));
}

/** "Two 20 milligram tablets" are 40 milligrams. */
function whole({ amount, unit }: Dose, pieces = 1): Dose {
  return { amount: amount * pieces, unit };
}

function frequencyAgrees(said: Regimen, charted: Regimen): boolean | undefined {
  if (said.timesADay !== undefined && charted.timesADay !== undefined)
    return said.timesADay === charted.timesADay;
  if (said.asNeeded && charted.asNeeded) return true;
  // "Only when I need it" against a fixed number of times is not what the chart says.
  return said.asNeeded && charted.timesADay !== undefined ? false : undefined;
}

function sameDose(one: Dose, other: Dose): boolean {
  const milligrams = { mg: 1, mcg: 0.001, g: 1000 } as const;
  const first = inMilligrams(one, milligrams);
  const second = inMilligrams(other, milligrams);
  if (first !== undefined && second !== undefined) return Math.abs(first - second) < 1e-6;
  return one.unit === other.unit && one.amount === other.amount;
}

function inMilligrams(dose: Dose, factors: Readonly<Record<'mg' | 'mcg' | 'g', number>>): number | undefined {
  return dose.unit === 'mg' || dose.unit === 'mcg' || dose.unit === 'g'
    ? dose.amount * factors[dose.unit]
    : undefined;
}

function doseIn(text: string, words: readonly string[]): Pick<Regimen, 'dose' | 'pieces'> {
  const numbers = spokenNumbers(text);
  const found = numbers.flatMap(({ value, start, end }) => {
    const unit = unitWords.find(([pattern]) => pattern.test(words[end] ?? ''))?.[1];
    return unit === undefined ? [] : [{ amount: value, unit, start, end }];
  });
  const strength = found.find((dose) => dose.unit !== 'pieces');
  const counted = found.find((dose) => dose.unit === 'pieces')?.amount;
  const said = words.join(' ');
  // "Two 20 milligram tablets", "two of the 20 milligram tablets".
  const before =
    strength && pieceWord.test(words[strength.end + 1] ?? '')
      ? numbers.find(
          ({ end }) =>
            end === strength.start ||
            (end === strength.start - 2 && /^of (?:the|those|my)$/.test(words.slice(end, end + 2).join(' '))),
        )?.value
      : undefined;
  const half = /\bhalf (?:an? |of an? |of the )?(?:[\w.]+ (?:mgs?|milligrams?) )?(?:pill|tablet|one)\b/.test(
    said,
  )
    ? 0.5
    : undefined;
  const single = /\b(?:a|one) (?:\w+ )?(?:pill|tablet|capsule|tab)\b/.test(said) ? 1 : undefined;
  const pieces = half ?? counted ?? before ?? single;
  if (strength) {
    const dose = { amount: strength.amount, unit: strength.unit };
    return pieces === undefined || pieces === 1 ? { dose } : { dose, pieces };
  }
  return pieces === undefined ? {} : { dose: { amount: pieces, unit: 'pieces' } };
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
