import { AwaitedAnswer } from '../../../protos/generated/asterism/v1/hearing.js';
import { yesNo } from '../understanding/yes-no.js';
import { mention } from '../understanding/mentions.js';
import type { Turn } from './turn.js';

/** Names of destinations; what they are connected to is configured with the carrier. */
export const destinations = { nurse: 'nurse-line', crisis: 'crisis-line' } as const;

const mostAsked = 2;

/** Gives a 911 instruction and asks whether the patient will follow it; the protocol stops here. */
export function instructEmergency(turn: Turn, instruction: string): void {
  turn.speakExactly(instruction, { interruptible: false, mustHear: false });
  turn.say('emergencyConfirm');
  turn.position = { ...turn.position, aside: { kind: 'emergency', instruction, asked: 1 } };
  turn.listenFor({ awaited: AwaitedAnswer.YES_NO });
}

/** The patient's reaction to the 911 instruction: confirmed, or said again once, then a nurse takes over. */
export function continueEmergency(turn: Turn, text: string): void {
  const { aside } = turn.position;
  if (aside?.kind !== 'emergency') return;
  const answer = yesNo(text, { permission: true });
  const calling = mention(text, [
    'calling',
    'called',
    'ambulance',
    'on the way',
    'on their way',
    'hang up',
    'hanging up',
    'will call',
    'will do',
  ]);
  if (answer?.answer === 'yes' || calling === 'affirmed') {
    for (const sentence of turn.words('phrase emergencyGo', turn.context.wording.phrases.emergencyGo)) {
      turn.speakExactly(sentence, { interruptible: false, mustHear: false });
    }
    turn.hangUp('emergency-911');
    return;
  }
  repeatEmergency(turn, aside.asked >= mostAsked);
}

/** Nobody answered, or not clearly. @param enough true when it was repeated already */
export function repeatEmergency(turn: Turn, enough: boolean): void {
  const { aside } = turn.position;
  if (aside?.kind !== 'emergency') return;
  if (enough) {
    turn.speakExactly(aside.instruction, { interruptible: false, mustHear: false });
    turn.say('emergencyTransfer');
    turn.transfer(destinations.nurse);
    return;
  }
  for (const sentence of turn.words('phrase emergencyAgain', turn.context.wording.phrases.emergencyAgain)) {
    turn.speakExactly(sentence, { interruptible: false, mustHear: false });
  }
  turn.position = { ...turn.position, aside: { ...aside, asked: aside.asked + 1 } };
}

/** 988: the patient is never left alone on the line. */
export function transferInCrisis(turn: Turn, instruction: string): void {
  turn.speakExactly(instruction, { interruptible: false, mustHear: false });
  turn.say('crisisStay');
  turn.transfer(destinations.crisis);
}

/** A nurse is needed now: the call is handed over. */
export function transferUrgently(turn: Turn, instruction: string): void {
  turn.speakExactly(instruction, { interruptible: true, mustHear: false });
  turn.say('urgentTransfer');
  turn.transfer(destinations.nurse);
}
