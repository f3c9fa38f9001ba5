import { z } from 'zod';
import { citedFact, knowledgeFile } from '../citation.js';

const name = z.string().min(2);

const other = citedFact({
  /** As it is written. */
  name,
  /** Generic name; left out where the name is it. */
  ingredient: name.optional(),
  /** What it is for, in words for a patient, as it follows "for". */
  for: name,
});
export type OtherName = z.infer<typeof other>;

const pronunciation = citedFact({
  /** Lower case, as it is written. */
  name: z.string().regex(/^[a-z][a-z' -]+$/),
  /** International phonetic alphabet, General American, with stress marks. */
  ipa: z.string().regex(/^[^A-Z0-9]+$/),
});

export const pronunciationsFile = knowledgeFile({ pronunciations: z.array(pronunciation).min(1) });

/** Pairs of names that have been confused, and what is needed to tell apart those that medicines.json lacks. */
export const lookAlikesFile = knowledgeFile({
  others: z.array(other),
  pairs: z.array(citedFact({ names: z.tuple([name, name]) })).min(1),
});
