import { doubleMetaphone } from 'double-metaphone';
import { distance } from 'fastest-levenshtein';
import { givenNamesCompare } from './given-names.js';
import { plainText } from './plain-words.js';

/** How a spoken name compares with the chart's. */
export type NameMatch =
  /** Given and family name both match. */
  | 'match'
  /** One of the two matches and nothing else was said. */
  | 'given-only'
  | 'family-only'
  /** A name was said and it is another one. */
  | 'mismatch'
  /** No name was heard. */
  | 'none';

const introduction =
  /^(?:(?:yes|yeah|yep|sure|okay|ok|well|so|oh|hi|hello|hey|alright|certainly|of course|and|um|no) )*(?:(?:my|the|first|last|full|family|name|names|is|it|this|that|i|am|would|be|mine|you are|speaking with|speaking to|here|spelled|spell|mister|mr|mrs|ms|miss|missus|doctor|dr) )*/;

const afterName =
  / (?:speaking|here|speaking here|is my (?:full )?name|that is me|that is my name|thank you|thanks|please|maam|sir|and|my (?:date of birth|birthday).*|born.*|date of birth.*|birthday.*)$/;

const notNames = new Set(
  'yes no yeah what who why how when is are was do does did can could will would the a an and or but of to for from with this that it i you he she they we me my your his her not sure okay ok please sorry thank thanks hello hi hey wait hold on just minute second moment repeat again understand hear heard nothing speaking name first last full birthday birth date born call calling called need want know tell said say talk robot person real human stop later busy time wrong number'.split(
    ' ',
  ),
);

/**
 * Compares a spoken full name with the chart's, tolerant of how recognisers spell names
 * ("Margret Elis") and of spelling aloud ("E L L I S"), but not of another name.
 */
export function matchName(text: string, givenName: string, familyName: string): NameMatch {
  const said = nameWords(text);
  if (said.length === 0) return 'none';
  const givens = nameParts(givenName);
  const families = nameParts(familyName);
  const givenAt = said.findIndex((word) => givens.some((given) => sameGivenName(word, given)));
  const familyAt = findFamily(said, families, givenAt);
  if (givenAt >= 0 && familyAt) return 'match';
  if (givenAt >= 0) return said.length === 1 || said.length === givens.length ? 'given-only' : 'mismatch';
  if (familyAt)
    return said.every((word) => sameFamilyName(word, families.join('')) || families.includes(word))
      ? 'family-only'
      : 'mismatch';
  return 'mismatch';
}

/** The words of an utterance that can be parts of a name; spelled letters joined. */
export function nameWords(text: string): readonly string[] {
  const letters = text.replace(/\b([A-Za-z])(?:\s*[-.,]\s*|\s+)(?=[A-Za-z]\b)/g, '$1-');
  const joined = letters.replace(/\b[A-Za-z](?:-[A-Za-z]\b)+/g, (run) => run.replace(/-/g, ''));
  let plain = plainText(joined.replace(/-/g, ''));
  plain = plain.replace(introduction, '').trim();
  plain = ` ${plain}`.replace(afterName, '').replace(afterName, '').trim();
  const words = plain.split(' ').filter((word) => /^[a-z]{2,}$/.test(word));
  return words.some((word) => notNames.has(word)) && words.length > 2
    ? []
    : words.filter((word) => !notNames.has(word));
}

function nameParts(name: string): readonly string[] {
  return name
    .toLowerCase()
    .replace(/['’]/g, '')
    .split(/[^a-zà-ÿ]+/)
    .filter((part) => part.length > 1);
}

/** A family name of several parts ("De la Cruz", "Smith-Jones") matches joined or by its longest part. */
function findFamily(said: readonly string[], families: readonly string[], givenAt: number): boolean {
  const others = said.filter((_, index) => index !== givenAt);
  const whole = families.join('');
  const joins = others.flatMap((word, index) => [
    word,
    word + (others[index + 1] ?? ''),
    others.slice(index).join(''),
  ]);
  if (joins.some((word) => sameFamilyName(word, whole))) return true;
  const longest = [...families].sort((a, b) => b.length - a.length)[0] ?? '';
  return families.length > 1 && longest.length >= 4 && others.some((word) => sameFamilyName(word, longest));
}

function sameGivenName(said: string, charted: string): boolean {
  if (said === charted) return true;
  const known = givenNamesCompare(said, charted);
  return known === undefined ? soundsLike(said, charted) : known === 'same';
}

function sameFamilyName(said: string, charted: string): boolean {
  return said === charted || soundsLike(said, charted);
}

/** Sounds the same and looks alike. Sounding alone is too little: the code drops vowels. */
function soundsLike(said: string, charted: string): boolean {
  const longest = Math.max(said.length, charted.length);
  const edits = distance(said, charted);
  const codes = doubleMetaphone(said).filter((code) => code !== '');
  const chartedCodes = doubleMetaphone(charted).filter((code) => code !== '');
  return codes.some((code) => chartedCodes.includes(code)) && edits <= Math.max(1, Math.floor(longest * 0.4));
}
