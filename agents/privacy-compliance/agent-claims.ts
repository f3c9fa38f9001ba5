import type { InsteadOf } from '../../clinical-kb/privacy/privacy-rules.js';
import type { ReviewRequest } from '../../protos/generated/asterism/v1/specialist.js';
import type { Reading } from '../language/reading.js';

/** Something untrue that a sentence says about the agent or the call. */
export interface FalseClaim {
  readonly instead: InsteadOf;
  readonly reason: string;
}

/** "I am not a nurse" and "I am asking a nurse" are true and pass. */
const claimsToBeHuman =
  / i am not (?:a |an )?(?:robot|machine|computer|bot|ai|automated|artificial)| i am not a recording| (?:i am|this is|it is) (?:nurse|doctor|dr) (?!s )[a-z]+| (?:i am|i as|speaking as|this is|being|as) (?!not )(?:\w+ )?(?:a |an |your |the )?(?:\w+ )?(?:nurse|registered nurse|rn|doctor|physician|person|human|human being|real person|clinician|pharmacist)(?: [.,?]| and| from| here| at| with| calling| $)/;
const claimsRecording =
  / (?:the recording is (?:now )?on|i am (?:now )?recording|(?:this|the|our) call is (?:now |being )*(?:recorded|taped)|we are (?:now )?recording) /;
const deniesRecording =
  / (?:i am not recording|(?:this|the|our) call is not (?:being )?(?:recorded|taped)|(?:nothing|no part) (?:of this |is )*(?:is )?(?:being )?recorded) /;
const forcesConsent =
  / (?:you )?(?:must|have to|need to|are required to) (?:agree|consent|say yes|allow|let me|be recorded)(?: [a-z]+){0,4} (?:record|recorded|recording) | (?:can not|will not) (?:help|talk|go on|continue)(?: [a-z]+){0,4} (?:unless|without|if)(?: [a-z]+){0,5} (?:record|recorded|recording) /;

/** What a sentence claims falsely; undefined when it claims nothing, or the truth. */
export function falseClaim(reading: Reading, { context }: ReviewRequest): FalseClaim | undefined {
  if (claimsToBeHuman.test(reading.text)) {
    return {
      instead: 'not-a-nurse',
      reason: 'the sentence claims that a nurse or a person is speaking',
    };
  }
  const recorded = context?.recordingConsented === true;
  if (forcesConsent.test(reading.text)) {
    return { instead: 'free-consent', reason: 'the sentence makes consent to recording a condition' };
  }
  if (!recorded && claimsRecording.test(reading.text)) {
    return { instead: 'not-recording', reason: 'the sentence speaks of a recording nobody agreed to' };
  }
  if (recorded && deniesRecording.test(reading.text)) {
    return { instead: 'recording', reason: 'the sentence denies the recording' };
  }
  return undefined;
}
