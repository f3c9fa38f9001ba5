import type { MedicineKnowledge } from '../../clinical-kb/medicines/load-medicines.js';
import type { MedicineName } from './name-index.js';
import { soundSimilarity } from './phonemes.js';

/** For each medicine those that have been confused with it. */
export type LookAlikes = ReadonlyMap<string, ReadonlySet<string>>;

/** Above this two different names sound so alike that one must not stand for the other unasked. */
const SOUNDS_ALIKE = 0.8;

/** Both directions of the listed pairs. */
export function lookAlikesOf(knowledge: MedicineKnowledge): LookAlikes {
  const map = new Map<string, Set<string>>();
  const add = (one: string, other: string): void => {
    const set = map.get(one);
    if (set) set.add(other);
    else map.set(one, new Set([other]));
  };
  for (const { names } of knowledge.lookAlikes) {
    add(names[0], names[1]);
    add(names[1], names[0]);
  }
  return map;
}

/**
 * The medicine of the chart that a surely heard name could be a mishearing of: the name is not on the
 * chart, and one that has been confused with it is.
 */
export function lookAlikeOnChart(
  heard: MedicineName,
  chart: readonly MedicineName[],
  lookAlikes: LookAlikes,
): MedicineName | undefined {
  const shares = (name: MedicineName): boolean =>
    name.canonical === heard.canonical ||
    name.ingredients.some((ingredient) => heard.ingredients.includes(ingredient));
  if (chart.some(shares)) return undefined;
  const listed = lookAlikes.get(heard.canonical);
  return chart.find(
    (name) =>
      listed?.has(name.canonical) === true || soundSimilarity(heard.phonemes, name.phonemes) >= SOUNDS_ALIKE,
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
    lookAlikes.has(first.name.canonical) ||
    first.confidence < LARGE_DOUBT ||
    (second !== undefined && second.confidence > 0.6 * first.confidence)
  );
}
