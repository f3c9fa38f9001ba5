import { describe, expect, it } from 'vitest';
import { ByteLevelBpe } from './byte-level-bpe.js';

/** Single bytes, and a few merges: "Ġ" stands for the space, "Ã" and "©" for the two bytes of é. */
const letters = Array.from('abcdelopnstx.,ĠÃ©');
const merges = ['Ġ t', 'Ġt a', 'b l', 'Ġta bl', 'e t', 'Ã ©'];
const tokens = [...letters, ...merges.map((merge) => merge.replace(' ', ''))];
const bpe = new ByteLevelBpe({
  added_tokens: [{ id: 100, content: '<|endoftext|>' }],
  model: { vocab: Object.fromEntries(tokens.map((token, id) => [token, id])), merges },
});
const id = (token: string): number => tokens.indexOf(token);

describe('ByteLevelBpe', () => {
  it('merges in the order of the merges, not from left to right', () => {
    expect(bpe.encode(' tablet')).toEqual([id('Ġtabl'), id('et')]);
    expect(bpe.encode(' ta')).toEqual([id('Ġta')]);
  });

  it('cuts words from signs before it merges', () => {
    expect(bpe.encode('a, b')).toEqual([id('a'), id(','), id('Ġ'), id('b')]);
  });

  it('goes through bytes, so that every letter has a way', () => {
    expect(bpe.encode('é')).toEqual([id('Ã©')]);
    expect(bpe.decode([id('Ã'), id('©')])).toBe('é');
  });

  it('gives back what it was given', () => {
    const text = 'a tablet, bedé not.';
    expect(bpe.decode(bpe.encode(text))).toBe(text);
  });

  it('decodes half a letter as U+FFFD and specials as nothing', () => {
    expect(bpe.decode([id('Ã')])).toBe('\uFFFD');
    expect(bpe.decode([id('a'), 100, 999])).toBe('a');
  });

  it('knows its special tokens, and only those', () => {
    expect(bpe.special('<|endoftext|>')).toBe(100);
    expect(() => bpe.special('<|nothing|>')).toThrow(RangeError);
    expect(bpe.encode('<|endoftext|>')).not.toContain(100);
  });

  it('refuses a file of another shape', () => {
    expect(() => new ByteLevelBpe({ model: {} })).toThrow();
  });
});
