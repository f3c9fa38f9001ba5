import type { Surroundings } from './surroundings.js';

/** Words that tell when, read over normalised text. */

export const nowWords =
  / (?:right now|now|again|still|currently|at the moment|at this moment|this minute|this second|presently|since|ever since|keeps?|keep on|started|starting|starts|began|begun|ongoing|all day|all morning|all night|constantly|nonstop|will not stop|will not quit|will not let up|does not let up|will not go away|does not go away|not going away|coming back|came back|come back|comes back|back again|worse|getting worse|worsening|have been|has been|i am having|is having|suddenly|all of a sudden|just (?!had)|as we speak) /;
export const pastWords =
  / (?:had|was|were|used to have|used to get|felt|experienced|did|(?<! have )(?<! has )(?<! is )got(?! (?:this|these|a|an|some|such|the) )|noticed|woke|went through|suffered|gave me|died of|died from|passed from) /;
export const pastInside = / (?:had|was|were|felt|(?<! have )(?<! has )(?<! is )got|hurt me) /;
/** "My sugar was fifty one and I am shaky": what was measured is past, the sign goes on. */
export const presentAfterPast =
  / (?:had|was|were|felt|got) (?:\S+ )*?(?:and|but|now) (?:\S+ )?(?:am|is|are|can not|will not|keeps?|feels?) /;
/** Another person's illness that was got over: "he had a heart attack but he still looks in on me". */
export const gotOver =
  / (?:and|but) (?:now )?(?:he|she) (?:(?:is|has|still|always|even|now|just|already) )*(?:looks? in|checks? (?:in )?on|doing (?:\w+ )?(?:great|good|fine|well|better|okay|wonderful)|back (?:to|at|home|on)|fine|okay|well|recovered|recovering|drives?|mows?|golfs?|works?|plays?|bowls?|helps?|visits?|comes? (?:over|by)|walks?|made it|pulled through|survived|got (?:over|through) it) /;
/** "My husband just had a seizure": minutes ago, not history. */
export const justHad = / just (?:now )?had (?:a|an|another|some) (?:\w+ )?$/;
export const illAgain = / (?:again|worse|right now|not (?:breathing|waking|moving|answering|talking)) /;
export const remoteWords =
  / (?:last (?:year|month|summer|winter|spring|fall|autumn|christmas|thanksgiving|january|february|march|april|may|june|july|august|september|october|november|december)|(?:\w+ )?(?:years?|months|decades) (?:ago|back)|(?:back )?in (?:january|february|march|april|may|june|july|august|september|october|november|december)|a (?:long time|while|year|month) (?:ago|back)|when i was (?:in|at) the (?:hospital|er|emergency|icu|emergency room)|(?:while|during) (?:i was )?(?:in|at|my|the) (?:the )?(?:hospital|stay|hospital stay|admission)|(?:in|at) the (?:hospital|icu)|before (?:the|my|i had (?:the|my)) (?:surgery|operation|hospital|stent|stents|bypass|admission|discharge|pacemaker|procedure)|before i (?:went|came|was|got) |back then|used to|in (?:19|20)\d\d|as a (?:kid|child|boy|girl|teenager)|when i was (?:a kid|a child|young|younger|little|a boy|a girl|\d+|in my)|history of|(?:that is|this is|the reason) (?:why )?i (?:went|was)|why i (?:went|was)|(?:put|landed|brought|took|sent) me (?:in|to|into) the (?:hospital|er|emergency)|in the past|went to the hospital (?:for|with)|admitted (?:for|with)|hospitalized (?:for|with)|runs? in (?:my|the) family|in my family|family history) /;
export const recentWords =
  / (?:yesterday|last night|earlier|the other (?:day|night|morning)|(?:a few|few|couple|couple of|two|three|four|five|six|several|some|\d+|a|an) (?:minutes|hours?|days?|nights|weeks?) (?:ago|back)|over the weekend|last week|the day before|night before last|on (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)) /;
const overWords =
  / (?:is gone|are gone|all gone|has gone|have gone|gone now|went away|goes away|go away|gone away|has stopped|have stopped|it stopped|that stopped|stopped (?:now|after|on its own|by itself|hurting)|resolved|cleared up|passed(?: now)?|it passed|that passed|better now|fine now|okay now|is better|is much better|is a lot better|feels better|all right now|good now|feel fine|i am fine|not anymore|not any more|no more|subsided|eased|let up|settled down|lasted) /;
const notOver =
  / (?:not|never|will not|does not|has not|have not|did not) (?:really |completely |all the way )?(?:go|gone|going|stop|stopped|went|resolved|passed|pass|eased|better|let)|(?:can|could) not get (?:it|this|that|the \w+) (?:to stop|stopped)|(?:came|comes|come|coming|is|are) back|passed out/;
export const habitual =
  / (?:when|whenever|every time|sometimes|occasionally|once in a while|from time to time|now and then) /;
export const presentVerb =
  / (?:i am|is|are|hurts|hurt|hurting|feels?|have(?! had)|has(?! had)|can not|aches|aching) /;

/** Said to have gone, and not to have come back. */
export function isOver(around: Surroundings): boolean {
  const told = `${around.clause}|${around.after}|${around.nextSentence}`.replaceAll(
    / (?:passed|past) out /g,
    ' ',
  );
  return overWords.test(told) && !notOver.test(told);
}
