import { plainClauses } from './plain-words.js';

/** Whether a thing was said to be there, or said to be absent. */
export type Mention = 'affirmed' | 'negated';

const negators = new Set([
  'no',
  'not',
  'never',
  'without',
  'none',
  'nothing',
  'neither',
  'nor',
  'hardly',
  'zero',
  'denies',
  'stopped',
]);

/** Words that end what a "no" before them covers. */
const barriers = new Set(['.', 'but', 'except', 'although', 'though', 'however', 'because', 'just', 'only']);

const scopeWords = 6;

/**
 * How the first mention of any of the phrases was meant; undefined when none was mentioned.
 * An affirmed mention anywhere outweighs a negated one.
 * @param phrases in plain form; a phrase that ends in "*" matches every word with that beginning
 */
export function mention(text: string, phrases: readonly string[]): Mention | undefined {
  const words = plainClauses(text).split(' ');
  let found: Mention | undefined;
  for (const phrase of phrases) {
    const pattern = phrase.split(' ');
    for (let start = 0; start + pattern.length <= words.length; start++) {
      if (!pattern.every((part, offset) => matches(words[start + offset] ?? '', part))) continue;
      if (!isNegated(words, start)) return 'affirmed';
      found = 'negated';
    }
  }
  return found;
}

function matches(word: string, part: string): boolean {
  return part.endsWith('*') ? word.startsWith(part.slice(0, -1)) : word === part;
}

function isNegated(words: readonly string[], at: number): boolean {
  for (let index = at - 1, steps = 0; index >= 0 && steps < scopeWords; index--, steps++) {
    const word = words[index] ?? '';
    if (barriers.has(word)) return false;
    if (negators.has(word)) {
      // "no, my ankles are swollen": the comma closes the answer "no", a list ("no pain, swelling") keeps it open.
      return !(
        word === 'no' &&
        words[index + 1] === ',' &&
        /^(?:my|i|it|they|the)$/.test(words[index + 2] ?? '')
      );
    }
  }
  return false;
}
