import type { MedicineNameKnowledge } from '../../clinical-kb/medicine-names/load-medicine-names.js';
import { nameKey, type MedicineName } from './name-index.js';
import { soundSimilarity } from './phonemes.js';

/** Above this two different names sound so alike that one must not stand for the other unasked. */
const SOUNDS_ALIKE = 0.8;

/** The listed pairs of names that have been confused, in both directions. */
export class LookAlikes {
  static readonly none = new LookAlikes([], () => undefined);
  readonly #byKey = new Map<string, MedicineName[]>();
  readonly #byCanonical = new Map<string, MedicineName[]>();

  /** @param find a name by its key; a pair of names that it does not have is passed over */
  constructor(pairs: MedicineNameKnowledge['lookAlikes'], find: (key: string) => MedicineName | undefined) {
    for (const { names } of pairs) {
      const [one, other] = [find(nameKey(names[0])), find(nameKey(names[1]))];
      if (!one || !other || one.canonical === other.canonical) continue;
      this.#add(one, other);
      this.#add(other, one);
    }
  }

  /** A brand is confused only as such; a generic name also when it is called by a brand. */
  #add(heard: MedicineName, meant: MedicineName): void {
    const generic = heard.key === nameKey(heard.canonical);
    const map = generic ? this.#byCanonical : this.#byKey;
    const key = generic ? heard.canonical : heard.key;
    const list = map.get(key);
    if (list) list.push(meant);
    else map.set(key, [meant]);
  }

  /** True when the name stands in a listed pair. */
  has(name: MedicineName): boolean {
    return this.#byKey.has(name.key) || this.#byCanonical.has(name.canonical);
  }

  /** The listed name of a medicine that was meant perhaps where another was said; undefined when none is listed. */
  listed(said: MedicineName, meant: MedicineName): MedicineName | undefined {
    const isMeant = (name: MedicineName): boolean => name.canonical === meant.canonical;
    return this.#byKey.get(said.key)?.find(isMeant) ?? this.#byCanonical.get(said.canonical)?.find(isMeant);
  }
}

/**
 * The medicine of the chart that a surely heard name could be a mishearing of: the name is not on the
 * chart, and one that has been confused with it is. By the name that was confused: who takes lisinopril may
 * call it Zestril.
 */
export function lookAlikeOnChart(
  heard: MedicineName,
  chart: readonly MedicineName[],
  lookAlikes: LookAlikes,
): MedicineName | undefined {
  if (chart.some((name) => name.canonical === heard.canonical)) return undefined;
  const shares = chart.some((name) => isSameMedicine(name, heard));
  for (const name of chart) {
    const listed = lookAlikes.listed(heard, name);
    if (listed) return listed;
    if (!shares && soundSimilarity(heard.phonemes, name.phonemes) >= SOUNDS_ALIKE) return name;
  }
  return undefined;
}

/** True when both names are of one medicine, or share an ingredient. */
export function isSameMedicine(one: MedicineName, other: MedicineName): boolean {
  return (
    one.canonical === other.canonical ||
    one.ingredients.some((ingredient) => other.ingredients.includes(ingredient))
  );
}

/** A doubt so large that the letters of the name help to settle it. */
const LARGE_DOUBT = 0.4;

/** True when the letters should be read back: the name is often confused, another sounds nearly as likely, or too little was heard. */
export function needsSpelling(
  [first, second]: readonly { readonly name: MedicineName; readonly confidence: number }[],
  lookAlikes: LookAlikes,
): boolean {
  if (!first) return false;
  return (
    lookAlikes.has(first.name) ||
    first.confidence < LARGE_DOUBT ||
    (second !== undefined && second.confidence > 0.6 * first.confidence)
  );
}
