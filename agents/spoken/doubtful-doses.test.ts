import { expect, it } from 'vitest';
import { readDose } from '../medication/dose.js';
import { wordsOf } from '../medication/test-requests.js';
import { tokensOf } from './tokens.js';

function unsure(line: string): unknown {
  const words = wordsOf(line);
  const heard = {
    utteranceId: '',
    text: '',
    words,
    alternatives: [],
    confidence: 1,
    startedMs: 0,
    endedMs: 0,
  };
  return readDose(tokensOf(heard), { strengthsMg: [], name: '' }).unsure;
}

it.each<[string, unknown]>([
  ['16|60 .5 units .95', { value: 16, twin: 60 }],
  ['sixteen|sixty .5 units .95', { value: 16, twin: 60 }],
  ['five|nine .5 milligrams .95', { value: 5, twin: 9 }],
  ['two|ten .5 tablets .95', { value: 2, twin: 10 }],
  ['thirty .5 units .95', { value: 30, twin: 13 }],
  ['five|nine .95 milligrams .95', undefined],
  ['thirty .95 units .95', undefined],
  ['five .5 milligrams .95', undefined],
  ['every .95 four|eight .5 hours .95', undefined],
])('a dose of %s', (line, expected) => {
  expect(unsure(line)).toEqual(expected);
});
