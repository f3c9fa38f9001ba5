import { readText } from '../language/reading.js';
import { sentencesOf } from '../language/sentences.js';

const helpful =
  / (?:911|988|ambulance|emergency|hang up|stay on the line|staying on the line|unlock the door|stay with me|connecting you|letting a nurse know|are you safe|where are you|poison control) /;
const unhelpful =
  / (?:do not|not|no) (?:need|needed|have|necessary) (?:to )?(?:call|dial|go to) (?:911|988|the emergency room|an ambulance)| (?:do not|never) (?:call|dial) (?:911|988|an ambulance)| no need (?:to|for) (?:call|dial|911|988|an ambulance|worry)| (?:nothing|not anything) to worry about| do not worry about (?:it|that|the|your)| (?:it is|that is) (?:probably|likely|just|only) (?:nothing|anxiety|stress|nerves|gas|heartburn|normal)| (?:that|it|this) is (?:completely |perfectly |totally )?(?:normal|harmless)| wait (?:and see|it out|until (?:tomorrow|morning|monday)) /;

/** Whether a sentence belongs to the handling of an emergency; nothing else is spoken while one is open. */
export function isEmergencyContent(draft: string, ownSentences: ReadonlySet<string>): boolean {
  const parts = sentencesOf(draft);
  return (
    parts.length > 0 &&
    !isFalseReassurance(draft) &&
    (parts.every((part) => ownSentences.has(part)) ||
      parts.some((part) => helpful.test(readText(part).text) && !/ good ?bye /.test(readText(part).text)))
  );
}

/** Whether a sentence talks the patient out of seeking help. */
export function isFalseReassurance(draft: string): boolean {
  return unhelpful.test(readText(draft).text);
}
