import { tokensOfText } from './tokens.js';

/** A yes at the beginning of an answer in lower case. */
export const yes =
  /^(yes|yeah|yep|yup|yea|right|correct|sure|exactly|that's (it|right|the one|correct)|that is (it|right|correct)|i did|uh huh|mm hmm|mhm|it is|ok|okay|absolutely)\b/;

/** A no at the beginning of an answer in lower case. */
export const no = /^(no|nope|nah|not|wrong|incorrect|i didn't|i did not|neither|never)\b/;

/** True for a plain yes to a read-back. */
export function saysYes(text: string): boolean {
  return yes.test(
    tokensOfText(text)
      .map((token) => token.text)
      .join(' '),
  );
}
