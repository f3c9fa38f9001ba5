import { describe, expect, it } from 'vitest';
import { WordPiece } from './word-piece.js';

const vocabulary = [
  '[UNK]',
  '[CLS]',
  '[SEP]',
  'park',
  '##ing',
  '##s',
  'cafe',
  '[',
  ']',
  'sep',
  "'",
  '你',
  '$',
  'a',
];
const file = (change: object = {}): unknown => ({
  normalizer: {
    type: 'BertNormalizer',
    clean_text: true,
    handle_chinese_chars: true,
    strip_accents: null,
    lowercase: true,
  },
  pre_tokenizer: { type: 'BertPreTokenizer' },
  model: {
    type: 'WordPiece',
    unk_token: '[UNK]',
    continuing_subword_prefix: '##',
    max_input_chars_per_word: 10,
    vocab: Object.fromEntries(vocabulary.map((token, id) => [token, id])),
  },
  ...change,
});

describe('WordPiece', () => {
  const tokenizer = new WordPiece(file());

  it.each([
    ['nothing', '', []],
    ['the longest pieces from the left', 'parkings', ['park', '##ing', '##s']],
    ['a word with a piece it does not know as one unknown', 'parking parkour', ['park', '##ing', '[UNK]']],
    ['a word beyond the longest as unknown', 'a'.repeat(11), ['[UNK]']],
    ['words without case and accents', 'Café PARK', ['cafe', 'park']],
    ['signs and ideographs as words of their own', "park's$你你", ['park', "'", '[UNK]', '$', '你', '你']],
    ['no control characters, and any white space', 'pa\u0000rk\u00a0a\u200b', ['park', 'a']],
    ['a special token that is said as plain text', '[SEP]', ['[', 'sep', ']']],
  ])('gives %s', (_what, text, tokens) => {
    const ids = ['[CLS]', ...tokens, '[SEP]'].map((token) => vocabulary.indexOf(token));
    expect(tokenizer.encode(text, 64)).toEqual(ids);
  });

  it('cuts a long text and still ends it', () => {
    expect(tokenizer.encode('a park a park', 4)).toEqual([1, 13, 3, 2]);
    expect(tokenizer.encode('a park', 4)).toEqual([1, 13, 3, 2]);
  });

  it.each([
    ['that keeps case', { normalizer: { type: 'BertNormalizer', lowercase: false } }],
    ['of another kind', { model: { type: 'BPE' } }],
  ])('refuses a tokenizer %s', (_what, change) => {
    expect(() => new WordPiece(file(change))).toThrow();
  });
});
