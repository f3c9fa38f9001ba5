import type { Utterance } from '../../protos/generated/asterism/v1/hearing.js';
import type { ReviewRequest } from '../../protos/generated/asterism/v1/specialist.js';
import { numbersIn } from '../spoken/numbers.js';
import { tokensOf, tokensOfText } from '../spoken/tokens.js';
import { no, yes } from '../spoken/yes-no.js';

/** What an answer to the specialist's own question settles. */
export interface Settled {
  /** The answer as one that holds its number and unit. */
  readonly utterance: Utterance;
  /** A number that was said twice: unlikely, but heard right. */
  readonly repeated: number | undefined;
}

/** Interprets a yes, a unit, or the same number again, after this specialist's own question. */
export function settle(request: ReviewRequest, utterance: Utterance): Settled {
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
  const heard = Number(/^I heard (\d+(?:\.\d+)?) for your/.exec(question)?.[1]);
  if (Number.isNaN(heard)) return unsettled;
  const unit = /(^| )(pounds?|kilos?|kilograms?)( |$)/.exec(text)?.[2];
  if (numbers.length === 0 && unit !== undefined && question.includes('Is that in')) {
    return { utterance: plainUtterance(`${heard} ${unit}`), repeated: undefined };
  }
  return { utterance, repeated: numbers.some(({ value }) => value === heard) ? heard : undefined };
}

function plainUtterance(text: string): Utterance {
  return { utteranceId: '', text, words: [], alternatives: [], confidence: 1, startedMs: 0, endedMs: 0 };
}
