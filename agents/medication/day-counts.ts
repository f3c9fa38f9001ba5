import type { SpokenNumber } from '../spoken/numbers.js';
import type { Token } from '../spoken/tokens.js';
import { massUnit, otherUnits, volumeUnit } from './dose-units.js';

const wholeDay =
  / (in (one|a|the same|a single|the whole) day|all told|all in all|in (all|total)|since this time yesterday|(in|over|within) (the )?(last |past )?(24|twenty four) hours|over the (whole |entire )?day|over the course of the day|throughout the day|through the day|spread (out )?over|one at a time|altogether) /;
const atOnce = / (at once|at one time|at the same time|in one go|one after the other|all together) /;

/** True where a count is what was taken in a day and not at a time: "six in all", "since this time yesterday". */
export function isTotalOfDay(text: string): boolean {
  return wholeDay.test(text) && !atOnce.test(text);
}

const later =
  /(^| )(more|another|later|again|morning|breakfast|noon|lunch|lunchtime|midday|afternoon|evening|dinner|supper|night|tonight|bedtime|bed|midnight)( |$)/;
const tookBack = /(^| )(no wait|i mean|i meant|actually|sorry|rather|make that|scratch that)( |$)/;

/**
 * Counts that were told one after the other of one day: 2 and 1 of "two this morning and one more at night".
 * Empty where one count was said, or where the words do not make sure that the second is another dose.
 */
export function countsOfDay(
  tokens: readonly Token[],
  numbers: readonly SpokenNumber[],
  strengthsMg: readonly number[],
): number[] {
  const words = (start: number, end: number): string =>
    tokens
      .slice(start, end)
      .map(({ text }) => text)
      .join(' ');
  if (tookBack.test(words(0, tokens.length))) return [];
  const counts = numbers.filter((number) => isCount(tokens, number, strengthsMg));
  if (counts.length < 2) return [];
  const sure = counts.slice(1).every((number, at) => {
    const before = tokens[number.start - 1];
    const joins =
      before !== undefined && (before.endsClause || /^(and|then|took|take|plus|another)$/.test(before.text));
    const rest = words(number.start - 1, counts[at + 2]?.start ?? tokens.length);
    return joins && later.test(rest);
  });
  return sure ? counts.map(({ value }) => value) : [];
}

function isCount(tokens: readonly Token[], number: SpokenNumber, strengthsMg: readonly number[]): boolean {
  const before = tokens[number.start - 1]?.text ?? '';
  const after = tokens[number.end]?.text ?? '';
  return (
    number.value > 0 &&
    number.value <= 20 &&
    !strengthsMg.some((mg) => mg >= 20 && mg === number.value) &&
    !/^(every|to|or|at|since|by|until|than|for|in|i'm|am|age|per|over)$/.test(before) &&
    !/^(times?|hours?|hrs|days?|weeks?|months?|years?|minutes?|o'clock|am|pm|a\.m|p\.m|out|over|degrees|pounds|or|to)$/.test(
      after,
    ) &&
    massUnit(after) === undefined &&
    volumeUnit(after) === undefined &&
    !otherUnits.test(after)
  );
}
