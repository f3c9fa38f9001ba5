import { describe, expect, it } from 'vitest';
import { askedIn } from './asking.js';

describe('what was asked', () => {
  it.each([
    ['Where do I park?'],
    ['where do i park'],
    ['Okay, and what are the visiting hours?'],
    ['My walker never came, who do I call?'],
    ['I was wondering if I can bring my dog.'],
    ['Visiting hours?'],
  ])('hears a question in "%s"', (text) => {
    expect(askedIn(text)).toEqual([{ text, kind: 'question' }]);
  });

  it.each([
    ['I need to cancel my appointment.'],
    ["I can't pay my bill."],
    ['I forgot my password.'],
    ['My ride has not come.'],
  ])('hears a wish in "%s"', (text) => {
    expect(askedIn(text)).toEqual([{ text, kind: 'wish' }]);
  });

  it.each([
    ['Yes.'],
    ['It was 187 pounds this morning.'],
    ['My daughter visits me every day.'],
    ['The pharmacy gave me the new pills.'],
    ['Can you repeat that?'],
    ['Why are my ankles swollen?'],
    ['Are you a real person?'],
    ['What did you say?'],
    ['What medicines am I on?'],
    ['Is coffee okay in the morning?'],
    [`Where ${'or so '.repeat(30)}do I park?`],
    [''],
  ])('hears neither in "%s"', (text) => {
    expect(askedIn(text)).toEqual([]);
  });

  it('takes the question out of what was said around it', () => {
    expect(askedIn('It was 187 pounds. Where do I park? My son drives me.')).toEqual([
      { text: 'Where do I park?', kind: 'question' },
    ]);
  });

  it('takes the sentence before along when the question names nothing', () => {
    expect(askedIn('My wife will visit me. How late can she stay?')).toEqual([
      { text: 'My wife will visit me. How late can she stay?', kind: 'question' },
    ]);
    expect(askedIn('How late can she stay?')).toEqual([]);
  });
});
