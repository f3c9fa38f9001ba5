import { describe, expect, it } from 'vitest';
import { numbersIn, twinOf } from './numbers.js';
import { tokensOfText } from './tokens.js';

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
