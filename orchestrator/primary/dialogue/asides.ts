import type { Review } from '../../../protos/generated/asterism/v1/specialist.js';
import type { Decision } from '../../consultation/merge.js';
import type { DialogueAct } from '../understanding/dialogue-acts.js';
import { plainText } from '../understanding/plain-words.js';
import { separateQuestions } from '../understanding/questions.js';
import { yesNo } from '../understanding/yes-no.js';
import { destinations } from './emergencies.js';
import { forgetIdentity, goOn, proceed, resume, sayWhatIsOwed, take } from './flow.js';
import { askToFetch, respondFirmly } from './general-acts.js';
import type { Answer } from './items/item-handler.js';
import { passOn } from './patient-questions.js';
import { confirmsHeld, sayHint, sayWordings, wordingsToSay } from './reviews.js';
import type { Turn } from './turn.js';

/** @returns true when the utterance was about what stands aside and the turn is complete */
export function hearAside(
  turn: Turn,
  answer: Answer,
  acts: readonly DialogueAct[],
  decision: Decision,
): boolean {
  const { aside } = turn.position;
  const { text } = answer;
  switch (aside?.kind) {
    case 'presence': {
      turn.position = { ...turn.position, aside: undefined };
      if (
        !/^(?:(?:yes|hello|hi|hey|sorry|i am|still|here|right|oh|i|was|just|thinking|ok|okay|go|ahead|there|you|can|hear|me|what) ?)+$/.test(
          plainText(text),
        )
      )
        return false;
      turn.say('goodYouAreThere');
      resume(turn, { bridge: false });
      return true;
    }
    case 'offer-human': {
      const wanted = yesNo(text, { permission: true });
      if (wanted?.answer === 'yes') {
        turn.say('human');
        turn.transfer(destinations.nurse);
        return true;
      }
      turn.position = { ...turn.position, aside: undefined };
      if (wanted?.answer !== 'no') return false;
      turn.say('offerHumanDeclined');
      resume(turn);
      return true;
    }
    case 'fetch-person':
      hearRelative(turn, text, acts, aside.asked, wordingsToSay(decision));
      return true;
    case 'person-coming':
      turn.position = { ...turn.position, aside: undefined };
      turn.say('greeting');
      goOn(turn);
      return true;
    case 'specialist-question':
      return hearSpecialistAnswer(turn, answer, acts, decision, aside.held);
    case 'emergency':
    case 'crisis':
    case undefined:
      return false;
  }
}

function hearRelative(
  turn: Turn,
  text: string,
  acts: readonly DialogueAct[],
  asked: number,
  wordings: readonly Review[],
): void {
  const answer = yesNo(text, { permission: true });
  if (acts.includes('stop-calling')) {
    respondFirmly(turn, ['stop-calling'], text, wordings);
  } else if (acts.includes('not-available') || answer?.answer === 'no') {
    turn.position = { ...turn.position, aside: undefined };
    respondFirmly(turn, ['not-available'], text, wordings);
  } else if (acts.includes('wait') || answer?.answer === 'yes') {
    turn.say('relativeWait');
    turn.position = { ...turn.position, aside: { kind: 'person-coming' } };
    turn.listenFor({ patience: 3 });
  } else if (asked < 2) askToFetch(turn, asked + 1);
  else {
    forgetIdentity(turn, 'another person is speaking');
    respondFirmly(turn, ['not-available'], text, wordings);
  }
}

/** The specialist has what it asked for: what was held counts if it was confirmed; then back to the protocol. */
function hearSpecialistAnswer(
  turn: Turn,
  answer: Answer,
  acts: readonly DialogueAct[],
  decision: Decision,
  held: string,
): boolean {
  turn.position = { ...turn.position, aside: undefined };
  if (acts.includes('repeat')) return respondFirmly(turn, ['repeat'], answer.text, []);
  const wordings = wordingsToSay(decision);
  turn.specialistSpeaks = wordings.length > 0;
  const heldAnswer: Answer = {
    ...answer,
    text: held,
    statement: separateQuestions(held).statement,
    reviews: [],
  };
  const taken = held !== '' && confirmsHeld(answer.text) ? take(turn, heldAnswer) : undefined;
  if (taken?.kind === 'ended') return true;
  if (!turn.hasSpoken) turn.say('thanks');
  sayWordings(turn, wordings);
  const question = confirmsHeld(answer.text) ? separateQuestions(held).question : '';
  const hinted = sayHint(turn, decision);
  if (question !== '' && wordings.length === 0 && !hinted) passOn(turn, question);
  sayWhatIsOwed(turn);
  if (taken && taken.kind !== 'not-understood') proceed(turn, taken);
  else resume(turn);
  return true;
}
