import { distance } from 'fastest-levenshtein';
import { doubleMetaphone } from 'double-metaphone';
import type { MedicineKnowledge } from '../../clinical-kb/medicines/load-medicines.js';
import type { MedicineNameKnowledge } from '../../clinical-kb/medicine-names/load-medicine-names.js';
import type { WordFrequencies } from '../language/word-frequencies.js';
import { phonemesOfIpa } from './ipa.js';
import { phonemesOf, soundSimilarity, weightOf } from './phonemes.js';

/** A name by which a medicine can be called. */
export interface MedicineName {
  /** As it is written, for example "Toprol XL". */
  readonly written: string;
  /** Lower case, words separated by one space. */
  readonly key: string;
  /** The generic ingredients in it; one for most. */
  readonly ingredients: readonly string[];
  /** What an entity is called: the ingredient, or the product's name where it holds several. */
  readonly canonical: string;
  /** The combination product, when it is one. */
  readonly product: string | undefined;
  /** True when nothing but the name is known of it: it stands on the chart, or in the list of further names. */
  readonly unknown: boolean;
  /** True for a word that is a medicine only where a medicine's name stands: "I take soma". */
  readonly weak: boolean;
  /** What it is for, where the knowledge base does not say it; may be empty. */
  readonly purpose: string;
  readonly phonemes: string;
  readonly weight: number;
  readonly words: number;
}

/** A name with how much it sounds like what was heard, from 0 to 1. */
export interface SoundMatch {
  readonly name: MedicineName;
  readonly score: number;
}

/** Names beyond the knowledge base; see KnownNames. */
export interface FurtherNames {
  readonly longestName: number;
  exact(key: string): MedicineName | undefined;
  soundingLike(heard: string, minimumScore: number): readonly SoundMatch[];
}

const RECENT_SEARCHES = 4096;

/** Every name, found exactly by its words or nearly by its sound. */
export class NameIndex {
  readonly names: readonly MedicineName[];
  /** Most words that one name has. */
  readonly longestName: number;
  /** Found exactly after the names here; by sound only where they are asked for. */
  readonly further: FurtherNames | undefined;
  readonly #exact = new Map<string, MedicineName>();
  /** Pairs of neighbouring consonants → positions in names. */
  readonly #byConsonants = new Map<string, number[]>();
  readonly #metaphones: (string | undefined)[] = [];
  readonly #hits: Uint8Array;
  readonly #pairCounts: Uint8Array;
  readonly #recent = new Map<string, SoundMatch[]>();

  constructor(names: readonly MedicineName[], further?: FurtherNames) {
    this.names = names;
    this.further = further;
    this.longestName = Math.max(1, further?.longestName ?? 1, ...names.map((name) => name.words));
    this.#hits = new Uint8Array(names.length);
    this.#pairCounts = new Uint8Array(names.length);
    names.forEach((name, position) => {
      if (!this.#exact.has(name.key)) this.#exact.set(name.key, name);
      const pairs = consonantPairs(name.phonemes);
      this.#pairCounts[position] = pairs.length;
      for (const pair of pairs) {
        const positions = this.#byConsonants.get(pair);
        if (positions) positions.push(position);
        else this.#byConsonants.set(pair, [position]);
      }
    });
  }

  /** @param key lower case, words separated by one space */
  exact(key: string): MedicineName | undefined {
    return this.#exact.get(key) ?? this.further?.exact(key);
  }

  /**
   * Names that sound like the words, best first, one per medicine.
   * @param heard words as they were written
   */
  soundingLike(heard: string, minimumScore: number): readonly SoundMatch[] {
    const key = `${minimumScore} ${heard}`;
    const known = this.#recent.get(key);
    if (known) return known;
    const matches = this.#search(heard, minimumScore);
    // The same words come back in the second look and while a turn is still being heard.
    if (this.#recent.size >= RECENT_SEARCHES) this.#recent.clear();
    this.#recent.set(key, matches);
    return matches;
  }

  #search(heard: string, minimumScore: number): SoundMatch[] {
    const phonemes = phonemesOf(heard);
    if (phonemes.length < 3) return [];
    const weight = weightOf(phonemes);
    const pairs = consonantPairs(phonemes);
    const touched: number[] = [];
    for (const pair of pairs) {
      for (const position of this.#byConsonants.get(pair) ?? []) {
        if (this.#hits[position] === 0) touched.push(position);
        this.#hits[position] = (this.#hits[position] ?? 0) + 1;
      }
    }
    const best = new Map<string, SoundMatch>();
    const letters = heard.toLowerCase().replace(/[^a-z]/g, '');
    let metaphone: string | undefined;
    for (const position of touched) {
      const shared = this.#hits[position] ?? 0;
      this.#hits[position] = 0;
      const name = this.names[position];
      if (!name || shared * 10 < 3 * Math.min(pairs.length, this.#pairCounts[position] ?? 0)) continue;
      const ratio = weight / name.weight;
      if (ratio < 0.6 || ratio > 1.67) continue;
      const sound = soundSimilarity(phonemes, name.phonemes);
      if (sound < minimumScore - 0.12) continue;
      metaphone ??= doubleMetaphone(letters)[0];
      const code = (this.#metaphones[position] ??= doubleMetaphone(
        name.written.replace(/[^A-Za-z]/g, ''),
      )[0]);
      const score = 0.82 * sound + 0.18 * codeSimilarity(metaphone, code);
      if (score < minimumScore) continue;
      const known = best.get(name.canonical);
      if (!known || known.score < score) best.set(name.canonical, { name, score });
    }
    return [...best.values()].sort((a, b) => b.score - a.score);
  }
}

/** The names of the knowledge base. */
export function namesOf(knowledge: MedicineKnowledge): MedicineName[] {
  const names: MedicineName[] = [];
  for (const { ingredient, brands } of knowledge.medicines.values()) {
    for (const written of [ingredient, ...brands])
      names.push(medicineName(written, [ingredient], ingredient));
    if (ingredient.includes('/')) {
      names.push(medicineName(ingredient.split('/').join(' and '), [ingredient], ingredient));
    }
  }
  for (const { product, names: others, ingredients } of knowledge.products) {
    for (const written of [product, ...others]) {
      names.push(
        medicineName(
          written,
          ingredients.map(({ ingredient }) => ingredient),
          product,
          product,
        ),
      );
    }
  }
  return names;
}

/** Names that stand in a pair of look-alikes and not in medicines.json: known to be medicines, and what for. */
export function otherNames(
  others: MedicineNameKnowledge['others'],
  frequencies: WordFrequencies,
): MedicineName[] {
  return others.map(({ name, ingredient = name.toLowerCase(), for: purpose }) => ({
    ...medicineName(name, [ingredient], ingredient),
    unknown: true,
    weak: frequencies.has(name.toLowerCase()),
    purpose,
  }));
}

/** The names that are spoken otherwise than they are spelled, once more with how they sound. */
export function spokenForms(
  names: readonly MedicineName[],
  pronunciations: MedicineNameKnowledge['pronunciations'],
): MedicineName[] {
  return names.flatMap((name) => {
    const ipa = pronunciations.get(name.key);
    if (ipa === undefined) return [];
    const phonemes = phonemesOfIpa(ipa);
    return phonemes === name.phonemes ? [] : [{ ...name, phonemes, weight: weightOf(phonemes) }];
  });
}

/** A name that stands on a chart and that the knowledge base does not have. */
export function unknownName(written: string): MedicineName {
  return { ...medicineName(written, [written.toLowerCase()], written.toLowerCase()), unknown: true };
}

/** The words of a name as keys compare them. */
export function nameKey(written: string): string {
  const known = keys.get(written);
  if (known !== undefined) return known;
  const key = makeKey(written);
  if (keys.size >= RECENT_SEARCHES) keys.clear();
  keys.set(written, key);
  return key;
}

/** Charts and conditions repeat the same few names at every look. */
const keys = new Map<string, string>();

function makeKey(written: string): string {
  return written
    .toLowerCase()
    .normalize('NFKC')
    .replace(/[’‘]/g, "'")
    .replace(/[-–/,]+/g, ' ')
    .replace(/[^\p{L}\p{N}' ]/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** A name with how it sounds. */
export function medicineName(
  written: string,
  ingredients: readonly string[],
  canonical: string,
  product?: string,
): MedicineName {
  const key = nameKey(written);
  const phonemes = phonemesOf(written);
  return {
    written,
    key,
    ingredients,
    canonical,
    product,
    unknown: false,
    weak: false,
    purpose: '',
    phonemes,
    weight: weightOf(phonemes),
    words: key.split(' ').length,
  };
}

function codeSimilarity(one: string, other: string): number {
  const longest = Math.max(one.length, other.length);
  return longest === 0 ? 0 : 1 - distance(one, other) / longest;
}

const family: Readonly<Record<string, string>> = {
  B: 'P',
  D: 'T',
  Q: 'T',
  G: 'K',
  V: 'F',
  Z: 'S',
  X: 'S',
  C: 'S',
  J: 'S',
  N: 'M',
  R: 'L',
  W: '',
  Y: '',
  H: '',
};

/** Pairs of neighbouring consonants, with sounds of one family as one, and with the word's edges. */
function consonantPairs(phonemes: string): string[] {
  let skeleton = '^';
  for (const phoneme of phonemes) {
    if (phoneme >= 'a') continue;
    const kind = family[phoneme] ?? phoneme;
    if (kind !== '' && !skeleton.endsWith(kind)) skeleton += kind;
  }
  skeleton += '$';
  const pairs = new Set<string>();
  for (let at = 0; at + 1 < skeleton.length; at += 1) pairs.add(skeleton.slice(at, at + 2));
  return [...pairs];
}
