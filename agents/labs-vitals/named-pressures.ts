import type { SpokenNumber } from '../spoken/numbers.js';
import type { Token } from '../spoken/tokens.js';
import { joined } from './surroundings.js';

/** Which number of a blood pressure one is by its name. */
export type PressureSide = 'systolic' | 'diastolic';

const word = '(top|upper|systolic|bottom|lower|diastolic)';
const anywhere = new RegExp(`(^| )${word}( |$)`, 'g');
/** "One fifty on top". */
const suffix = new RegExp(
  `^((millimeters of mercury|mmhg) )?((is|was|for|on|at|as|in) )?((the|my) )?${word}(?: number| one| reading| side| part)?`,
);

/**
 * The side of each number that has a name before it ("the top number was 150") or after it ("150 on top");
 * a bare "top" or "bottom" counts only where the other is named too or a pressure is spoken of.
 */
export function pressureSides(
  tokens: readonly Token[],
  numbers: readonly SpokenNumber[],
  ofPressure: boolean,
): Map<SpokenNumber, PressureSide> {
  const sides = new Map<SpokenNumber, PressureSide>();
  // The words up to here belong to an earlier number's name.
  let from = 0;
  for (const [at, number] of numbers.entries()) {
    const next = numbers[at + 1]?.start ?? tokens.length;
    const start = Math.max(from, sentenceStart(tokens, number.start));
    const before = [...joined(tokens, start, number.start).matchAll(anywhere)].at(-1)?.[2];
    from = number.end;
    if (before !== undefined) {
      sides.set(number, sideOf(before));
      continue;
    }
    const after = suffix.exec(joined(tokens, number.end, next));
    const name = after?.[7];
    if (!after || name === undefined) continue;
    sides.set(number, sideOf(name));
    from = number.end + after[0].split(' ').length;
  }
  const both = new Set(sides.values()).size === 2;
  const plainly = tokens.some(({ text }) => text === 'systolic' || text === 'diastolic');
  // "My pressure is lower, 110" names no side.
  const named =
    /(^| )(the|my|on) (top|upper|bottom|lower)( |$)|(top|upper|bottom|lower) (number|one|reading)/;
  return both || plainly || (ofPressure && named.test(joined(tokens, 0, tokens.length)))
    ? sides
    : new Map<SpokenNumber, PressureSide>();
}

function sideOf(name: string): PressureSide {
  return /top|upper|systolic/.test(name) ? 'systolic' : 'diastolic';
}

function sentenceStart(tokens: readonly Token[], at: number): number {
  let start = at;
  while (start > 0 && !/[.!?]["')]*$/.test(tokens[start - 1]?.written ?? '')) start -= 1;
  return start;
}
