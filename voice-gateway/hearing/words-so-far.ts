import { AwaitedAnswer } from '../../protos/generated/asterism/v1/hearing.js';

/**
 * What the words say about the end of the turn.
 * - answered: the awaited answer is there
 * - complete: they end like a sentence
 * - open: they neither end nor break off
 * - unfinished: they break off ("and", "my", "March", "one hundred and", a hesitation)
 * - none: there are no words
 */
export type WordsSoFar = 'answered' | 'complete' | 'open' | 'unfinished' | 'none';

/** Words after which English does not stop. */
const NEVER_LAST = words(
  'and but or because if when while although unless than the a an my your his her our their um uh uhm er erm hmm mhm like plus every',
);
/** Words after which it seldom stops; a full stop written by the recogniser is believed. */
const SELDOM_LAST = words(
  "so to of for with from at in on by about is are was were am it's i'm i i've that's there's take takes taking took then also maybe until around some any very",
);
const UNITS = words(
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen',
);
const TENS = words('twenty thirty forty fifty sixty seventy eighty ninety');
const SCALES = words('hundred thousand');
const ORDINALS = words(
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth',
);
const MONTHS = words('january february march april may june july august september october november december');
const WEEKDAYS = words('monday tuesday wednesday thursday friday saturday sunday');
const RELATIVE_DATE =
  /\b(today|yesterday|tomorrow|tonight|(last|next|this) (week|month|year|night|morning)|(days?|weeks?|months?) ago)\b/;
const YES_OR_NO =
  /\b(yes|yeah|yep|yup|yes i (do|did|am|have)|no|nope|nah|correct|right|sure|of course|okay|ok|absolutely|definitely|not really|not yet|never|i (do|did|am|have|can|will|don't|didn't|haven't|can't|won't)( not)?|i think so|i don't think so|that's (right|correct|me|fine|true))\b/;
const LIST_CLOSED =
  /\b(that's (it|all|everything)|that is (it|all|everything)|nothing else|no others?|none|and that's)\b/;
const NAME_OPENS =
  /\b(my name is|this is|i am|i'm|name's|it's|speaking with|last name( is)?|first name( is)?)$/;

/**
 * @param text the utterance so far as recognised
 * @param vocabulary the call's medicines and names: one of them answers a question for a medicine
 */
export function wordsSoFar(text: string, awaited: AwaitedAnswer, vocabulary: readonly string[]): WordsSoFar {
  const trimmed = text.trim().replace(/[’]/g, "'");
  const said = saidWords(trimmed);
  const last = said.at(-1);
  if (last === undefined) return 'none';
  const stopped = /[.!?]["')]*$/.test(trimmed) && !/\.\.\.$|…$/.test(trimmed);
  if (/,$/.test(trimmed) && promisesMore(said, awaited, vocabulary)) return 'unfinished';
  if (/(\.\.\.|…|[-–—])$/.test(trimmed) || NEVER_LAST.has(last)) return 'unfinished';
  if (SELDOM_LAST.has(last) && !stopped && !/\b(think|hope|guess|say|said) so$/.test(said.join(' ')))
    return 'unfinished';
  const lower = said.join(' ');
  switch (awaited) {
    case AwaitedAnswer.YES_NO:
      if (YES_OR_NO.test(lower) && said.length <= 6 && !/,$/.test(trimmed)) return 'answered';
      break;
    case AwaitedAnswer.NUMBER:
      return numberState(said) ?? ending(stopped);
    case AwaitedAnswer.DATE:
      return dateState(said, lower) ?? ending(stopped);
    case AwaitedAnswer.NAME:
      if (NAME_OPENS.test(lower)) return 'unfinished';
      if (said.length >= 2 && !/,$/.test(trimmed)) return 'answered';
      break;
    case AwaitedAnswer.LIST:
      if (LIST_CLOSED.test(lower)) return 'answered';
      break;
    case AwaitedAnswer.MEDICINE:
      if (vocabulary.some((term) => endsWithTerm(lower, term))) return 'answered';
      break;
    case AwaitedAnswer.UNSPECIFIED:
    case AwaitedAnswer.OPEN:
    case AwaitedAnswer.UNRECOGNIZED:
      break;
  }
  return ending(stopped);
}

function ending(stopped: boolean): WordsSoFar {
  return stopped ? 'complete' : 'open';
}

/**
 * What a comma at the end says. The recogniser writes one at any pause, so alone it means little; after a
 * mere opening ("Yes,"), a part of a date or telephone number ("March fourth,", "five oh three,") or a
 * medicine of the call ("lisinopril,") the rest is still to come.
 */
function promisesMore(
  said: readonly string[],
  awaited: AwaitedAnswer,
  vocabulary: readonly string[],
): boolean {
  const lower = said.join(' ');
  if (awaited === AwaitedAnswer.DATE && dateState(said, lower) === 'answered') return false;
  if (awaited === AwaitedAnswer.NUMBER && isWholeNumber(said)) return false;
  if (isNumberLike(said.at(-1) ?? '')) return true;
  if (said.length <= 2 && !said.some(isNumberLike)) return true;
  return vocabulary.some((term) => endsWithTerm(lower, term));
}

/** "120 over 80", or the ten digits of a telephone number. */
function isWholeNumber(said: readonly string[]): boolean {
  const over = said.indexOf('over');
  if (over > 0 && over < said.length - 1) return true;
  return said.join('').replace(/[^\p{N}]/gu, '').length + spelledDigits(said) >= 10;
}

/** Digits said one by one. */
function spelledDigits(said: readonly string[]): number {
  return said.filter((word) => UNITS.has(word) || word === 'oh').length;
}

function endsWithTerm(lower: string, term: string): boolean {
  return term.length > 3 && lower.endsWith(term.toLowerCase());
}

/** A figure, a number word, "oh", a month or an ordinal: the pieces of dates and telephone numbers. */
function isNumberLike(word: string): boolean {
  if (/\p{N}/u.test(word) || word === 'oh') return true;
  return word
    .split('-')
    .some((part) => UNITS.has(part) || TENS.has(part) || MONTHS.has(part) || ORDINALS.has(part));
}

/**
 * True for words whose rest would be lost at a high price: a date, a number or medicines of which a part
 * was said. However patient the listener, they are waited for.
 */
export function holdsPartOfAnswer(
  text: string,
  awaited: AwaitedAnswer,
  vocabulary: readonly string[],
): boolean {
  switch (awaited) {
    case AwaitedAnswer.DATE:
    case AwaitedAnswer.NUMBER:
    case AwaitedAnswer.LIST:
    case AwaitedAnswer.MEDICINE:
      return true;
    case AwaitedAnswer.UNSPECIFIED:
    case AwaitedAnswer.OPEN:
    case AwaitedAnswer.YES_NO:
    case AwaitedAnswer.NAME:
    case AwaitedAnswer.UNRECOGNIZED:
      break;
  }
  const said = saidWords(text);
  const lower = said.join(' ');
  const lastWords = said.slice(-4);
  return (
    lastWords.some((word) => isNumberLike(word)) ||
    vocabulary.some((term) => term.length > 3 && lower.includes(term.toLowerCase()))
  );
}

/**
 * Where a list is awaited: true when the words read as one that may be over, so that sound may end the
 * turn. That is a list closed by "and" or "or" before its last item, or a sentence that is no single item;
 * "lisinopril, furosemide," and "I take lisinopril." are neither.
 */
export function listMayBeOver(text: string, vocabulary: readonly string[]): boolean {
  const trimmed = text.trim();
  const said = saidWords(trimmed);
  const items = trimmed.split(/[,.;]\s+(?:(?:and|or)\s+)?|\s+(?:and|or)\s+/i).filter((item) => item !== '');
  const lastItem = saidWords(items.at(-1) ?? '');
  if (/,$/.test(trimmed)) return items.length >= 3 && lastItem.length >= 3;
  const closed = /\b(and|or)\s+\P{P}+[.!]?$/iu.test(trimmed);
  if (items.length >= 2 && closed) return true;
  const endsInTerm = vocabulary.some((term) => endsWithTerm(said.join(' '), term));
  return /[.!]$/.test(trimmed) && said.length >= 4 && !endsInTerm;
}

/** "one hundred and", "a hundred", "point": more digits follow; "182 pounds", "eighty" are answers. */
function numberState(said: readonly string[]): WordsSoFar | undefined {
  const last = said.at(-1) ?? '';
  if (last === 'point' || last === 'over') return 'unfinished';
  if (said.some((word) => /\p{N}/u.test(word) || UNITS.has(word) || TENS.has(word) || SCALES.has(word))) {
    // Spoken digit by digit, as telephone numbers are: ten digits make one, three do not.
    const digits = said.join(' ').replace(/[^\p{N}]/gu, '').length;
    const spelled = spelledDigits(said);
    if (spelled >= 3 && spelled < 10 && digits === 0) return 'open';
    if (said.filter((word) => /^\p{N}{3}$/u.test(word)).length >= 2 && digits < 10) return 'unfinished';
    return 'answered';
  }
  return undefined;
}

/** A month wants its day and its year; a weekday or "yesterday" is enough. */
function dateState(said: readonly string[], lower: string): WordsSoFar | undefined {
  if (/\b\d{1,2}[/-]\d{1,2}[/-]\d{2,4}\b/.test(lower) || /\b(19|20)\d\d\b/.test(lower)) return 'answered';
  const month = said.findIndex((word) => MONTHS.has(word));
  if (month >= 0) {
    const after = said.slice(month + 1);
    const year = after.findIndex((word) => word === 'nineteen' || word === 'twenty' || word === 'thousand');
    // "nineteen fifty-two": the century and at least one more number word.
    const named = after
      .slice(year + 1)
      .some((word) => [...word.split('-')].some((part) => UNITS.has(part) || TENS.has(part)));
    return year >= 0 && year < after.length - 1 && named ? 'answered' : 'unfinished';
  }
  if (said.some((word) => WEEKDAYS.has(word)) || RELATIVE_DATE.test(lower)) return 'answered';
  return undefined;
}

/** Lower-case words; figures with points, slashes or dashes inside are one. */
function saidWords(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replace(/[’]/g, "'")
      .match(/[\p{L}\p{N}']+(?:[./:-]\p{N}+)*/gu) ?? []
  );
}

function words(line: string): ReadonlySet<string> {
  return new Set(line.split(' '));
}
