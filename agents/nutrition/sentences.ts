import { amountIn, type KnownFood } from '../../clinical-kb/nutrition/load-nutrition.js';
import type { Nutrient } from '../../clinical-kb/nutrition/schema.js';
import type { Finding } from './findings.js';
import type { Mention } from './mentions.js';
import type { Portion } from './portion.js';

const spokenNutrients: Readonly<Record<Nutrient, readonly [unit: string, name: string]>> = {
  sodiumMg: ['milligrams', 'sodium'],
  potassiumMg: ['milligrams', 'potassium'],
  carbohydrateG: ['grams', 'carbohydrate'],
  vitaminKUg: ['micrograms', 'vitamin K'],
  phosphorusMg: ['milligrams', 'phosphorus'],
};

/** "sodium" for sodiumMg. */
export function nutrientName(nutrient: Nutrient): string {
  return spokenNutrients[nutrient][1];
}

/** "840 milligrams of sodium"; figures of a table are not exact, so they are rounded. */
export function spokenAmount(nutrient: Nutrient, value: number): string {
  const [unit, name] = spokenNutrients[nutrient];
  const digits = String(roundedAmount(value)).replace(/(?<=\d)(?=\d{3}$)/, ',');
  return `${digits} ${digits === '1' ? unit.slice(0, -1) : unit} of ${name}`;
}

/** To tens from 100 on, to ones from 10 on; 0 below a half. */
export function roundedAmount(value: number): number {
  if (value >= 100) return Math.round(value / 10) * 10;
  return Math.round(value);
}

const counts: Readonly<Record<number, string>> = {
  0.5: 'half',
  1: 'one',
  2: 'two',
  3: 'three',
  4: 'four',
  5: 'five',
  6: 'six',
};

/** "two cups of cooked spinach", "one banana", "half a can of tuna". */
export function spokenPortion(food: KnownFood, { count, unit }: Portion): string {
  const rounded = Math.round(count * 4) / 4 || count;
  const said = counts[rounded] ?? String(Math.round(rounded * 100) / 100);
  const many = rounded > 1;
  const singular = food.names.find((name) => !name.startsWith('=')) ?? food.id;
  if (unit === 'each') {
    const name = food.id.endsWith('s') ? singular : food.id;
    if (rounded === 0.5) return `half of one ${name}`;
    return `${said} ${many ? plural(name) : name}`;
  }
  if (unit === 'half' || unit === 'half cup')
    return `${unit === 'half' ? 'half of a' : 'half a cup of'} ${food.id}`;
  if (rounded === 0.5) return `half a ${unit} of ${food.id}`;
  return `${said} ${many ? plural(unit) : unit} of ${food.id}`;
}

function plural(word: string): string {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  if (/(?:s|x|ch|sh)$/.test(word)) return `${word}es`;
  if (word.endsWith('leaf')) return `${word.slice(0, -1)}ves`;
  return `${word}s`;
}

/** The food in the patient's own words. */
export function calledOf({ food, called, without }: Mention): string {
  // "Four drinks a night" is how much, not what.
  if (food.id === 'alcohol') return food.id;
  const name = called === '' ? food.id : called;
  return without.size > 0 ? `that kind of ${name}` : name;
}

/** Fills a rule's sentence. */
export function filled(pattern: string, { rule, mention, because, medicine }: Finding): string {
  const { food, portion } = mention;
  const nutrient = rule.nutrient?.of;
  const value = nutrient && amountIn(food, nutrient, portion?.grams);
  const slots: Readonly<Record<string, string>> = {
    food: calledOf(mention),
    portion: portion ? spokenPortion(food, portion) : food.id,
    amount: nutrient && value !== undefined ? spokenAmount(nutrient, value) : '',
    servings: servings(value ?? 0),
    because,
    medicine,
  };
  const agreed = (portion?.count ?? 1) > 1 ? pattern.replace('{Portion} has', '{Portion} have') : pattern;
  return agreed.replace(/\{(\w+)\}/g, (_, slot: string) => {
    const value = slots[slot.toLowerCase()] ?? '';
    return /^[A-Z]/.test(slot) ? capital(value) : value;
  });
}

/** "two servings of 15 grams" for 31 g. */
function servings(grams: number): string {
  const count = Math.max(1, Math.round(grams / 15));
  return `${counts[count] ?? count} carb ${count === 1 ? 'serving' : 'servings'}`;
}

/** "One cup of canned chicken noodle soup has about 840 milligrams of sodium." */
export function figureSentence({ food, portion }: Mention, nutrient: Nutrient): string | undefined {
  const value = amountIn(food, nutrient, portion?.grams);
  if (value === undefined || !portion) return undefined;
  const rounded = roundedAmount(value);
  const amount =
    rounded < 1 ? `almost no ${nutrientName(nutrient)}` : `about ${spokenAmount(nutrient, value)}`;
  return `${capital(spokenPortion(food, portion))} ${portion.count > 1 ? 'have' : 'has'} ${amount}.`;
}

/** mL of a portion that count as fluid; 0 for what does not. */
export function fluidMl({ fluidMl: ofUsual, portions }: KnownFood, { grams }: Portion): number {
  const [usualGrams] = Object.values(portions);
  return usualGrams === undefined ? 0 : roundedAmount((ofUsual * grams) / usualGrams);
}

/** "One can of … counts as about 600 milliliters of fluid."; undefined for what does not count. */
export function fluidSentence({ food, portion }: Mention): string | undefined {
  const fluid = portion ? fluidMl(food, portion) : 0;
  if (!portion || fluid === 0) return undefined;
  return `${capital(spokenPortion(food, portion))} ${portion.count > 1 ? 'count' : 'counts'} as about ${fluid} milliliters of fluid.`;
}

export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

export const noReason = (food: string): string =>
  `I see no reason on your chart to leave out ${food}; if you were given a special diet, please keep to that.`;
export const askPharmacist = (food: string): string =>
  `I am not sure about ${food} with all of your medicines, so please ask your pharmacist first.`;
export const checkLabel = (food: string): string =>
  `I can not be sure what is in ${food}, so please check the label for what you are allergic to.`;
export const changedGreens =
  'A big change in green vegetables changes how warfarin works, so please tell your warfarin clinic about it, and keep the amount about the same each week from now on.';
export const countSodium = (figure: string): string =>
  `${figure} Please count it toward your sodium for the day.`;
export const betterKind = 'That is the better kind; the label tells how much sodium a serving has.';
export const noFigure = (nutrient: Nutrient, food: string): string =>
  `I do not know how much ${nutrientName(nutrient)} is in ${food}, so please check the label.`;
