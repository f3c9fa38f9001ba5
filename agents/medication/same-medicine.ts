import type { Mention } from './mention.js';

/**
 * The names with a brand and its own ingredient as one: "Bayer aspirin" and "Tylenol acetaminophen" are one
 * medicine said in two words, and not two that hold the same.
 */
export function withBrandAndIngredientAsOne(mentions: readonly Mention[]): Mention[] {
  const joined: Mention[] = [];
  for (const mention of mentions) {
    const before = joined.at(-1);
    if (before && isSame(before, mention))
      joined[joined.length - 1] = {
        ...before,
        end: mention.end,
        heard: `${before.heard} ${mention.heard}`,
      };
    else joined.push(mention);
  }
  return joined;
}

function isSame(before: Mention, after: Mention): boolean {
  const [first, second] = [before.candidates[0]?.name, after.candidates[0]?.name];
  return (
    before.end === after.start &&
    before.certainty === 'sure' &&
    after.certainty === 'sure' &&
    first !== undefined &&
    second !== undefined &&
    first.canonical === second.canonical &&
    first.product === second.product
  );
}
