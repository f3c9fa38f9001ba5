import type { Lexicon } from './lexicon.js';
import type { Phonemizer } from './phonemizer.js';

/**
 * A noun that stands for a lexicon word while the engine works out the stress of the words around it, and what
 * the engine says for it.
 */
const STAND_IN = 'zebra';
const STAND_IN_SOUND = /z[ˈˌ]?iːbɹə/g;

const PUNCTUATION = /[,.;:!?—–()"“”…]+/;

/**
 * The sounds of a clause with its punctuation, as Piper reads it.
 * @param text normalised; a letter in brackets, [M], is said by its name
 */
export async function pronounce(text: string, phonemizer: Phonemizer, lexicon: Lexicon): Promise<string> {
  const pieces = text.split(new RegExp(`(${PUNCTUATION.source})`)).map((piece) => piece.trim());
  const sounds = await Promise.all(
    pieces.map((piece, index) =>
      index % 2 === 1 ? Promise.resolve(mark(piece)) : soundsOfWords(piece, phonemizer, lexicon),
    ),
  );
  return joinSounds(sounds);
}

/** The one punctuation mark that the voice knows for a run of them. */
function mark(punctuation: string): string {
  for (const known of ['?', '!', ';', ':']) if (punctuation.includes(known)) return known;
  return /^[.…]/.test(punctuation) ? '.' : ',';
}

function joinSounds(sounds: readonly string[]): string {
  let joined = '';
  for (const [index, sound] of sounds.entries()) {
    if (sound === '') continue;
    const isMark = index % 2 === 1;
    if (isMark && (joined === '' || /[,.;:!?]$/.test(joined))) continue;
    joined += isMark || joined === '' ? sound : ` ${sound}`;
  }
  return joined;
}

async function soundsOfWords(words: string, phonemizer: Phonemizer, lexicon: Lexicon): Promise<string> {
  if (!/[\p{L}\p{N}]/u.test(words)) return '';
  const written = words.split(/\s+/);
  const own = written.map((word) => {
    const letter = /^\[([A-Za-z])\]('?s)?$/.exec(word);
    if (!letter?.[1]) return lexicon.word(word);
    const name = lexicon.letter(letter[1]);
    return name === undefined ? undefined : name + (letter[2] ? 'z' : '');
  });
  const replaced = own.filter((sound) => sound !== undefined);
  if (replaced.length === written.length) return replaced.join(' ');
  if (replaced.length === 0) return phonemizer.phonemes(words);

  const carried = await phonemizer.phonemes(
    written.map((word, index) => (own[index] === undefined ? word : STAND_IN)).join(' '),
  );
  if (carried.match(STAND_IN_SOUND)?.length === replaced.length) {
    let next = 0;
    return carried.replace(STAND_IN_SOUND, () => replaced[next++] ?? '');
  }
  // The engine changed the stand-in: ask for the stretches between the lexicon's words one by one.
  const parts: Promise<string>[] = [];
  let plain: string[] = [];
  const askPlain = (): void => {
    if (plain.length > 0) parts.push(phonemizer.phonemes(plain.join(' ')));
    plain = [];
  };
  for (const [index, word] of written.entries()) {
    const sound = own[index];
    if (sound === undefined) {
      plain.push(word);
      continue;
    }
    askPlain();
    parts.push(Promise.resolve(sound));
  }
  askPlain();
  return (await Promise.all(parts)).join(' ');
}
