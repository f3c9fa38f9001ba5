import { repetitionAtEnd } from './repetition.js';
import { framesOf, tokenStartsMs } from './word-times.js';
import { bestTokens, probabilityOf, type TokenCandidate } from './token-choice.js';
import type { WhisperTokens } from './whisper-tokens.js';

/** One pass of the decoder over new tokens, given what it saw before. Cache is opaque to the search. */
export interface DecoderPass<Cache> {
  /** Of the last position; whole vocabulary. The caller may change it. */
  logits: Float32Array;
  /** Cross-attention of the last position over the encoder's frames of 20 ms. */
  attention: Float32Array;
  cache: Cache;
}

/** The decoder of one encoded utterance. */
export interface UtteranceDecoder<Cache> {
  pass(tokens: readonly number[], cache: Cache | undefined): Promise<DecoderPass<Cache>>;
  /** The cache as it was when it held only the first length tokens. */
  truncate(cache: Cache, length: number): Cache;
}

export interface DecodedToken extends TokenCandidate {
  /** The tokens that were nearly chosen instead, best first. */
  runnersUp: readonly TokenCandidate[];
  /** Where in the audio the decoder looked when it chose this token. */
  attention: Float32Array;
}

export interface Decoding<Cache> {
  tokens: readonly DecodedToken[];
  /** Where the decoder looked when it chose to end; undefined when it did not end by itself. */
  endAttention: Float32Array | undefined;
  /** 0 when it was not weighed. */
  noSpeechProbability: number;
  /** True when it ran in a loop; tokens hold the looped part once. */
  repeated: boolean;
  /** Tokens of the prefix (prompt and opening) in front of the text, to find positions in the cache. */
  prefixLength: number;
  cache: Cache;
}

export interface GreedyOptions {
  prompt: readonly number[];
  /** Tokens that are taken as said already; the decoding goes on after them and holds only what follows. */
  given?: readonly number[];
  /** Where in the audio the given tokens end, in milliseconds; 0 without any. */
  givenMs: number;
  maxTokens: number;
  /** Length of the audio without its padding. */
  heardMs: number;
  /** Whether to spend a pass on the probability that there is no speech at all. */
  weighNoSpeech: boolean;
  echoed: (tokens: readonly number[]) => number | undefined;
  signal: AbortSignal;
}

/** Candidates kept per token: the choice and four others, for other spellings take places too. */
const CANDIDATES = 5;
/**
 * After a sentence an end this probable is taken even where another word is more so. With an encoder
 * shorter than the trained 30 s the model starts the utterance over; there the end had 0.09 to 0.4, and
 * between the sentences of a longer utterance 0.01 or less (measured on telephone-band speech).
 */
const END_AFTER_SENTENCE = 0.06;
/** … but only when no more audio than this, in milliseconds, is left after the last word began. */
const LONGEST_LAST_WORD_MS = 1_000;

/**
 * Greedy decoding without timestamps.
 * @param prompt token ids that are shown as preceding text; may be empty
 * @param maxTokens stops there even without an end
 * @param echoed tells how many tokens to keep once the decoder has begun to say everything twice
 * @throws AbortError (DOMException) between two passes when signal aborts
 */
export async function decodeGreedily<Cache>(
  decoder: UtteranceDecoder<Cache>,
  special: WhisperTokens,
  options: GreedyOptions,
): Promise<Decoding<Cache>> {
  const { prompt, maxTokens, echoed, signal } = options;
  const before = prompt.length > 0 ? [special.startOfPrevious, ...prompt] : [];
  const opening = [...special.opening, ...(options.given ?? [])];
  const start = [...before, special.startOfTranscript];
  let noSpeechProbability = 0;
  let pass: DecoderPass<Cache>;
  if (options.weighNoSpeech) {
    // It stands where the transcript starts, so that position is a pass of its own.
    pass = await decoder.pass(start, undefined);
    noSpeechProbability = probabilityOf(pass.logits, special.noSpeech);
    signal.throwIfAborted();
    pass = await decoder.pass(opening, pass.cache);
  } else {
    pass = await decoder.pass([...start, ...opening], undefined);
  }
  const prefixLength = start.length + opening.length;
  const tokens: DecodedToken[] = [];
  const finish = (
    kept: number,
    endAttention: Float32Array | undefined,
    repeated: boolean,
  ): Decoding<Cache> => ({
    tokens: tokens.slice(0, kept),
    endAttention,
    noSpeechProbability,
    repeated,
    prefixLength,
    cache: pass.cache,
  });
  for (;;) {
    signal.throwIfAborted();
    const suppressed =
      tokens.length === 0 ? [special.suppressed, special.suppressedFirst] : [special.suppressed];
    const candidates = bestTokens(pass.logits, suppressed, special, CANDIDATES);
    const [chosen, ...runnersUp] = candidates;
    const ends = !chosen || chosen.id === special.endOfText || mayEnd(tokens, candidates, special, options);
    if (ends) return finish(tokens.length, pass.attention, false);
    if (tokens.length >= maxTokens) return finish(tokens.length, undefined, false);
    tokens.push({ ...chosen, runnersUp, attention: pass.attention });
    const ids = tokens.map((token) => token.id);
    const once = echoed(ids);
    if (once !== undefined) return finish(once, tokens[once]?.attention, false);
    const keep = repetitionAtEnd(ids);
    if (keep !== undefined) return finish(keep, undefined, true);
    pass = await decoder.pass([chosen.id], pass.cache);
  }
}

function mayEnd(
  tokens: readonly DecodedToken[],
  candidates: readonly TokenCandidate[],
  special: WhisperTokens,
  { givenMs, heardMs }: GreedyOptions,
): boolean {
  const last = tokens.at(-1);
  if (!last || !special.sentenceEnds.has(last.id)) return false;
  const end = candidates.find(({ id }) => id === special.endOfText);
  if (!end || end.probability < END_AFTER_SENTENCE) return false;
  const attention = tokens.map((token) => token.attention.subarray(framesOf(givenMs)));
  const leftMs = heardMs - givenMs;
  return leftMs - (tokenStartsMs(attention, framesOf(leftMs)).at(-2) ?? 0) <= LONGEST_LAST_WORD_MS;
}

/** Mean log-probability of the tokens, the measure by which two decodings of one utterance are compared. */
export function meanLogProbability(tokens: readonly TokenCandidate[]): number {
  if (tokens.length === 0) return -Infinity;
  return tokens.reduce((sum, token) => sum + Math.log(Math.max(token.probability, 1e-9)), 0) / tokens.length;
}
