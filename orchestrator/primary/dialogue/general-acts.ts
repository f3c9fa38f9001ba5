import { AwaitedAnswer } from '../../../protos/generated/asterism/v1/hearing.js';
import { Disposition, type Review } from '../../../protos/generated/asterism/v1/specialist.js';
import type { DialogueAct } from '../understanding/dialogue-acts.js';
import { plainWords } from '../understanding/plain-words.js';
import { destinations } from './emergencies.js';
import { clarify, forgetIdentity, pendingEntry, proceed, resume } from './flow.js';
import { sayGoodbye } from './leave-taking.js';
import { sayWordings } from './reviews.js';
import type { Turn } from './turn.js';

/**
 * What a patient may do at any time besides answering.
 * Firm acts come before the answer to the pending question; soft ones only when nothing was answered.
 * @returns false when the act asks for nothing
 */
export function respondFirmly(
  turn: Turn,
  acts: readonly DialogueAct[],
  text: string,
  wordings: readonly Review[],
): boolean {
  // What troubles a patient is the specialists' matter first.
  const open = acts.filter((act) => act !== 'distress' || wordings.length === 0);
  const act = open.find((candidate) => firm.has(candidate) && applies(turn, candidate, text));
  if (act === undefined) return false;
  sayWordings(turn, wordings);
  const privacySpoke = wordings.some(({ specialist }) => specialist === 'privacy-compliance');
  respond(turn, act, text, privacySpoke);
  return true;
}

export function respondSoftly(turn: Turn, acts: readonly DialogueAct[], text: string): boolean {
  const act = acts.find((candidate) => soft.has(candidate));
  if (act === undefined) return false;
  respond(turn, act, text, false);
  return true;
}

/** Acts that end or hand over the call: they come even before a specialist's question. */
export const leaving: ReadonlySet<DialogueAct> = new Set<DialogueAct>([
  'stop-calling',
  'wants-human',
  'voicemail',
  'wrong-person',
  'relative',
  'not-available',
  'another-language',
  'call-later',
]);

const firm: ReadonlySet<DialogueAct> = new Set<DialogueAct>([
  ...leaving,
  'asks-robot',
  'asks-who',
  'distress',
  'repeat',
  'slower',
  'confused',
]);

const soft: ReadonlySet<DialogueAct> = new Set<DialogueAct>([
  'asks-why',
  'wait',
  'skip',
  'goodbye',
  'thanks',
  'greeting',
]);

const beforeIdentity: ReadonlySet<DialogueAct> = new Set<DialogueAct>([
  'voicemail',
  'wrong-person',
  'not-available',
]);

/** In long answers in the patient's own words ("I would call back if…") only clear requests count. */
function applies(turn: Turn, act: DialogueAct, text: string): boolean {
  const words = plainWords(text).length;
  if (beforeIdentity.has(act)) return !turn.verified;
  const telling = turn.position.listening.awaited === AwaitedAnswer.OPEN && turn.verified;
  if (act === 'repeat' || act === 'confused') return words <= 12;
  if (telling && (act === 'call-later' || act === 'slower')) return words <= 8;
  return true;
}

/** @param privacySpoke the privacy specialist said in its own words what the act needs */
function respond(turn: Turn, act: DialogueAct, text: string, privacySpoke: boolean): void {
  switch (act) {
    case 'stop-calling':
      turn.change('opt-out', 'done', { optedOut: true });
      turn.addTask(
        'the patient does not want these calls: take the number off the call list',
        Disposition.ROUTINE,
      );
      if (!privacySpoke) turn.say('stopCalling');
      leave(turn, 'opted-out', privacySpoke);
      return;
    case 'wants-human':
      turn.say('human');
      turn.transfer(destinations.nurse);
      return;
    case 'voicemail':
      turn.addTask('call again: a voicemail answered', Disposition.ROUTINE);
      if (!privacySpoke) turn.say('voicemail');
      turn.hangUp('voicemail');
      return;
    case 'wrong-person':
      turn.addTask(
        'check the telephone number: the person who answered is not the patient',
        Disposition.ROUTINE,
      );
      if (!privacySpoke) turn.say('wrongPerson');
      leave(turn, 'wrong-person', privacySpoke);
      return;
    case 'relative':
      forgetIdentity(turn, 'another person is speaking');
      askToFetch(turn, 1, privacySpoke);
      return;
    case 'not-available':
      turn.addTask('call again: the patient was not available', Disposition.ROUTINE);
      if (!privacySpoke) turn.say('relativeEnd');
      leave(turn, 'not-available', privacySpoke);
      return;
    case 'another-language':
      turn.addTask(
        'call with an interpreter: the person who answered does not speak English',
        Disposition.ROUTINE,
      );
      turn.say('language');
      leave(turn, 'interpreter-needed');
      return;
    case 'call-later':
      turn.addTask(`call again at another time (said: ${text.trim()})`, Disposition.ROUTINE);
      turn.say('callLater');
      leave(turn, 'call-back-requested');
      return;
    case 'asks-robot':
      if (!privacySpoke) turn.say('robot');
      resume(turn);
      return;
    case 'asks-who':
      turn.say('greetingAgain');
      resume(turn);
      return;
    case 'asks-why':
      if (turn.verified) turn.sayWords('purpose', turn.context.protocol.purpose);
      else turn.say('reasonBeforeIdentity');
      resume(turn);
      return;
    case 'distress':
      turn.say('distress');
      offerHuman(turn);
      return;
    case 'repeat':
      repeat(turn);
      return;
    case 'slower':
      turn.position = { ...turn.position, slow: true };
      turn.say('slower');
      resume(turn, { bridge: false });
      return;
    case 'wait':
      turn.position = { ...turn.position, waiting: true };
      turn.say('waiting');
      turn.listenFor({ ...turn.position.listening, patience: 2.5 });
      return;
    case 'confused':
      clarify(turn, 'rephrase');
      return;
    case 'skip':
      skip(turn);
      return;
    case 'goodbye':
      turn.addTask('call again: the patient ended the call before its end', Disposition.ROUTINE);
      turn.say('callLater');
      leave(turn, 'ended-by-patient');
      return;
    case 'thanks':
      turn.say('welcome');
      resume(turn, { bridge: false });
      return;
    case 'greeting':
      if (turn.verified) resume(turn, { bridge: false });
      else {
        turn.say('greetingAgain');
        resume(turn, { bridge: false });
      }
      return;
    case 'backchannel':
      return;
  }
}

function leave(turn: Turn, reason: string, saidGoodbye = false): void {
  if (saidGoodbye) turn.say('closingDisclosure');
  else sayGoodbye(turn);
  turn.hangUp(reason);
}

export function offerHuman(turn: Turn): void {
  turn.say('offerHuman');
  turn.position = { ...turn.position, aside: { kind: 'offer-human' } };
  turn.listenFor({ awaited: AwaitedAnswer.YES_NO, patience: 1.5 });
}

/** Asks a relative to bring the patient to the telephone. */
export function askToFetch(turn: Turn, asked: number, askedAlready = false): void {
  if (!askedAlready) turn.say(asked === 1 ? 'relative' : 'relativeClarify');
  turn.position = { ...turn.position, aside: { kind: 'fetch-person', asked } };
  turn.listenFor({ awaited: AwaitedAnswer.YES_NO });
}

/** The same words once; after that other words, because the same ones did not help. */
function repeat(turn: Turn): void {
  const said = turn.context.state.position?.['said'];
  const sentences = Array.isArray(said)
    ? said.filter((text): text is string => typeof text === 'string')
    : [];
  const { repeats, aside } = turn.position;
  if (sentences.length === 0 || (repeats >= 1 && !aside)) {
    clarify(turn, 'rephrase');
    return;
  }
  turn.say('repeating');
  const entry = pendingEntry(turn);
  const question = sentences.at(-1) ?? '';
  if (aside || !entry || question !== turn.position.pending.question) turn.speak(sentences);
  else {
    turn.speak(sentences.slice(0, -1));
    turn.ask(entry.itemId, turn.position.pending.step, [question], turn.position.listening);
  }
  turn.position = { ...turn.position, repeats: repeats + 1 };
}

/** The patient does not want to answer the pending question. */
export function skip(turn: Turn): void {
  const entry = pendingEntry(turn);
  if (!entry) return;
  const taken = entry.handler.leave(turn, turn.position.pending.step, 'refused');
  if (taken.kind !== 'not-understood') proceed(turn, taken);
}
