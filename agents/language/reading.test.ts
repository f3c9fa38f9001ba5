import { describe, expect, it } from 'vitest';
import { Utterance } from '../../protos/generated/asterism/v1/hearing.js';
import { otherReadings, readText, readUtterance } from './reading.js';

describe('a reading', () => {
  it.each([
    ["I can't breathe!", ' i can not breathe . '],
    ['I can’t breathe', ' i can not breathe '],
    ['i cant, i dont', ' i can not , i do not '],
    ["It's my wife's pain", ' it is my wife pain '],
    ["I'm fine, they're fine", ' i am fine , they are fine '],
    ['Call nine one one', ' call 911 '],
    ['Call 9-1-1 or 9 8 8', ' call 911 or 988 '],
    ['My my chest... um hurts', ' my chest . hurts '],
    ['It is 3.5, or 1,200', ' it is 3.5 , or 1.200 '],
    ['Really?!', ' really ? . '],
    ['short-winded', ' short winded '],
    ['', ' '],
  ])('of "%s" is "%s"', (text, expected) => {
    expect(readText(text).text).toBe(expected);
  });

  it('keeps the confidence of each word, also when a contraction opens', () => {
    const utterance = Utterance.fromPartial({
      text: "I can't breathe",
      words: [
        { text: 'I', confidence: 0.9 },
        { text: "can't", confidence: 0.5 },
        { text: 'breathe', confidence: 0.7 },
      ],
    });
    expect(readUtterance(utterance).tokens.map(({ confidence }) => confidence)).toEqual([0.9, 0.5, 0.5, 0.7]);
  });

  it('takes the text where words and text disagree', () => {
    const utterance = Utterance.fromPartial({ text: 'chest pain', words: [{ text: 'best', confidence: 1 }] });
    expect(readUtterance(utterance).text).toBe(' chest pain ');
  });

  it('knows its offsets', () => {
    const reading = readText('chest pain');
    expect(
      reading.tokens.map(({ text, offset }) => reading.text.slice(offset, offset + text.length)),
    ).toEqual(['chest', 'pain']);
  });
});

describe('other readings', () => {
  it('are the alternatives of the whole and of doubtful words, most probable first, without noise', () => {
    const utterance = Utterance.fromPartial({
      text: 'just pain',
      words: [
        { text: 'just', confidence: 0.5, alternatives: [{ text: 'chest', confidence: 0.4 }] },
        { text: 'pain', confidence: 0.9, alternatives: [{ text: 'pane', confidence: 0.05 }] },
      ],
      alternatives: [{ text: 'test pain', confidence: 0.2 }],
    });
    expect(otherReadings(utterance).map(({ reading, confidence }) => [reading.text, confidence])).toEqual([
      [' chest pain ', 0.4],
      [' test pain ', 0.2],
    ]);
  });
});
