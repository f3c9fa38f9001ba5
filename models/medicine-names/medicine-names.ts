import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { AsterismError, messageOf } from '../../platform/errors.js';

/**
 * How a name came to be known.
 * `official`: an ingredient that is prescribed or sold, or a salt of it. `brand`: a brand of such an ingredient.
 * `rare`: another name, most of a foreign or experimental medicine.
 */
export type NameKind = 'official' | 'brand' | 'rare';

/** A name of a medicine of which nothing but its ingredient is known. Lower case. */
export interface KnownName {
  readonly name: string;
  /** Generic name; that of a combination joins its parts with "and". */
  readonly ingredient: string;
  readonly kind: NameKind;
}

/**
 * The names as they lie in the cache: parallel columns, because thousands of small objects would take
 * ten times as long to read.
 */
const namesFile = z.strictObject({
  version: z.literal(1),
  ingredients: z.array(z.string()),
  /** Joined by line feeds. */
  names: z.string(),
  /** For each name the position of its ingredient. */
  ingredientOf: z.array(z.int().nonnegative()),
  /** For each name one letter: o, b or r. */
  kinds: z.string().regex(/^[obr]*$/),
});

const kindOfLetter: Readonly<Record<string, NameKind>> = { o: 'official', b: 'brand', r: 'rare' };

/** The file's text for names in any order. */
export function writeMedicineNames(names: readonly KnownName[]): string {
  const sorted = [...names].sort((a, b) => (a.name < b.name ? -1 : 1));
  const ingredients = [...new Set(sorted.map(({ ingredient }) => ingredient))].sort();
  const positions = new Map(ingredients.map((ingredient, position) => [ingredient, position]));
  return JSON.stringify({
    version: 1,
    ingredients,
    names: sorted.map(({ name }) => name).join('\n'),
    ingredientOf: sorted.map(({ ingredient }) => positions.get(ingredient) ?? 0),
    kinds: sorted.map(({ kind }) => kind.slice(0, 1)).join(''),
  } satisfies z.infer<typeof namesFile>);
}

/**
 * The names that `asterism models fetch` prepared.
 * @param path of the model file "medicine-names"
 * @throws AsterismError MODEL_PREPARE when the file is not whole
 */
export async function readMedicineNames(path: string): Promise<KnownName[]> {
  let raw: unknown;
  try {
    raw = JSON.parse(await readFile(path, 'utf8'));
  } catch (thrown) {
    throw damaged(messageOf(thrown), thrown);
  }
  const parsed = namesFile.safeParse(raw);
  if (!parsed.success) throw damaged(z.prettifyError(parsed.error), parsed.error);
  const { ingredients, names, ingredientOf, kinds } = parsed.data;
  const list = names === '' ? [] : names.split('\n');
  if (list.length !== ingredientOf.length || list.length !== kinds.length) {
    throw damaged('its columns differ in length');
  }
  return list.map((name, position): KnownName => {
    const ingredient = ingredients[ingredientOf[position] ?? -1];
    const kind = kindOfLetter[kinds[position] ?? ''];
    if (ingredient === undefined || kind === undefined) throw damaged('it names an ingredient it lacks');
    return { name, ingredient, kind };
  });
}

function damaged(what: string, cause?: unknown): AsterismError {
  return new AsterismError(
    'MODEL_PREPARE',
    `the list of medicine names cannot be used: ${what}; run \`asterism models verify\`, then \`asterism models fetch\``,
    { cause },
  );
}
