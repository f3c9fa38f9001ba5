import { describe, expect, it } from 'vitest';
import { purposePhrase } from './purpose.js';

describe('what a medicine is for, after "the one"', () => {
  it.each([
    ['for your blood pressure', 'for your blood pressure'],
    ['to help your heart beat steadily', 'to help your heart beat steadily'],
    ['fluid', 'for fluid'],
    ['Fluid.', 'for fluid'],
    ['For your heart', 'for your heart'],
    ['your heart and blood pressure', 'for your heart and blood pressure'],
    ['preventing blood clots', 'for preventing blood clots'],
    ['lowers blood pressure', 'that lowers blood pressure'],
    ['lower blood pressure', 'to lower blood pressure'],
    ['as needed for pain', 'for pain'],
    ['used to prevent clots', 'to prevent clots'],
    ['because of gout', 'for gout'],
    ['blood thinner', 'your blood thinner'],
    ['a water pill', 'your water pill'],
    ['HIV', 'for HIV'],
    ['', ''],
    [' . ', ''],
  ])('"%s" → "%s"', (written, phrase) => {
    expect(purposePhrase(written)).toBe(phrase);
  });
});
