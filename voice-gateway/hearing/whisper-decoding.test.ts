import { describe, expect, it } from 'vitest';
import { bestTokens, probabilityOf } from './token-choice.js';
import { decodeGreedily, meanLogProbability, type UtteranceDecoder } from './whisper-decoding.js';
import type { WhisperTokens } from './whisper-tokens.js';

const END = 10;
const STOP = 3;
const special: WhisperTokens = {
  endOfText: END,
  startOfPrevious: 11,
  startOfTranscript: 12,
  noSpeech: 13,
  noTimestamps: 14,
  opening: [15, 14],
  firstSpecial: END,
  sentenceEnds: new Set([STOP]),
  suppressed: new Set([9]),
  suppressedFirst: new Set([0, END]),
};

/** A decoder that says what a script tells it; each entry maps token → probability. */
function scripted(
  script: readonly Record<number, number>[],
): UtteranceDecoder<number[]> & { passes: number[][] } {
  const passes: number[][] = [];
  let next = 0;
  return {
    passes,
    pass: async (tokens, cache) => {
      passes.push([...tokens]);
      const logits = new Float32Array(16).fill(-30);
      // The prefix ends with its last opening token; text passes follow.
      const entry =
        tokens.at(-1) === special.startOfTranscript ? { [special.noSpeech]: 0.25, 1: 0.75 } : script[next++];
      for (const [id, probability] of Object.entries(entry ?? { [END]: 1 }))
        logits[Number(id)] = Math.log(probability);
      const attention = new Float32Array(100);
      attention[Math.min(99, passes.length * 5)] = 1;
      return Promise.resolve({ logits, attention, cache: [...(cache ?? []), ...tokens] });
    },
    truncate: (cache, length) => cache.slice(0, length),
  };
}

const options = {
  prompt: [],
  givenMs: 0,
  maxTokens: 20,
  heardMs: 400,
  weighNoSpeech: false,
  echoed: () => undefined,
  signal: new AbortController().signal,
};

describe('greedy decoding', () => {
  it('takes the most probable token until the end, with its runners-up', async () => {
    const decoder = scripted([
      { 1: 0.7, 2: 0.2, 4: 0.1 },
      { 2: 0.9, 1: 0.1 },
      { [END]: 0.8, 1: 0.2 },
    ]);
    const decoding = await decodeGreedily(decoder, special, options);
    expect(decoding.tokens.map((token) => token.id)).toEqual([1, 2]);
    expect(decoding.tokens[0]?.probability).toBeCloseTo(0.7);
    expect(decoding.tokens[0]?.runnersUp.slice(0, 2).map((token) => token.id)).toEqual([2, 4]);
    expect(decoding).toMatchObject({ repeated: false, prefixLength: 3 });
    expect(decoding.cache).toEqual([12, 15, 14, 1, 2]);
  });

  it('shows the prompt as what was said before, and goes on after given tokens', async () => {
    const decoder = scripted([{ 5: 1 }, { [END]: 1 }]);
    const decoding = await decodeGreedily(decoder, special, { ...options, prompt: [7, 8], given: [1, 2] });
    expect(decoder.passes[0]).toEqual([11, 7, 8, 12, 15, 14, 1, 2]);
    expect(decoding.tokens.map((token) => token.id)).toEqual([5]);
    expect(decoding.prefixLength).toBe(8);
  });

  it('weighs whether there is speech at all where the transcript starts', async () => {
    const decoder = scripted([{ 1: 1 }, { [END]: 1 }]);
    const decoding = await decodeGreedily(decoder, special, { ...options, weighNoSpeech: true });
    expect(decoder.passes.slice(0, 2)).toEqual([[12], [15, 14]]);
    expect(decoding.noSpeechProbability).toBeCloseTo(0.25);
  });

  it('never says suppressed tokens, specials, or an end before the first word', async () => {
    const decoder = scripted([{ [END]: 0.6, 9: 0.2, 0: 0.1, 13: 0.05, 4: 0.05 }, { [END]: 1 }]);
    expect((await decodeGreedily(decoder, special, options)).tokens.map((token) => token.id)).toEqual([4]);
  });

  it('ends after a sentence where an end is likely, when the audio is used up', async () => {
    const script = [{ 1: 1 }, { [STOP]: 1 }, { 1: 0.8, [END]: 0.15 }, { [END]: 1 }];
    const short = await decodeGreedily(scripted(script), special, options);
    expect(short.tokens.map((token) => token.id)).toEqual([1, STOP]);
    const long = await decodeGreedily(scripted(script), special, { ...options, heardMs: 2_000 });
    expect(long.tokens.map((token) => token.id)).toEqual([1, STOP, 1]);
  });

  it('stops in a loop and keeps it once', async () => {
    const decoder = scripted([{ 5: 1 }, ...Array.from({ length: 12 }, () => ({ 1: 1 }))]);
    const decoding = await decodeGreedily(decoder, special, options);
    expect(decoding.repeated).toBe(true);
    expect(decoding.tokens.map((token) => token.id)).toEqual([5, 1]);
  });

  it('stops at an echo, and at the most tokens that the audio can hold', async () => {
    const script = [{ 1: 1 }, { 2: 1 }, { 1: 1 }, { 2: 1 }, { 4: 1 }];
    const echoed = (tokens: readonly number[]): number | undefined => (tokens.length === 4 ? 2 : undefined);
    const decoding = await decodeGreedily(scripted(script), special, { ...options, echoed });
    expect(decoding.tokens.map((token) => token.id)).toEqual([1, 2]);
    const capped = await decodeGreedily(scripted(script), special, { ...options, maxTokens: 3 });
    expect(capped.tokens.map((token) => token.id)).toEqual([1, 2, 1]);
  });

  it('is cancelled between two passes', async () => {
    const abort = new AbortController();
    const decoder = scripted([{ 1: 1 }, { 2: 1 }]);
    const echoed = (): undefined => {
      abort.abort();
      return undefined;
    };
    const running = decodeGreedily(decoder, special, { ...options, echoed, signal: abort.signal });
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    expect(decoder.passes).toHaveLength(2);
  });
});

describe('token choice', () => {
  it('is not troubled by logits that are no numbers', () => {
    const logits = Float32Array.from([NaN, 1, NaN, 0]);
    const best = bestTokens(logits, [], { firstSpecial: 4, endOfText: 4 }, 3);
    expect(best.map((candidate) => candidate.id)).toEqual([1, 3]);
    expect(best[0]?.probability).toBeCloseTo(Math.E / (Math.E + 1));
  });

  it('of one token is its softmax', () => {
    expect(probabilityOf(Float32Array.from([0, Math.log(3)]), 1)).toBeCloseTo(0.75);
  });
});

describe('meanLogProbability', () => {
  it('of nothing is worse than anything', () => {
    expect(meanLogProbability([])).toBe(-Infinity);
    expect(meanLogProbability([{ id: 1, probability: 0.5 }])).toBeCloseTo(Math.log(0.5));
  });
});
