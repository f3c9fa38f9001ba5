import type { ByteLevelBpe } from './byte-level-bpe.js';
import { adjoiningNumbers, isPartOfNumber, splitNumbers } from './number-shapes.js';
import { bareWord, textOf, type RecognitionAlternative } from './recognition.js';
import { spokenProbability, type TokenisedWord } from './recognised-words.js';
import { bestTokens } from './token-choice.js';
import type { Decoding, UtteranceDecoder } from './whisper-decoding.js';
import type { WhisperTokens } from './whisper-tokens.js';

/** Below this probability a token is worth a second thought. */
const SURE = 0.85;
/** A reading less probable than this helps nobody. */
const MIN_PROBABILITY = 0.02;
/** Other readings kept for one word. */
const MAX_READINGS = 3;
/** Tokens that one other reading of a word may have after the token where it differs. */
const MAX_TAIL_TOKENS = 5;
/** Decoder passes spent on one utterance: about 6 ms each on two cores. */
const MAX_PASSES = 8;

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
  const budget = { passes: MAX_PASSES };
  for (const branch of branches(words, decoding, bpe)) {
    if (budget.passes <= 0) break;
    const reading = await follow(branch, decoding, decoder, special, bpe, budget, signal);
    if (!reading) continue;
    const { word } = branch;
    const others = found.get(word) ?? [];
    const known = [word, ...others].map(({ text }) => bareWord(text));
    const bare = bareWord(reading.text);
    // A spelled number goes on in the next words ("one hundred…"), so it is no reading of a figure by itself.
    if (/\p{N}{2}/u.test(word.text) && !/\p{N}/u.test(bare)) continue;
    if (bare !== '' && !known.includes(bare)) found.set(word, [...others, reading]);
  }
  return words.map((word) => ({
    ...word,
    alternatives: mostProbable(found.get(word) ?? []).slice(0, MAX_READINGS),
  }));
}

/** Follows one branch to the end of its word; undefined when it is none, too improbable, or too long. */
async function follow<Cache>(
  branch: Branch,
  decoding: Decoding<Cache>,
  decoder: UtteranceDecoder<Cache>,
  special: WhisperTokens,
  bpe: ByteLevelBpe,
  budget: { passes: number },
  signal: AbortSignal,
): Promise<RecognitionAlternative | undefined> {
  const { word, at } = branch;
  const ids = decoding.tokens.slice(word.firstToken, at).map((token) => token.id);
  const insideWord = (id: number): boolean => id !== special.endOfText && INSIDE_WORD.test(bpe.decode([id]));
  // Inside a word, a choice that begins the next one says that this word ends earlier.
  // A figure that ends there and goes on in the next word ("1 87", "100 and…") is no reading by itself.
  const figureGoesOn = (id: number): boolean =>
    /\p{N}/u.test(bpe.decode(ids)) && id !== special.endOfText && isPartOfNumber(bpe.decode([id]).trim());
  if (at > word.firstToken && !insideWord(branch.id)) {
    if (figureGoesOn(branch.id)) return undefined;
    return { text: bpe.decode(ids).trim(), confidence: branch.probability };
  }
  if (at === word.firstToken && at > 0 && !bpe.decode([branch.id]).startsWith(' ')) return undefined;
  let { probability, id } = branch;
  let cache = decoder.truncate(decoding.cache, decoding.prefixLength + at);
  for (let tail = 0; tail < MAX_TAIL_TOKENS && budget.passes > 0; tail++) {
    signal.throwIfAborted();
    ids.push(id);
    budget.passes -= 1;
    const pass = await decoder.pass([id], cache);
    const [best] = bestTokens(pass.logits, [special.suppressed], special, 1);
    if (best && !insideWord(best.id) && figureGoesOn(best.id)) return undefined;
    if (!best || !insideWord(best.id)) return { text: bpe.decode(ids).trim(), confidence: probability };
    probability *= best.probability;
    if (probability < MIN_PROBABILITY) return undefined;
    ({ id } = best);
    ({ cache } = pass);
  }
  return undefined;
}

/** A token that goes on with the word before it. */
const INSIDE_WORD = /^[\p{L}\p{N}\uFFFD'’-]/u;

/** Small words that nobody's safety hangs on ("to" and "for" may be numbers): not worth the time. */
const FUNCTION_WORDS: ReadonlySet<string> = new Set(
  'a an and the i im am is are was were be been it its that this of in on at my me you your so well oh um uh'.split(
    ' ',
  ),
);

function branches<Cache>(
  words: readonly TokenisedWord[],
  decoding: Decoding<Cache>,
  bpe: ByteLevelBpe,
): Branch[] {
  return words
    .filter((word) => !FUNCTION_WORDS.has(bareWord(word.text)))
    .flatMap((word) => {
      const own = decoding.tokens.slice(word.firstToken, word.endToken);
      const offset = own.findIndex((token) => spokenProbability(bpe, token) < SURE);
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
 * Other readings of the whole utterance, each with one word changed, or with a number put together that
 * was written in two words. A change that puts one number beside another is no reading of the whole.
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
  const joined = splitNumbers(words).map(({ index, text }) => ({
    text: textOf([...words.slice(0, index), { text }, ...words.slice(index + 2)]),
    confidence: 1,
  }));
  const adjoining = adjoiningNumbers(textOf(words));
  const plausible = [...joined, ...readings].filter(({ text }) => adjoiningNumbers(text) <= adjoining);
  return mostProbable(plausible).slice(0, count);
}

function mostProbable(readings: readonly RecognitionAlternative[]): RecognitionAlternative[] {
  return [...readings].sort((a, b) => b.confidence - a.confidence);
}
