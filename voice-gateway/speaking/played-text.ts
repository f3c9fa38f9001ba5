/** How long a character takes to say, relative to a letter. */
function weightOf(character: string): number {
  if (/\d/.test(character)) return 4; // "120" is said as three or four words
  if (/[,;:.!?]/.test(character)) return 2;
  if (/[%/]/.test(character)) return 6;
  return 1;
}

/**
 * The words of a clause that had been said to their end at a given part of its audio. Words are taken to last in
 * proportion to their letters, a digit as long as four. A word that was cut is left out: the history must not
 * hold what the patient may not have heard.
 * @param fraction of the clause's audible samples, 0 to 1
 */
export function textUntil(text: string, fraction: number): string {
  if (fraction >= 1) return text.trim();
  const words = text.trim().split(/\s+/).filter(Boolean);
  const weights = words.map((word) => Array.from(word, weightOf).reduce((sum, weight) => sum + weight, 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const said: string[] = [];
  let reached = 0;
  for (const [index, word] of words.entries()) {
    reached += weights[index] ?? 0;
    if (reached / total > fraction) break;
    said.push(word);
  }
  return said.join(' ');
}
