import { z } from 'zod';
import { AsterismError } from '../../platform/errors.js';
import { citationOf, citedFact, knowledgeFile } from '../citation.js';
import { joinVersions, loadKnowledge, loadKnowledgeFolder, type Knowledge } from '../load.js';
import { occasion } from './instructions.js';

/** How soon and by whom; the words of the data files and of `asterism consult`. Mildest last. */
export const urgency = z.enum(['call-911', 'call-988', 'urgent-nurse', 'same-day', 'within-days', 'routine']);
export type Urgency = z.infer<typeof urgency>;

const phrases = z.array(z.string().min(1));

/** Patients whose chart, or whose own words in this call, hold one of these; names of groups. */
const patients = z.object({
  medicines: z.array(z.string()).default([]),
  conditions: z.array(z.string()).default([]),
});

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
  /** For certain patients it is more urgent. */
  raise: patients.extend({ disposition: urgency }).optional(),
  /** Counts for these patients only. */
  needs: patients.optional(),
  /** Counts only together with one of these other rules, in the same utterance or earlier in the call. */
  'with-rule': z.array(z.string()).min(1).optional(),
  /** Even long ago it is worth a question. */
  'ask-if-history': z.boolean().default(false),
  /** Whether it also counts when said of another person who is there now. */
  'others-count': z.boolean().default(true),
  /** The words are about somebody else ("my husband hits me"), the danger is the caller's. */
  'about-caller': z.boolean().default(false),
  /** What is only perhaps meant is asked about although it is no emergency. */
  'ask-first': z.boolean().default(false),
  /** Said instead of the disposition's own words. */
  say: occasion.optional(),
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

const generalFile = knowledgeFile({
  lexicon: z.record(z.string(), z.array(z.string())),
  /** Names of medicines or of conditions, by group; written as they are said, in lower case. */
  groups: z.record(z.string(), z.array(z.string())),
  /** Regular expressions over normalised words. */
  figures: z.array(z.string()),
  rules: z.array(redFlag),
});

const programmeFile = knowledgeFile({
  /** The care programme or the subject that the rules belong to. */
  programme: z.string().min(3),
  rules: z.array(redFlag).min(1),
});

/** All red-flag rules, most severe first; every rule carries its whole citation. */
export type RedFlags = z.infer<typeof generalFile>;

let loaded: Promise<Knowledge<RedFlags>> | undefined;

/**
 * Read once and kept: two specialists need them, and reading takes as long as everything else together.
 * @throws AsterismError KNOWLEDGE_INVALID
 */
export async function loadRedFlags(): Promise<Knowledge<RedFlags>> {
  return (loaded ??= readRedFlags());
}

async function readRedFlags(): Promise<Knowledge<RedFlags>> {
  const [general, programmes] = await Promise.all([
    loadKnowledge('escalation/red-flags.yaml', generalFile),
    loadKnowledgeFolder('escalation/programmes', programmeFile),
  ]);
  const rules = [general.data, ...programmes.data]
    .flatMap((file) => file.rules.map((rule) => ({ ...rule, cite: citationOf(file.sources, rule.cite) })))
    .sort((a, b) => rankOfRule(a) - rankOfRule(b));
  const data = { ...general.data, rules };
  check(data);
  return { data, version: joinVersions([general.version, programmes.version]) };
}

/** A rule stands where its most urgent disposition belongs; sorting keeps the files' own order otherwise. */
function rankOfRule({ disposition, raise }: RedFlag): number {
  const rank = (of: Urgency): number => urgency.options.indexOf(of);
  return Math.min(rank(disposition), rank(raise?.disposition ?? disposition));
}

/** What one rule says of another, or of a group, must be there. */
function check({ rules, groups }: RedFlags): void {
  const ids = new Set<string>();
  for (const { id } of rules) {
    if (ids.has(id)) fail(id, 'is there twice');
    ids.add(id);
  }
  for (const { id, raise, needs, 'with-rule': others = [] } of rules) {
    const named = [raise, needs].flatMap((some) => [...(some?.medicines ?? []), ...(some?.conditions ?? [])]);
    const unknown = named.find((group) => !Object.hasOwn(groups, group));
    if (unknown !== undefined) fail(id, `no group "${unknown}"`);
    const missing = others.find((other) => !ids.has(other));
    if (missing !== undefined) fail(id, `with-rule: no rule "${missing}"`);
  }
}

function fail(ruleId: string, problem: string): never {
  throw new AsterismError('KNOWLEDGE_INVALID', `escalation: rule ${ruleId}: ${problem}`);
}
