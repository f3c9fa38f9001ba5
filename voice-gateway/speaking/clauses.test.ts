import { describe, expect, it } from 'vitest';
import { splitIntoClauses } from './clauses.js';

const texts = (text: string): string[] => splitIntoClauses(text).map((clause) => clause.text);

describe('clauses', () => {
  it.each<[string, string[]]>([
    ['Thank you.', ['Thank you.']],
    ['For your safety, I need to check your name.', ['For your safety,', 'I need to check your name.']],
    [
      'Do not take ibuprofen. It can hurt your kidneys.',
      ['Do not take ibuprofen.', 'It can hurt your kidneys.'],
    ],
    ['Please call Dr. Lee at 5 p.m. today.', ['Please call Dr. Lee', 'at 5 p.m. today.']],
    ['Take it at 5 p.m. Then rest.', ['Take it at 5 p.m.', 'Then rest.']],
    [
      'Your blood pressure was 120/80 at 5:30 p.m. on March 4, 2026.',
      ['Your blood pressure was 120/80', 'at 5:30 p.m. on March 4, 2026.'],
    ],
    ['Please take 2.5 mg, or 1,000 mg, with food.', ['Please take 2.5 mg,', 'or 1,000 mg, with food.']],
    ['I will have a nurse confirm that.', ['I will have a nurse confirm that.']],
    ['', []],
    ['   ', []],
  ])('of "%s"', (text, expected) => {
    expect(texts(text)).toEqual(expected);
  });

  it.each([
    '2.5 mg of lisinopril',
    '1,250 mL of water',
    '40 mg of furosemide',
    'March 4, 1958',
    'Dr. Lee',
    '5 p.m.',
    '4 to 6 hours',
    '140 mg/dL',
    'U.S. law',
  ])('never parts "%s"', (whole) => {
    for (const before of [
      'Please',
      'You told me that you',
      'We said yesterday morning on the telephone that it was',
    ]) {
      for (const after of ['today.', 'and then again tomorrow, as we had agreed before.']) {
        expect(texts(`${before} ${whole} ${after}`).some((text) => text.includes(whole))).toBe(true);
      }
    }
  });

  it('joined by spaces are the text', () => {
    const text =
      'Do not take ibuprofen. It can make your heart failure worse, and it can hurt your kidneys when it is taken together with lisinopril and furosemide because all three change how your kidneys work; a nurse will call you - today!';
    expect(texts(text).join(' ')).toBe(text);
  });

  it('begin with a short one, so that the first audio is early', () => {
    const first = texts(
      'I am calling about the medicines that you were given when you left the hospital on Monday.',
    )[0];
    expect(first?.split(' ').length).toBeLessThanOrEqual(7);
  });

  it('know what pause follows', () => {
    expect(
      splitIntoClauses('For your safety, I ask. Is that all right?').map((clause) => clause.end),
    ).toEqual(['comma', 'sentence', 'sentence']);
  });

  it('leave no word alone behind a cut', () => {
    expect(texts('What is your date of birth, please?')).toEqual(['What is your date of birth, please?']);
  });
});
