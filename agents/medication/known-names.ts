import type { MedicineKnowledge } from '../../clinical-kb/medicines/load-medicines.js';
import type { KnownName } from '../../models/medicine-names/medicine-names.js';
import type { WordFrequencies } from '../language/word-frequencies.js';
import { medicineName, NameIndex, type MedicineName, type SoundMatch } from './name-index.js';

/** Subtitle counts from here on make a brand too much of an everyday word to be heard as one: "choice", "justice". */
const EVERYDAY_BRAND_COUNT = 40;

/**
 * Names that are known to be medicines and nothing else: what is prescribed or sold beyond the knowledge base.
 * Everyday words among them are left out or, where a medicine also goes by them, are `weak`.
 */
export class KnownNames {
  readonly size: number;
  readonly longestName: number;
  readonly #rows = new Map<string, KnownName & { readonly weak: boolean }>();
  readonly #made = new Map<string, MedicineName>();
  readonly #knowledge: MedicineKnowledge;
  readonly #byNameSound: NameIndex;

  /** @param taken whether the knowledge base has a name, by its key */
  constructor(
    rows: readonly KnownName[],
    knowledge: MedicineKnowledge,
    frequencies: WordFrequencies,
    taken: (key: string) => boolean,
  ) {
    this.#knowledge = knowledge;
    let longest = 1;
    for (const row of rows) {
      const key = row.name.replaceAll('-', ' ');
      if (taken(key) || taken(row.name)) continue;
      const use = useOf(row, frequencies);
      if (use === 'none') continue;
      this.#rows.set(key, { ...row, weak: use === 'weak' });
      longest = Math.max(longest, key.split(' ').length);
    }
    this.size = this.#rows.size;
    this.longestName = longest;
    const heardBySound = [...this.#rows].filter(
      ([, { kind, weak, name }]) => kind !== 'rare' && !weak && !isSalt(name),
    );
    this.#byNameSound = new NameIndex(
      heardBySound.map(([key]) => this.exact(key)).filter((name) => name !== undefined),
    );
  }

  /** @param key lower case, words separated by one space */
  exact(key: string): MedicineName | undefined {
    const made = this.#made.get(key);
    if (made) return made;
    const row = this.#rows.get(key);
    if (!row) return undefined;
    // A salt or an official synonym of a medicine of the knowledge base is that medicine; a brand may hold more.
    const known = row.kind === 'official' && this.#knowledge.medicines.has(row.ingredient);
    const name: MedicineName = {
      ...medicineName(
        row.kind === 'official' ? row.name : capitals(row.name),
        [row.ingredient],
        row.ingredient,
      ),
      unknown: !known,
      weak: row.weak,
    };
    this.#made.set(key, name);
    return name;
  }

  /** Ingredients and brands of what is prescribed that sound like the words, best first. */
  soundingLike(heard: string, minimumScore: number): readonly SoundMatch[] {
    return this.#byNameSound.soundingLike(heard, minimumScore);
  }
}

function useOf({ name, kind }: KnownName, frequencies: WordFrequencies): 'full' | 'weak' | 'none' {
  const counts = name.split(/[ -]/).map((word) => frequencies.get(word) ?? 0);
  const least = Math.min(...counts);
  switch (kind) {
    case 'official':
      return least > 0 ? 'weak' : 'full';
    case 'brand':
      return least >= EVERYDAY_BRAND_COUNT ? 'none' : least > 0 ? 'weak' : 'full';
    case 'rare':
      return Math.max(...counts) > 0 ? 'none' : 'weak';
  }
}

/** "irbesartan hydrochloride" sounds like what it is a salt of, and adds nothing. */
function isSalt(name: string): boolean {
  return name.includes(' ') && !/ and |,/.test(name);
}

function capitals(name: string): string {
  return name.replace(
    /(^|[ -])([a-z])/g,
    (_all, before: string, letter: string) => before + letter.toUpperCase(),
  );
}
