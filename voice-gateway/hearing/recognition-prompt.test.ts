import { describe, expect, it } from 'vitest';
import { AwaitedAnswer } from '../../protos/generated/asterism/v1/hearing.js';
import { promptLeaked, recognitionPrompt } from './recognition-prompt.js';

describe('recognitionPrompt', () => {
  it("names the call's terms once, and the kind of answer", () => {
    expect(recognitionPrompt(['lisinopril', ' furosemide ', 'lisinopril', ''], AwaitedAnswer.OPEN)).toBe(
      ' The patient mentions lisinopril, furosemide.',
    );
    expect(recognitionPrompt([], AwaitedAnswer.DATE)).toBe(' What is the date?');
    expect(recognitionPrompt([], AwaitedAnswer.OPEN)).toBe('');
  });

  it.each(Object.values(AwaitedAnswer))('never suggests a number, a yes or a no (%s)', (awaited) => {
    expect(recognitionPrompt(['lisinopril'], awaited)).not.toMatch(/\d|\b(yes|no|one|two)\b/i);
  });

  it('keeps to the first terms of a long list', () => {
    const many = Array.from(
      { length: 100 },
      (_, index) => `term${String.fromCharCode(97 + (index % 26))}${index}x`,
    );
    expect(recognitionPrompt(many, AwaitedAnswer.OPEN).split(',')).toHaveLength(24);
  });
});

describe('promptLeaked', () => {
  const prompt = ' The patient mentions lisinopril, furosemide, metoprolol.';

  it.each([
    ['The patient mentions lisinopril, furosemide, metoprolol.', true],
    ['The patient mentions.', true],
    ['I take lisinopril, furosemide, metoprolol.', false],
    ['Lisinopril, furosemide, metoprolol.', false],
    ['The nurse mentions it to every patient.', false],
    ['', false],
  ])('in "%s" is %s', (text, leaked) => {
    expect(promptLeaked(prompt, text)).toBe(leaked);
  });
});
