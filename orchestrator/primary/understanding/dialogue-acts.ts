import { plainClauses } from './plain-words.js';

/**
 * What the patient does with an utterance besides answering. One utterance can do several things;
 * acts are listed in the order in which the agent must react to them.
 */
export const dialogueActs = [
  'stop-calling',
  'wants-human',
  'voicemail',
  'wrong-person',
  'relative',
  'not-available',
  'another-language',
  'call-later',
  'asks-robot',
  'asks-who',
  'asks-why',
  'distress',
  'repeat',
  'slower',
  'wait',
  'confused',
  'skip',
  'goodbye',
  'thanks',
  'greeting',
  'backchannel',
] as const;
export type DialogueAct = (typeof dialogueActs)[number];

const person =
  '(?:person|human|human being|somebody real|someone real|real (?:person|human|nurse|doctor)|live (?:person|human|agent)|nurse|operator|representative|agent|doctor|supervisor|pharmacist)';
const kin =
  '(?:husband|wife|spouse|partner|son|daughter|mother|mom|father|dad|brother|sister|caregiver|carer|caretaker|aide|home health aide|niece|nephew|neighbor|friend|granddaughter|grandson|daughter in law|son in law|roommate|power of attorney)';

const patterns: Readonly<Record<DialogueAct, RegExp>> = {
  'stop-calling':
    /\b(?:stop calling|do not (?:ever )?call (?:me|here|this number|again|us|back)|quit calling|never call|take me off|remove me|remove my (?:name|number)|opt out|unsubscribe|no more calls|do not want (?:any more |these |your |any )?calls|leave me alone)\b/,
  'wants-human': new RegExp(
    [
      `(?:^|\\b(?:can i|could i|may i|can you|could you|let me|(?:want|need|like|prefer|demand|ask) to|rather|please|just) )(?:please |just |directly )*(?:talk|speak)(?:ing)?(?: directly)? (?:to|with) (?:(?:a|an|the|some|another) )?(?:actual |real |live )?${person}\\b`,
      `\\b(?:connect|transfer|switch|put) me(?: through| over)? (?:to|with) (?:(?:a|an|the|some|another) )?(?:actual |real |live )?${person}\\b`,
      `\\b(?:want|need|would like|prefer|get me|give me|is there) (?:a|an) (?:actual |real |live )?${person}\\b(?! appointment)`,
      `\\b(?:want|need|like|can i|could i|let me|please) (?:to )?(?:talk|speak) (?:to|with) (?:someone|somebody)\\b`,
      `^(?:operator|representative|agent|human|real person|a person|nurse)(?: please)?$`,
    ].join('|'),
  ),
  voicemail:
    /\b(?:leave (?:me |us |him |her |them )?(?:a |your )?(?:brief |short |detailed )?message|(?:after|at) the (?:beep|tone)|voice ?mail|mailbox|record your message|you have reached|can not (?:come to|answer|take your call)|not available (?:to take|right now))\b/,
  'wrong-person':
    /\b(?:wrong (?:number|person|house|guy|lady)|no ?(?:one|body) (?:here )?(?:by|with|of) that name|nobody (?:here )?(?:by|with) that|you have the wrong|not (?:him|her|the right person)|does not live here|do not know (?:him|her|that person|who that is)|that is not me|i am not (?:the )?(?:patient|him|her)|(?:she|he) (?:passed away|died|is dead))\b/,
  relative: new RegExp(
    `\\b(?:(?:this is|it is|i am|you are (?:talking|speaking) (?:to|with)|you have got)(?: actually| just)? (?:her|his|the|their|(?!my |a )[a-z]+) ${kin}\\b|(?:her|his) ${kin} (?:speaking|here)|(?:speaking|calling|answering) (?:for|on behalf of) (?:her|him|my (?:husband|wife|mother|father|mom|dad))|i (?:take care of|look after|answer (?:the phone )?for) (?:her|him))`,
  ),
  'not-available':
    /\b(?:(?:she|he|they|my (?:wife|husband|mother|mom|father|dad)) (?:is|are) (?:not (?:here|home|in|available|around)|out|sleeping|asleep|at (?:the )?(?:doctor|store|hospital|work)|in the (?:hospital|shower|bathroom|bath)|away|busy|resting|unavailable)|(?:she|he) (?:can not|will not) come to the phone|not (?:at )?home (?:right now|at the moment|now)|(?:she|he) (?:just )?(?:left|went out|stepped out))\b/,
  'another-language':
    /\b(?:no hablo|hablo|habla|espanol|no (?:speak )?english|do not speak (?:much |good )?english|no entiendo|no comprendo|interpreter|translator|je ne|nein|parlez|in spanish|speak spanish)\b/,
  'call-later':
    /\b(?:call (?:me )?(?:back )?(?:later|tomorrow|another time|some other time|tonight|this (?:afternoon|evening)|next week|in (?:an|a|the|one|two|half|\d+)\b.*)|call (?:me )?back\b|(?:not|is not) a good time|bad time|i am (?:busy|driving|in the car|at (?:the )?(?:store|work|doctor)|eating|in the middle of|about to (?:leave|go)|on my way out)|can (?:we|you) do this (?:later|another time|tomorrow)|do not have (?:the )?time|no time (?:for this|right now)|another time|have to (?:go|run|leave)(?: now)?|got to (?:go|run))\b/,
  'asks-robot':
    /\b(?:(?:are|is) (?:you|this|it|that) (?:a |an |some kind of |like a |just a |really a |one of those )?(?:robot|machine|computer|recording|recorded message|bot|ai|a i|artificial|automated|real(?: person| human)?|human|live person|actual person|person|robo ?call)|am i (?:talking|speaking) (?:to|with) (?:a|an|some) (?:robot|machine|computer|recording|person|real person|human|bot|ai|live person|actual person)|you (?:are|sound like) (?:a )?(?:robot|machine|computer|recording|bot)|is there a (?:real )?person (?:there|on)|are you (?:for )?real)\b/,
  'asks-who':
    /\b(?:who (?:is|are|am i|the heck|exactly)(?: (?:is|are|this|that|you|calling|it|with|talking|speaking))+|who did you say|what (?:company|organization|place|hospital) (?:is|are)|where are you calling from|who do you (?:work|call)|what is your name|who am i (?:talking|speaking) (?:to|with))\b/,
  'asks-why':
    /\b(?:what is (?:this|it|that|the call) (?:about|regarding|for|in regards?)|why (?:are you|did you|you) (?:calling|call)|what (?:do|did) you (?:want|need)|what (?:are you|you) calling (?:about|for)|why do you (?:need|want|ask|have to)|what for|how did you get my number|is this a scam|are you (?:selling|trying to sell))\b/,
  distress:
    /\b(?:(?:i am|i have been|i feel|feeling|been feeling) (?:so |very |really |just |too |kind of )*(?:scared|afraid|frightened|terrified|lonely|alone|overwhelmed|hopeless|desperate|depressed|miserable|heartbroken|crying|lost without)|(?:can not|could not) stop crying|makes me (?:want to )?cry|i (?:just )?can not (?:do this|take (?:it|this)|cope|go on)(?: any ?more)?|it is (?:all |just )?too much(?: for me)?$|my (?:husband|wife|son|daughter|mother|father|brother|sister|friend) (?:just )?(?:died|passed))\b/,
  repeat:
    /\b(?:(?:say|repeat) (?:that|it|this)?(?: for me)?(?: one more time| again| once more)|say again|repeat (?:that|it|the question|please|yourself)|come again|one more time|what did you (?:just )?(?:say|ask)|what was (?:that|the question|it)|(?:can|could|did|do) not (?:quite )?(?:hear|catch|get) (?:you|that|what|it|the)|(?:i )?missed that|pardon(?: me)?|excuse me$|beg your pardon|you (?:are )?(?:breaking|broke) up|speak up|louder)\b|^(?:what|huh|sorry|i am sorry|eh|hmm)(?: [.,?])*(?: what| sorry)?$/,
  slower:
    /\b(?:slow(?:er| down)|more slowly|too fast|speak slow(?:ly|er)?|not so fast|talk slow(?:ly|er)?|so fast)\b/,
  wait: /\b(?:hold on|hang on|(?:wait|just|give me|one|gimme|need) (?:a |one |me a |just a )?(?:minute|second|sec|moment|bit|min)|let me (?:get|find|check|look|grab|see|go get|turn)|i (?:will|am going to|need to) (?:get|go get|find|grab|look for) (?:it|my|the|them)|bear with me|be right back)\b/,
  confused:
    /\b(?:(?:do|did|can|could) not (?:really |quite )?(?:understand|follow|know what (?:you mean|that means|that is|you are (?:asking|saying)))|what do you mean|what does that mean|i am (?:confused|lost)|that (?:does not|did not) make (?:any )?sense|what are you (?:talking about|asking|saying)|explain that|in plain english)\b/,
  skip: /\b(?:skip (?:that|it|this|the)|next question|(?:would |i )?rather not (?:say|answer|talk about|get into)|(?:do|would) not (?:want|like|care) to (?:answer|talk about|say|discuss|get into)|none of your business|pass on that|prefer not to (?:say|answer)|that is private|move on)\b/,
  goodbye:
    /\b(?:good ?bye|bye(?: bye)?|hang(?:ing)? up|talk to you later|that is all i have time for|end (?:the|this) call|have a (?:good|nice|great) (?:day|one|night|evening))\b/,
  thanks: /\b(?:thank you|thanks|appreciate (?:it|that|you))\b/,
  greeting: /^(?:hello|hi|hey|good (?:morning|afternoon|evening)|yello)(?: (?:hello|there|yes))?(?: [.,?])*$/,
  backchannel:
    /^(?:(?:yes|ok|okay|right|sure|alright|all right|i see|got it|oh|mhm|go on|i understand|uh|good|great|fine|sounds good|that is fine)(?: [.,])?(?: |$))+$/,
};

/** The acts in an utterance, most urgent first; empty when it only answers or is not understood. */
export function actsIn(text: string): readonly DialogueAct[] {
  const clauses = plainClauses(text);
  const joined = clauses.replace(/ [.,](?= |$)/g, '').trim();
  return dialogueActs.filter((act) => patterns[act].test(joined) || patterns[act].test(clauses));
}
