import { describe, expect, it } from 'vitest';
import { mention } from './mentions.js';

describe('whether a thing was said to be there', () => {
  it.each([
    ['my ankles are swollen', 'affirmed'],
    ['swelling in both feet', 'affirmed'],
    ['no swelling', 'negated'],
    ["I don't have any swelling or anything", 'negated'],
    ['no pain, no swelling', 'negated'],
    ['no, my ankles are swollen', 'affirmed'],
    ['not dizzy but my legs are swollen', 'affirmed'],
    ['never had swelling', 'negated'],
    ['there has been no swelling, though my feet are a bit swollen', 'affirmed'],
    ['I feel fine', undefined],
  ] as const)('%s', (text, expected) => {
    expect(mention(text, ['swell*', 'swollen'])).toBe(expected);
  });
});
