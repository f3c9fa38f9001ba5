import { otherReadings, type SpokenNumber } from '../spoken/numbers.js';
import { writtenSpan, type Token } from '../spoken/tokens.js';
import { experiencerAt, isHypothetical, joined } from './surroundings.js';

/** "I gained five pounds." */
export interface WeightChange {
  /** In pounds, negative for a loss. */
  readonly pounds: number;
  readonly heard: string;
  readonly confidence: number;
  /** The number as it was said, in the unit that was said. */
  readonly said: number;
  readonly unit: 'pounds' | 'kilos';
  /** What the number may have been instead, where it was not heard surely. */
  readonly twin: number | undefined;
}

/** A change of weight that was told, with the number that tells it. */
export function weightChangeIn(
  tokens: readonly Token[],
  numbers: readonly SpokenNumber[],
): { change: WeightChange; number: SpokenNumber } | undefined {
  for (const number of numbers) {
    const unit = tokens[number.end]?.text ?? '';
    const perUnit = /^(pounds?|lbs?)$/.test(unit)
      ? 1
      : /^(kilos?|kilograms?|kgs?)$/.test(unit)
        ? 2.20462
        : undefined;
    if (perUnit === undefined || number.value > 60) continue;
    const before = joined(tokens, Math.max(0, number.start - 5), number.start);
    const after = joined(tokens, number.end + 1, Math.min(tokens.length, number.end + 3));
    const up =
      /(^| )(gained|gain|put on|up|gaining|gone up|went up)( |$)/.test(before) ||
      /^(heavier|more|up|gain)( |$)/.test(after);
    const down =
      /(^| )(lost|lose|down|dropped|gone down|went down)( |$)/.test(before) ||
      /^(lighter|less|down)( |$)/.test(after);
    if (up === down || isHypothetical(tokens, number.start)) continue;
    if (experiencerAt(tokens, number.start) !== 'patient') continue;
    if (/(^| )(haven't|have not|didn't|did not|not|no|never)( |$)/.test(before)) continue;
    return {
      number,
      change: {
        pounds: Math.round(number.value * perUnit * (up ? 1 : -1) * 100) / 100,
        heard: writtenSpan(tokens, Math.max(0, number.start - 1), number.end + 1),
        confidence: number.confidence,
        said: number.value,
        unit: perUnit === 1 ? 'pounds' : 'kilos',
        twin: otherReadings(tokens, number).find((value) => value > 0 && value <= 60),
      },
    };
  }
  return undefined;
}
