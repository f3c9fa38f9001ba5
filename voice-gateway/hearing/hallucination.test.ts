import { describe, expect, it } from 'vitest';
import { isHallucination } from './hallucination.js';

describe('isHallucination', () => {
  it.each([
    ['a caption phrase that was hardly heard', 'Thank you.', 0.3, 0.1, 300, true],
    ['a caption phrase in a click', 'You', 0.6, 0.1, 96, true],
    ['a caption phrase where Whisper hears no speech', 'Thank you.', 0.8, 0.7, 500, true],
    ['thanks that were surely heard', 'Thank you.', 0.9, 0.1, 500, false],
    ['a sure okay', 'Okay.', 0.8, 0.3, 400, false],
    ['an unsure medicine, which is doubted elsewhere', 'Metoprolol.', 0.2, 0.1, 700, false],
    ['unsure words where Whisper hears no speech', 'We are here', 0.3, 0.8, 500, true],
    ['a sentence in a click', 'I will see you in the next video', 0.9, 0.1, 128, true],
    ['nothing', '', 0, 0.9, 100, false],
  ])('%s', (_, text, meanConfidence, noSpeechProbability, voicedMs, expected) => {
    expect(isHallucination({ text, meanConfidence, noSpeechProbability, voicedMs })).toBe(expected);
  });
});
