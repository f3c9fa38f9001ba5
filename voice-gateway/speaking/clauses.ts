/** What follows a clause, which decides the pause after it. */
export type ClauseEnd = 'sentence' | 'comma' | 'none';

/** A stretch of a sentence that is synthesised in one go. */
export interface Clause {
  /** The original words, punctuation included. */
  text: string;
  end: ClauseEnd;
}

/** A first clause of this many words starts soon and still sounds like speech. */
const FIRST_MIN_WORDS = 2;
const FIRST_MAX_WORDS = 7;
/** Later clauses are longer: fewer seams, and there is time while the first one plays. In characters. */
const LATER_MIN_CHARACTERS = 40;
const LATER_MAX_CHARACTERS = 140;

/** Written with a full stop that ends no sentence. */
const ABBREVIATION = /(?:^|[\s(])(?:dr|mr|mrs|ms|st|vs|jr|sr|approx|appt|dept|no|[a-z](?:\.[a-z])*)\.$/i;
/** After these a sentence may well end: "at 5 p.m." */
const MAY_END_SENTENCE = /(?:^|[\s\d])(?:[ap]\.m|etc|e\.r|u\.s)\.$/i;
/** A long stretch without punctuation may be parted before these. */
const JOINING_WORDS = new Set(
  'and but or so because if when while before after until unless that which who for with to about from at on'.split(
    ' ',
  ),
);
/** Before these even a number may be parted from what follows: "120/80 | at 5:30 p.m." */
const NEW_THOUGHT_WORDS = new Set('at on because so if when while before after until unless but'.split(' '));
/** Words that belong to what follows them, so that no clause ends on them. */
const LEANING_WORDS = new Set(
  'a an the your my our his her their this that these of to for with at in on by from and or but is are was were not no very dr mr mrs ms take took'.split(
    ' ',
  ),
);

interface Word {
  text: string;
  end: ClauseEnd;
}

/**
 * Cuts text into clauses, a short one first so that its audio can start early. The clauses joined by spaces are
 * the text. Numbers with their units, decimals, times, dates and abbreviations ("Dr.", "5 p.m.", "2.5 mg",
 * "March 4, 1958") stay whole. Pure.
 */
export function splitIntoClauses(text: string): Clause[] {
  const words = readWords(text);
  const clauses: Clause[] = [];
  let current: Word[] = [];
  const close = (end: ClauseEnd): void => {
    clauses.push({ text: current.map((word) => word.text).join(' '), end });
    current = [];
  };
  for (const [index, word] of words.entries()) {
    current.push(word);
    const next = words[index + 1];
    if (!next) close(word.end === 'none' ? 'sentence' : word.end);
    else if (word.end === 'sentence') close('sentence');
    else if (next.end === 'sentence' || index === words.length - 2)
      continue; // no word is left alone
    else if (clauses.length === 0 ? endsFirst(current, word, next) : endsLater(current, word, next))
      close(word.end);
  }
  return clauses;
}

function endsFirst(current: readonly Word[], word: Word, next: Word): boolean {
  if (word.end === 'comma') return current.length >= FIRST_MIN_WORDS;
  if (staysTogether(word, next)) return false;
  if (current.length >= 3 && JOINING_WORDS.has(bare(next.text))) return !LEANING_WORDS.has(bare(word.text));
  return current.length >= FIRST_MAX_WORDS && !LEANING_WORDS.has(bare(word.text));
}

function endsLater(current: readonly Word[], word: Word, next: Word): boolean {
  const length = current.reduce((sum, { text }) => sum + text.length + 1, -1);
  if (word.end === 'comma') return length >= LATER_MIN_CHARACTERS;
  if (length < LATER_MAX_CHARACTERS || staysTogether(word, next)) return false;
  return JOINING_WORDS.has(bare(next.text)) || length >= 1.5 * LATER_MAX_CHARACTERS;
}

/** A number and what it counts, "blood pressure 120", "Dr. Lee": never parted without punctuation. */
function staysTogether(word: Word, next: Word): boolean {
  if (NEW_THOUGHT_WORDS.has(next.text)) return false;
  return (
    /\d/.test(word.text) ||
    /\d/.test(next.text) ||
    ABBREVIATION.test(word.text) ||
    /^[&/+–-]$/.test(next.text)
  );
}

function readWords(text: string): Word[] {
  const raw = text.trim().split(/\s+/).filter(Boolean);
  return raw.map((word, index) => ({ text: word, end: endOf(word, raw[index + 1]) }));
}

function endOf(word: string, next: string | undefined): ClauseEnd {
  const unquoted = word.replace(/["'”’)\]]+$/, '');
  if (/[!?]$/.test(unquoted) || /(?:…|\.{2,})$/.test(unquoted)) return 'sentence';
  if (unquoted.endsWith('.')) {
    if (!next) return 'sentence';
    if (MAY_END_SENTENCE.test(unquoted)) return /^["“(]?[A-Z]/.test(next) ? 'sentence' : 'none';
    // "I" alone before a full stop ends a sentence; every other single letter is an initial.
    if (ABBREVIATION.test(unquoted) && unquoted !== 'I.') return 'none';
    return 'sentence';
  }
  if (/[;:]$/.test(unquoted)) return 'comma';
  if (unquoted.endsWith(',')) return isDateComma(unquoted, next) ? 'none' : 'comma';
  return /^[—–-]$/.test(word) ? 'comma' : 'none';
}

/** "March 4, 1958" is one thing. */
function isDateComma(word: string, next: string | undefined): boolean {
  return /^\d{1,2}(?:st|nd|rd|th)?,$/.test(word) && next !== undefined && /^\d{4}\b/.test(next);
}

function bare(word: string): string {
  return word.toLowerCase().replace(/[^a-z']/g, '');
}
