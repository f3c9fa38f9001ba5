import type { Protocol } from '../../../clinical-kb/protocols/schema.js';
import type { Turn } from './turn.js';

/** The last words of every call: what speaks here, how to reach a person, goodbye. */
export function sayGoodbye(turn: Turn): void {
  turn.say('closingDisclosure');
  turn.say(turn.verified ? 'goodbyeVerified' : 'goodbye');
}

/** The protocol reached its end. */
export function close(turn: Turn, closing: Protocol['closing']): void {
  turn.sayWords('closing next', closing.next);
  if (turn.taskCount() > 0) turn.sayWords('closing nurse', closing.nurseWillCall);
  turn.sayWords('closing safety', closing.safety);
  sayGoodbye(turn);
  turn.hangUp('completed');
}
