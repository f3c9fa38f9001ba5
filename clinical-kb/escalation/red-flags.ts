import { z } from 'zod';
import { citedFact, knowledgeFile } from '../citation.js';
import { loadKnowledge, type Knowledge } from '../load.js';

/** How soon and by whom; the words of the data files and of `asterism consult`. Mildest last. */
export const urgency = z.enum(['call-911', 'call-988', 'urgent-nurse', 'same-day', 'within-days', 'routine']);
export type Urgency = z.infer<typeof urgency>;

const phrases = z.array(z.string().min(1));

export const redFlag = citedFact({
  /** Kebab-case, unique. */
  id: z.string().regex(/^[a-z0-9-]+$/),
  /** Plain name of the sign, for a nurse. */
  name: z.string().min(3),
  /** When it is there now. */
  disposition: urgency,
  /** When it was there lately and is over; the same as disposition when absent. */
  recent: urgency.optional(),
  /** Something that happens and is over (a faint, a fall): the past tense alone does not make it milder. */
  event: z.boolean().default(false),
  /** For certain patients it is more urgent; medicines are names of groups. */
  raise: z.object({ medicines: z.array(z.string()), disposition: urgency }).optional(),
  /** Counts only together with this other rule, in the same utterance or earlier in the call. */
  'with-rule': z.string().optional(),
  /** Even long ago it is worth a question. */
  'ask-if-history': z.boolean().default(false),
  /** Whether it also counts when said of another person who is there now. */
  'others-count': z.boolean().default(true),
  /** The words are about somebody else ("my husband hits me"), the danger is the caller's. */
  'about-caller': z.boolean().default(false),
  /** A yes-or-no question that settles a doubt. */
  ask: z.string().regex(/\?$/),
  /** Phrases that say it. */
  when: phrases.min(1),
  /** Phrases that may mean it. */
  'ask-when': phrases.default([]),
  /** In the same sentence, these make the phrases of `when` doubtful. */
  unless: phrases.default([]),
  /** In the same sentence, these mean something else altogether. */
  'unless-drop': phrases.default([]),
  /** One sentence for a nurse. */
  why: z.string().min(10),
});
export type RedFlag = z.infer<typeof redFlag>;

const redFlagsFile = knowledgeFile({
  lexicon: z.record(z.string(), z.array(z.string())),
  groups: z.record(z.string(), z.array(z.string())),
  /** Regular expressions over normalised words. */
  figures: z.array(z.string()),
  rules: z.array(redFlag),
}).superRefine((file, context) => {
  const ids = new Set<string>();
  file.rules.forEach((rule, index) => {
    const fail = (field: string, message: string): void => {
      context.addIssue({ code: 'custom', path: ['rules', index, field], message });
    };
    if (ids.has(rule.id)) fail('id', `"${rule.id}" is there twice`);
    ids.add(rule.id);
    for (const group of rule.raise?.medicines ?? []) {
      if (!Object.hasOwn(file.groups, group)) fail('raise', `no group "${group}"`);
    }
    const other = rule['with-rule'];
    if (other !== undefined && !file.rules.some(({ id }) => id === other))
      fail('with-rule', `no rule "${other}"`);
  });
});
export type RedFlags = z.infer<typeof redFlagsFile>;

const instructionsFile = knowledgeFile({
  say: z.array(citedFact({ when: z.string(), text: z.string().min(10) })),
});

/** What is said on each occasion; see instructions.yaml. */
export const occasions = [
  'call-911',
  'call-911-other',
  'call-911-again',
  'call-911-refused',
  'call-911-cannot',
  'call-911-going',
  'call-911-coming',
  'call-988',
  'call-988-other',
  'call-988-safe',
  'call-988-again',
  'urgent-nurse',
  'same-day',
  'within-days',
  'routine',
  'stood-down',
  'reassurance-stopped',
  'which-one',
  'if-it-happens',
] as const;
export type Occasion = (typeof occasions)[number];

/** @throws AsterismError KNOWLEDGE_INVALID */
export async function loadRedFlags(): Promise<Knowledge<RedFlags>> {
  return loadKnowledge('escalation/red-flags.yaml', redFlagsFile);
}

/** @throws AsterismError KNOWLEDGE_INVALID, also when an occasion has no text */
export async function loadInstructions(): Promise<Knowledge<Readonly<Record<Occasion, string>>>> {
  const { data, version } = await loadKnowledge(
    'escalation/instructions.yaml',
    instructionsFile.superRefine((file, context) => {
      for (const occasion of occasions) {
        if (file.say.filter(({ when }) => when === occasion).length !== 1) {
          context.addIssue({
            code: 'custom',
            path: ['say'],
            message: `needs exactly one text for ${occasion}`,
          });
        }
      }
    }),
  );
  const texts = Object.fromEntries(data.say.map(({ when, text }) => [when, text]));
  return { data: texts as Record<Occasion, string>, version };
}
