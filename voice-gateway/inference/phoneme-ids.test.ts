import { describe, expect, it } from 'vitest';
import { parsePiperConfig, phonemeIds } from './phoneme-ids.js';

const map = { _: [0], '^': [1], $: [2], ' ': [3], a: [14], ː: [122], '̃': [141], '.': [10] };

describe('the input of a Piper voice', () => {
  it('begins, pads every sound, and ends', () => {
    expect(phonemeIds('a a.', map)).toEqual([1, 0, 14, 0, 3, 0, 14, 0, 10, 0, 2]);
  });

  it('takes composed characters apart and leaves out what the voice does not know', () => {
    expect(phonemeIds('ãː✗', map)).toEqual([1, 0, 14, 0, 141, 0, 122, 0, 2]);
  });

  it('never lets text begin, pad or end the input', () => {
    expect(phonemeIds('^_$a', map)).toEqual([1, 0, 14, 0, 2]);
  });

  it('is refused with the field named when the configuration has another shape', () => {
    expect(() => parsePiperConfig('{"audio":{}}')).toThrow(/sample_rate/);
  });
});
