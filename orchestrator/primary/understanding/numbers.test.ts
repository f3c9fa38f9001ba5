import { describe, expect, it } from 'vitest';
import { measure } from './measures.js';
import { spokenNumbers } from './numbers.js';

describe('numbers the way they are said', () => {
  it.each([
    ['one eighty seven', [187]],
    ['one eighty-seven', [187]],
    ['a hundred and eighty seven', [187]],
    ['one hundred eighty-seven pounds', [187]],
    ['187.5', [187.5]],
    ['187', [187]],
    ['1 87', [187]],
    ['1 8 7', [187]],
    ['one eight seven', [187]],
    ['one eighty seven point five', [187.5]],
    ['one eighty seven and a half', [187.5]],
    ['two oh five', [205]],
    ['two hundred', [200]],
    ['two hundred and five', [205]],
    ['two ten', [210]],
    ['one ninety', [190]],
    ['a hundred ninety two', [192]],
    ['ninety nine', [99]],
    ['twenty', [20]],
    ['forty milligrams twice', [40]],
    ['oh I see', []],
    ['1 hundred 87', [187]],
    ['from one eighty three to one eighty seven', [183, 187]],
    ['one, two', [1, 2]],
    ['nothing', []],
  ] as const)('%s', (text, values) => {
    expect(spokenNumbers(text).map(({ value }) => value)).toEqual(values);
  });
});

describe('a body weight', () => {
  it.each([
    ['one eighty seven this morning', 187],
    ["I'm a hundred and eighty-seven pounds", 187],
    ['it says 187.4', 187.4],
    ['um one ninety two I think', 192],
    ['85 kilos', 187.4],
    ['eighty five kilograms', 187.4],
    ['one eighty five no one eighty seven', 187],
    ['one eighty five, sorry, I meant one eighty seven', 187],
    ['187 at 7 am', 187],
    ["it's up five pounds to 187", 187],
    ['it was 183 yesterday and 187 today', 187],
  ])('%s', (text, expected) => {
    expect(measure(text, 'body-weight')?.value).toBe(expected);
  });

  it.each([['I feel fine'], ['I gained five pounds'], ['at seven in the morning'], ['two pills']])(
    'is not in "%s"',
    (text) => {
      expect(measure(text, 'body-weight')).toBeUndefined();
    },
  );

  it('says so when two different weights were named', () => {
    expect(measure('185 or 187', 'body-weight')).toEqual({ value: 185, unit: '', ambiguous: true });
  });
});
