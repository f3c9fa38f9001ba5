import type { EffectMedicine } from '../../clinical-kb/labs/load-effects.js';
import type { LabsMind } from './mind.js';

/** A medicine that was named, or each of a combination. */
export interface MedicineMention {
  /** As it was said. */
  readonly name: string;
  readonly medicines: readonly EffectMedicine[];
  /** Index of the first word, and of the one after the last. */
  readonly start: number;
  readonly end: number;
}

const LONGEST_NAME = 4;

/** The medicines in words, by their generic and brand names; the longest name at a place wins. */
export function medicinesIn(mind: LabsMind, words: readonly string[]): MedicineMention[] {
  const found: MedicineMention[] = [];
  for (let start = 0; start < words.length; start += 1) {
    for (let length = Math.min(LONGEST_NAME, words.length - start); length > 0; length -= 1) {
      const name = words
        .slice(start, start + length)
        .join(' ')
        .replace(/'s$/, '');
      const medicines = mind.effects.names.get(name);
      if (!medicines) continue;
      found.push({ name, medicines, start, end: start + length });
      start += length - 1;
      break;
    }
  }
  return found;
}
