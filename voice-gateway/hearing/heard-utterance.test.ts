import { describe, expect, it } from 'vitest';
import { utteranceOf } from './heard-utterance.js';
import type { RecognisedWord, Recognition } from './recognition.js';

function word(text: string, startMs: number, endMs: number, confidence = 0.8): RecognisedWord {
  return { text, confidence, startMs, endMs, alternatives: [] };
}

function recognition(...words: RecognisedWord[]): Recognition {
  return {
    words,
    alternatives: [],
    noSpeechProbability: 0,
    doubted: false,
    timings: { melMs: 0, encoderMs: 0, decoderMs: 0, alternativesMs: 0 },
  };
}

describe('utteranceOf', () => {
  it('joins the parts, with word times in media time that never run backwards', () => {
    const { text, words, startedMs, endedMs } = utteranceOf({
      utteranceNumber: 3,
      startedMs: 10_300,
      lastVoicedMs: 14_000,
      parts: [
        { fromMs: 10_000, recognition: recognition(word('It', 0, 500), word('hurts.', 500, 1_200)) },
        { fromMs: 11_000, recognition: recognition(word('A', 100, 150), word('lot.', 150, 9_000)) },
      ],
    });
    expect(text).toBe('It hurts. A lot.');
    expect(words.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [10_300, 10_500],
      [10_500, 11_200],
      [11_100, 11_150],
      [11_150, 14_000],
    ]);
    expect([startedMs, endedMs]).toEqual([10_300, 14_000]);
  });

  it('has the mean confidence, and alternatives that change one word each', () => {
    const unsure = { ...word('two', 0, 300, 0.5), alternatives: [{ text: 'to', confidence: 0.25 }] };
    const heard = { utteranceNumber: 1, startedMs: 0, lastVoicedMs: 900 };
    const utterance = utteranceOf({
      ...heard,
      parts: [{ fromMs: 0, recognition: recognition(word('took', 0, 100, 1), unsure) }],
    });
    expect(utterance.utteranceId).toBe('u1');
    expect(utterance.confidence).toBeCloseTo(0.75);
    expect(utterance.alternatives).toEqual([{ text: 'took to', confidence: 0.5 }]);
  });

  it('is empty and unsure when nothing was recognised', () => {
    const utterance = utteranceOf({ utteranceNumber: 1, startedMs: 5, lastVoicedMs: 9, parts: [] });
    expect(utterance).toMatchObject({
      text: '',
      words: [],
      alternatives: [],
      confidence: 0,
      startedMs: 5,
      endedMs: 9,
    });
  });
});
