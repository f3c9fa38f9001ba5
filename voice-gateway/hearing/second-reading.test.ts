import { describe, expect, it } from 'vitest';
import type { RecognisedWord } from './recognition.js';
import { challenged, promptedWords } from './second-reading.js';

function word(text: string, startMs: number, endMs: number, confidence = 0.9): RecognisedWord {
  return { text, confidence, startMs, endMs, alternatives: [] };
}

const vocabulary = ['lisinopril', 'metformin ER'];

describe('promptedWords', () => {
  it('are the words that stand in the vocabulary, whatever their case and punctuation', () => {
    const words = [
      word('I', 0, 100),
      word('take', 100, 300),
      word('Lisinopril,', 300, 900),
      word('er', 900, 1_000),
    ];
    expect(promptedWords(words, vocabulary).map(({ text }) => text)).toEqual(['Lisinopril,']);
  });
});

describe('a second reading', () => {
  const heard = [word('I', 0, 100), word('take', 100, 300), word('lisinopril.', 300, 1_000, 0.9)];

  it('that agrees changes nothing', () => {
    expect(challenged(heard, [word('Lisinopril', 300, 1_000)], vocabulary)).toEqual(heard);
  });

  it('that looks alike is an alternative and costs no confidence', () => {
    const [, , medicine] = challenged(
      heard,
      [word('listen', 320, 600, 0.5), word('opril.', 600, 980, 0.4)],
      vocabulary,
    );
    expect(medicine).toMatchObject({
      confidence: 0.9,
      alternatives: [{ text: 'listen opril', confidence: 0.2 }],
    });
  });

  it('that is another word shares the confidence: a medicine is not swapped for the one on the chart', () => {
    const [, , medicine] = challenged(heard, [word('Tylenol', 310, 990, 0.9)], vocabulary);
    expect(medicine?.confidence).toBeCloseTo(0.45);
    expect(medicine?.alternatives).toEqual([{ text: 'Tylenol', confidence: 0.9 }]);
  });

  it('that holds the word and stumbles on agrees', () => {
    const stumbled = [word('Lisinopril', 300, 600), word('lisinopril.', 600, 1_000)];
    expect(challenged(heard, stumbled, vocabulary)).toEqual(heard);
  });

  it('of the words around it stands against nothing', () => {
    expect(challenged(heard, [word('take', 310, 380), word('something', 1_200, 1_500)], vocabulary)).toEqual(
      heard,
    );
  });
});
