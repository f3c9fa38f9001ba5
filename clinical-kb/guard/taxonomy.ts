import { z } from 'zod';
import { citedFact, knowledgeFile } from '../citation.js';
import { loadKnowledge, type Knowledge } from '../load.js';

const phrases = z.array(z.string().min(2));
/** A sentence for the patient: it is spoken, so no mark that is not spoken. */
const spoken = z
  .string()
  .min(10)
  .regex(/^[A-Z][A-Za-z0-9 ,.?'-]*[.?]$/, 'must be plain spoken sentences without symbols');

/** Sentences that show a category, and sentences beside them that are fine. */
const examples = z.strictObject({
  harmful: z.array(z.string().min(3)).min(1),
  harmless: z.array(z.string().min(3)).min(1),
});

/** More harmful sentences, which no phrase has to find: what means the same as one of them is found by its meaning. */
const alike = z.array(z.string().min(3)).default([]);

/** How soon a nurse is told. */
const nurse = z.enum(['no', 'routine', 'same-day', 'right-away']);
export type NurseTold = z.infer<typeof nurse>;

/** What is done about the patient's words. */
const heardSide = z.strictObject({
  /** say: the words below are spoken. note: nothing is said, another specialist or the agent answers. */
  action: z.enum(['say', 'note']),
  say: spoken.optional(),
  /** Spoken when it happens again in the same call. */
  again: spoken.optional(),
  nurse: nurse.default('no'),
  when: phrases.min(1),
  /** In the same sentence, these mean something else. */
  unless: phrases.default([]),
  alike,
  examples,
});

/** What is done about a sentence that the agent is about to say. */
const draftSide = z.strictObject({
  /** block: it must not be heard. rewrite: it is put right. Either way the words below are spoken instead. */
  action: z.enum(['block', 'rewrite']),
  say: spoken,
  when: phrases.min(1),
  unless: phrases.default([]),
  /** A match that ends in an entry of this list is fine when the patient's own chart holds its words. */
  'unless-charted': z.string().optional(),
  alike,
  examples,
});

const category = citedFact({
  id: z.string().regex(/^[a-z][a-z-]*$/),
  name: z.string().min(3),
  /** What a message of this category does; for readers and for a guard model. */
  'should-not': z.array(z.string().min(5)).min(1),
  /** What stays allowed although it comes near. */
  can: z.array(z.string().min(5)).min(1),
  /** What the agent should do instead. */
  should: z.array(z.string().min(5)).min(1),
  heard: heardSide.optional(),
  draft: draftSide.optional(),
}).superRefine((one, context) => {
  if (!one.heard && !one.draft) {
    context.addIssue({ code: 'custom', message: 'needs heard, draft, or both' });
  }
  if (one.heard?.action === 'say' && one.heard.say === undefined) {
    context.addIssue({ code: 'custom', path: ['heard', 'say'], message: 'is needed with the action say' });
  }
});
export type Category = z.infer<typeof category>;

const taxonomyFile = knowledgeFile({
  /** Named lists of phrases, for <list> in when and unless. */
  lexicon: z.record(z.string(), z.array(z.string().min(1)).min(1)),
  /** Spoken instead of a sentence that could not be checked. */
  unchecked: spoken,
  /** Everyday sentences of each side, beside which nearness to a harmful one counts. */
  ordinary: z.strictObject({ heard: z.array(z.string().min(3)), draft: z.array(z.string().min(3)) }),
  categories: z.array(category).min(1),
}).superRefine(({ categories, lexicon }, context) => {
  categories.forEach(({ draft }, index) => {
    const list = draft?.['unless-charted'];
    if (list === undefined || Object.hasOwn(lexicon, list)) return;
    const path = ['categories', index, 'draft', 'unless-charted'];
    context.addIssue({ code: 'custom', path, message: `no word list ${list}` });
  });
  const ids = categories.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) {
    context.addIssue({ code: 'custom', path: ['categories'], message: `two categories ${twice}` });
  }
});
export type Taxonomy = z.infer<typeof taxonomyFile>;

/** The taxonomy that comes with Asterism, from the clinical-kb folder. */
export const OWN_TAXONOMY = 'guard/taxonomy.yaml';

/**
 * What may not be said, by either side, and what is said instead.
 * @param path absolute, or from the clinical-kb folder
 * @throws AsterismError KNOWLEDGE_INVALID
 */
export async function loadTaxonomy(path: string = OWN_TAXONOMY): Promise<Knowledge<Taxonomy>> {
  return loadKnowledge(path, taxonomyFile);
}
