import { describe, expect, it } from 'vitest';
import { echoedFrom, repetitionAtEnd } from './repetition.js';

describe('repetitionAtEnd', () => {
  it.each([
    ['a sentence', [1, 2, 3, 4, 5, 6, 7, 8], undefined],
    ['"no, no, no"', [1, 2, 1, 2, 1, 2], undefined],
    ['one token six times', [9, 1, 1, 1, 1, 1, 1], 2],
    ['four tokens three times', [9, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4], 5],
    ['a sentence said twice', [1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6], undefined],
  ])('of %s', (_, tokens, keep) => {
    expect(repetitionAtEnd(tokens)).toBe(keep);
  });
});

describe('echoedFrom', () => {
  it.each([
    ['"Yes. Yes." in half a second', ['yes', 'yes'], 450, 1],
    ['"Yes. Yes." in a second', ['yes', 'yes'], 1_000, undefined],
    ['"No, no." in a third of a second', ['no', 'no'], 350, 1],
    ['"82 82" in half a second', ['82', '82'], 550, 1],
    ['"I took two. I took three."', ['i', 'took', 'two', 'i', 'took', 'three'], 300, undefined],
    ['nothing', [], 500, undefined],
    ['one word', ['yes'], 100, undefined],
  ])('of %s', (_, words, voicedMs, keep) => {
    expect(echoedFrom(words, voicedMs)).toBe(keep);
  });
});
