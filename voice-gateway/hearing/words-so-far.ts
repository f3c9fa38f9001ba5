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
  const said = trimmed.toLowerCase().match(/[\p{L}\p{N}'’]+(?:[./:-]\p{N}+)*/gu) ?? [];
  const last = said.at(-1);
  if (last === undefined) return 'none';
  const stopped = /[.!?]["')]*$/.test(trimmed) && !/\.\.\.$|…$/.test(trimmed);
  if (/(\.\.\.|…|[-–—])$/.test(trimmed) || NEVER_LAST.has(last)) return 'unfinished';
  if (SELDOM_LAST.has(last) && !stopped && !/\b(think|hope|guess|say|said) so$/.test(said.join(' ')))
    return 'unfinished';
  const lower = said.join(' ');
  switch (awaited) {
    case AwaitedAnswer.YES_NO:
      if (YES_OR_NO.test(lower) && said.length <= 6 && !/,$/.test(trimmed)) return 'answered';
      break;
    case AwaitedAnswer.NUMBER:
      return numberState(said) ?? ending(trimmed, stopped);
    case AwaitedAnswer.DATE:
      return dateState(said, lower) ?? ending(trimmed, stopped);
    case AwaitedAnswer.NAME:
      if (NAME_OPENS.test(lower)) return 'unfinished';
      if (said.length >= 2 && !/,$/.test(trimmed)) return 'answered';
      break;
    case AwaitedAnswer.LIST:
      if (LIST_CLOSED.test(lower)) return 'answered';
      break;
    case AwaitedAnswer.MEDICINE:
      if (vocabulary.some((term) => term.length > 3 && lower.endsWith(term.toLowerCase()))) return 'answered';
      break;
    case AwaitedAnswer.UNSPECIFIED:
    case AwaitedAnswer.OPEN:
    case AwaitedAnswer.UNRECOGNIZED:
      break;
  }
  return ending(trimmed, stopped);
}

function ending(trimmed: string, stopped: boolean): WordsSoFar {
  if (/,$/.test(trimmed)) return 'unfinished';
  return stopped ? 'complete' : 'open';
}

/** "one hundred and", "a hundred", "point": more digits follow; "182 pounds", "eighty" are answers. */
function numberState(said: readonly string[]): WordsSoFar | undefined {
  const last = said.at(-1) ?? '';
  if (last === 'point' || last === 'over') return 'unfinished';
  if (said.some((word) => /\p{N}/u.test(word) || UNITS.has(word) || TENS.has(word) || SCALES.has(word))) {
    // Spoken digit by digit, as telephone numbers are: ten digits make one, three do not.
    const digits = said.join(' ').replace(/[^\p{N}]/gu, '').length;
    const spelled = said.filter((word) => UNITS.has(word)).length;
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

function words(line: string): ReadonlySet<string> {
  return new Set(line.split(' '));
}
