import { AwaitedAnswer } from '../../../protos/generated/asterism/v1/hearing.js';
import { yesNo } from '../understanding/yes-no.js';
import { mention } from '../understanding/mentions.js';
import type { Turn } from './turn.js';

/** Names of destinations; what they are connected to is configured with the carrier. */
export const destinations = { nurse: 'nurse-line', crisis: 'crisis-line' } as const;

const mostAsked = 2;

/** Gives a 911 instruction and asks whether the patient will follow it; the protocol stops here. */
export function instructEmergency(turn: Turn, instruction: string): void {
  const { aside } = turn.position;
  const asked = aside?.kind === 'emergency' ? aside.asked + 1 : 1;
  turn.speakExactly(instruction, { interruptible: false, mustHear: false });
  if (asked > mostAsked) {
    turn.say('emergencyTransfer');
    turn.transfer(destinations.nurse);
    return;
  }
  if (!asks(instruction)) turn.say('emergencyConfirm');
  turn.position = { ...turn.position, aside: { kind: 'emergency', instruction, asked } };
  turn.listenFor({ awaited: AwaitedAnswer.YES_NO });
}

function asks(text: string): boolean {
  return text.trimEnd().endsWith('?');
}

/** Whether the patient is about to call 911, or somebody else is. */
function willCall(text: string): boolean {
  const calling = mention(text, callingWords);
  return (
    calling === 'affirmed' || (calling === undefined && yesNo(text, { permission: true })?.answer === 'yes')
  );
}

const callingWords = [
  'calling',
  'called',
  'ambulance',
  'on the way',
  'on their way',
  'hang up',
  'hanging up',
  'will call',
  'will do',
];

/**
 * The patient's reaction to the 911 instruction: confirmed, or said again, then a nurse takes over.
 * @param instruction what the escalation specialist says to it; empty when it has nothing new
 */
export function continueEmergency(turn: Turn, text: string, instruction: string): void {
  const { aside } = turn.position;
  if (aside?.kind !== 'emergency') return;
  const { emergencyGo } = turn.context.wording.phrases;
  if (willCall(text)) {
    const words = instruction !== '' ? [instruction] : turn.words('phrase emergencyGo', emergencyGo);
    for (const sentence of words) turn.speakExactly(sentence, { interruptible: false, mustHear: false });
    turn.hangUp('emergency-911');
    return;
  }
  if (instruction !== '') instructEmergency(turn, instruction);
  else repeatEmergency(turn, aside.asked >= mostAsked);
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

/** 988: the patient is never left alone on the line. What is asked is heard before a person takes over. */
export function stayInCrisis(turn: Turn, instruction: string): void {
  const answered = turn.position.aside?.kind === 'crisis';
  turn.speakExactly(instruction, { interruptible: false, mustHear: false });
  if (asks(instruction) && !answered) {
    turn.position = { ...turn.position, aside: { kind: 'crisis' } };
    turn.listenFor({ awaited: AwaitedAnswer.OPEN, patience: 1.5 });
  } else connectInCrisis(turn);
}

export function connectInCrisis(turn: Turn): void {
  turn.say('crisisStay');
  turn.transfer(destinations.crisis);
}

/** A nurse is needed now: the call is handed over. */
export function transferUrgently(turn: Turn, instruction: string): void {
  turn.speakExactly(instruction, { interruptible: true, mustHear: false });
  turn.say('urgentTransfer');
  turn.transfer(destinations.nurse);
}
