import type { Reading } from '../language/reading.js';

const general =
  / (?:hello|connect you|connecting you|stay on the line|stay with me|are you still there|welcome|of course|okay|sure|protect your privacy|i will wait|did not (?:quite )?(?:get|hear|catch|follow)|call (?:us |you |me |(?:[a-z]+ ){1,6})?back|thank you|thanks|good ?bye|bye|have a (?:good|nice|great)|sorry|care team|can not (?:talk|share|continue|say|hear you)|not able to|could not (?:confirm|make sure|match)|understand|one moment|nurse will call|automated|will (?:call|try to reach you) (?:back|again)|pass (?:on|that on)|private|come to the phone|if this is an emergency|911|988|reach a person|only speak|interpreter|not record|not recording) /;

/** Whether a sentence is one of those that may be said to whoever is on the line. */
export function isGeneral(reading: Reading): boolean {
  return general.test(reading.text);
}

const reason =
  / (?:call|calling|called|message|speak|talk|news)(?: [a-z]+){0,5} (?:about|regarding|concerning|because|to (?:discuss|review|schedule|reschedule|confirm|go over|talk about|check on|follow up)) | (?:important|urgent|urgently|news|as soon as (?:possible|you can)|right away|follow up) /;

/** Whether a sentence says, or hints, why there was a call: a voicemail and a stranger learn nothing of that. */
export function givesReason(reading: Reading): boolean {
  return (
    reason.test(reading.text) && !/ (?:can not|not able to) (?:talk|share|say|speak) /.test(reading.text)
  );
}
