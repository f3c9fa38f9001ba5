import type { Cited, MedicineKnowledge } from '../../clinical-kb/medicines/load-medicines.js';
import type { Product } from '../../clinical-kb/medicines/schema.js';
import type { Token } from '../spoken/tokens.js';
import type { Chart, ChartMedicine } from './chart.js';
import { withCombinationAsOne } from './combination-dose.js';
import { readDose, strengthsInMg, type SpokenDose } from './dose.js';
import { isDoseWord } from './dose-units.js';
import type { MedicineName } from './name-index.js';
import { isNumberWord } from '../spoken/numbers.js';

/** What one statement says that somebody takes, by ingredient. */
export interface Intake {
  readonly name: MedicineName;
  readonly dose: SpokenDose;
  readonly chart: ChartMedicine | undefined;
  readonly parts: readonly IngredientIntake[];
}

export interface IngredientIntake {
  readonly ingredient: string;
  /** At one time, in mg; undefined when it cannot be known. */
  readonly perDoseMg: number | undefined;
  /** In 24 hours, in mg; undefined when how often was not said. */
  readonly perDayMg: number | undefined;
  /** Strength of one tablet in mg. */
  readonly unitMg: number | undefined;
  /** True where a strength that was not said was taken as the smallest one sold. */
  readonly atLeast: boolean;
}

/**
 * The words that tell the dose of one of several medicines: what stands directly before its name, and
 * what follows up to the next one's.
 * @param spans all names in the utterance, in order
 */
export function doseWordsOf(
  tokens: readonly Token[],
  spans: readonly { readonly start: number; readonly end: number }[],
  which: number,
): Token[] {
  const span = spans[which];
  if (!span) return [];
  const previousEnd = spans[which - 1]?.end ?? 0;
  const start = which === 0 ? 0 : quantityStart(tokens, span.start, previousEnd);
  const next = spans[which + 1];
  const end = next ? quantityStart(tokens, next.start, span.end) : tokens.length;
  return tokens.slice(start, end);
}

const quantityWords = new Set(
  "of extra regular strength low dose baby children's a an half couple both one my and the another some".split(
    ' ',
  ),
);

/** Goes back from a name over the words of an amount: "two extra strength", "40 mg of". */
function quantityStart(tokens: readonly Token[], nameStart: number, floor: number): number {
  let start = nameStart;
  while (start > floor) {
    const token = tokens[start - 1];
    if (!token || token.endsClause) break;
    const { text } = token;
    const amount = isNumberWord(text) || isDoseWord(text) || quantityWords.has(text);
    if (!amount) break;
    start -= 1;
  }
  return start;
}

/** Works out what was taken. @param words from doseWordsOf */
export function intakeOf(
  name: MedicineName,
  words: readonly Token[],
  chart: Chart,
  knowledge: MedicineKnowledge,
): Intake {
  const product = productOf(name, knowledge);
  const ingredient = name.ingredients[0] ?? '';
  const medicine = knowledge.medicines.get(ingredient);
  const strengthsMg = product ? [] : strengthsInMg(medicine?.strengths ?? []);
  const prescribed = chart.medicines.find((entry) => entry.name.canonical === name.canonical);
  const dose = readDose(withCombinationAsOne(words, prescribed?.dose ?? ''), {
    strengthsMg,
    name: ingredient,
    onShelf: product?.otc ?? medicine?.otc !== undefined,
  });
  if (product) {
    const counted = inUnits(dose, product);
    const parts = product.ingredients.map((part) =>
      amounts(part.ingredient, counted, part.mgPerUnit, false, product.directions?.unitsPerDose),
    );
    return { name, dose: counted, chart: prescribed, parts };
  }
  const named = medicine?.otc?.byName?.[name.written];
  if (dose.volumeMl !== undefined && named?.mgPerMl !== undefined) {
    const poured = amounts(ingredient, { ...dose, count: dose.volumeMl }, named.mgPerMl, false);
    return { name, dose, chart: prescribed, parts: [poured] };
  }
  const otcMg = medicine?.otc ? otcUnitMg(strengthsMg) : undefined;
  const namedMg = otherStrength.test(textOf(words)) ? undefined : named?.unitMg;
  const knownMg = dose.strengthMg ?? prescribed?.doseMg ?? namedMg;
  const unitMg = knownMg ?? otcMg;
  const guessed =
    prescribed?.doseMg === undefined &&
    (dose.count === undefined || (knownMg === undefined && otcMg !== undefined && strengthsMg.length > 1));
  return {
    name,
    dose,
    chart: prescribed,
    parts:
      name.ingredients.length === 1
        ? [
            amounts(ingredient, dose, unitMg, guessed),
            ...(medicine?.holds ?? []).map((part) => amounts(part.ingredient, dose, part.mgPerUnit, false)),
          ]
        : [],
  };
}

/** A liquid by the tablets that hold as much; of a liquid that nothing is known of no amount is known. */
function inUnits(dose: SpokenDose, product: Cited<Product>): SpokenDose {
  if (dose.volumeMl === undefined) return dose;
  if (product.mlPerUnit === undefined) return { ...dose, said: false };
  return { ...dose, count: dose.volumeMl / product.mlPerUnit };
}

/** Words of another strength than the usual one of a brand. */
const otherStrength = / (maximum|max|extra|ultra|double|high|junior|children's|prescription) /;

function textOf(words: readonly Token[]): string {
  return ` ${words.map((word) => word.text).join(' ')} `;
}

/** The smallest strength on the shelf: what is taken is at least this. */
function otcUnitMg(strengthsMg: readonly number[]): number | undefined {
  return strengthsMg.length === 0 ? undefined : Math.min(...strengthsMg);
}

function amounts(
  ingredient: string,
  dose: SpokenDose,
  unitMg: number | undefined,
  atLeast: boolean,
  usualCount?: number,
): IngredientIntake {
  if (unitMg === undefined || !dose.said || (dose.volumeMl !== undefined && dose.count === undefined)) {
    return { ingredient, perDoseMg: undefined, perDayMg: undefined, unitMg, atLeast };
  }
  if (dose.pieces.length > 1) {
    const sum = dose.pieces.reduce((total, count) => total + count, 0);
    return {
      ingredient,
      perDoseMg: Math.max(...dose.pieces) * unitMg,
      perDayMg: sum * unitMg,
      unitMg,
      atLeast,
    };
  }
  const perTime = (dose.count ?? usualCount ?? 1) * unitMg;
  if (dose.countIsPerDay && dose.count !== undefined) {
    return { ingredient, perDoseMg: undefined, perDayMg: perTime, unitMg, atLeast };
  }
  const perDayMg = dose.timesPerDay === undefined ? undefined : perTime * dose.timesPerDay;
  return { ingredient, perDoseMg: perTime, perDayMg, unitMg, atLeast };
}

/** The combination product that a name stands for. */
export function productOf(name: MedicineName, knowledge: MedicineKnowledge): Cited<Product> | undefined {
  return name.product === undefined
    ? undefined
    : knowledge.products.find((product) => product.product === name.product);
}
