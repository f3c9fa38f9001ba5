import { describe, expect, it } from 'vitest';
import { compareRegimens, regimen } from './regimens.js';

describe('how a medicine is taken', () => {
  it.each([
    ['40 mg', { dose: { amount: 40, unit: 'mg' } }],
    ['forty milligrams twice a day', { dose: { amount: 40, unit: 'mg' }, timesADay: 2 }],
    ['once a day', { timesADay: 1 }],
    ['one pill in the morning', { dose: { amount: 1, unit: 'pieces' }, timesADay: 1 }],
    ['one pill in the morning and one at night', { dose: { amount: 1, unit: 'pieces' }, timesADay: 2 }],
    ['I take one with breakfast and one with dinner', { timesADay: 2 }],
    ['40mg every morning', { dose: { amount: 40, unit: 'mg' }, timesADay: 1 }],
    ['two tablets every twelve hours', { dose: { amount: 2, unit: 'pieces' }, timesADay: 2 }],
    ['half a pill at bedtime', { dose: { amount: 0.5, unit: 'pieces' }, timesADay: 1 }],
    ['three times a day', { timesADay: 3 }],
    ['daily', { timesADay: 1 }],
    ['every other day', { timesADay: 0.5 }],
    ['just when I need it', { asNeeded: true }],
    ['the water pill, yes', {}],
    ['twelve point five milligrams', { dose: { amount: 12.5, unit: 'mg' } }],
    ['in the morning with breakfast', { timesADay: 1 }],
    ['two 20 milligram tablets once a day', { dose: { amount: 20, unit: 'mg' }, pieces: 2, timesADay: 1 }],
    ['two of the 20 milligram pills', { dose: { amount: 20, unit: 'mg' }, pieces: 2 }],
    ['one 40 milligram tablet twice a day', { dose: { amount: 40, unit: 'mg' }, timesADay: 2 }],
    ['half a 40 milligram tablet', { dose: { amount: 40, unit: 'mg' }, pieces: 0.5 }],
  ] as const)('%s', (text, expected) => {
    expect(regimen(text)).toEqual(expected);
  });

  it.each([
    ['forty milligrams twice a day', 'same'],
    ['twice a day', 'partial'],
    ['One tablet, twice a day.', 'partial'],
    ['forty milligrams', 'partial'],
    ['one 40 milligram tablet twice a day', 'same'],
    ['two 20 milligram tablets twice a day', 'same'],
    ['two 40 milligram tablets twice a day', 'different'],
    ['half a 40 milligram tablet twice a day', 'different'],
    ['only when I need it', 'different'],
    ['forty milligrams once a day', 'different'],
    ['eighty milligrams twice a day', 'different'],
    ['one in the morning', 'different'],
    ['one pill', 'unknown'],
    ['like it says', 'unknown'],
  ] as const)('"%s" against 40 mg twice a day', (text, expected) => {
    expect(compareRegimens(regimen(text), regimen('40 mg, twice a day'))).toBe(expected);
  });

  it('compares a number of pieces with a chart that names pieces', () => {
    const charted = regimen('2 tablets, once a day');
    expect(compareRegimens(regimen('two tablets once a day'), charted)).toBe('same');
    expect(compareRegimens(regimen('one tablet once a day'), charted)).toBe('different');
  });

  it('takes "only when I need it" as the same frequency where the chart says so', () => {
    expect(compareRegimens(regimen('5 mg when I need it'), regimen('5 mg, as needed'))).toBe('same');
  });
});
