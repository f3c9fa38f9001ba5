import { usualPortion, type KnownFood } from '../../clinical-kb/nutrition/load-nutrition.js';
import { numbersIn } from '../spoken/numbers.js';
import { tokensOfText } from '../spoken/tokens.js';

/** How much of a food is meant. */
export interface Portion {
  readonly count: number;
  /** A key of the food's portions. */
  readonly unit: string;
  readonly grams: number;
  /** True when the patient said how much; else it is the usual portion. */
  readonly said: boolean;
  /** Where its first word stands. */
  readonly from: number;
}

/** How patients call the units, in the singular. */
const unitsOf: Readonly<Record<string, string>> = {
  tbsp: 'tablespoon',
  spoonful: 'tablespoon',
  spoon: 'tablespoon',
  tsp: 'teaspoon',
  oz: 'ounce',
  glass: 'glass',
  mug: 'mug',
  bowlful: 'bowl',
  pack: 'packet',
  package: 'packet',
  pouch: 'packet',
  plate: 'serving',
  helping: 'serving',
  portion: 'serving',
  rasher: 'slice',
  tin: 'can',
};

/** One unit in terms of another that the food is known in: [unit, how many]. */
const insteadOf: Readonly<Record<string, readonly (readonly [string, number])[]>> = {
  glass: [
    ['glass', 1],
    ['cup', 1],
  ],
  mug: [
    ['mug', 1],
    ['cup', 1],
  ],
  bowl: [
    ['bowl', 1],
    ['cup', 1.5],
  ],
  piece: [
    ['piece', 1],
    ['each', 1],
    ['slice', 1],
  ],
  strip: [
    ['strip', 1],
    ['slice', 1],
    ['each', 1],
  ],
  tablespoon: [
    ['tablespoon', 1],
    ['teaspoon', 3],
    ['cup', 1 / 16],
  ],
  teaspoon: [
    ['teaspoon', 1],
    ['tablespoon', 1 / 3],
  ],
  ounce: [['ounce', 1]],
};

/** The most that anybody eats at once; more was misheard. */
const MOST_PORTIONS = 24;

/**
 * Reads "two cups of", "a can of", "half a" before a food; the usual portion where nothing is said.
 * @param words normalised; @param at index of the food's first word
 * @returns undefined when no portion of the food is known
 */
export function portionBefore(words: readonly string[], at: number, food: KnownFood): Portion | undefined {
  const usual = usualPortion(food);
  if (!usual) return undefined;
  let end = at;
  while (end > 0 && modifiers.has(words[end - 1] ?? '')) end -= 1;
  if (words[end - 1] === 'of') end -= 1;
  const named = unitNamed(words[end - 1] ?? '');
  let unitFrom = named === undefined ? end : end - 1;
  while (unitFrom > 0 && modifiers.has(words[unitFrom - 1] ?? '')) unitFrom -= 1;
  const { count, from } = countBefore(words, unitFrom);
  const wanted = named ?? (count === undefined ? undefined : 'each');
  const options = wanted === undefined ? [] : (insteadOf[wanted] ?? [[wanted, 1] as const]);
  for (const [unit, factor] of options) {
    const grams = food.portions[unit];
    if (grams === undefined) continue;
    const times = count ?? 1;
    return { count: times * factor, unit, grams: times * factor * grams, said: true, from };
  }
  return { count: 1, unit: usual.unit, grams: usual.grams, said: false, from: at };
}

const modifiers = new Set([
  'fresh',
  'whole',
  'big',
  'large',
  'small',
  'little',
  'medium',
  'nice',
  'hot',
  'cold',
  'some',
  'ripe',
]);

function unitNamed(word: string): string | undefined {
  const singular =
    word.endsWith('s') && word !== 'glass' ? (word === 'glasses' ? 'glass' : word.slice(0, -1)) : word;
  const unit = unitsOf[singular] ?? singular;
  return knownUnits.has(unit) ? unit : undefined;
}

const knownUnits = new Set([
  'cup',
  'can',
  'slice',
  'tablespoon',
  'teaspoon',
  'ounce',
  'glass',
  'bottle',
  'bowl',
  'packet',
  'serving',
  'piece',
  'handful',
  'bar',
  'link',
  'strip',
  'stalk',
  'ear',
  'stick',
  'patty',
  'scoop',
  'container',
  'box',
  'bag',
  'shot',
  'mug',
  'cube',
  'pinch',
  'shake',
  'dash',
  'clove',
  'spear',
  'order',
  'leaf',
  'sheet',
  'pat',
]);

function countBefore(words: readonly string[], end: number): { count: number | undefined; from: number } {
  const from = Math.max(0, end - 5);
  const number = numbersIn(tokensOfText(words.slice(from, end).join(' '))).at(-1);
  if (number?.end === end - from) {
    const eaten = number.value > 0 && number.value <= MOST_PORTIONS;
    return { count: eaten ? number.value : undefined, from: eaten ? from + number.start : end };
  }
  const last = words[end - 1] ?? '';
  if (last === 'a' || last === 'an') return { count: 1, from: end - 1 };
  if (last === 'few' || last === 'several') return { count: 3, from: end - 1 };
  return { count: undefined, from: end };
}
