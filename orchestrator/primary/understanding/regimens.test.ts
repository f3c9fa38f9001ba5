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
  ] as const)('%s', (text, expected) => {
    expect(regimen(text)).toEqual(expected);
  });

  it.each([
    ['forty milligrams twice a day', 'same'],
    ['twice a day', 'same'],
    ['forty milligrams once a day', 'different'],
    ['eighty milligrams twice a day', 'different'],
    ['one in the morning', 'different'],
    ['one pill', 'unknown'],
    ['like it says', 'unknown'],
  ] as const)('"%s" against 40 mg twice a day', (text, expected) => {
    expect(compareRegimens(regimen(text), regimen('40 mg, twice a day'))).toBe(expected);
  });
});
