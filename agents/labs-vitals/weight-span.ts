import type { SpokenNumber } from '../spoken/numbers.js';
import type { Token } from '../spoken/tokens.js';
import { isHypothetical, joined } from './surroundings.js';

/** "From 85 to 88 kilos overnight": two weights, of before and of now, as they were said. */
export interface WeightSpan {
  readonly earlier: SpokenNumber;
  readonly now: SpokenNumber;
  /** How long it took; undefined when it was not told. */
  readonly days: number | undefined;
}

const kilos = /^(kilos?|kilograms?|kgs?)$/;
const pounds = /^(pounds?|lbs?)$/;
const changes =
  /(^| )(from|went|gone|go|jumped|rose|climbed|gained|gain|up|overnight|since|yesterday|today|this morning|(in|within|over) (a|one|two|three|the|\d) ?(last )?(day|days|night|week|nights))( |$)/;

/** Two weights with "to" between them, told as a change and not as a range. */
export function weightSpanIn(
  tokens: readonly Token[],
  numbers: readonly SpokenNumber[],
): WeightSpan | undefined {
  const text = joined(tokens, 0, tokens.length);
  for (const [at, earlier] of numbers.entries()) {
    const now = numbers[at + 1];
    if (!now) break;
    const unit = tokens[now.end]?.text ?? '';
    const between = joined(tokens, earlier.end, now.start);
    if (!kilos.test(unit) && !pounds.test(unit)) continue;
    if (!/^((kilos?|kilograms?|kgs?|pounds?|lbs?) )?(up )?to( about)?$/.test(between)) continue;
    const low = kilos.test(unit) ? 30 : 60;
    if (earlier.value < low || now.value < low || Math.abs(now.value - earlier.value) > 0.3 * now.value)
      continue;
    if (!changes.test(text) || /(^| )(usually|normally|between|lost|down|dropped)( |$)/.test(text)) continue;
    if (isHypothetical(tokens, earlier.start)) continue;
    return { earlier, now, days: daysTold(text) };
  }
  return undefined;
}

/** Days that a change took, as told in words; undefined when none are told. */
export function daysTold(text: string): number | undefined {
  if (
    /(^| )(overnight|yesterday|last night|since (the|this) morning|(in|within|over) (a|one|the last|the past) (day|night))( |$)/.test(
      text,
    )
  )
    return 1;
  if (/(^| )(in|within|over) (two|2|a couple of) (days|nights)( |$)/.test(text)) return 2;
  if (/(^| )(in|within|over) (three|3) (days|nights)( |$)/.test(text)) return 3;
  return /(^| )(last week|(in|within|over) (a|one|the last|the past|this) week|since last \w+day)( |$)/.test(
    text,
  )
    ? 7
    : undefined;
}
