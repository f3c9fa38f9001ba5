import { describe, expect, it } from 'vitest';
import { clausesOf } from './clauses.js';
import { wordsBetween } from './phrase.js';
import { readText } from './reading.js';

function clauseTexts(text: string): string[] {
  const reading = readText(text);
  const clauses = clausesOf(reading);
  return [...new Set(reading.tokens.map((_, at) => clauses.clauseOf(at)))].map(({ from, to }) =>
    wordsBetween(reading, from, to),
  );
}

describe('clauses', () => {
  it.each([
    ['No swelling, but my chest hurts', ['no swelling ,', 'but my chest hurts']],
    ["I don't feel good I have chest pain", ['i do not feel good', 'i have chest pain']],
    ["I don't have chest pain and my legs are fine", ['i do not have chest pain', 'and my legs are fine']],
    ['No pain in my arm or my chest', ['no pain in my arm or my chest']],
    ["I don't think I have a fever", ['i do not think i have a fever']],
    ['If I climb the stairs I get chest pain', ['if i climb the stairs', 'i get chest pain']],
    ["I can't sleep because my chest hurts", ['i can not sleep', 'because my chest hurts']],
    ['Can it cause chest pain', ['can it cause chest pain']],
    ['I am fine. My wife is not.', ['i am fine .', 'my wife is not .']],
  ])('of "%s" are %j', (text, expected) => {
    expect(clauseTexts(text)).toEqual(expected);
  });

  it.each([
    ['Is it normal', true],
    ['should I worry about chest pain', true],
    ['Chest pain?', true],
    ['I have chest pain', false],
    ['Is', false],
  ])('"%s" is a question: %s', (text, question) => {
    expect(clausesOf(readText(text)).sentenceOf(0).question).toBe(question);
  });
});
