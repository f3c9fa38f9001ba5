import { repetitionAtEnd } from './repetition.js';
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
  noSpeechProbability: number;
  /** True when it ran in a loop; tokens hold the looped part once. */
  repeated: boolean;
  /** Tokens of the prefix (prompt and opening) in front of the text, to find positions in the cache. */
  prefixLength: number;
  cache: Cache;
}

/** Candidates kept per token: the choice and two others. */
const CANDIDATES = 3;

/**
 * Greedy decoding without timestamps.
 * @param prompt token ids that are shown as preceding text; may be empty
 * @param maxTokens stops there even without an end
 * @throws AbortError (DOMException) between two passes when signal aborts
 */
export async function decodeGreedily<Cache>(
  decoder: UtteranceDecoder<Cache>,
  special: WhisperTokens,
  options: { prompt: readonly number[]; maxTokens: number; signal: AbortSignal },
): Promise<Decoding<Cache>> {
  const { prompt, maxTokens, signal } = options;
  const before = prompt.length > 0 ? [special.startOfPrevious, ...prompt] : [];
  const start = [...before, special.startOfTranscript];
  // The no-speech probability stands where the transcript starts, so that position is a pass of its own.
  let pass = await decoder.pass(start, undefined);
  const noSpeechProbability = probabilityOf(pass.logits, special.noSpeech);
  signal.throwIfAborted();
  pass = await decoder.pass(special.opening, pass.cache);
  const prefixLength = start.length + special.opening.length;
  let tokens: DecodedToken[] = [];
  for (;;) {
    signal.throwIfAborted();
    const suppressed =
      tokens.length === 0 ? [special.suppressed, special.suppressedFirst] : [special.suppressed];
    const [chosen, ...runnersUp] = bestTokens(pass.logits, suppressed, special, CANDIDATES);
    const ended = !chosen || chosen.id === special.endOfText;
    if (ended || tokens.length >= maxTokens) {
      const endAttention = ended ? pass.attention : undefined;
      return { tokens, endAttention, noSpeechProbability, repeated: false, prefixLength, cache: pass.cache };
    }
    tokens.push({ ...chosen, runnersUp, attention: pass.attention });
    const keep = repetitionAtEnd(tokens.map((token) => token.id));
    if (keep !== undefined) {
      tokens = tokens.slice(0, keep);
      return {
        tokens,
        endAttention: undefined,
        noSpeechProbability,
        repeated: true,
        prefixLength,
        cache: pass.cache,
      };
    }
    pass = await decoder.pass([chosen.id], pass.cache);
  }
}

/** Mean log-probability of the tokens, the measure by which two decodings of one utterance are compared. */
export function meanLogProbability(tokens: readonly TokenCandidate[]): number {
  if (tokens.length === 0) return -Infinity;
  return tokens.reduce((sum, token) => sum + Math.log(Math.max(token.probability, 1e-9)), 0) / tokens.length;
}
