import type { SpokenNumber } from '../spoken/numbers.js';
import type { Token } from '../spoken/tokens.js';

/** A weight further than this from the chart's last one is asked for again before anything is made of it. */
const FAR = 0.15;

/** True when a weight cannot easily be the next one after the chart's. Both in pounds. */
export function isFarFromChart(pounds: number, chartPounds: number | undefined): boolean {
  return chartPounds !== undefined && Math.abs(pounds - chartPounds) > FAR * chartPounds;
}

/**
 * The weight in pounds that the same digits give when they are grouped anew, where it is near the chart's:
 * recognisers write "one hundred eighty-two" as "100.82", "100 82", "one hundred .82" or "182 hundred eighty two".
 * Undefined when the number needs no such reading, or when no grouping is near the chart's weight.
 */
export function regroupedPounds(
  tokens: readonly Token[],
  number: SpokenNumber,
  numbers: readonly SpokenNumber[],
  chartPounds: number | undefined,
): number | undefined {
  if (chartPounds === undefined) return undefined;
  const written = /^[1-9]00\.\d{1,2}$/.test(digitsOf(tokens, number));
  if (!written && !isFarFromChart(number.value, chartPounds)) return undefined;
  const candidates = [
    ...fromOne(digitsOf(tokens, number)),
    ...numbers.flatMap((other, at) => {
      const next = numbers[at + 1];
      if (!next || (other !== number && next !== number) || !areAdjacent(tokens, other, next)) return [];
      return fromTwo(other.value, next.value);
    }),
  ].filter((pounds) => pounds !== number.value && !isFarFromChart(pounds, chartPounds));
  return candidates.sort((a, b) => Math.abs(a - chartPounds) - Math.abs(b - chartPounds))[0];
}

/** The digits as they were written, "100.80" with its zero; else the value's. */
function digitsOf(tokens: readonly Token[], number: SpokenNumber): string {
  const text = tokens[number.start]?.text ?? '';
  return number.end === number.start + 1 && /^\d+(\.\d+)?$/.test(text) ? text : String(number.value);
}

function fromOne(digits: string): number[] {
  const [whole = '', fraction] = digits.split('.');
  const candidates = fraction === undefined ? [] : [Number(`${whole}${fraction}`)];
  if (/00$/.test(whole) && fraction !== undefined && fraction.length <= 2)
    candidates.push(Number(whole) + Number(fraction));
  // "10082" for one hundred, eighty-two.
  const run = /^([1-9]00)(\d{1,2})$/.exec(digits);
  if (run) candidates.push(Number(run[1]) + Number(run[2]));
  return candidates;
}

function fromTwo(first: number, second: number): number[] {
  if (!Number.isInteger(first) || !Number.isInteger(second) || second >= 100) return [first];
  const candidates = [first, Number(`${first}${second}`)];
  if (first > 0 && first % 100 === 0) candidates.push(first + second);
  return candidates;
}

/** Nothing stands between but what belongs to a number. */
function areAdjacent(tokens: readonly Token[], first: SpokenNumber, second: SpokenNumber): boolean {
  return tokens
    .slice(first.end, second.start)
    .every((token) => /^(hundred|and|point|dot|a)$/.test(token.text));
}
