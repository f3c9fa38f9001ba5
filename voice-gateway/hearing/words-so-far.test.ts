import { describe, expect, it } from 'vitest';
import { AwaitedAnswer } from '../../protos/generated/asterism/v1/hearing.js';
import { wordsSoFar, type WordsSoFar } from './words-so-far.js';

const { OPEN, YES_NO, NUMBER, DATE, NAME, LIST, MEDICINE } = AwaitedAnswer;

describe('the words so far', () => {
  it.each<[AwaitedAnswer, string, WordsSoFar]>([
    [OPEN, '', 'none'],
    [OPEN, ' … ', 'none'],
    [OPEN, 'I feel fine.', 'complete'],
    [OPEN, 'I feel fine', 'open'],
    [OPEN, 'I feel fine,', 'unfinished'],
    [OPEN, 'I feel fine but', 'unfinished'],
    [OPEN, 'I feel fine, um.', 'unfinished'],
    [OPEN, 'I feel...', 'unfinished'],
    [OPEN, 'I take my', 'unfinished'],
    [OPEN, 'I think so.', 'complete'],
    [OPEN, 'I think so', 'open'],
    [OPEN, "I don't want to.", 'complete'],
    [OPEN, "I don't want to", 'unfinished'],
    [OPEN, 'Yes.', 'complete'],

    [YES_NO, 'Yes.', 'answered'],
    [YES_NO, 'No, not really.', 'answered'],
    [YES_NO, 'I did.', 'answered'],
    [YES_NO, 'Yes, but', 'unfinished'],
    [YES_NO, 'Yes,', 'unfinished'],
    [YES_NO, 'My ankles hurt.', 'complete'],
    [YES_NO, 'No, I had to stop because it made me dizzy.', 'complete'],

    [NUMBER, '182 pounds.', 'answered'],
    [NUMBER, 'a hundred and', 'unfinished'],
    [NUMBER, 'ninety eight point', 'unfinished'],
    [NUMBER, '120 over', 'unfinished'],
    [NUMBER, '120 over 80', 'answered'],
    [NUMBER, 'five five five', 'open'],
    [NUMBER, '555 213', 'unfinished'],
    [NUMBER, 'Let me look.', 'complete'],

    [DATE, 'March 4th, 1952.', 'answered'],
    [DATE, 'March fourth nineteen fifty-two.', 'answered'],
    [DATE, 'March fourth nineteen', 'unfinished'],
    [DATE, 'My date of birth is March 4th.', 'unfinished'],
    [DATE, 'March', 'unfinished'],
    [DATE, '3/4/1952', 'answered'],
    [DATE, 'Next Tuesday.', 'answered'],
    [DATE, 'yesterday', 'answered'],

    [NAME, 'Margaret Jones.', 'answered'],
    [NAME, 'My name is', 'unfinished'],
    [NAME, 'Margaret', 'open'],

    [LIST, 'lisinopril, furosemide', 'open'],
    [LIST, "lisinopril, and that's it.", 'answered'],

    [MEDICINE, 'It was lisinopril', 'answered'],
    [MEDICINE, 'It was the white one.', 'complete'],
  ])('awaiting %s, "%s" is %s', (awaited, text, expected) => {
    expect(wordsSoFar(text, awaited, ['lisinopril', 'furosemide'])).toBe(expected);
  });
});
