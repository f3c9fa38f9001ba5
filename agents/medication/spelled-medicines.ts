import { writtenSpan } from '../spoken/tokens.js';
import { claim } from './claimed-words.js';
import type { Hearing, Mention } from './mention.js';
import { judgeSounding } from './sounding-certainty.js';
import { spelledNames } from './spelled.js';

/** Medicines spelled letter by letter; claims their words in `taken`. */
export function spelledMedicines(hearing: Hearing, taken: boolean[]): Mention[] {
  return spelledNames(hearing.tokens).flatMap(({ start, end, letters }): Mention[] => {
    const heard = writtenSpan(hearing.tokens, start, end);
    const exact = hearing.index.exact(letters);
    const near = exact ? [] : hearing.index.soundingLike(letters, 0.7);
    if (!exact && near.length === 0) return [];
    claim(taken, start, end);
    if (exact)
      return [{ start, end, heard, certainty: 'sure', candidates: [{ name: exact, confidence: 0.97 }] }];
    return [judgeSounding(hearing, start, end, heard, near)];
  });
}
