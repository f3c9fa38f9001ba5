import { describe, expect, it } from 'vitest';
import type { ItemState } from '../call/state.js';
import { answerWords } from './answer-words.js';

describe('an answer as a person writes it down', () => {
  it.each<[string, ItemState['status'], ItemState['value'], string]>([
    ['a yes or no', 'done', { answer: 'no', hedged: false, text: 'No, not really.' }, 'no'],
    ['a weight', 'done', { answer: 'measured', pounds: 187, readBack: true }, '187 pounds'],
    ['no weight', 'done', { answer: 'none', text: 'My scale is broken.' }, 'none'],
    ['own words', 'done', { text: 'A bit tired.', tone: 'mixed' }, '“A bit tired.”'],
    [
      'a medicine',
      'partial',
      { taking: 'yes', text: 'Yes.', how: 'x', heard: 'x', dose: '10 milligrams', matchesChart: 'same' },
      'taking yes, dose 10 milligrams',
    ],
    ['nothing', 'refused', {}, 'refused'],
  ])('%s', (_what, status, value, words) => {
    expect(answerWords({ status, value })).toBe(words);
  });
});
