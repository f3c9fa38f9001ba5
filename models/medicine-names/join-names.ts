import type { DrugDictionary } from './drug-dictionary.js';
import type { KnownName } from './medicine-names.js';
import { withoutSalt, type SubstanceName } from './substance-names.js';

/** One to three words of letters; a code, a formula or a mixture is no name that a patient says. */
const sayable = /^[a-z][a-z'-]*(?: [a-z][a-z'-]*){0,2}$/;
/** "vyfemla component norethindrone", "olanzapine mylan": how registers tell apart what is one product. */
const registerOnly =
  / (component|bms|mylan|teva|cipla|zentiva|actavis|sandoz|glenmark|krka|apotex|neopharma|ratiopharm)\b/;
const shortestName = 4;

/**
 * Joins both sources. The FDA's table says which ingredient a name stands for, the dictionary which ingredients
 * are medicines at all: the table also holds foods, cosmetics and pesticides. A name of several ingredients, each
 * in a row of its own, becomes a combination of its own name.
 */
export function joinNames(substances: readonly SubstanceName[], dictionary: DrugDictionary): KnownName[] {
  const found = new Map<string, { kind: KnownName['kind']; ingredients: Set<string> }>();
  for (const { name, kind, substance } of substances) {
    const ingredient = ingredientOf(substance, dictionary);
    if (ingredient === undefined || !isSayable(name)) continue;
    const prescribed = dictionary.described.has(ingredient.entry);
    const known = found.get(name) ?? { kind: prescribed ? kind : 'rare', ingredients: new Set<string>() };
    if (known.kind === 'rare' && prescribed) known.kind = kind;
    known.ingredients.add(ingredient.name);
    found.set(name, known);
  }
  const names = [...found].map(([name, { kind, ingredients }]): KnownName => {
    const [only = name] = ingredients;
    return { name, kind, ingredient: ingredients.size === 1 ? only : name };
  });
  for (const entry of dictionary.described) {
    if (!found.has(entry) && isSayable(entry))
      names.push({ name: entry, kind: 'official', ingredient: entry });
  }
  for (const [name, entry] of dictionary.entryOf) {
    if (found.has(name) || name === entry || !isSayable(name) || name.includes(' ')) continue;
    if (!dictionary.described.has(entry)) continue;
    // Combinations have no row in the FDA's table: what names one there is mostly its brand.
    const combination = /,| and /.test(entry);
    names.push({ name, kind: combination ? 'brand' : 'rare', ingredient: entry });
  }
  return names;
}

/** The generic name of a substance, and the dictionary's entry for it; undefined when it is no medicine. */
function ingredientOf(
  substance: string,
  { described, listed, entryOf }: DrugDictionary,
): { name: string; entry: string } | undefined {
  const ways = withoutSalt(substance);
  for (const set of [described, listed]) {
    for (const way of ways) {
      if (set.has(way)) return { name: way, entry: way };
      const entry = entryOf.get(way);
      // The table's own name is kept: the dictionary calls levothyroxine "thyroxine".
      if (entry !== undefined && set.has(entry)) return { name: ways.at(-1) ?? way, entry };
    }
  }
  return undefined;
}

function isSayable(name: string): boolean {
  return name.length >= shortestName && sayable.test(name) && !registerOnly.test(name);
}
