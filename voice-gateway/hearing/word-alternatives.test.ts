import { describe, expect, it } from 'vitest';
import { utteranceAlternatives } from './word-alternatives.js';

interface Read {
  text: string;
  confidence: number;
  alternatives: { text: string; confidence: number }[];
}

function read(text: string, ...others: [string, number][]): Read {
  const alternatives = others.map(([other, confidence]) => ({ text: other, confidence }));
  return { text, confidence: 0.5, alternatives };
}

const texts = (words: Read[]): string[] => utteranceAlternatives(words, 3).map(({ text }) => text);

describe('other readings of an utterance', () => {
  it('change one word each, the most probable first', () => {
    expect(texts([read('took', ['take', 0.1]), read('two', ['to', 0.3])])).toEqual(['took to', 'take two']);
  });

  it('never put a number beside the same number in words', () => {
    const words = [read('one', ['182', 0.2]), read('hundred'), read('eighty'), read('two', ['to', 0.1])];
    expect(texts(words)).toEqual(['one hundred eighty to']);
  });

  it('may change a word elsewhere when the patient says two numbers in a row', () => {
    expect(texts([read('182'), read('182'), read('pounds', ['lbs', 0.2])])).toEqual(['182 182 lbs']);
  });

  it('put a number together that was written in two words', () => {
    expect(texts([read('was'), read('100', ['102', 0.1]), read('82'), read('pounds.')])).toEqual([
      'was 182 pounds.',
      'was 102 82 pounds.',
    ]);
  });
});
