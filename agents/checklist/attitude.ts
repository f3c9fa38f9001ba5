import type { Reading } from '../language/reading.js';

/**
 * How the patient takes a question, besides answering it. Read over normalised text (agents/language/reading.ts).
 * "I will do that later" is about the thing, "can we do that later" about the question.
 */
export type Attitude = 'refuses' | 'defers' | 'wants-to-stop';

const refuses =
  / (?:(?:i )?(?:would |had )?(?:rather|prefer) not|i (?:do|would|will) not (?:want|like|care|wish|feel like) (?:to )?(?:talk|talking|discuss|discussing|answer|answering|say|saying|(?:get|getting|go|going) (?:into|there))|i (?:do|would) not want (?:to )?(?:talk|discuss|answer|say)|prefer not to|skip (?:that|this|it|the question)|none of your business|not your business|that is (?:private|personal)|pass on (?:that|this)|next question|i am not (?:going to|gonna) (?:talk|answer|say|discuss)|i will not (?:answer|say|talk about)) /;

/** What somebody would rather not do besides talking: take a pill, come to the visit. */
const refusesSomethingElse =
  / (?:rather|prefer) not (?:to )?(?:take|have|go|come|eat|drink|weigh|use|be|bother|see|do|wear|miss|drive|walk|get)(?! into) /;

const defers =
  / (?:(?:can|could|may|might|let|shall|should|would) (?:we|us|you|i) (?:please |just |maybe )?(?:talk about|do|discuss|get to|come back to|go over|go back to|return to|ask (?:me )?(?:about )?|answer|leave|save|take|tell you)(?: about)? (?:that|this|it|that one|this one|the \w+)(?: one| part| question)? (?:later|at the end|another time|in a (?:minute|bit|moment|little while)|afterwards?|last|for later|for last|some other time|after)|(?:can|could|may|let) (?:we|us|you|i) (?:please |just |maybe )?(?:come|go|get|circle) back to (?:that|this|it|the \w+)|ask me (?:that|this|it|about (?:that|it|this))? ?(?:again )?(?:later|at the end|in a (?:minute|bit|moment))|later,? please|(?:maybe|not right now|not now) ,? ?(?:maybe )?later|(?:i will|let me) (?:get|come) back to (?:you on )?(?:that|this|it)|save (?:that|it) for (?:later|last|the end)) /;

/** The call itself, not one question. */
const stops =
  / (?:i (?:have to|got to|have got to|need to|must|better) (?:go|run|leave|hang up)(?! (?:to|in|into|up|down|back|out|through|without|see|get|a|the|for))|(?:i am )?(?:hanging up|done talking|going to hang up)|good ?bye|bye|stop (?:this|the) call|end (?:this|the) call|(?:i )?(?:want|would like) to (?:stop|hang up|end)|no more questions|leave me alone|stop asking|call (?:me )?back|another day|i am busy|no time|not have (?:the )?time|enough (?:questions|for today)|that is enough) /;

/** @returns undefined when the utterance does none of it */
export function attitudeIn(reading: Reading): Attitude | undefined {
  const text = reading.text.replace(/ , (?=\S)/g, ' ');
  if (stops.test(text)) return 'wants-to-stop';
  if (defers.test(text)) return 'defers';
  return refuses.test(text) && !refusesSomethingElse.test(text) ? 'refuses' : undefined;
}
