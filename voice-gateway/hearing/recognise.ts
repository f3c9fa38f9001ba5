import type { AwaitedAnswer } from '../../protos/generated/asterism/v1/hearing.js';
import { SAMPLES_PER_MS } from '../audio/frame.js';
import type { ByteLevelBpe } from './byte-level-bpe.js';
import { isHallucination } from './hallucination.js';
import { logMel, MEL_HOP } from './log-mel.js';
import { wordsOf, type TokenisedWord } from './recognised-words.js';
import { echoedFrom } from './repetition.js';
import { withRegroupedNumbers } from './number-shapes.js';
import { bareWord, textOf, type Recognition, type RecognisedWord } from './recognition.js';
import { promptLeaked, recognitionPrompt } from './recognition-prompt.js';
import { challenged, promptedWords } from './second-reading.js';
import {
  decodeGreedily,
  meanLogProbability,
  type Decoding,
  type UtteranceDecoder,
} from './whisper-decoding.js';
import type { WhisperTokens } from './whisper-tokens.js';
import { utteranceAlternatives, withAlternatives } from './word-alternatives.js';

/** The recogniser's graphs, opened somewhere. */
export interface SpeechModel<Cache> {
  /** @param mel float32 [80, frames], frames even and at most 3000 */
  encode(mel: Float32Array, frames: number): Promise<UtteranceDecoder<Cache>>;
  special: WhisperTokens;
  bpe: ByteLevelBpe;
}

export interface RecognitionRequest {
  /** 16 kHz, one utterance or a part of it, at most 28 s. */
  samples: Float32Array;
  /** Milliseconds of the samples that voice activity took for speech. */
  voicedMs: number;
  vocabulary: readonly string[];
  awaited: AwaitedAnswer;
  /** Words at the beginning that an earlier recognition of the same audio was sure of; see draft.ts. */
  given: readonly RecognisedWord[];
}

// An encoder cut off right after the last word makes the decoder loop; some silence ends it well.
const PADDING_MS = 700;
const RETRY_PADDING_MS = 2_000;
const MAX_FRAMES = 3_000;
/** Fast speech has about 6 tokens a second; medicines have more tokens for each syllable. */
const TOKENS_PER_SECOND = 10;
const MIN_TOKENS = 12;
/** Only so short a voice may be a noise: longer ones are not asked whether they are speech. */
const SHORT_VOICE_MS = 1_500;
const MAX_ALTERNATIVES = 3;

/**
 * Recognises one utterance: mel, encoder, greedy decoding with the call's prompt, guards, word times,
 * confidences and other readings.
 * @throws AbortError (DOMException) when signal aborts
 */
export async function recognise<Cache>(
  model: SpeechModel<Cache>,
  request: RecognitionRequest,
  signal: AbortSignal,
): Promise<Recognition> {
  const { special, bpe } = model;
  const { samples, vocabulary, voicedMs } = request;
  const heardMs = samples.length / SAMPLES_PER_MS;
  const prompt = recognitionPrompt(vocabulary, request.awaited);
  const givenMs = request.given.at(-1)?.endMs ?? 0;
  const limits = {
    maxTokens: Math.ceil(((heardMs - givenMs) / 1_000) * TOKENS_PER_SECOND) + MIN_TOKENS,
    heardMs,
    weighNoSpeech: voicedMs < SHORT_VOICE_MS,
    signal,
  };
  const echoed =
    (fromMs: number) =>
    (tokens: readonly number[]): number | undefined =>
      echoedTokens(bpe, tokens, Math.min(voicedMs, heardMs - fromMs));

  const startMs = performance.now();
  const features = melOf(samples, PADDING_MS);
  const melMs = performance.now();
  let decoder = await model.encode(features.mel, features.frames);
  const encodedMs = performance.now();
  signal.throwIfAborted();
  let decoding = await decodeGreedily(decoder, special, {
    prompt: bpe.encode(prompt),
    ...givenTokens(bpe, request.given),
    givenMs,
    echoed: echoed(givenMs),
    ...limits,
  });
  let { given } = request;
  let looped = decoding.repeated;
  const leaked = promptLeaked(prompt, bpe.decode(decoding.tokens.map((token) => token.id)));
  if (looped || leaked) {
    const padded = melOf(samples, RETRY_PADDING_MS);
    const retryDecoder = await model.encode(padded.mel, padded.frames);
    const retry = await decodeGreedily(retryDecoder, special, {
      prompt: [],
      givenMs: 0,
      echoed: echoed(0),
      ...limits,
    });
    if (leaked || isBetter(retry, decoding)) {
      [decoder, decoding, looped, given] = [retryDecoder, retry, retry.repeated, []];
    }
  }
  let words = wordsOf(bpe, decoding.tokens, decoding.endAttention, heardMs, given.at(-1)?.endMs);
  const decodedMs = performance.now();

  const rejected = isHallucination({
    text: textOf([...given, ...words]),
    meanConfidence: meanConfidence([...given, ...words]),
    noSpeechProbability: decoding.noSpeechProbability,
    voicedMs,
  });
  if (rejected) words = [];
  words = await withAlternatives(words, decoding, decoder, special, bpe, signal);
  const challenge = await readAgain(model, decoder, decoding, words, given, request, signal);
  words = challenged(words, challenge, vocabulary);
  const all = withRegroupedNumbers<RecognisedWord>([...given, ...words]);
  return {
    words: all.map(({ text, confidence, startMs: from, endMs, alternatives }) => ({
      text,
      confidence,
      startMs: from,
      endMs,
      alternatives,
    })),
    alternatives: utteranceAlternatives(all, MAX_ALTERNATIVES),
    noSpeechProbability: decoding.noSpeechProbability,
    doubted: rejected || looped,
    timings: {
      melMs: melMs - startMs,
      encoderMs: encodedMs - melMs,
      decoderMs: decodedMs - encodedMs,
      alternativesMs: performance.now() - decodedMs,
    },
  };
}

/** How many tokens to keep when the words so far stand there twice; see echoedFrom. */
function echoedTokens(bpe: ByteLevelBpe, tokens: readonly number[], voicedMs: number): number | undefined {
  const starts: number[] = [];
  const words: string[] = [];
  tokens.forEach((token, index) => {
    const piece = bpe.decode([token]);
    if (piece.startsWith(' ') || words.length === 0) {
      starts.push(index);
      words.push('');
    }
    words.push((words.pop() ?? '') + bareWord(piece));
  });
  const kept = echoedFrom(words, voicedMs);
  return kept === undefined ? undefined : starts[kept];
}

/** Tokens decoded beyond the prompted words, for a reading that needs more of them. */
const CHALLENGE_TAIL_TOKENS = 4;

/**
 * Reads the words that the prompt named once more without the prompt, from the first to the last of
 * them; what stands before them is given.
 * @returns the words of that reading; none where no word was named by the prompt
 */
async function readAgain<Cache>(
  model: SpeechModel<Cache>,
  decoder: UtteranceDecoder<Cache>,
  decoding: Decoding<Cache>,
  words: readonly TokenisedWord[],
  given: readonly RecognisedWord[],
  request: RecognitionRequest,
  signal: AbortSignal,
): Promise<RecognisedWord[]> {
  const prompted = promptedWords(words, request.vocabulary);
  const [first] = prompted;
  const last = prompted.at(-1);
  if (!first || !last) return [];
  const heardMs = request.samples.length / SAMPLES_PER_MS;
  const before = decoding.tokens.slice(0, first.firstToken).map((token) => token.id);
  const plain = await decodeGreedily(decoder, model.special, {
    prompt: [],
    given: [...(givenTokens(model.bpe, given).given ?? []), ...before],
    givenMs: first.startMs,
    maxTokens: last.endToken - first.firstToken + CHALLENGE_TAIL_TOKENS,
    heardMs,
    weighNoSpeech: false,
    echoed: () => undefined,
    signal,
  });
  if (plain.repeated) return [];
  const read = wordsOf(model.bpe, plain.tokens, plain.endAttention, heardMs, first.startMs);
  // Without an end of its own the reading stops somewhere inside its last word.
  return plain.endAttention ? read : read.slice(0, -1);
}

function givenTokens(bpe: ByteLevelBpe, given: readonly RecognisedWord[]): { given?: number[] } {
  return given.length > 0 ? { given: bpe.encode(` ${textOf(given)}`) } : {};
}

function meanConfidence(words: readonly RecognisedWord[]): number {
  return words.reduce((sum, word) => sum + word.confidence, 0) / Math.max(1, words.length);
}

/** A decoding that did not loop beats one that did; between two of a kind the surer one wins. */
function isBetter(a: Decoding<unknown>, b: Decoding<unknown>): boolean {
  if (a.repeated !== b.repeated) return b.repeated;
  return meanLogProbability(a.tokens) > meanLogProbability(b.tokens);
}

/** Log-mel of the samples and some silence, with an even number of frames. */
function melOf(samples: Float32Array, paddingMs: number): { mel: Float32Array; frames: number } {
  const wanted = Math.ceil((samples.length + paddingMs * SAMPLES_PER_MS) / MEL_HOP);
  const frames = Math.min(MAX_FRAMES, wanted + (wanted % 2));
  const padded = new Float32Array(frames * MEL_HOP);
  padded.set(samples.subarray(0, padded.length));
  return logMel(padded);
}
