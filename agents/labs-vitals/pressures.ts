import type { KnownMeasure } from '../../clinical-kb/labs/load-measures.js';
import type { SpokenNumber } from '../spoken/numbers.js';
import { writtenSpan, type Token } from '../spoken/tokens.js';
import type { Cue } from './measures.js';
import type { Doubt, Reading, ReadingContext } from './reading.js';
import { pressureSides } from './named-pressures.js';
import { experiencerAt, isHypothetical, joined } from './surroundings.js';
import { isPlausible, heardDoubt } from './value.js';

/** Blood pressures: two numbers with "over" between them, or side by side where a pressure is spoken of. */
export function pressuresIn(
  tokens: readonly Token[],
  numbers: readonly SpokenNumber[],
  cues: readonly Cue[],
  context: ReadingContext,
  used: Set<SpokenNumber>,
): Reading[] {
  const systolic = context.index.byId('systolic blood pressure');
  const diastolic = context.index.byId('diastolic blood pressure');
  if (!systolic || !diastolic) return [];
  const named = /(^| )(blood pressure|pressure|bp)( |$)/.test(joined(tokens, 0, tokens.length));
  const asked = context.expected?.id === 'systolic blood pressure';
  const found: Reading[] = [];
  numbers.forEach((upper, at) => {
    const lower = numbers[at + 1];
    if (!lower || used.has(upper)) return;
    const between = joined(tokens, upper.end, lower.start);
    const loosely = (named || asked) && /^(and|on|by|to)?$/.test(between);
    if (between !== 'over' && !loosely) return;
    if (between !== 'over' && cues.some((cue) => cue.start >= upper.end && cue.end <= lower.start)) return;
    if (isHypothetical(tokens, upper.start)) return;
    const plausible =
      isPlausible(upper.value, systolic) && isPlausible(lower.value, diastolic) && upper.value > lower.value;
    if (!plausible && !named && !asked) return;
    used.add(upper);
    used.add(lower);
    const heard = writtenSpan(tokens, upper.start, lower.end);
    const experiencer = experiencerAt(tokens, upper.start);
    const doubtOf = (number: SpokenNumber, measure: KnownMeasure): Doubt | undefined =>
      plausible
        ? heardDoubt(tokens, number, (value) => isPlausible(value, measure))
        : { kind: 'implausible' };
    const readingOf = (number: SpokenNumber, measure: KnownMeasure): Reading => ({
      measure,
      value: number.value,
      said: number.value,
      heard,
      start: upper.start,
      confidence: number.confidence,
      doubt: doubtOf(number, measure),
      experiencer,
    });
    found.push(readingOf(upper, systolic), readingOf(lower, diastolic));
  });
  const sided: Reading[] = [];
  const free = numbers.filter((number) => !used.has(number));
  const sides = pressureSides(tokens, numbers, named || asked);
  for (const number of free) {
    const side = sides.get(number);
    if (side === undefined || isHypothetical(tokens, number.start)) continue;
    // "The top number is 150, my pulse 78": a name that stands nearer.
    const near = cues.findLast((cue) => cue.end <= number.start);
    const other = near !== undefined && !/blood pressure$/.test(near.measure.id);
    if (
      other &&
      number.start - near.end <= 3 &&
      !numbers.some((of) => of.start >= near.end && of.end <= number.start)
    )
      continue;
    used.add(number);
    const measure = side === 'systolic' ? systolic : diastolic;
    sided.push({
      measure,
      value: number.value,
      said: number.value,
      heard: writtenSpan(tokens, number.start, number.end),
      start: number.start,
      confidence: number.confidence,
      doubt: isPlausible(number.value, measure)
        ? heardDoubt(tokens, number, (value) => isPlausible(value, measure))
        : { kind: 'implausible' },
      experiencer: experiencerAt(tokens, number.start),
    });
  }
  return [...found, ...(areTurnedAround(sided) ? sided.map(broken) : sided)];
}

/** A lower number above the upper one. */
function areTurnedAround(sided: readonly Reading[]): boolean {
  const value = (side: RegExp): number | undefined =>
    sided.find(({ measure }) => side.test(measure.id))?.value;
  const [upper, lower] = [value(/^systolic/), value(/^diastolic/)];
  return upper !== undefined && lower !== undefined && upper <= lower;
}

function broken(reading: Reading): Reading {
  return { ...reading, doubt: { kind: 'implausible' } };
}
