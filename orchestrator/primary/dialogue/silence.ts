import { Disposition } from '../../../protos/generated/asterism/v1/specialist.js';
import { connectInCrisis, repeatEmergency } from './emergencies.js';
import { pendingEntry, resume, sayWhatIsOwed } from './flow.js';
import { sayGoodbye } from './leave-taking.js';
import { lastOwnTurnId, type Turn } from './turn.js';
import { spokenMeanwhile } from './what-was-heard.js';

/** Nobody spoke for a while: a gentle check, then the question in other words, then a safe end. */
export function hearSilence(turn: Turn): void {
  const silences = turn.position.silences + 1;
  turn.position = { ...turn.position, silences };
  const { aside, waiting, pending } = turn.position;
  if (aside?.kind === 'emergency') {
    repeatEmergency(turn, silences >= 2);
    return;
  }
  if (aside?.kind === 'crisis') {
    connectInCrisis(turn);
    return;
  }
  if (waiting || aside?.kind === 'person-coming') {
    waitOn(turn, silences);
    return;
  }
  if (silences === 1 && spokenMeanwhile(turn.context.state, lastOwnTurnId(turn), turn.context.turnId)) {
    resume(turn, { bridge: turn.verified });
    return;
  }
  if (silences === 1) {
    turn.say('stillThere');
    turn.position = { ...turn.position, aside: aside ?? { kind: 'presence' } };
    return;
  }
  const entry = pendingEntry(turn);
  if (silences === 2 && entry && aside?.kind !== 'fetch-person') {
    turn.say('rephrase');
    turn.ask(
      entry.itemId,
      pending.step,
      entry.handler.clarify(turn, pending.step, 1),
      turn.position.listening,
    );
    return;
  }
  turn.addTask('call again: the patient did not answer any more', Disposition.WITHIN_DAYS);
  turn.say('silenceEnd');
  sayGoodbye(turn);
  turn.hangUp('patient-silent');
}

const longestWait = 3;

/** The patient asked for a moment, or went to fetch somebody: then the silence is meant. */
function waitOn(turn: Turn, silences: number): void {
  if (silences === 1) turn.say('takeYourTime');
  if (silences < longestWait) {
    turn.listenFor({ ...turn.position.listening, patience: longPatience });
    return;
  }
  turn.position = { ...turn.position, waiting: false, silences: 0 };
  if (turn.position.aside?.kind === 'person-coming') {
    turn.say('stillThere');
    turn.position = { ...turn.position, aside: { kind: 'fetch-person', asked: 1 } };
    return;
  }
  sayWhatIsOwed(turn);
  resume(turn);
}

const longPatience = 2.5;
