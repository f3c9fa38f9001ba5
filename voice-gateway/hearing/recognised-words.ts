import type { ByteLevelBpe } from './byte-level-bpe.js';
import type { RecognisedWord } from './recognition.js';
import type { DecodedToken } from './whisper-decoding.js';
import { framesOf, tokenStartsMs } from './word-times.js';

/** A word with the place of its tokens in the decoding. */
export interface TokenisedWord extends RecognisedWord {
  firstToken: number;
  /** One past the last token. */
  endToken: number;
}

/**
 * Puts tokens together into words: a token that begins with a space begins a word.
 * @param heardMs length of the audio without padding; no word ends after it
 * @param fromMs where in the audio the first token cannot be before
 */
export function wordsOf(
  bpe: ByteLevelBpe,
  tokens: readonly DecodedToken[],
  endAttention: Float32Array | undefined,
  heardMs: number,
  fromMs = 0,
): TokenisedWord[] {
  const attention = tokens.map((token) => token.attention);
  if (endAttention) attention.push(endAttention);
  const from = framesOf(fromMs);
  const starts = tokenStartsMs(
    attention.map((row) => row.subarray(from)),
    framesOf(heardMs) - from,
  ).map((startMs) => startMs + fromMs);
  const endMs = endAttention ? (starts[tokens.length] ?? heardMs) : heardMs;

  const groups: { first: number; end: number }[] = [];
  tokens.forEach((token, index) => {
    const last = groups.at(-1);
    if (last && !bpe.decode([token.id]).startsWith(' ')) last.end = index + 1;
    else groups.push({ first: index, end: index + 1 });
  });
  const words: TokenisedWord[] = [];
  for (const { first, end } of groups) {
    const own = tokens.slice(first, end);
    const text = bpe.decode(own.map((token) => token.id)).trim();
    if (text === '') continue;
    const startMs = Math.min(starts[first] ?? 0, heardMs);
    const nextMs = Math.min(end < tokens.length ? (starts[end] ?? endMs) : endMs, heardMs);
    words.push({
      text,
      confidence: wordConfidence(bpe, own),
      startMs,
      endMs: Math.max(nextMs, startMs),
      alternatives: [],
      firstToken: first,
      endToken: end,
    });
  }
  return words;
}

/** The product of the probabilities of the tokens that carry letters or digits; punctuation says nothing. */
function wordConfidence(bpe: ByteLevelBpe, tokens: readonly DecodedToken[]): number {
  return tokens.reduce((product, token) => product * spokenProbability(bpe, token), 1);
}

/**
 * Probability that a token's sound was said: other spellings of the same sound (" okay" for " Okay")
 * count with it, and a token without letters or digits has no sound to doubt.
 */
export function spokenProbability(bpe: ByteLevelBpe, token: DecodedToken): number {
  const text = bpe.decode([token.id]);
  if (!/[\p{L}\p{N}\uFFFD]/u.test(text)) return 1;
  const same = token.runnersUp.filter(({ id }) => bpe.decode([id]).toLowerCase() === text.toLowerCase());
  return Math.min(
    1,
    same.reduce((sum, { probability }) => sum + probability, token.probability),
  );
}
