import { describe, expect, it } from 'vitest';
import { isSpeakable, spoken, spokenSentences } from './spoken.js';

describe('a policy read aloud', () => {
  it.each([
    [
      'Open from 9:00 a.m. to 8:30 p.m. every day.',
      'Open from 9 in the morning to 8:30 in the evening every day.',
    ],
    ['It closes at 3 PM.', 'It closes at 3 in the afternoon.'],
    ['Closes at 7:00 p.m. Two may stay.', 'Closes at 7 in the evening. Two may stay.'],
    ['Open until 7:00 p.m. Monday to Friday.', 'Open until 7 in the evening Monday to Friday.'],
    ['from 12 p.m. to 12:30 p.m., or 12 a.m.', 'from noon to 12:30 in the afternoon, or midnight.'],
    ['Mon-Fri 8am-5pm', 'Monday to Friday 8 in the morning to 5 in the afternoon'],
    ['Mon\u2013Fri, Sat & Sun', 'Monday to Friday, Saturday and Sunday'],
    ['$25, $1 or $1,250.50', '25 dollars, 1 dollar or 1250 dollars and 50 cents'],
    ['Call (555) 010-0120 or 555-010-0120.', 'Call 555-010-0120 or 555-010-0120.'],
    ['within 3-5 days, 20%', 'within 3 to 5 days, 20 percent'],
    ['a photo ID (license, passport), please', 'a photo ID, license, passport, please'],
    ['parents and/or guardians \u2014 both', 'parents or guardians, both'],
    ['Doctors, e.g. Dr. Lee, etc.', 'Doctors, for example Doctor Lee, and so on.'],
    ['The o\ufb03ce\u00a0is open.', 'The office is open.'],
    ['Nothing to change here.', 'Nothing to change here.'],
  ])('%s', (written, said) => {
    expect(spoken(written)).toBe(said);
    expect(spoken(said)).toBe(said);
  });

  it('parts sentences, and not at a time of day', () => {
    const text = spoken('Open to 8:30 p.m. every day. Two may come. "Ring first." Then wait.');
    expect(spokenSentences(text)).toEqual([
      'Open to 8:30 in the evening every day.',
      'Two may come.',
      '"Ring first."',
      'Then wait.',
    ]);
  });

  it.each([
    ['Call 555-010-0120, please.', true],
    ['Meet at the caf\u00e9.', true],
    ['See www.example.org/visit for more.', false],
    ['See example.org for more.', false],
    ['It is 2.5 miles away.', true],
    ['Write to help@example.org.', false],
    ['It is 5 \u00d7 5.', false],
  ])('knows whether "%s" can be said', (sentence, can) => {
    expect(isSpeakable(sentence)).toBe(can);
  });
});
