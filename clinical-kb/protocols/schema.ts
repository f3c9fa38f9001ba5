import { z } from 'zod';
import { citation } from '../citation.js';

/**
 * Care protocols as data. A care team adds or changes a call here and touches no code.
 * All wording is for patients: plain English, short sentences, slots in {braces}.
 */

/** Different ways to say one thing; used in turn. Each may hold several sentences. */
const variants = z.array(z.string().min(2)).min(1);

const dispositionName = z.enum(['routine', 'within-days', 'same-day', 'urgent-nurse', '988', '911']);

/** What a nurse will find to do after the call. */
const nurseTask = z.strictObject({ reason: z.string().min(3), disposition: dispositionName });

/** What follows from an answer. */
const consequence = z.strictObject({
  /** Said instead of the usual acknowledgement; left out when a specialist speaks in this turn. */
  say: variants.optional(),
  task: nurseTask.optional(),
  /** The call leaves the protocol: an instruction that may not be interrupted, then a human. */
  escalate: z
    .strictObject({ disposition: z.enum(['urgent-nurse', '911']), say: z.string().min(10) })
    .optional(),
  cite: z.string().optional(),
});
export type Consequence = z.infer<typeof consequence>;

/** Asked only when an earlier item was answered so. */
const condition = z.strictObject({ item: z.string(), is: z.string() });

const common = {
  id: z.string().regex(/^[a-z][a-z0-9-]*$/, 'lower-case words joined by hyphens'),
  /** As in "Let's go back to …". */
  topic: z.string().min(3),
  ask: variants,
  /** Asked instead when the conversation returns to the item after a digression. */
  askOnReturn: variants.optional(),
  /** Another way to ask, then a more specific one; the third time the item goes to a nurse. */
  clarify: z.tuple([z.string().min(5), z.string().min(5)]),
  when: condition.optional(),
  /** False for an item that a call may end without; every other one that stays open is an omission. */
  required: z.boolean().default(true),
  /** Multiplies the silence limits while this answer is awaited; 1 is normal. */
  patience: z.number().min(0.5).max(4).default(1),
  /** Words likely in the answer, for the recogniser. */
  vocabulary: z.array(z.string()).default([]),
  cite: z.string().optional(),
};

const openItem = z.strictObject({ ...common, kind: z.literal('open'), then: consequence.optional() });

const yesNoItem = z.strictObject({
  ...common,
  kind: z.literal('yes-no'),
  /** Plain words that answer without yes or no; "swell*" matches every word with that beginning. */
  means: z
    .strictObject({ yes: z.array(z.string()).default([]), no: z.array(z.string()).default([]) })
    .prefault({}),
  /**
   * Phrases (as agents/language/phrase.ts reads them) that answer the question even when another one was
   * asked, so only such as name the thing itself: "swollen ankles", never "yes".
   */
  volunteered: z
    .strictObject({
      /** Said to be so, they mean yes. */
      yes: z.array(z.string()).default([]),
      /** Denied, they mean no; said to be so, they leave the question open. */
      denied: z.array(z.string()).default([]),
      /** Said to be so, they mean no. */
      no: z.array(z.string()).default([]),
    })
    .prefault({}),
  on: z
    .strictObject({ yes: consequence.optional(), no: consequence.optional(), unsure: consequence.optional() })
    .prefault({}),
});

const numberItem = z.strictObject({
  ...common,
  kind: z.literal('number'),
  quantity: z.literal('body-weight'),
  /** Asked when the number was said earlier in the call, heard with doubt, or unlike the chart. */
  confirm: variants,
  /** Compared with the chart's latest observation of this LOINC code. */
  chartLoinc: z.string(),
  /** A change from the chart by more than this is read back. */
  readBackAbove: z.number().positive(),
  accepted: variants,
  /** The patient has no number. */
  none: consequence,
});

const medicinesItem = z.strictObject({
  ...common,
  kind: z.literal('medicines'),
  intro: variants,
  /** How much, how often. */
  how: variants,
  howClarify: z.string(),
  confirmHow: variants,
  matches: variants,
  differs: consequence,
  problems: variants,
  problemsClarify: z.string(),
  problemsDetail: variants,
  onProblems: consequence,
  whyNot: variants,
  onNotTaking: consequence,
  onUnsure: consequence,
});

const appointmentItem = z.strictObject({
  ...common,
  kind: z.literal('appointment'),
  /** Asked when the chart has no appointment. */
  askWithout: variants,
  transport: variants,
  transportClarify: z.string(),
  onUnknown: consequence,
  onNoTransport: consequence,
  onNone: consequence,
});

const teachBackItem = z.strictObject({
  ...common,
  kind: z.literal('teach-back'),
  /** What is taught before the patient repeats it. */
  teach: variants,
  concepts: z
    .array(
      z.strictObject({
        id: z.string(),
        /** Plain words that show that the patient named it. */
        words: z.array(z.string()).min(1),
        /** Explains it in other words when it was missing. */
        explain: z.string().min(10),
        cite: z.string(),
      }),
    )
    .min(1),
  missing: variants,
  askAgain: variants,
  complete: variants,
  incomplete: consequence,
});

const questionsItem = z.strictObject({ ...common, kind: z.literal('questions'), more: variants });

const item = z.discriminatedUnion('kind', [
  openItem,
  yesNoItem,
  numberItem,
  medicinesItem,
  appointmentItem,
  teachBackItem,
  questionsItem,
]);
export type ProtocolItem = z.infer<typeof item>;
export type ProtocolItemOf<Kind extends ProtocolItem['kind']> = Extract<ProtocolItem, { kind: Kind }>;

export const protocolSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  title: z.string().min(3),
  version: z.string().min(1),
  author: z.string().min(2),
  approval: z.strictObject({
    by: z.string().min(2),
    date: z.iso.date(),
    status: z.enum(['sample, not clinically approved', 'approved']),
  }),
  sources: z.record(z.string(), citation),
  cite: z.array(z.string()).min(1),
  /** Why the call is made; said only after two identifiers matched. */
  purpose: variants,
  items: z.array(item).min(1),
  closing: z.strictObject({
    next: variants,
    /** Said in addition when a nurse has something to do. */
    nurseWillCall: variants,
    safety: variants,
  }),
});
export type Protocol = z.infer<typeof protocolSchema>;
