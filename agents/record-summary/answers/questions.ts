import { clausesOf } from '../../language/clauses.js';
import { wordsBetween } from '../../language/phrase.js';
import type { Reading } from '../../language/reading.js';

/** What of their own record a patient asks for, in one sentence. */
export interface Question {
  readonly kind: QuestionKind;
  /** The sentence's words with a space before, between and after them. */
  readonly text: string;
  /** Index of its first token and of the one after its last. */
  readonly from: number;
  readonly to: number;
}

export type QuestionKind =
  | 'appointment'
  | 'medicine-list'
  | 'medicine-dose'
  | 'medicine-purpose'
  | 'result'
  | 'doctor'
  | 'allergies'
  | 'discharge';

const medicines = '(?:medicines?|medications?|meds|pills|drugs|prescriptions?)';
const visit = '(?:appointments?|visits?|follow up|checkup)';
const doctor =
  '(?:doctor|dr|physician|provider|pcp|cardiologist|surgeon|pulmonologist|nephrologist|obstetrician|endocrinologist|gastroenterologist)';

/** The first that fits is what is asked; `not` are words with which the same sentence asks for advice or an action. */
const kinds: readonly { readonly kind: QuestionKind; readonly asks: RegExp; readonly not: RegExp }[] = [
  {
    kind: 'appointment',
    asks: new RegExp(
      ` my (?:next |first |upcoming |follow up )?${visit} | do i have (?:an?|any|another) (?:\\w+ ){0,2}?${visit} | when (?:do|will|am|should) i (?:\\w+ ){0,4}?(?:see|seeing) (?:\\w+ ){0,3}?${doctor} `,
    ),
    not: / (?:change|move|cancel|reschedule|make|schedule|book|late|miss|missed|bring|prepare|eat|drink|ride|drive|cost|pay|insurance|last|was|were|previous|past|forgot to|know about) /,
  },
  {
    kind: 'allergies',
    asks: / my allergies | what am i allergic to | what allergies (?:do i|are|am i) | do i have (?:any )?allerg(?:y|ies) | am i allergic to (?:anything|something) /,
    not: / (?:acting|bad|worse|season|pollen|sneez\w*|for) /,
  },
  {
    kind: 'discharge',
    asks: / when (?:did i (?:leave|get out of|come home from|go home from|get home from)|was i (?:discharged|released|let out|sent home)) /,
    not: / (?:er|emergency) /,
  },
  {
    kind: 'doctor',
    asks: new RegExp(
      ` who (?:is )?my (?:\\w+ ){0,2}?${doctor} | my (?:\\w+ ){0,2}?${doctor} name | name of my (?:\\w+ ){0,2}?${doctor} `,
    ),
    not: / (?:call|reach|number|phone|talk|speak|change|switch) /,
  },
  {
    kind: 'medicine-list',
    asks: new RegExp(
      ` (?:what|which) (?:\\w+ ){0,2}?${medicines} (?:am i|do i|should i|i am|do you have|have you|are on|are in|are listed|i should|i take) | (?:what|which) (?:are|is) (?:all )?my ${medicines} | my (?:medicines?|medications?|meds|pill) list | (?:list|read|name|tell) (?:me )?(?:all )?(?:of )?my ${medicines} | what am i (?:supposed to be |supposed to |meant to )?(?:taking|take) `,
    ),
    not: / (?:stop|avoid|skip|not|without|interact|together|mix|safe|side|effects?|instead|extra|more|if|cold|pain|headache|cough|sleep|before|run|ran|refill|pick|cost) /,
  },
  {
    kind: 'medicine-purpose',
    asks: / what (?:is|are|was) (?:\w+ ){1,6}for [.?]? ?| what (?:does|do) (?:\w+ ){1,5}do | why (?:do|am|should) i (?:\w+ ){0,2}?(?:take|taking|on|need) /,
    not: / (?:stop|skip|not|without|side|effects?|instead|extra|more|how|long) /,
  },
  {
    kind: 'medicine-dose',
    asks: / how (?:much|often|many) | what (?:is )?(?:the |my )?(?:right |correct )?(?:dose|dosage|strength) | (?:dose|dosage|strength) (?:of|for) | (?:when|what time) (?:do|am|should) i (?:\w+ ){0,2}?(?:take|taking) /,
    not: / (?:stop|skip|missed|miss|extra|more|another|double|maximum|most|max|too|safe|if|together|with|instead|left|cost|can i|could i|long|refills?|water|fluid|drink) /,
  },
  {
    kind: 'result',
    asks: / (?:what|how) (?:\w+ ){0,3}?my | what did i weigh | how much did i weigh | (?:tell|remind|read|give) me (?:\w+ ){0,3}?my | do you (?:have|know|see) my /,
    not: / (?:supposed|should|normal|goal|target|range|too|good|bad|okay|fine|mean|means|why|cause|lower|raise|reduce|check|test|measure|today|now|morning|tonight|yesterday|need|medicine|pills?|dose|affect|change) /,
  },
];

/** "Tell me …", "I forgot when …", "so when is …": asks without a question mark. */
const requests =
  / (?:tell|remind|read|give) me | do you (?:know|have|see) | (?:can|could|would) you (?:please )?(?:tell|read|remind|look|check|say|list|name|go) | i (?:do not|can not) (?:know|remember|recall) | i (?:forgot|forget) (?:when|what|who|which|how|my) | not sure (?:when|what|who|which|how) | wonder\w* | (?:want|need|like|love) to know |^ (?:(?:so|and|well|okay|but|now|also|hey|please|yes|no|,) )*(?:what|when|where|which|who|how|do i have|am i) (?!(?:i|we|they|he|she|it) )/;
/** "I know when my appointment is". */
const known = / i (?:already |do |still )?(?:know|remember|wrote|have it|got it) /;
/** Somebody else's record, the agent's own words turned back, or a story. */
const others =
  / (?:my|his|her|their|your) (?:husband|wife|mother|mom|father|dad|son|daughter|friend|brother|sister|neighbor|partner|baby|cat|dog)|did (?:not|you) know | (?:went|gave|said|told|asked) /;

/** The questions about the patient's own record, one a sentence. */
export function questionsIn(reading: Reading): Question[] {
  const { sentences } = clausesOf(reading);
  return sentences.flatMap(({ from, to, question }) => {
    const text = ` ${wordsBetween(reading, from, to)} `;
    if (others.test(text) || known.test(text) || !(question || requests.test(text))) return [];
    const found = kinds.filter(({ asks, not }) => asks.test(text) && !not.test(text));
    return found.map(({ kind }) => ({ kind, text, from, to }));
  });
}
