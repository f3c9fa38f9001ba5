import { describe, expect, it } from 'vitest';
import { LexicalIndex } from './lexical.js';

const texts = [
  'Visitors park in Garage A.',
  'Visiting hours are in the morning.',
  'The pharmacy fills prescriptions, and parking there is free.',
  'Children may visit with an adult.',
];

describe('the shared words', () => {
  const index = new LexicalIndex(texts);
  const best = (question: string): string | undefined => {
    const shares = index.shares(question);
    return texts[shares.indexOf(Math.max(...shares))];
  };

  it.each([
    ['Where is the garage?', texts[0]],
    ['Can the kids visit?', texts[3]],
    ['Do you fill my prescription at the pharmacy?', texts[2]],
  ])('find for "%s" the right text', (question, text) => {
    expect(best(question)).toBe(text);
  });

  it('count another word for the same thing, but less', () => {
    const [itself, alike] = [index.shares('children')[3] ?? 0, index.shares('kids')[3] ?? 0];
    expect(alike).toBeGreaterThan(0);
    expect(alike).toBeLessThan(itself);
  });

  it('give nothing for a question of grammar alone', () => {
    expect(index.shares('What is it, and how do you do that?')).toEqual([0, 0, 0, 0]);
  });

  it('count words that are nowhere written', () => {
    expect(index.strangeWords('Where is the gift shop for visitors?')).toBe(2);
    expect(index.strangeWords('Where do visitors park?')).toBe(0);
    expect(index.strangeWords('Where do my kids park?')).toBe(0);
  });
});
