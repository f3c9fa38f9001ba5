import type { SpokenNumber } from '../spoken/numbers.js';
import type { Token } from '../spoken/tokens.js';
import type { Cue } from './measures.js';
import type { ReadingContext } from './reading.js';
import { joined } from './surroundings.js';

/**
 * Numbers with "ninety seven nine", "101 4" and "one oh one four" made one of tenths, where a temperature is
 * spoken of; a thermometer shows tenths, and people leave the point out.
 */
export function withTenths(
  tokens: readonly Token[],
  numbers: readonly SpokenNumber[],
  cues: readonly Cue[],
  context: ReadingContext,
): SpokenNumber[] {
  const spokenOf =
    context.expected?.id === 'body temperature' ||
    cues.some(({ measure }) => measure.id === 'body temperature') ||
    /(^| )(degrees?|fahrenheit|celsius|centigrade)( |$)/.test(joined(tokens, 0, tokens.length));
  if (!spokenOf) return [...numbers];
  const nearest = (number: SpokenNumber): Cue | undefined =>
    cues.findLast((cue) => cue.end <= number.start && number.start - cue.end <= 9);
  const joinedNumbers: SpokenNumber[] = [];
  for (let at = 0; at < numbers.length; at += 1) {
    const number = numbers[at];
    const next = numbers[at + 1];
    if (!number) break;
    const of = nearest(number)?.measure.id ?? 'body temperature';
    if (of !== 'body temperature') joinedNumbers.push(number);
    else if (next && isTenth(tokens, number, next)) {
      joinedNumbers.push({
        ...number,
        end: next.end,
        value: tenths(number.value * 10 + next.value),
        parts: undefined,
        confidence: Math.min(number.confidence, next.confidence),
        twin: undefined,
        twinHeard: false,
      });
      at += 1;
    } else if (isRun(tokens, number)) joinedNumbers.push({ ...number, value: tenths(number.value) });
    else joinedNumbers.push(number);
  }
  return joinedNumbers;
}

function tenths(value: number): number {
  return Math.round(value) / 10;
}

/** A whole temperature in either unit with one digit right behind it. */
function isTenth(tokens: readonly Token[], number: SpokenNumber, next: SpokenNumber): boolean {
  const whole = (number.value >= 90 && number.value <= 110) || (number.value >= 34 && number.value <= 43);
  return (
    whole &&
    Number.isInteger(number.value) &&
    Number.isInteger(next.value) &&
    next.value <= 9 &&
    next.start === number.end &&
    next.end === next.start + 1 &&
    tokens[number.end - 1]?.endsClause !== true &&
    !/^(times?|days?|hours?|weeks?|minutes?|o'clock|am|pm|tablets?|pills?)$/.test(
      tokens[next.end]?.text ?? '',
    )
  );
}

/** "Nine seven nine", "one oh one four": digit by digit. */
function isRun(tokens: readonly Token[], { start, end, value }: SpokenNumber): boolean {
  const digits = end - start >= 3 || /^\d{3,4}$/.test(tokens[start]?.text ?? '');
  return digits && ((value >= 900 && value <= 1100) || (value >= 340 && value <= 430));
}
