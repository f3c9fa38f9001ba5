import type { Utterance } from '../../protos/generated/asterism/v1/hearing.js';
import type { ReviewRequest } from '../../protos/generated/asterism/v1/specialist.js';
import { numbersIn } from '../spoken/numbers.js';
import { tokensOf, tokensOfText } from '../spoken/tokens.js';
import { no, yes } from '../spoken/yes-no.js';
import type { LabsMind } from './mind.js';

/** What an answer to the specialist's own question settles. */
export interface Settled {
  /** The answer as one that holds its number and unit. */
  readonly utterance: Utterance;
  /** A number that was said twice: unlikely, but heard right. */
  readonly repeated: number | undefined;
}

/** Interprets a yes, a unit, or the same number again, after this specialist's own question. */
export function settle(mind: LabsMind, request: ReviewRequest, utterance: Utterance): Settled {
  const unsettled = { utterance, repeated: undefined };
  if (request.context?.answeringOwnQuestion !== true) return unsettled;
  const question = request.context.history.findLast((turn) => turn.speaker === 'agent')?.text ?? '';
  const tokens = tokensOf(utterance);
  const text = tokens.map((token) => token.text).join(' ');
  const numbers = numbersIn(tokens);
  const asked = /Did you say ([a-z\d .-]+) pounds\?/.exec(question);
  if (asked && numbers.length === 0 && yes.test(text) && !no.test(text)) {
    const pounds = numbersIn(tokensOfText(asked[1] ?? ''))[0]?.value;
    return pounds === undefined
      ? unsettled
      : { utterance: plainUtterance(`${pounds} pounds`), repeated: undefined };
  }
  const between = answerOfTwo(question, text, numbers);
  if (between !== undefined) {
    return { utterance: plainUtterance(inPlace(request, question, between)), repeated: undefined };
  }
  const heard = Number(/^I heard (\d+(?:\.\d+)?) for your/.exec(question)?.[1]);
  if (Number.isNaN(heard)) return unsettled;
  const valve = /(^| )(mitral|aortic)( |$)/.exec(text)?.[2];
  if (valve !== undefined && question.includes('mechanical valve')) {
    return { utterance: plainUtterance(`INR ${heard} mechanical ${valve} valve`), repeated: undefined };
  }
  if (question.includes('Is that in')) {
    // "The second one" holds no number.
    const place = /(^| )(first|second|last|other|usual|regular|normal|same) one( |$)/.exec(text)?.[2];
    const unit = unitIn(mind, question, text, place);
    if (unit !== undefined && (numbers.length === 0 || place !== undefined))
      return { utterance: plainUtterance(`${heard} ${unit}`), repeated: undefined };
    if (place !== undefined) return { utterance: plainUtterance(place), repeated: undefined };
  }
  return { utterance, repeated: numbers.some(({ value }) => value === heard) ? heard : undefined };
}

const twoNumbers = /Did you say (\d+(?:\.\d+)?), [a-z ]+, or (\d+(?:\.\d+)?), [a-z ]+\?/;

/** Which of two numbers an answer chooses, that holds nothing but it: "six zero", "sixty", "the second one". */
function answerOfTwo(
  question: string,
  text: string,
  numbers: readonly { readonly value: number }[],
): { readonly chosen: number; readonly offered: readonly number[] } | undefined {
  const found = twoNumbers.exec(question);
  if (!found || no.test(text)) return undefined;
  const offered = [Number(found[1]), Number(found[2])];
  const spelled = offered.filter((value) => ` ${asDigits(text)} `.includes(` ${String(value)} `));
  const said = offered.filter((value) => numbers.length === 1 && numbers[0]?.value === value);
  const place = /(^| )(first|second|last|latter) one( |$)|^(the )?(first|second|last|latter)$/.exec(text);
  const placed = (place?.[2] ?? place?.[4]) === 'first' ? offered[0] : offered[1];
  const chosen = said[0] ?? (spelled.length === 1 ? spelled[0] : place ? placed : undefined);
  return chosen === undefined ? undefined : { chosen, offered };
}

/** "Six zero" as "60"; other words stay apart. */
function asDigits(text: string): string {
  const names = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
  return text
    .split(' ')
    .map((word) => (word === 'oh' || word === 'o' ? '0' : word === 'point' ? '.' : word))
    .map((word) => (names.includes(word) ? String(names.indexOf(word)) : word))
    .join(' ')
    .replace(/(?<=(^| )\d) (?=\d( |$))/g, '')
    .replace(/(?<=\d) (?=\.)|(?<=\.) (?=\d)/g, '');
}

/** What the patient said before the question, with the number that was chosen in its place. */
function inPlace(
  request: ReviewRequest,
  question: string,
  { chosen, offered }: { readonly chosen: number; readonly offered: readonly number[] },
): string {
  const change = /your weight (gain|loss) in (pounds|kilos) right/.exec(question);
  if (change) return `I ${change[1] === 'gain' ? 'gained' : 'lost'} ${chosen} ${change[2] ?? ''}`;
  const said = request.context?.history.findLast((turn) => turn.speaker === 'patient')?.text ?? '';
  const tokens = tokensOfText(said);
  const number = numbersIn(tokens).find(({ value }) => offered.includes(value));
  if (!number) return String(chosen);
  const written = (from: number, to: number): string =>
    tokens
      .slice(from, to)
      .map((token) => token.written)
      .join(' ');
  return `${written(0, number.start)} ${chosen} ${written(number.end, tokens.length)}`.trim();
}

/** A name of the unit that was chosen of the two in the question: by its first word, or by its place. */
function unitIn(
  mind: LabsMind,
  question: string,
  answer: string,
  place: string | undefined,
): string | undefined {
  const at = ({ spoken }: { spoken: string }): number => question.search(new RegExp(`in ${spoken}[,?]`));
  const offered = mind.knowledge.units
    .filter((unit) => unit.spoken !== '' && at(unit) >= 0)
    .sort((a, b) => at(a) - at(b));
  if (place === 'first') return offered[0]?.names[0];
  if (place === 'second' || place === 'last') return offered[1]?.names[0];
  const chosen = offered.filter(({ spoken, names }) =>
    [...names, spoken.split(' ')[0] ?? ''].some((name) => ` ${answer} `.includes(` ${name} `)),
  );
  return chosen.length === 1 ? chosen[0]?.names[0] : undefined;
}

function plainUtterance(text: string): Utterance {
  return { utteranceId: '', text, words: [], alternatives: [], confidence: 1, startedMs: 0, endedMs: 0 };
}
