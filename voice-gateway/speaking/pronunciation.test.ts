import { describe, expect, it } from 'vitest';
import { parseLexicon } from './lexicon.js';
import type { Phonemizer } from './phonemizer.js';
import { pronounce } from './pronunciation.js';

const lexicon = parseLexicon(
  JSON.stringify({
    version: 'test',
    about: '',
    letters: { m: 'ˈɛm', t: 'tˈiː' },
    words: { lisinopril: 'laɪsˈɪnəpɹˌɪl', lasix: 'lˈeɪsɪks' },
  }),
);

/** Writes words in capitals, and its stand-in as the real engine does. */
const engine = (standIn = 'zˈiːbɹə'): Phonemizer & { asked: string[] } => {
  const asked: string[] = [];
  return {
    asked,
    phonemes: (text) => {
      asked.push(text);
      return Promise.resolve(text.toUpperCase().replaceAll('ZEBRA', standIn));
    },
  };
};

describe('pronunciation', () => {
  it.each([
    ['thank you.', 'THANK YOU.'],
    ['yes, it is; really?', 'YES, IT IS; REALLY?'],
    ['take lisinopril daily.', 'TAKE laɪsˈɪnəpɹˌɪl DAILY.'],
    ['Lisinopril and Lasix, please!', 'laɪsˈɪnəpɹˌɪl AND lˈeɪsɪks, PLEASE!'],
    ["lisinopril's dose", 'laɪsˈɪnəpɹˌɪlz DOSE'],
    ['lisinoprils', 'laɪsˈɪnəpɹˌɪlz'],
    ['[M], [T].', 'ˈɛm, tˈiː.'],
    ['say (quietly) so', 'SAY, QUIETLY, SO'],
    ['', ''],
    ['...', ''],
    ['well... yes', 'WELL. YES'],
  ])('of "%s" is %s', async (text, expected) => {
    expect(await pronounce(text, engine(), lexicon)).toBe(expected);
  });

  it('asks the engine about whole phrases, so that stress is natural', async () => {
    const asked = engine();
    await pronounce('take lisinopril daily, and rest.', asked, lexicon);
    expect(asked.asked).toEqual(['take zebra daily', 'and rest']);
  });

  it('does not lose a medicine when the engine says the stand-in otherwise', async () => {
    expect(await pronounce('take lisinopril and Lasix now', engine('zɛbɹə'), lexicon)).toBe(
      'TAKE laɪsˈɪnəpɹˌɪl AND lˈeɪsɪks NOW',
    );
  });

  it('does not take the word itself for its stand-in', async () => {
    expect(await pronounce('the zebra takes lisinopril', engine(), lexicon)).toBe(
      'THE zˈiːbɹə TAKES laɪsˈɪnəpɹˌɪl',
    );
  });
});

describe('a lexicon', () => {
  it('with a wrong shape is refused with the field named', () => {
    expect(() => parseLexicon('{"version":"1","about":"","letters":{},"words":{"Upper Case":"x"}}')).toThrow(
      /Upper Case/,
    );
  });

  it('does not know what objects inherit', () => {
    expect(lexicon.word('constructor')).toBeUndefined();
  });
});
