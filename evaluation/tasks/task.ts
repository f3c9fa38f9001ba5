import { z } from 'zod';

/*
 * One line of a task set: a question with what a correct constellation must and must not make of it. The
 * context of the question (patient, heard, words, history, draft, …) has the shape of a line of
 * `asterism consult` and is checked there; docs/tasks.md describes both halves.
 */

const oneOrMore = z
  .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
  .transform((value) => (typeof value === 'string' ? [value] : value));

const pattern = z.string().transform((source, context) => {
  try {
    return new RegExp(source, 'i');
  } catch {
    context.addIssue({ code: 'custom', message: 'not a regular expression' });
    return z.NEVER;
  }
});

const verdict = z.enum(['PASS', 'ADVISE', 'SAY', 'REWRITE', 'BLOCK', 'ASK', 'ESCALATE', 'DEFER']);
/** Dispositions as tasks and results write them, mildest first. */
export const dispositionsMildestFirst = [
  'none',
  'routine',
  'within-days',
  'same-day',
  'urgent-nurse',
  '988',
  '911',
] as const;
const disposition = z.enum(dispositionsMildestFirst);

const factMatch = z.strictObject({
  kind: oneOrMore,
  /** Each names one subject, by any of its names; the fact must be about all of them. */
  subjects: z.array(oneOrMore).default([]),
  /** Any when left out. */
  severity: oneOrMore.optional(),
  /** True: another fact of this kind about these subjects with another severity is a mistake, even beside a right one. */
  only: z.boolean().default(false),
});

const entityMatch = z.strictObject({
  kind: oneOrMore.optional(),
  /** Names that are right for it. */
  names: oneOrMore,
  value: z.number().optional(),
  unit: oneOrMore.optional(),
  negated: z.boolean().optional(),
});

const expectation = z
  .strictObject({
    verdicts: z.array(verdict).min(1).optional(),
    dispositions: z.array(disposition).min(1).optional(),
    /** Each must be there; a list stands for "one of these". */
    facts: z.array(z.union([factMatch.transform((match) => [match]), z.array(factMatch).min(1)])).default([]),
    noFacts: z.array(factMatch).default([]),
    entities: z.array(entityMatch).default([]),
    noEntities: z.array(entityMatch).default([]),
    /** What was named, whatever was heard: right when taken for one of these names or asked about by one of them. */
    identifies: z.strictObject({ kind: z.string().default('medication'), names: oneOrMore }).optional(),
    /** Patterns over what the patient would hear from the specialists or of the draft; case does not matter. */
    say: z
      .strictObject({ must: z.array(pattern).default([]), mustNot: z.array(pattern).default([]) })
      .prefault({}),
    /** A question back is right as well when it matches. */
    orAsk: pattern.optional(),
    /** The patient must be warned, or somebody must be told: silence is an omission, not an abstention. */
    mustWarn: z.boolean().default(false),
  })
  .refine((given) => namesSomething(given), 'says nothing that a review could get right or wrong');

function namesSomething(given: {
  verdicts?: unknown;
  dispositions?: unknown;
  identifies?: unknown;
  facts: readonly unknown[];
  noFacts: readonly unknown[];
  entities: readonly unknown[];
  noEntities: readonly unknown[];
  say: { must: readonly unknown[]; mustNot: readonly unknown[] };
}): boolean {
  const lists = [
    given.facts,
    given.noFacts,
    given.entities,
    given.noEntities,
    given.say.must,
    given.say.mustNot,
  ];
  return (
    lists.some((list) => list.length > 0) ||
    [given.verdicts, given.dispositions, given.identifies].some((value) => value !== undefined)
  );
}

const task = z.looseObject({
  id: z.string().min(1),
  /** What is measured, for example lab-effect; every kind gets a row of the report. */
  kind: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/),
  /** Where the question and its answer come from; never the knowledge base itself. */
  source: z.string().min(3),
  /** The specialist that it is about, or all. */
  specialist: z.string().min(1),
  /** Tasks of one pair count only when all of them are right. */
  pair: z.string().min(1).optional(),
  /** A recording to be recognised instead of heard, relative to the set's file. */
  wav: z.string().min(1).optional(),
  heard: z.string().nullish(),
  draft: z.string().nullish(),
  /** False: "I don't know" is no way out, and counts as wrong. */
  abstainable: z.boolean().default(true),
  expect: expectation,
});

export type Task = z.infer<typeof task>;
export type Expectation = Task['expect'];
export type FactMatch = z.infer<typeof factMatch>;
export type EntityMatch = z.infer<typeof entityMatch>;

export type ParsedTask =
  | { readonly valid: true; readonly task: Task }
  | { readonly valid: false; readonly field: string; readonly message: string };

/** Reads one line of a set, without the half that `asterism consult` reads; never throws. */
export function parseTask(json: string): ParsedTask {
  let raw: unknown;
  try {
    raw = JSON.parse(json);
  } catch {
    return { valid: false, field: '', message: 'the line is not JSON' };
  }
  const result = task.safeParse(raw);
  if (result.success) return { valid: true, task: result.data };
  const issue = result.error.issues[0];
  return {
    valid: false,
    field: issue?.path.map(String).join('.') ?? '',
    message: issue?.message ?? 'not valid',
  };
}
