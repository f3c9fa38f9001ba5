import type { Medicine } from './schema.js';

/** What selectors need to know of a medicine. */
export type Selectable = Pick<Medicine, 'ingredient' | 'classes' | 'holds'>;

/** "class:nsaid" → ["class", "nsaid"]. */
export function splitSelector(selector: string): [kind: string, value: string] {
  const colon = selector.indexOf(':');
  return [selector.slice(0, colon), selector.slice(colon + 1)];
}

/** Looks up which ingredients selectors ("class:nsaid", "ingredient:ibuprofen") name. */
export class Members {
  readonly #byClass = new Map<string, string[]>();
  readonly #byIngredient = new Map<string, string[]>();

  constructor(medicines: Iterable<Selectable>) {
    const add = (map: Map<string, string[]>, key: string, ingredient: string): void => {
      const list = map.get(key);
      if (list) list.push(ingredient);
      else map.set(key, [ingredient]);
    };
    for (const { ingredient, classes, holds } of medicines) {
      for (const name of classes) add(this.#byClass, name, ingredient);
      // What a fixed combination holds, it is as well.
      add(this.#byIngredient, ingredient, ingredient);
      for (const part of holds ?? []) add(this.#byIngredient, part.ingredient, ingredient);
    }
  }

  /** True when some medicine is what the selector names. */
  has(selector: string): boolean {
    return this.#of(selector) !== undefined;
  }

  /** Every ingredient that one of the selectors names. @param except selectors whose members are left out */
  of(selectors: readonly string[], except: readonly string[] = []): Set<string> {
    const found = new Set(selectors.flatMap((selector) => this.#of(selector) ?? []));
    for (const selector of except)
      for (const ingredient of this.#of(selector) ?? []) found.delete(ingredient);
    return found;
  }

  #of(selector: string): readonly string[] | undefined {
    const [kind, value] = splitSelector(selector);
    return kind === 'class' ? this.#byClass.get(value) : this.#byIngredient.get(value);
  }
}
