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

/** Letters a second above which nobody speaks; a figure is said as about five letters. */
const FASTEST_LETTERS_PER_SECOND = 13;
const LETTERS_OF_A_FIGURE = 5;
/** Even "no, no" takes this long for each word, in milliseconds. */
const SHORTEST_WORD_MS = 240;

/**
 * Notices a short utterance that Whisper says twice over ("Yes. Yes."), as it does when its encoder is
 * shorter than the 30 s it was trained on. Said twice by the patient it would have taken longer.
 * @param words the bare words so far
 * @param voicedMs milliseconds of voice in the audio
 * @returns how many words to keep; undefined when nothing was said twice too fast
 */
export function echoedFrom(words: readonly string[], voicedMs: number): number | undefined {
  const half = words.length / 2;
  if (half < 1 || !Number.isInteger(half)) return undefined;
  for (let i = 0; i < half; i++) if (words[i] !== words[i + half]) return undefined;
  const letters = words.join('').replace(/\p{N}/gu, 'x'.repeat(LETTERS_OF_A_FIGURE)).length;
  const tooFast =
    letters > (voicedMs / 1_000) * FASTEST_LETTERS_PER_SECOND || words.length * SHORTEST_WORD_MS > voicedMs;
  return tooFast ? half : undefined;
}
