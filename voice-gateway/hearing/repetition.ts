/** How often a run of n tokens may stand in a row: a patient says "no, no, no, no", Whisper's loops go on. */
const MAX_IN_A_ROW: readonly { length: number; times: number }[] = [
  { length: 1, times: 6 },
  { length: 2, times: 5 },
  { length: 3, times: 4 },
  { length: 4, times: 3 },
  { length: 5, times: 3 },
  { length: 6, times: 3 },
  { length: 8, times: 3 },
  { length: 10, times: 3 },
  { length: 12, times: 3 },
];

/**
 * Notices when the end of a token sequence has begun to repeat itself, as Whisper sometimes does.
 * @returns how many tokens to keep so that the repeated run stands once; undefined when it does not repeat
 */
export function repetitionAtEnd(tokens: readonly number[]): number | undefined {
  for (const { length, times } of MAX_IN_A_ROW) {
    const span = length * times;
    if (tokens.length < span) continue;
    const from = tokens.length - span;
    let same = true;
    for (let i = from + length; same && i < tokens.length; i++) same = tokens[i] === tokens[i - length];
    if (same) return from + length;
  }
  return undefined;
}
