import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AsterismError } from '../../platform/errors.js';
import { packageRoot } from '../../platform/package-root.js';

const lexiconFile = z.strictObject({
  version: z.string(),
  about: z.string(),
  letters: z.record(z.string().length(1), z.string()),
  words: z.record(z.string().regex(/^[a-z][a-z'-]*$/), z.string()),
});

/** How words are pronounced that the phonemizer would get wrong: medicines, and the names of letters. */
export interface Lexicon {
  /** Version and content hash, for the keys of cached speech. */
  readonly version: string;
  /** IPA of a word as written in running text, or undefined; plural and possessive s are understood. */
  word(written: string): string | undefined;
  /** IPA of a letter's name. */
  letter(letter: string): string | undefined;
}

/** Makes a lexicon of the file's text. @throws AsterismError KNOWLEDGE_INVALID that names the field */
export function parseLexicon(json: string): Lexicon {
  const parsed = lexiconFile.safeParse(JSON.parse(json));
  if (!parsed.success) {
    throw new AsterismError('KNOWLEDGE_INVALID', `speaking/lexicon.json: ${z.prettifyError(parsed.error)}`);
  }
  const { version, letters, words } = parsed.data;
  const hash = createHash('sha256').update(json).digest('hex').slice(0, 8);
  const find = (word: string): string | undefined => (Object.hasOwn(words, word) ? words[word] : undefined);
  return {
    version: `${version}-${hash}`,
    word(written) {
      const word = written.toLowerCase();
      const whole = find(word);
      if (whole !== undefined) return whole;
      const stem = find(word.replace(/'?s$/, ''));
      return stem === undefined || !/s$/.test(word) ? undefined : stem + pluralSound(stem);
    },
    letter: (letter) => letters[letter.toLowerCase()],
  };
}

/** The lexicon that comes with the voice gateway. */
export async function loadLexicon(): Promise<Lexicon> {
  return parseLexicon(await readFile(join(packageRoot, 'voice-gateway/speaking/lexicon.json'), 'utf8'));
}

function pluralSound(ipa: string): string {
  if (/[szʃʒ]$/.test(ipa)) return 'ᵻz';
  return /[ptkfθ]$/.test(ipa) ? 's' : 'z';
}
