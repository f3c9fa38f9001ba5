import { describe, expect, it } from 'vitest';
import type { PolicyDocument } from '../../clinical-kb/policy/schema.js';
import { answerFrom, wantedIn } from './answer.js';
import { passagesOf } from './passages.js';
import type { Hit } from './policy-index.js';
import { readText } from '../language/reading.js';

const nowhere = new Float32Array();

/** A hit whose sentences lie so close to the question; the words of the question play no part. */
function hit(text: string, cosines: readonly number[]): Hit {
  const document: PolicyDocument = {
    id: 'sample',
    title: 'Sample',
    version: '1',
    effective: '2026-01-01',
    owner: 'Test',
    sections: [{ heading: 'Section', paragraphs: [text] }],
  };
  const [passage] = passagesOf([document]);
  if (!passage) throw new Error('no passage');
  return {
    passage: { ...passage, whole: nowhere, head: nowhere, each: [] },
    score: 1,
    cosines,
    held: cosines.map(() => []),
  };
}

function answer(question: string, text: string, cosines: readonly number[]): string | undefined {
  return answerFrom(hit(text, cosines), wantedIn(readText(question).text));
}

describe('the sentences that answer', () => {
  it('are the closest one and the first, when that is nearly as close', () => {
    const text = 'Masks are needed. Gloves are not. Hats are welcome.';
    expect(answer('Do I wear a hat?', text, [0.6, 0.2, 0.7])).toBe('Masks are needed. Hats are welcome.');
    expect(answer('Do I wear a hat?', text, [0.3, 0.2, 0.7])).toBe('Hats are welcome.');
  });

  it('hold the hours when hours are asked for', () => {
    const text = 'The shop is in the lobby. It sells cards. The shop closes at 5:00 p.m.';
    expect(answer('What time does the shop close?', text, [0.6, 0.3, 0.55])).toContain('5 in the afternoon');
  });

  it('come with the sentence before when they lean on it', () => {
    const text = 'The desk is on floor two. Bring a card. It is checked there. Then sit down.';
    expect(answer('Is it checked?', text, [0.1, 0.2, 0.9, 0.1])).toBe('Bring a card. It is checked there.');
  });

  it.each([
    ['How much is the tray?', 'Trays come from the kitchen. Order one early.', undefined],
    [
      'How much is the tray?',
      'A tray costs $9. Order one early.',
      'A tray costs 9 dollars. Order one early.',
    ],
    ['How much is the tray?', 'Trays are free.', 'Trays are free.'],
    ['What is the phone number of the shop?', 'The shop is in the lobby.', undefined],
    ['What is the phone number of the shop?', 'Call 555-010-0100.', 'Call 555-010-0100.'],
  ])('of "%s" in "%s" are %s', (question, text, said) => {
    expect(answer(question, text, [0.9, 0.5])).toBe(said);
  });

  it('are none when they cannot be said', () => {
    expect(answer('Where do I sign up?', 'See www.example.org/portal.', [0.9])).toBeUndefined();
  });

  it('are none when they are too long to listen to', () => {
    expect(answer('Where do I go?', `Go ${'on and '.repeat(40)}there.`, [0.9])).toBeUndefined();
  });
});
