import { addAlternatives } from './alternative-names.js';
import { exactNames } from './exact-names.js';
import type { Hearing, Mention } from './mention.js';
import { soundingNames } from './sounding-names.js';
import { spelledMedicines } from './spelled-medicines.js';
import { unknownNames } from './unknown-names.js';

/** Finds the medicines in an utterance, in the order in which they were said. */
export function identify(hearing: Hearing): Mention[] {
  const taken = new Array<boolean>(hearing.tokens.length).fill(false);
  const mentions = [...spelledMedicines(hearing, taken), ...exactNames(hearing, taken)];
  mentions.push(...soundingNames(hearing, taken));
  addAlternatives(hearing, mentions, taken);
  mentions.push(...unknownNames(hearing, taken));
  return mentions.sort((a, b) => a.start - b.start);
}
