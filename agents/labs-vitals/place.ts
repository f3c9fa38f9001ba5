import type { KnownMeasure } from '../../clinical-kb/labs/load-measures.js';
import type { SpokenNumber } from '../spoken/numbers.js';
import type { Token } from '../spoken/tokens.js';
import type { Cue } from './measures.js';
import type { ReadingContext } from './reading.js';
import { clauseStart, joined, sentenceEnds } from './surroundings.js';

/** Which measure a number belongs to. */
export interface Place {
  readonly measure: KnownMeasure;
  /** True when the name stands so near, or the words between tell a value, that a count of something else is unlikely. */
  readonly near: boolean;
}

const tellsValue =
  /(^| )(is|was|it's|of|at|reading|reads|says|said|came|be|were|are|about|around|to|like|been|shows?|got|had|hit)( |$)/;

/** By the unit of a number, by the name before or after it, or by what was asked. */
export function placeOf(
  tokens: readonly Token[],
  number: SpokenNumber,
  cues: readonly Cue[],
  unitWords: string,
  context: ReadingContext,
): Place | undefined {
  const byId = (id: string): KnownMeasure | undefined => context.index.byId(id);
  const before = cues
    .filter((cue) => cue.end <= number.start && number.start - cue.end <= 9)
    .filter(
      (cue) =>
        !/[.!?]$/.test(tokens[number.start - 1]?.written ?? '') &&
        !sentenceEnds(tokens, cue.end, number.start),
    )
    .at(-1);
  const following = cues.find(
    (cue) =>
      cue.start >= number.end && cue.start - number.end <= 3 && !sentenceEnds(tokens, number.end, cue.start),
  );
  if (/^(pounds?|lbs?|kilos?|kilograms?|kgs?)( |$)/.test(unitWords)) {
    const weight = byId('body weight');
    const spokenOf =
      context.expected?.id === 'body weight' ||
      cues.some(
        (cue) => cue.measure.id === 'body weight' && !/^(pounds|lbs)$/.test(tokens[cue.start]?.text ?? ''),
      );
    if (!weight || (!spokenOf && number.value < 90)) return undefined;
    return { measure: weight, near: spokenOf };
  }
  if (/^degrees?( |$)/.test(unitWords)) {
    const temperature = byId('body temperature');
    return temperature ? { measure: temperature, near: true } : undefined;
  }
  if (before) {
    const gap = joined(tokens, before.end, number.start);
    if (somethingElse.test(gap)) return undefined;
    const near = number.start - before.end <= 1 || tellsValue.test(gap);
    return { measure: before.measure, near };
  }
  if (following)
    return {
      measure: following.measure,
      near:
        number.end === following.start ||
        /^(is|was|for|on)/.test(joined(tokens, number.end, following.start)),
    };
  const carried = cues.findLast((cue) => cue.end <= number.start);
  if (carried && tellsNow(tokens, carried, number)) return { measure: carried.measure, near: false };
  if (context.expected && context.expected.id !== 'systolic blood pressure')
    return { measure: context.expected, near: true };
  if (/^(%|percent)( |$)/.test(unitWords)) {
    const oxygen = byId('oxygen saturation');
    return oxygen && cues.some((cue) => cue.measure.id === oxygen.id)
      ? { measure: oxygen, near: true }
      : undefined;
  }
  return undefined;
}

/** "My oxygen is usually 97. Today it is 91.": the next sentence tells of the same measure. */
function tellsNow(tokens: readonly Token[], { end }: Cue, number: SpokenNumber): boolean {
  const start = sentenceStart(tokens, number.start);
  const ends = tokens.slice(end, start).filter(({ written }) => /[.!?]["')]*$/.test(written));
  return start > end && ends.length === 1 && now.test(joined(tokens, start, number.start));
}

function sentenceStart(tokens: readonly Token[], at: number): number {
  let start = at;
  while (start > 0 && !sentenceEnds(tokens, start - 1, start)) start -= 1;
  return start;
}

const now =
  /^((but|and|so|well) )?((today|now|right now|this morning|tonight|currently|it's|it is|it was|it reads|it says|it's at|it is at|it is only|it's only|it's down to|it is down to|usually|normally) ?)+$/;

/** "Calcium score", "BUN creatinine ratio", "sodium intake": not the value itself. */
const somethingElse =
  /(^| )(ratio|score|intake|diet|medicine|medication|dose|rich|free|goal|target|limit|restriction)( |$)/;

const supplement = /(^| )(dose|dosage|supplements?|pills?|tablets?|capsules?|shots?|prescribed|refill)( |$)/;
const intake =
  /(^| )(take|takes|taking|took|taken|eat|eating|ate|drink|put me on|(am|i'm|been|keep me|keeps me|me) on|giving|gave|started|starting)( |$)/;
const tested =
  /(^| )(level|levels|blood|test|tested|tests|lab|labs|result|results|came|was|were|is|it's|now|drawn|checked|trough|reading|measured|went|gone|up|down|rose|dropped|fell|jumped|high|low)( |$)/;

/** A name that is also that of a medicine or supplement means a value only where a result is spoken of. */
export function isTaken(tokens: readonly Token[], number: SpokenNumber, { measure }: Place): boolean {
  if (measure.alsoTaken !== true) return false;
  const clause = joined(tokens, clauseStart(tokens, number.start), Math.min(tokens.length, number.end + 4));
  return supplement.test(clause) || (intake.test(clause) && !tested.test(clause));
}
