import { claim } from './claimed-words.js';
import { endsPhrase, followsTaking, isDoseAt, isNoEnglish, isPersonAt } from './medicine-place.js';
import type { Hearing, Mention } from './mention.js';

/** A word that is no English, right where a medicine's name stands: "I take zorbitrex 20 mg". */
export function unknownNames(hearing: Hearing, taken: boolean[]): Mention[] {
  const { tokens, frequencies } = hearing;
  return tokens.flatMap((token, at): Mention[] => {
    if (taken[at] || !isNoEnglish(token, frequencies) || isPersonAt(tokens, at)) return [];
    if (!followsTaking(tokens, at) || !(isDoseAt(tokens, at + 1) || endsPhrase(tokens, at))) return [];
    claim(taken, at, at + 1);
    return [
      {
        start: at,
        end: at + 1,
        heard: token.written.replace(/[^\p{L}\p{N}]+$/u, ''),
        certainty: 'unknown',
        candidates: [],
      },
    ];
  });
}
