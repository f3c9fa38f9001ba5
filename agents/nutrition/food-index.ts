import type { KnownFood, NutritionKnowledge } from '../../clinical-kb/nutrition/load-nutrition.js';

interface Name {
  readonly words: readonly string[];
  /** undefined for a phrase that only holds the name of a food. */
  readonly food: KnownFood | undefined;
}

/** A food's name found among words: from inclusive, to exclusive. */
export interface FoodMatch {
  readonly food: KnownFood;
  readonly from: number;
  readonly to: number;
}

/** Finds foods by their names in the singular and the plural; the longest name at a place wins. */
export class FoodIndex {
  readonly #byFirstWord = new Map<string, Name[]>();
  readonly #byName = new Map<string, KnownFood>();

  constructor(knowledge: NutritionKnowledge) {
    for (const food of knowledge.foods) {
      for (const name of food.names) {
        this.#byName.set(name.replace('=', ''), food);
        if (name.startsWith('=')) this.#add(name.slice(1), food);
        else for (const form of [name, ...pluralsOf(name)]) this.#add(form, food);
      }
    }
    for (const phrase of knowledge.notFood) this.#add(phrase, undefined);
    for (const names of this.#byFirstWord.values()) names.sort((a, b) => b.words.length - a.words.length);
  }

  /** @param words normalised, lower case, as agents/language reads them */
  find(words: readonly string[]): FoodMatch[] {
    const found: FoodMatch[] = [];
    for (let from = 0; from < words.length;) {
      const name = this.#byFirstWord
        .get(words[from] ?? '')
        ?.find((candidate) => candidate.words.every((word, at) => words[from + at] === word));
      if (name?.food) found.push({ food: name.food, from, to: from + name.words.length });
      from += name?.words.length ?? 1;
    }
    return found;
  }

  /** The same food from a can, where it is known: it is salted. */
  canned(food: KnownFood): KnownFood | undefined {
    for (const name of food.names) {
      const canned = this.#byName.get(`canned ${name.replace('=', '')}`);
      if (canned) return canned;
    }
    return undefined;
  }

  #add(name: string, food: KnownFood | undefined): void {
    const words = name.split(' ');
    const first = words[0] ?? '';
    const names = this.#byFirstWord.get(first);
    if (names) names.push({ words, food });
    else this.#byFirstWord.set(first, [{ words, food }]);
  }
}

/** "cherry" gives "cherries", "peach" "peaches", "leaf" "leaves"; all are tried, wrong ones are never said. */
function pluralsOf(name: string): string[] {
  const plain = `${name}s`;
  if (/[^aeiou]y$/.test(name)) return [`${name.slice(0, -1)}ies`, plain];
  if (/(?:s|x|ch|sh|o)$/.test(name)) return [`${name}es`, plain];
  if (/(?:af|oaf)$/.test(name)) return [`${name.slice(0, -1)}ves`, plain];
  return [plain];
}
