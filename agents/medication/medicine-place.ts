import { isNumberWord } from '../spoken/numbers.js';
import type { Token } from '../spoken/tokens.js';
import { isDoseWord } from './dose-units.js';
import type { WordFrequencies } from '../language/word-frequencies.js';

/** Subtitle counts below this make a word no everyday English. */
const EVERYDAY_COUNT = 40;

const takingWords = new Set(
  (
    'take takes taking took taken on called prescribed start started starting using use used swallow swallowed ' +
    'give gave given refill refilled named stopped stop pill pills medicine medication dose bottle tablet tablets try tried ' +
    'missed miss forgot skipped skip pick also'
  ).split(' '),
);

/** After "take" and the like, or before a dose: where a medicine's name stands. */
export function isWhereMedicineStands(tokens: readonly Token[], start: number, end: number): boolean {
  return isDoseAt(tokens, end) || followsTaking(tokens, start);
}

/** True when a word of taking stands up to four words before. */
export function followsTaking(tokens: readonly Token[], start: number): boolean {
  for (let back = 1; back <= 4; back += 1) {
    const word = tokens[start - back];
    if (!word || word.endsClause) return false;
    if (takingWords.has(word.text)) return true;
  }
  return false;
}

/** True when a dose or a frequency begins here. */
export function isDoseAt(tokens: readonly Token[], at: number): boolean {
  const word = tokens[at]?.text ?? '';
  const next = tokens[at + 1]?.text ?? '';
  if (isDoseWord(word)) return true;
  if (isNumberWord(word) && (isDoseWord(next) || isDoseWord(tokens[at + 2]?.text ?? ''))) return true;
  return /^(once|twice|daily)$/.test(word) || (isNumberWord(word) && next === 'times');
}

/** True when nothing of a name can follow. */
export function endsPhrase(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1]?.text;
  return (
    next === undefined ||
    tokens[at]?.endsClause === true ||
    /^(and|every|for|once|twice|in|at|with|makes|made|because)$/.test(next)
  );
}

const barriers = new Set(
  (
    'mg milligram milligrams mcg microgram micrograms twice daily every day days week weeks morning night evening ' +
    'times hours tablet tablets pill pills capsule capsules yesterday today tonight because doctor nurse'
  ).split(' '),
);

/** Words that never belong to a medicine's name, however it was heard. */
export function isBarrier(text: string): boolean {
  return barriers.has(text) || /^\d/.test(text);
}

const neverFirst = new Set(
  "me on my they he she it's that was is are for take takes taking took been i'm i've".split(' '),
);

/** True for a word of grammar with which no name begins, however it was heard: "me on see no" begins with "see". */
export function cannotBegin(text: string): boolean {
  return neverFirst.has(text);
}

const functionWords = new Set(
  (
    "i i'm i've you he she it we they the a an and or but my your his her their this that these those to of in on at for with " +
    'from by as is am are was were be been do does did have has had not no yes so if then than when what which who how why ' +
    'can could will would should may might just also too very really well now there here some any all more one two three ' +
    "don't it's that's me him them us up down out off about take takes taking took get got go going went"
  ).split(' '),
);

/** True for a word of grammar, which alone is never a medicine. */
export function isFunctionWord(text: string): boolean {
  return functionWords.has(text);
}

/** Everyday names of American health care that film subtitles seldom hold. */
const healthCareWords = new Set(
  (
    'medicare medicaid medigap copay copays deductible telehealth hospice walgreens costco walmart kroger safeway ' +
    'pharmacist pharmacy cardiologist nephrologist endocrinologist urologist pulmonologist podiatrist caregiver aide'
  ).split(' '),
);

/** True for a word that is not everyday English, or that the recogniser doubts. */
export function isOdd(token: Token, frequencies: WordFrequencies): boolean {
  if (isFunctionWord(token.text) || isNumberWord(token.text)) return false;
  if (healthCareWords.has(token.text.replace(/'s$/, ''))) return false;
  if (token.confidence < 0.45 && token.text.length > 2) return true;
  if (!/[a-z]/.test(token.text) || token.text.includes('%')) return false;
  if (token.text.length <= 2) return false;
  const bare = token.text.replace(/'s$/, '');
  const count =
    frequencies.get(bare) ??
    frequencies.get(token.text) ??
    frequencies.get(bare.replace(/s$/, '')) ??
    frequencies.get(bare.replace(/(ed|ing|ly)$/, '')) ??
    0;
  return count < EVERYDAY_COUNT;
}

const personWords = new Set(
  (
    'mister mr missus mrs miss ms doctor dr nurse aunt uncle cousin sister brother neighbor friend husband wife son daughter ' +
    'grandson granddaughter nephew niece pastor named saint'
  ).split(' '),
);

/** "My sister Geraldine", "Mister Kowalski": what follows is a person's name. */
export function isPersonAt(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1];
  return before !== undefined && !before.endsClause && personWords.has(before.text);
}

/** True for a word of five letters or more that English does not have, as far as a list of what is said shows. */
export function isNoEnglish({ text }: Token, frequencies: WordFrequencies): boolean {
  if (text.length < 5 || !/^[a-z]+$/.test(text)) return false;
  return !frequencies.has(text) && !frequencies.has(text.replace(/(s|ed|ing|ly)$/, ''));
}

/** True when one of the words is no English, or all of several are not: "zel jans". */
export function areNoEnglish(words: readonly Token[], frequencies: WordFrequencies): boolean {
  return (
    words.some((word) => isNoEnglish(word, frequencies)) ||
    (words.length > 1 &&
      words.every(({ text }) => text.length > 2 && /^[a-z]+$/.test(text) && !frequencies.has(text)))
  );
}
