import type { Reading } from '../language/reading.js';

export type Answer = 'yes' | 'no' | 'unclear';

const yes =
  /^ (?:well |so |, |and |okay |i think |i guess )*(?:yes|sure|right|correct|definitely|absolutely|(?:i am|i do|i have|it is|it does|they are|he is|she is|they do|he does|she does)(?= (?:[.,]|having|feeling|some|right now|now|yes|a little|a bit|kind of)| ?$)|a little|a bit|a little bit|kind of|sort of|some|somewhat|maybe|probably|i think so|i guess so|i believe so|that is right|uh huh|mm hmm|of course|unfortunately|both|all of)(?= |$)/;
const no =
  /^ (?:well |so |, |and |okay |i think )*(?:no|not|never|none|negative|i do not|i am not|i have not|i am fine|i am okay|it is not|it does not|it is gone|they are not|nothing|not now|neither|absolutely not|he is not|she is not|he does not|she does not|i am good)(?= )/;
const notSure =
  / (?:not sure|do not know|no idea|not certain|hard to say|hard to tell|could be|what do you mean|what) /;

/** How a yes-or-no question was answered; a half yes is a yes, because a missed emergency is the worse mistake. */
export function answerOf(reading: Reading): Answer {
  const text = reading.text;
  if (notSure.test(text)) return 'unclear';
  const saysNo = no.test(text);
  const saysYes = yes.test(text);
  if (saysNo && saysYes) return 'unclear';
  if (saysNo)
    return / (?:but|well) (?:yes|a little|a bit|sometimes|kind of|sort of|now|right now|maybe) /.test(text)
      ? 'unclear'
      : 'no';
  return saysYes ? 'yes' : 'unclear';
}

/** True for "yes", "yeah a little", "I have": an answer that leans wholly on the question. */
export function isBareYes(reading: Reading): boolean {
  return reading.tokens.length <= 8 && answerOf(reading) === 'yes';
}

/** How somebody takes the instruction to call for help. */
export type Uptake = 'going' | 'coming' | 'cannot' | 'refused' | 'correction' | 'safe' | 'other';

const uptakes: readonly (readonly [Uptake, RegExp])[] = [
  [
    'correction',
    / (?:misheard|misunderstood|did not say|not what i said|not what i meant|that is wrong|false alarm|joking|kidding|joke|just an expression|figure of speech|wrong about that|was not me|not me|i meant|last year|years ago|not now|not right now|not anymore) /,
  ],
  [
    'coming',
    / (?:ambulance|paramedics|they|help|911|emts?|squad|somebody|someone) (?:is|are|have been|has been)? ?(?:on (?:its|the|their) way|coming|here|called|arriving|almost here)| (?:already|just) (?:called|dialed|phoned) | on (?:its|the|their) way | called (?:911|the ambulance|an ambulance) /,
  ],
  [
    'cannot',
    / (?:can not (?:call|dial|get|reach|hang|do that|move)|no one here|nobody here|alone|by myself|do not have another phone|on my own|phone does not|how do i) /,
  ],
  [
    'safe',
    / (?:i am safe|i am okay|safe right now|not going to do anything|not going to hurt|would not do anything|would never do|yes i am|i feel safe) /,
  ],
  [
    'refused',
    / (?:do not want|not going to|will not|would rather|refuse|no way|i will wait|i will be fine|i will be okay|am fine|am okay|not necessary|not that bad|do not need|overreacting|no ambulance|cannot afford|can not afford|too expensive|going to wait|let me wait|see how|just rest|lie down|no i|no thank|i do not think so|^ no) /,
  ],
  [
    'going',
    / (?:yes|okay|all right|alright|sure|i will|going to call|calling|i will do that|thank you|thanks|bye|goodbye|will do) /,
  ],
];

/** @param text what was said after the instruction */
export function uptakeOf(reading: Reading): Uptake {
  const text = reading.text;
  if (/^ (?:no|no \.|no ,)(?: |$)/.test(text) && reading.tokens.length <= 3) return 'refused';
  return uptakes.find(([, pattern]) => pattern.test(text))?.[0] ?? 'other';
}
