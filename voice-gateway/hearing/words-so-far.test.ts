import { describe, expect, it } from 'vitest';
import { AwaitedAnswer } from '../../protos/generated/asterism/v1/hearing.js';
import { holdsPartOfAnswer, listMayBeOver, wordsSoFar, type WordsSoFar } from './words-so-far.js';

const { OPEN, YES_NO, NUMBER, DATE, NAME, LIST, MEDICINE } = AwaitedAnswer;

describe('the words so far', () => {
  it.each<[AwaitedAnswer, string, WordsSoFar]>([
    [OPEN, '', 'none'],
    [OPEN, ' … ', 'none'],
    [OPEN, 'I feel fine.', 'complete'],
    [OPEN, 'I feel fine', 'open'],
    [OPEN, 'I feel fine,', 'open'],
    [OPEN, 'or my breathing gets worse, or my legs swell up,', 'open'],
    [OPEN, 'Well,', 'unfinished'],
    [OPEN, 'I was born March fourth,', 'unfinished'],
    [OPEN, 'You can call me at five oh three,', 'unfinished'],
    [OPEN, 'In the morning I take lisinopril,', 'unfinished'],
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
    [YES_NO, "Yes, that's right.", 'answered'],
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
    [NUMBER, 'five oh three', 'open'],
    [NUMBER, 'five oh three,', 'unfinished'],
    [NUMBER, '503,', 'unfinished'],
    [NUMBER, '503-555-0134,', 'answered'],
    [NUMBER, '182 pounds,', 'answered'],
    [NUMBER, '120 over 80,', 'answered'],
    [NUMBER, 'Let me look.', 'complete'],

    [DATE, 'March 4th, 1952.', 'answered'],
    [DATE, 'March fourth nineteen fifty-two.', 'answered'],
    [DATE, 'March fourth nineteen', 'unfinished'],
    [DATE, 'My date of birth is March 4th.', 'unfinished'],
    [DATE, 'March', 'unfinished'],
    [DATE, 'March fourth,', 'unfinished'],
    [DATE, 'March 4th, 1952,', 'answered'],
    [DATE, '3/4/1952', 'answered'],
    [DATE, 'Next Tuesday.', 'answered'],
    [DATE, 'yesterday', 'answered'],

    [NAME, 'Margaret Jones.', 'answered'],
    [NAME, 'My name is', 'unfinished'],
    [NAME, 'Margaret', 'open'],
    [NAME, 'Margaret,', 'unfinished'],

    [LIST, 'lisinopril, furosemide', 'open'],
    [LIST, 'lisinopril, furosemide,', 'unfinished'],
    [LIST, 'lisinopril, furosemide, and', 'unfinished'],
    [LIST, "lisinopril, and that's it.", 'answered'],

    [MEDICINE, 'It was lisinopril', 'answered'],
    [MEDICINE, 'It was lisinopril,', 'unfinished'],
    [MEDICINE, 'It was the white one.', 'complete'],
  ])('awaiting %s, "%s" is %s', (awaited, text, expected) => {
    expect(wordsSoFar(text, awaited, ['lisinopril', 'furosemide'])).toBe(expected);
  });
});

describe('a list that may be over', () => {
  it.each<[string, boolean]>([
    ['If I gain three pounds in a day, or my breathing gets worse, or my legs swell up,', true],
    ['If I gain three pounds in a day, or my breathing gets worse,', false],
    ['Okay, I have it. Go ahead.', true],
    ['lisinopril, furosemide, and metoprolol.', true],
    ['I take lisinopril and furosemide', true],
    ['I take lisinopril.', false],
    ['I take lisinopril, furosemide.', false],
    ['Tylenol, Aleve, Advil,', false],
    ['Tylenol, Aleve, and', false],
    ['Tylenol.', false],
    ['', false],
  ])('"%s" is one: %s', (text, over) => {
    expect(listMayBeOver(text, ['lisinopril', 'furosemide'])).toBe(over);
  });
});

describe('words that hold a part of an answer', () => {
  it.each<[AwaitedAnswer, string, boolean]>([
    [DATE, 'It was in', true],
    [NUMBER, 'a hundred and', true],
    [LIST, 'Tylenol and', true],
    [OPEN, 'I take lisinopril, the water pill, and', true],
    [OPEN, 'You can call me at five oh three,', true],
    [OPEN, 'I walked a little and', false],
    [YES_NO, 'Yes, but', false],
  ])('awaiting %s, "%s" does: %s', (awaited, text, part) => {
    expect(holdsPartOfAnswer(text, awaited, ['lisinopril'])).toBe(part);
  });
});
