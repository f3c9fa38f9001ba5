import { numbersIn, type SpokenNumber } from '../spoken/numbers.js';
import { tokensOfText, type Token } from '../spoken/tokens.js';
import { massesInMg } from './dose.js';
import { massUnit } from './dose-units.js';

/**
 * The words with the amounts of a combination as the one amount by which the chart counts it: on a chart with
 * "24 mg/26 mg" the words "24 over 26 mg", "24 26" and "26 mg" are one dose, never 24 pieces of 26 mg.
 * @param chartedDose as prescribed; words of a medicine with one amount come back unchanged
 */
export function withCombinationAsOne(words: readonly Token[], chartedDose: string): readonly Token[] {
  const parts = massesInMg(tokensOfText(chartedDose));
  const [first] = parts;
  if (parts.length < 2 || first === undefined) return words;
  const numbers = numbersIn(words);
  for (const [at, number] of numbers.entries()) {
    const next = numbers[at + 1];
    const pair = next !== undefined && number.value >= 20 && isPair(words, number, next);
    const end = pair ? next.end : number.end;
    const unit = massUnit(words[end]?.text ?? '') !== undefined;
    if (!pair && !(parts.includes(number.value) && unit)) continue;
    const mg = pair && !parts.includes(number.value) ? number.value : first;
    return [
      ...words.slice(0, number.start),
      ...tokensOfText(`${mg} mg`),
      ...words.slice(unit ? end + 1 : end),
    ];
  }
  return words;
}

function isPair(words: readonly Token[], one: SpokenNumber, other: SpokenNumber): boolean {
  const between = words.slice(one.end, other.start);
  return (
    other.value >= 20 &&
    between.every(({ text }) => massUnit(text) !== undefined || text === 'over' || text === 'and')
  );
}
