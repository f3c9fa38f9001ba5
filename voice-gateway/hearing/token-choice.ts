/** A token that the decoder might say next. */
export interface TokenCandidate {
  id: number;
  /** Softmax probability among the tokens allowed here. */
  probability: number;
}

/**
 * The most probable tokens, best first.
 * @param logits of the whole vocabulary; suppressed tokens take part neither as candidates nor in the softmax
 */
export function bestTokens(
  logits: Float32Array,
  suppressed: readonly ReadonlySet<number>[],
  endsAt: { firstSpecial: number; endOfText: number },
  count: number,
): TokenCandidate[] {
  for (const set of suppressed) for (const id of set) logits[id] = -Infinity;
  // Beyond the text tokens only the end may be said; languages and timestamps may not.
  for (let id = endsAt.firstSpecial; id < logits.length; id++)
    if (id !== endsAt.endOfText) logits[id] = -Infinity;
  const best: { id: number; logit: number }[] = [];
  let threshold = -Infinity; // what a token must exceed to be among the best; NaN and -Infinity never do
  for (let id = 0; id < logits.length; id++) {
    const logit = logits[id] as number;
    if (!(logit > threshold)) continue;
    const place = best.findIndex((entry) => logit > entry.logit);
    best.splice(place < 0 ? best.length : place, 0, { id, logit });
    if (best.length > count) best.pop();
    if (best.length === count) threshold = best[count - 1]?.logit ?? threshold;
  }
  const total = sumOfExponentials(logits, best[0]?.logit ?? 0);
  return best.map(({ id, logit }) => ({ id, probability: Math.exp(logit - (best[0]?.logit ?? 0)) / total }));
}

/** Softmax probability of one token among all. */
export function probabilityOf(logits: Float32Array, id: number): number {
  let max = -Infinity;
  for (const logit of logits) if (logit > max) max = logit;
  return Math.exp((logits[id] ?? -Infinity) - max) / sumOfExponentials(logits, max);
}

/** Terms below e^-20 of the largest cannot change the sum that matters; skipping them saves the exp. */
function sumOfExponentials(logits: Float32Array, max: number): number {
  let total = 0;
  for (const logit of logits) if (logit > max - 20) total += Math.exp(logit - max);
  return total;
}
