import { z } from 'zod';
import { AwaitedAnswer } from '../../protos/generated/asterism/v1/hearing.js';
import { Disposition } from '../../protos/generated/asterism/v1/specialist.js';
import { AsterismError } from '../../platform/errors.js';
import type { CallState } from '../call/state.js';

const listening = z.object({
  awaited: z.enum(AwaitedAnswer),
  vocabulary: z.array(z.string()),
  patience: z.number(),
});

/** A question that stands between the patient and the pending item. */
const aside = z.discriminatedUnion('kind', [
  /** A specialist's ASK. */
  z.object({
    kind: z.literal('specialist-question'),
    specialist: z.string(),
    /** What the patient had said; it counts as the answer to the pending item once it is confirmed. */
    held: z.string(),
    asked: z.number(),
  }),
  /** "Will you call 911 now?" */
  z.object({ kind: z.literal('emergency'), instruction: z.string(), asked: z.number() }),
  /** A patient in crisis was asked whether they are safe. */
  z.object({ kind: z.literal('crisis') }),
  /** "Would you like to talk with a person now?" */
  z.object({ kind: z.literal('offer-human') }),
  /** "Can that person come to the phone?" */
  z.object({ kind: z.literal('fetch-person'), asked: z.number() }),
  /** Somebody went to fetch the person. */
  z.object({ kind: z.literal('person-coming') }),
  /** "Are you still there?" */
  z.object({ kind: z.literal('presence') }),
]);

/**
 * Where the dialogue stands: everything that the agent remembers from turn to turn besides the items.
 * It is written with primary-moved and parsed again on every turn.
 */
const positionSchema = z.object({
  /** Turns that the agent took. */
  turns: z.number(),
  /** The last of them. */
  turnId: z.string(),
  /** What is being asked: an item of the call and the step within it. */
  pending: z.object({
    itemId: z.string(),
    step: z.string(),
    /** How often the answer was not understood. */
    attempts: z.number(),
    /** The question in its own words, and the turn in which it was last asked. */
    question: z.string(),
    turnId: z.string(),
  }),
  aside: aside.optional(),
  /** The item answered last, for corrections. */
  lastItemId: z.string(),
  /** The sentences of the last turn that are worth repeating. */
  said: z.array(z.string()),
  /** Sentences that the patient must hear whole, with the turn in which they were said last. */
  owed: z.array(z.object({ text: z.string(), turnId: z.string(), times: z.number() })),
  /** How often each phrase was used, so that wording varies. */
  used: z.record(z.string(), z.number()),
  listening,
  identity: z.object({
    failures: z.number(),
    given: z.boolean(),
    family: z.boolean(),
    /** A name was said that is not the chart's. */
    otherName: z.boolean(),
    year: z.number().optional(),
    month: z.number().optional(),
    day: z.number().optional(),
  }),
  /** The patient asked for more time. */
  slow: z.boolean(),
  /** The patient asked the agent to wait. */
  waiting: z.boolean(),
  /** Silences in a row. */
  silences: z.number(),
  /** Repeats asked for in a row. */
  repeats: z.number(),
  /** Digits typed since the last question. */
  digits: z.string(),
});
export type Position = z.infer<typeof positionSchema>;

export const startingPosition: Position = {
  turns: 0,
  turnId: '',
  pending: { itemId: '', step: '', attempts: 0, question: '', turnId: '' },
  lastItemId: '',
  said: [],
  owed: [],
  used: {},
  listening: { awaited: AwaitedAnswer.OPEN, vocabulary: [], patience: 1 },
  identity: { failures: 0, given: false, family: false, otherName: false },
  slow: false,
  waiting: false,
  silences: 0,
  repeats: 0,
  digits: '',
};

/** @throws AsterismError RECORD_CORRUPT when the record holds a position of another shape */
export function positionOf(state: CallState): Position {
  if (state.position === undefined) return startingPosition;
  const result = positionSchema.safeParse(state.position);
  if (result.success) return result.data;
  const field = result.error.issues[0]?.path.map(String).join('.') ?? '';
  throw new AsterismError('RECORD_CORRUPT', `the dialogue's position cannot be read: ${field}`);
}

/** The names of dispositions in protocol files. */
export const dispositionNamed = {
  routine: Disposition.ROUTINE,
  'within-days': Disposition.WITHIN_DAYS,
  'same-day': Disposition.SAME_DAY,
  'urgent-nurse': Disposition.URGENT_NURSE,
  '988': Disposition.CALL_988,
  '911': Disposition.CALL_911,
} as const;
