import { Disposition } from '../../../../protos/generated/asterism/v1/specialist.js';
import type { Turn } from '../turn.js';
import { done, type Taken } from './item-handler.js';

/** Leaves an item that was refused, or that could not be understood in three tries: then a nurse asks it. */
export function leaveItem(
  turn: Turn,
  itemId: string,
  topic: string,
  why: 'not-understood' | 'refused',
): Taken {
  const before = turn.item(itemId)?.value ?? {};
  if (why === 'refused') {
    turn.change(itemId, 'refused', before);
    turn.say('skipped');
    return done;
  }
  turn.change(itemId, 'deferred', before);
  turn.addTask(`ask again about ${topic}: the answer was not understood`, Disposition.WITHIN_DAYS);
  turn.say('moveOn');
  return done;
}
