import { describe, expect, it } from 'vitest';
import { compilePhrase, PhraseIndex, wordsBetween } from './phrase.js';
import { readText } from './reading.js';

const lexicon = { pain: ['pain', 'hurts', 'ache*'], kill: ['kill myself', 'end my life'] };

/** The words that a phrase finds in a text. */
function found(phrase: string, text: string): string[] {
  const reading = readText(text);
  const index = new PhraseIndex([{ phrase: compilePhrase(phrase, lexicon), meaning: true }]);
  return index.find(reading).map(({ from, to }) => wordsBetween(reading, from, to));
}

describe('a phrase', () => {
  it.each([
    ['chest pain', 'I have chest pain', ['chest pain']],
    ['chest pain', 'my chest', []],
    ['chest|belly pain', 'belly pain', ['belly pain']],
    ['hurt*', 'it hurts and is hurting', ['hurts', 'hurting']],
    ['hurt*', 'a shirt', []],
    ['chest ..2 <pain>', 'my chest really does ache', ['chest really does ache']],
    ['chest ..2 <pain>', 'my chest really does not often ache', []],
    ['chest ..4 pain', 'the chest was fine. the pain is in my knee', []],
    ['chest ..4 pain', 'my chest, the middle, pain', ['chest , the middle , pain']],
    ['(can not|unable to) breathe', "I can't breathe", ['can not breathe']],
    ['(can not|unable to) breathe', 'unable to breathe', ['unable to breathe']],
    ['no? chest pain', 'chest pain', ['chest pain']],
    ['<kill>', 'I want to end my life', ['end my life']],
  ])('"%s" in "%s" finds %j', (phrase, text, expected) => {
    expect(found(phrase, text)).toEqual(expected);
  });

  it('tells which words filled its gaps', () => {
    const reading = readText('my chest does not hurt');
    const index = new PhraseIndex([{ phrase: compilePhrase('chest ..3 hurt', {}), meaning: 'pain' }]);
    expect(index.find(reading)).toEqual([{ meaning: 'pain', from: 1, to: 5, between: 'does not ' }]);
  });

  it.each([
    ['an unknown list', '<nothing>'],
    ['nothing that must be there', 'chest?'],
    ['an empty phrase', ' '],
    ['a parenthesis in the middle of a position', 'chest|(a b) pain'],
  ])('is refused with %s', (_, phrase) => {
    expect(() => compilePhrase(phrase, lexicon)).toThrow(RangeError);
  });
});
