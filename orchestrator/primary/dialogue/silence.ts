import { Disposition } from '../../../protos/generated/asterism/v1/specialist.js';
import { repeatEmergency } from './emergencies.js';
import { pendingEntry, resume } from './flow.js';
import { sayGoodbye } from './leave-taking.js';
import type { Turn } from './turn.js';
import { spokenMeanwhile } from './what-was-heard.js';

const mostWhileFetching = 3;

/**
 * Nobody spoke for a while: a gentle check, then the question in other words, then a safe end.
 * @param count silences in a row, from 1
 */
export function hearSilence(turn: Turn, count: number): void {
  const { aside, waiting, pending } = turn.position;
  if (aside?.kind === 'emergency') {
    repeatEmergency(turn, count >= 2);
    return;
  }
  if ((waiting || aside?.kind === 'person-coming') && count < mostWhileFetching) {
    if (count === 1) turn.say('takeYourTime');
    turn.listenFor({ ...turn.position.listening, patience: 2.5 });
    return;
  }
  const ownTurn = turn.context.state.position?.['turnId'];
  if (
    count === 1 &&
    spokenMeanwhile(turn.context.state, typeof ownTurn === 'string' ? ownTurn : '', turn.context.turnId)
  ) {
    resume(turn, { bridge: turn.verified });
    return;
  }
  if (count === 1) {
    turn.say('stillThere');
    turn.position = { ...turn.position, aside: aside ?? { kind: 'presence' } };
    return;
  }
  const entry = pendingEntry(turn);
  if (count === 2 && entry) {
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
