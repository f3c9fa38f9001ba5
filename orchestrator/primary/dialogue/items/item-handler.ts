import type { Utterance } from '../../../../protos/generated/asterism/v1/hearing.js';
import type { Review } from '../../../../protos/generated/asterism/v1/specialist.js';
import type { Consequence } from '../../../../clinical-kb/protocols/schema.js';
import { dispositionNamed } from '../../position.js';
import { instructEmergency, transferUrgently } from '../emergencies.js';
import { fill, type Slots } from '../phrasing.js';
import type { Turn } from '../turn.js';

/** What the patient said, as far as it may answer the pending item. */
export interface Answer {
  /** The whole utterance. */
  readonly text: string;
  /** Without the sentences that ask something. */
  readonly statement: string;
  readonly utterance: Utterance;
  readonly reviews: readonly Review[];
}

export type Taken =
  /** The item is answered (or left); the next one follows. */
  | { readonly kind: 'done' }
  /** The item goes on with another question. */
  | { readonly kind: 'next'; readonly step: string }
  | { readonly kind: 'not-understood' }
  /** The turn is complete: the call ends, or something was asked that belongs to no item. */
  | { readonly kind: 'ended' };

/** How one kind of item is asked and answered. Stateless; its steps are kept in the position. */
export interface ItemHandler {
  readonly topic: string;
  readonly firstStep: string;
  /** @param again true when it was asked before and is returned to */
  ask(turn: Turn, step: string, again: boolean): void;
  take(turn: Turn, step: string, answer: Answer): Taken;
  /** Other words for the question: the first time, then more specific. */
  clarify(turn: Turn, step: string, attempt: 1 | 2): readonly string[];
  /** Not understood for the third time, or refused. */
  leave(turn: Turn, step: string, why: 'not-understood' | 'refused'): Taken;
  /** Corrects an item that was answered before. @returns true when the utterance did that */
  amend?(turn: Turn, answer: Answer): boolean;
}

export const done: Taken = { kind: 'done' };
export const notUnderstood: Taken = { kind: 'not-understood' };

/**
 * Applies what the protocol says about an answer.
 * @param acknowledge said when the protocol has no words of its own for it, or when a specialist speaks
 */
export function follow(
  turn: Turn,
  name: string,
  consequence: Consequence | undefined,
  acknowledge: () => void,
  slots: Slots = {},
): Taken {
  const { say, task, escalate } = consequence ?? {};
  if (task) turn.addTask(fill(task.reason, slots), dispositionNamed[task.disposition]);
  if (escalate) {
    const disposition = dispositionNamed[escalate.disposition];
    turn.raise(disposition, `the patient's answer about ${name}`);
    if (escalate.disposition === '911') instructEmergency(turn, escalate.say);
    else transferUrgently(turn, escalate.say);
    return { kind: 'ended' };
  }
  if (say && !turn.specialistSpeaks) turn.sayWords(name, say, slots);
  else acknowledge();
  return done;
}
