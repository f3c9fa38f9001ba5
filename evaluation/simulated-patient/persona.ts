import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { AsterismError, messageOf } from '../../platform/errors.js';

const pattern = z.string().transform((source, context) => {
  try {
    return new RegExp(source, 'i');
  } catch (thrown) {
    context.addIssue({ code: 'custom', message: messageOf(thrown) });
    return z.NEVER;
  }
});

const answer = z.strictObject({
  /** Regular expression over what the agent said since the patient last spoke; case does not matter. */
  when: pattern,
  /** What to say. {word|respelling} speaks the respelling where the patient means the word. */
  say: z.string().min(1),
  /** How often this answer may be given; 1 when left out. */
  times: z.number().int().positive().default(1),
});

const interruption = z.strictObject({
  /** Regular expression over the sentence that the agent is speaking. */
  when: pattern,
  /** Milliseconds after the first audible sample of that sentence. */
  afterMs: z.number().nonnegative(),
  say: z.string().min(1),
});

/** A simulated patient: who it is, how it sounds, and what it answers. */
export const personaSchema = z.strictObject({
  id: z.string(),
  description: z.string(),
  /** Chart to call about, by patient identifier. */
  patientId: z.string(),
  voice: z
    .strictObject({
      /** Factor on the pitch; above 1 is higher. */
      pitch: z.number().min(0.6).max(1.6).default(1.2),
      /** Factor on the speed; above 1 is faster. */
      pace: z.number().min(0.5).max(2).default(1),
    })
    .prefault({}),
  /** Milliseconds of silence after the agent before the patient speaks. */
  reactionMs: z.number().nonnegative().default(700),
  /** Tried in order; the first that matches and is not used up is said. */
  answers: z.array(answer).min(1),
  interruptions: z.array(interruption).default([]),
  /** Said when nothing matches, in turn; after the last the patient hangs up. */
  fallback: z.array(z.string()).min(1).default(['Sorry, could you say that again?', 'I did not catch that.']),
});

export type Persona = z.infer<typeof personaSchema>;

/** @throws AsterismError INPUT_INVALID naming the file and the field */
export function loadPersona(file: string): Persona {
  let content: unknown;
  try {
    content = parse(readFileSync(file, 'utf8'));
  } catch (thrown) {
    throw new AsterismError('INPUT_INVALID', `persona ${file}: ${messageOf(thrown)}`);
  }
  const result = personaSchema.safeParse(content);
  if (!result.success)
    throw new AsterismError('INPUT_INVALID', `persona ${file}: ${z.prettifyError(result.error)}`);
  return result.data;
}
