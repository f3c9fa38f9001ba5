import { z } from 'zod';
import { citedFact, knowledgeFile } from '../citation.js';
import { loadKnowledge, type Knowledge } from '../load.js';

export const healthWordKind = z.enum(['condition', 'medicine', 'lab', 'care', 'symptom']);
export type HealthWordKind = z.infer<typeof healthWordKind>;

const healthWordsFile = knowledgeFile({
  categories: z.array(citedFact({ kind: healthWordKind, words: z.array(z.string()).min(1) })).min(1),
});
export type HealthWords = z.infer<typeof healthWordsFile>;

/** What a caller may signal, in order of precedence. */
export const signalId = z.enum([
  'voicemail',
  'wrong-person',
  'minor',
  'not-there',
  'claims-permission',
  'relative',
  'injection',
  'third-party',
  'opt-out',
  'stop-recording',
  'data-request',
  'human',
  'asks-if-machine',
  'asks-before-verified',
  'permission-given',
  'patient-back',
]);
export type SignalId = z.infer<typeof signalId>;

export const signal = citedFact({
  id: signalId,
  when: z.array(z.string()).min(1),
  /** In the same sentence, these mean something else. */
  unless: z.array(z.string()).default([]),
  /** Means nothing once the identity is established. */
  'before-verified-only': z.boolean().default(false),
  /** Means something only once the identity is established. */
  'verified-only': z.boolean().default(false),
  /** Means something only while the call is recorded. */
  'recorded-only': z.boolean().default(false),
  /** A human must do something about it the same day; a promise in the words is kept by that. */
  task: z.boolean().default(false),
  /** Is noted, but nothing is said. */
  silent: z.boolean().default(false),
  /** One sentence for the record. */
  fact: z.string().min(10),
  say: z.string().min(3),
});
export type Signal = z.infer<typeof signal>;

export const insteadOf = z.enum([
  'not-verified',
  'verification-failed',
  'other-person',
  'identifier',
  'identifier-name',
  'identifier-match',
  'free-consent',
  'not-recording',
  'recording',
  'opening',
  'closing',
  'not-a-nurse',
  'opted-out',
]);
export type InsteadOf = z.infer<typeof insteadOf>;

const signalsFile = knowledgeFile({
  lexicon: z.record(z.string(), z.array(z.string())),
  signals: z.array(signal),
  instead: z.array(citedFact({ when: insteadOf, text: z.string().min(10) })),
}).superRefine((file, context) => {
  for (const id of signalId.options) {
    if (file.signals.filter((one) => one.id === id).length !== 1) {
      context.addIssue({ code: 'custom', path: ['signals'], message: `needs exactly one signal ${id}` });
    }
  }
  for (const when of insteadOf.options) {
    if (file.instead.filter((one) => one.when === when).length !== 1) {
      context.addIssue({ code: 'custom', path: ['instead'], message: `needs exactly one text for ${when}` });
    }
  }
});
export type PrivacySignals = z.infer<typeof signalsFile>;

/** @throws AsterismError KNOWLEDGE_INVALID */
export async function loadHealthWords(): Promise<Knowledge<HealthWords>> {
  return loadKnowledge('privacy/health-words.yaml', healthWordsFile);
}

/** @throws AsterismError KNOWLEDGE_INVALID */
export async function loadPrivacySignals(): Promise<Knowledge<PrivacySignals>> {
  return loadKnowledge('privacy/signals.yaml', signalsFile);
}
