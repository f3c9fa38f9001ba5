import { holdsOn } from '../../clinical-kb/policy/schema.js';
import type { Embedder } from '../embedding/embedder.js';
import { PolicyIndex, type PlacedPassage } from './policy-index.js';

/** What the policy specialist thinks with. */
export interface PolicyMind {
  readonly embedder: Embedder;
  /** The documents that hold on a day, YYYY-MM-DD. */
  indexOn(day: string): PolicyIndex;
}

/** @param passages of all documents, those that no longer hold, or not yet, among them */
export function createMind(passages: readonly PlacedPassage[], embedder: Embedder): PolicyMind {
  // Documents change their standing at midnight at most: the last index is nearly always the one that is wanted.
  let last: { readonly day: string; readonly index: PolicyIndex } | undefined;
  return {
    embedder,
    indexOn: (day) => {
      if (last?.day !== day)
        last = { day, index: new PolicyIndex(passages.filter(({ document }) => holdsOn(document, day))) };
      return last.index;
    },
  };
}
