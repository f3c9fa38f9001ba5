import type { SpokenNumber } from '../spoken/numbers.js';
import type { Token } from '../spoken/tokens.js';
import { clauseStart, joined } from './surroundings.js';

/** True for "it's usually ninety seven", "97 is my baseline": what a value is compared with, not the one of now. */
export function isUsual(
  tokens: readonly Token[],
  { start, end }: Pick<SpokenNumber, 'start' | 'end'>,
  numbers: readonly Pick<SpokenNumber, 'start' | 'end'>[],
): boolean {
  // "Usually 85 to 88".
  const low = numbers.find((other) => other.end === start - 1);
  if (low && /^(to|or)$/.test(tokens[start - 1]?.text ?? '') && isUsual(tokens, low, [])) return true;
  const previous = Math.max(0, ...numbers.filter((other) => other.end <= start).map((other) => other.end));
  const before = joined(tokens, Math.max(previous, clauseStart(tokens, start)), start);
  if (usualBefore.test(before) && !ofNow.test(before)) return true;
  let stop = end;
  while (
    stop < tokens.length &&
    !tokens[stop - 1]?.endsClause &&
    !/^(and|but)$/.test(tokens[stop]?.text ?? '')
  )
    stop += 1;
  // "91, usually 97": the word belongs to the number that follows it.
  if (numbers.some((other) => other.start >= end && other.start < stop)) return false;
  const after = joined(tokens, end, stop);
  return usualAfter.test(after) && !ofNow.test(after);
}

const usualBefore =
  /(^| )(usually|normally|typically|generally|ordinarily|mostly|most days|most of the time|(my|the) (usual|normal|baseline)|normal for me|baseline|used to)( |$)/;
const usualAfter =
  /^(%|percent|degrees|pounds|kilos|on average)? ?((is|was|are) (my|the) (usual|normal|baseline|norm)( |$)|(is|was) (usual|normal) for me|usually( |$)|normally( |$)|typically( |$)|most days|most of the time|before( |$)|used to be)/;
const ofNow = /(^| )(now|today|tonight|currently|right now|this (morning|afternoon|evening))( |$)/;
