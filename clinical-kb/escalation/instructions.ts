import { z } from 'zod';
import { citedFact, knowledgeFile } from '../citation.js';
import { loadKnowledge, type Knowledge } from '../load.js';

/** What is said on each occasion; see instructions.yaml. */
export const occasions = [
  // The instruction, in the same breath with the first question.
  'call-911',
  'call-911-other',
  'call-911-crisis',
  // While the emergency is open: what the caller answered.
  'call-911-again',
  'call-911-refused',
  'call-911-cannot',
  'call-911-going',
  'call-911-going-other',
  'call-911-coming',
  'call-911-coming-other',
  // While the emergency is open: what is asked next, one thing at a time.
  'call-911-where',
  'call-911-located',
  'call-911-state',
  'call-911-state-other',
  'call-911-not-breathing',
  'call-988',
  'call-988-other',
  'call-988-safe',
  'call-988-means',
  'call-988-where',
  'call-988-again',
  'urgent-nurse',
  'poison-help',
  'same-day',
  'within-days',
  'routine',
  'stood-down',
  'reassurance-stopped',
  'which-one',
  'if-it-happens',
] as const;
export const occasion = z.enum(occasions);
export type Occasion = z.infer<typeof occasion>;

const instructionsFile = knowledgeFile({
  say: z.array(citedFact({ when: z.string(), text: z.string().min(10) })),
}).superRefine((file, context) => {
  for (const when of occasions) {
    if (file.say.filter((one) => one.when === when).length !== 1) {
      context.addIssue({ code: 'custom', path: ['say'], message: `needs exactly one text for ${when}` });
    }
  }
});

/** @throws AsterismError KNOWLEDGE_INVALID, also when an occasion has no text */
export async function loadInstructions(): Promise<Knowledge<Readonly<Record<Occasion, string>>>> {
  const { data, version } = await loadKnowledge('escalation/instructions.yaml', instructionsFile);
  const texts = Object.fromEntries(data.say.map(({ when, text }) => [when, text]));
  return { data: texts as Record<Occasion, string>, version };
}
