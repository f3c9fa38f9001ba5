import type { ByteLevelBpe } from './byte-level-bpe.js';
import { bareWord, textOf, type RecognitionAlternative } from './recognition.js';
import type { TokenisedWord } from './recognised-words.js';
import { bestTokens } from './token-choice.js';
import type { Decoding, UtteranceDecoder } from './whisper-decoding.js';
import type { WhisperTokens } from './whisper-tokens.js';

/** Below this probability a token is worth a second thought. */
const SURE = 0.85;
/** A reading less probable than this helps nobody. */
const MIN_PROBABILITY = 0.02;
/** Tokens that one other reading of a word may have after the token where it differs. */
const MAX_TAIL_TOKENS = 5;
/** Decoder passes spent on one utterance: about 6 ms each on two cores. */
const MAX_PASSES = 14;

interface Branch {
  word: TokenisedWord;
  /** Index of the token where the readings part. */
  at: number;
  id: number;
  probability: number;
}

/**
 * Other readings of the uncertain words: at a word's first uncertain token the second and third choice
 * are followed greedily to the end of the word. The most probable ones are tried first, within a budget.
 * @returns the words with their alternatives, most probable first
 */
export async function withAlternatives<Cache>(
  words: readonly TokenisedWord[],
  decoding: Decoding<Cache>,
  decoder: UtteranceDecoder<Cache>,
  special: WhisperTokens,
  bpe: ByteLevelBpe,
  signal: AbortSignal,
): Promise<TokenisedWord[]> {
  const found = new Map<TokenisedWord, RecognitionAlternative[]>();
  let passes = 0;
  for (const branch of branches(words, decoding)) {
    if (passes >= MAX_PASSES) break;
    const { word, at, id } = branch;
    const ids = decoding.tokens.slice(word.firstToken, at).map((token) => token.id);
    let { probability } = branch;
    let cache = decoder.truncate(decoding.cache, decoding.prefixLength + at);
    let next = id;
    let complete = false;
    for (let tail = 0; tail < MAX_TAIL_TOKENS && passes < MAX_PASSES; tail++) {
      signal.throwIfAborted();
      ids.push(next);
      const pass = await decoder.pass([next], cache);
      passes += 1;
      cache = pass.cache;
      const [best] = bestTokens(pass.logits, [special.suppressed], special, 1);
      const continues =
        best && best.id !== special.endOfText && /^[\p{L}\p{N}\uFFFD'-]/u.test(bpe.decode([best.id]));
      complete = !continues;
      if (!continues) break;
      probability *= best.probability;
      next = best.id;
    }
    const text = bpe.decode(ids).trim();
    const known = [word, ...(found.get(word) ?? [])].map((reading) => bareWord(reading.text));
    if (!complete || probability < MIN_PROBABILITY || bareWord(text) === '' || known.includes(bareWord(text)))
      continue;
    found.set(word, [...(found.get(word) ?? []), { text, confidence: probability }]);
  }
  return words.map((word) => ({ ...word, alternatives: mostProbable(found.get(word) ?? []) }));
}

function branches<Cache>(words: readonly TokenisedWord[], decoding: Decoding<Cache>): Branch[] {
  return words
    .flatMap((word) => {
      const own = decoding.tokens.slice(word.firstToken, word.endToken);
      const offset = own.findIndex((token) => token.probability < SURE);
      const uncertain = own[offset];
      if (!uncertain) return [];
      const before = own.slice(0, offset).reduce((product, token) => product * token.probability, 1);
      return uncertain.runnersUp.map(({ id, probability }) => ({
        word,
        at: word.firstToken + offset,
        id,
        probability: before * probability,
      }));
    })
    .filter((branch) => branch.probability >= MIN_PROBABILITY)
    .sort((a, b) => b.probability - a.probability);
}

/**
 * Other readings of the whole utterance, each with one word changed.
 * @returns at most count, most probable first; confidence is relative to the best reading
 */
export function utteranceAlternatives(
  words: readonly { text: string; confidence: number; alternatives: readonly RecognitionAlternative[] }[],
  count: number,
): RecognitionAlternative[] {
  const readings = words.flatMap((word, index) =>
    word.alternatives.map((alternative) => ({
      text: textOf(words.map((other, at) => (at === index ? { text: alternative.text } : other))),
      confidence: Math.min(1, alternative.confidence / Math.max(word.confidence, 1e-3)),
    })),
  );
  return mostProbable(readings).slice(0, count);
}

function mostProbable(readings: readonly RecognitionAlternative[]): RecognitionAlternative[] {
  return [...readings].sort((a, b) => b.confidence - a.confidence);
}
