import type { MedicineKnowledge } from '../../clinical-kb/medicines/load-medicines.js';
import { numbersIn } from '../spoken/numbers.js';
import type { Token } from '../spoken/tokens.js';
import { strengthsInMg } from './dose.js';
import { massUnit, volumeUnit } from './dose-units.js';
import type { MedicineName } from './name-index.js';
import { productOf } from './intake.js';
import { sentences, spokenName } from './sentences.js';

type Dimension = 'mass' | 'volume' | 'units' | 'milliequivalents' | 'percent';

const spokenUnits: readonly (readonly [RegExp, Dimension])[] = [
  [/^(units?|iu)$/, 'units'],
  [/^(meq|milliequivalents?)$/, 'milliequivalents'],
  [/^(%|percent)$/, 'percent'],
];
const names: Readonly<Record<Dimension, string>> = {
  mass: 'milligrams',
  volume: 'milliliters',
  units: 'units',
  milliequivalents: 'milliequivalents',
  percent: 'percent',
};

/** The unit that a word names; undefined for any other word. */
export function dimensionOf(word: string): Dimension | undefined {
  if (massUnit(word) !== undefined) return 'mass';
  if (volumeUnit(word) !== undefined) return 'volume';
  return spokenUnits.find(([pattern]) => pattern.test(word))?.[1];
}

/**
 * A precise question where a dose was said in a unit in which the medicine does not come, or a thousandfold of
 * every strength (milligrams for micrograms); never a guess. Undefined where the unit fits or nothing is known.
 */
export function unitQuestion(
  name: MedicineName,
  words: readonly Token[],
  knowledge: MedicineKnowledge,
): { say: string; reason: string } | undefined {
  const ingredient = name.ingredients[0] ?? '';
  const medicine = knowledge.medicines.get(ingredient);
  if (!medicine || productOf(name, knowledge)) return undefined;
  const known = new Set(medicine.strengths.flatMap(dimensionsOf));
  const liquid = knowledge.doses.get(ingredient)?.forms.includes('liquid') === true;
  if (known.size === 0) return undefined;
  const spoken = spokenName(name);
  for (const number of numbersIn(words)) {
    const unit = words[number.end]?.text ?? '';
    const dimension = dimensionOf(unit);
    if (dimension === undefined) continue;
    const over = unit === 'units' && words[number.end + 1]?.text === 'per';
    const fits = known.has(dimension) || (dimension === 'volume' && liquid);
    if (!fits && !over) {
      const usual = [...known].map((of) => names[of])[0] ?? 'milligrams';
      return {
        say: sentences.whichUnit(spoken, number.value, saidUnit(unit, dimension), usual),
        reason: `${number.value} ${unit} of ${ingredient} was said; it comes in ${usual}.`,
      };
    }
    const slip = dimension === 'mass' ? thousandfold(number.value, unit, medicine.strengths) : undefined;
    if (slip !== undefined)
      return {
        say: sentences.whichMass(spoken, number.value),
        reason: `${number.value} ${unit} of ${ingredient} was said; it comes in ${slip}.`,
      };
  }
  return undefined;
}

function dimensionsOf(strength: string): Dimension[] {
  const found: Dimension[] = [];
  if (/\b(mg|mcg|g)\b/.test(strength)) found.push('mass');
  if (/units/.test(strength)) found.push('units');
  if (/\b(mL|oz)\b/.test(strength)) found.push('volume');
  if (/mEq/.test(strength)) found.push('milliequivalents');
  if (strength.includes('%')) found.push('percent');
  return found;
}

/** "50 mg" where 50 mcg is sold, "500 mcg" where 500 mg is: the strength that was meant, or undefined. */
function thousandfold(value: number, unit: string, strengths: readonly string[]): string | undefined {
  const factor = massUnit(unit);
  if (factor === undefined) return undefined;
  const sold = strengthsInMg(strengths);
  const is = (mg: number): boolean => sold.some((strength) => Math.abs(strength - mg) < strength * 0.001);
  const said = value * factor;
  if (sold.length === 0 || is(said)) return undefined;
  if (factor === 1 && is(said / 1000) && sold.every((mg) => mg < 1)) return 'micrograms';
  if (factor === 0.001 && is(said * 1000) && sold.every((mg) => mg >= 1)) return 'milligrams';
  return undefined;
}

function saidUnit(word: string, dimension: Dimension): string {
  if (dimension === 'mass')
    return massUnit(word) === 0.001 ? 'micrograms' : massUnit(word) === 1000 ? 'grams' : 'milligrams';
  if (/^(teaspoon|tablespoon|ounce)/.test(word)) return word.endsWith('s') ? word : `${word}s`;
  return names[dimension];
}
