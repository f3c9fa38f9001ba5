import { describe, expect, it } from 'vitest';
import { intendedText, spokenText } from './simulated-patient-voice.js';

describe('a persona line', () => {
  it.each([
    ['I take {lisinopril|lisnapil}.', 'I take lisinopril.', 'I take lisnapil.'],
    ['{Metformin|Met four men} and {Lasix|lay six}', 'Metformin and Lasix', 'Met four men and lay six'],
    ['{um|} yes', 'um yes', ' yes'],
    ['no braces', 'no braces', 'no braces'],
    ['an open { brace | here', 'an open { brace | here', 'an open { brace | here'],
  ])('%s is meant as "%s" and said as "%s"', (line, intended, spoken) => {
    expect(intendedText(line)).toBe(intended);
    expect(spokenText(line)).toBe(spoken);
  });
});
