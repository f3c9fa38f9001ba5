import { describe, expect, it } from 'vitest';
import { wordsOf } from '../medication/test-requests.js';
import { doubtfulNumbers, numbersIn, twinOf } from './numbers.js';
import { tokensOf, tokensOfText } from './tokens.js';

function values(text: string): number[] {
  return numbersIn(tokensOfText(text)).map((number) => number.value);
}

describe('spoken numbers', () => {
  it.each<[string, number[]]>([
    ['one eighty seven', [187]],
    ['one hundred and eighty seven', [187]],
    ['a hundred and two', [102]],
    ['one oh five', [105]],
    ['one, eight, seven', [187]],
    ['1 8 7', [187]],
    ['1 87', [187]],
    ['two ten', [210]],
    ['three fifteen', [315]],
    ['five point nine', [5.9]],
    ['ninety eight point six', [98.6]],
    ['six point oh five', [6.05]],
    ['140/90', [140, 90]],
    ['one fifty over ninety five', [150, 95]],
    ['40mg', [40]],
    ['two and a half', [2.5]],
    ['half a tablet', [0.5]],
    ['twenty five hundred', [2500]],
    ['two thousand five hundred', [2500]],
    ['1,200', [1200]],
    ['98.6', [98.6]],
    ['a couple of pills', [2]],
    ['A1c', []],
    ['no numbers here', []],
    ['', []],
  ])('"%s" → %j', (text, expected) => {
    expect(values(text)).toEqual(expected);
  });

  it.each([
    [15, 50],
    [50, 15],
    [115, 150],
    [150, 115],
    [13, 30],
    [190, 119],
    [20, undefined],
    [42, undefined],
  ])('the twin of %d is %s', (value, twin) => {
    expect(twinOf(value)).toBe(twin);
  });

  it('keeps both readings of "two forty"', () => {
    expect(numbersIn(tokensOfText('two forty milligrams'))[0]).toMatchObject({ value: 240, parts: [2, 40] });
  });
});

describe('numbers in doubt', () => {
  const doubts = (line: string): [number, readonly number[]][] =>
    doubtfulNumbers(
      tokensOf({
        utteranceId: '',
        text: '',
        words: wordsOf(line),
        alternatives: [],
        confidence: 1,
        startedMs: 0,
        endedMs: 0,
      }),
    ).map(({ number, others }) => [number.value, others]);

  it.each<[string, [number, readonly number[]][]]>([
    ['sixteen|sixty .5 units .9', [[16, [60]]]],
    ['16|60 .5 units .9', [[16, [60]]]],
    ['five|nine .5 milligrams .9', [[5, [9]]]],
    ['two|ten .5 tablets .9', [[2, [10]]]],
    ['eighty .9 nine|five .5', [[89, [85]]]],
    ['89|99 .5', [[89, [99]]]],
    ['one .9 thirteen|thirty .5', [[113, [130]]]],
    ['two .9 point .9 five|nine .5', [[2.5, [2.9]]]],
    ['one|two .5 hundred .9 ten .9', [[110, [210]]]],
    ['fifteen .5', [[15, [50]]]],
    ['fifteen .6 point .9 two .9', [[15.2, [50.2]]]],
    [
      'sixteen|sixty .6 and .9 five|nine .5',
      [
        [16, [60]],
        [5, [9]],
      ],
    ],
    ['sixteen|sixty .95', [[16, [60]]]],
    ['fifteen .95', []],
    ['five|nine .95', []],
    ['forty .5 two .5', []],
    ['five|fine .5', []],
    ['no .5 numbers .5', []],
  ])('%s', (line, expected) => {
    expect(doubts(line)).toEqual(expected);
  });
});
