/** The values of slots, in the words in which they are spoken; an unknown one is undefined. */
export type Slots = Readonly<Record<string, string | undefined>>;

/**
 * Chooses one of several wordings: among those whose slots are all known, the next in turn.
 * @param timesUsed how often this phrase was used before in the call
 * @returns its sentences with the slots filled; empty when no wording can be filled
 */
export function phrase(variants: readonly string[], slots: Slots, timesUsed: number): readonly string[] {
  const usable = variants.filter((variant) => slotsIn(variant).every((slot) => (slots[slot] ?? '') !== ''));
  // Wordings that say more (they use more slots) are meant where they can be filled.
  const richest = Math.max(0, ...usable.map((variant) => slotsIn(variant).length));
  const best = usable.filter((variant) => slotsIn(variant).length === richest);
  const chosen = best[timesUsed % Math.max(1, best.length)];
  return chosen === undefined ? [] : sentencesOf(chosen).map((sentence) => fill(sentence, slots));
}

/** Fills slots that are known to be there. */
export function fill(text: string, slots: Slots): string {
  return text.replace(/\{([^}]*)\}/g, (_, slot: string) => slots[slot] ?? '').trim();
}

/** The sentences of an unfilled wording; a slot's own full stops ("Dr. Chen") do not end a sentence. */
export function sentencesOf(text: string): readonly string[] {
  return text.split(/(?<=[.!?])\s+/).filter((sentence) => sentence !== '');
}

export function slotsIn(text: string): readonly string[] {
  return [...text.matchAll(/\{([^}]*)\}/g)].map(([, slot]) => slot ?? '');
}
