import type { Token } from '../spoken/tokens.js';
import type { Judged } from './judgement.js';
import { joined } from './surroundings.js';

const symptoms =
  /(^| )(sweating|sweaty|sweats|shaky|shaking|trembling|dizzy|lightheaded|faint|fainting|confused|clammy|weak|woozy|blurry|passing out|passed out|heart (is )?(racing|pounding)|can't think|out of it)( |$)/;
const denied = /(^| )(no|not|don't|isn't|without|never|aren't)( \S+){0,3}$/;

/** True when signs of low sugar are told and not denied right before. */
function tellsSigns(tokens: readonly Token[]): boolean {
  const text = joined(tokens, 0, tokens.length);
  const found = symptoms.exec(text);
  return found !== null && !denied.test(text.slice(0, found.index));
}

/** A low sugar that is felt is as urgent as a very low one. */
export function withSigns(judged: Judged, tokens: readonly Token[]): Judged {
  const { measure, severity, fact } = judged;
  if (measure.id !== 'blood glucose' || severity !== 'low' || !tellsSigns(tokens)) return judged;
  return {
    ...judged,
    severity: 'critical-low',
    fact: { ...fact, severity: 'critical-low', text: `${fact.text} Signs of low sugar were told.` },
  };
}
