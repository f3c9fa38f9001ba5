import type { Reading } from './reading.js';

/**
 * Phrases are how the knowledge base writes down ways of saying a thing, one position after another:
 *
 *     chest ..3 pain|pressure|hurt*        a, b or c; hurt, hurts, hurting; up to 3 words between
 *     can not breathe? well                a position that may be missing
 *     (can not|unable to) breathe          choices of several words stand in parentheses
 *     <pain> in my <body>                  a named list of phrases
 *
 * A gap (`..` is 4 words) never crosses the end of a sentence.
 */
export interface Phrase {
  /** As written. */
  readonly source: string;
  readonly pattern: RegExp;
  /** Words it can begin with. */
  readonly starts: readonly string[];
  /** Beginnings of words it can begin with (from `hurt*`). */
  readonly startPrefixes: readonly string[];
}

/** Named lists of phrases, each without gaps: `<pain>` stands for any of lexicon.pain. */
export type Lexicon = Readonly<Record<string, readonly string[]>>;

/** Where a phrase was found. */
export interface PhraseMatch<Meaning> {
  readonly meaning: Meaning;
  /** Index of the first token, and of the one after the last. */
  readonly from: number;
  readonly to: number;
  /** The words that filled the phrase's gaps. */
  readonly between: string;
}

/** @throws RangeError when a phrase names a list that the lexicon does not have, or is empty */
export function compilePhrase(source: string, lexicon: Lexicon): Phrase {
  const positions = positionsOf(source);
  let pattern = '';
  const starts: string[] = [];
  const startPrefixes: string[] = [];
  let begun = false;
  for (const position of positions) {
    const gap = /^\.\.(\d*)$/.exec(position);
    if (gap) {
      pattern += `((?:[^.? ]+ ){0,${gap[1] === '' ? '4' : (gap[1] ?? '4')}}?)`;
      continue;
    }
    const optional = position.endsWith('?');
    const choices = choicesOf(optional ? position.slice(0, -1) : position).flatMap((choice) => {
      const list = /^<([a-z-]+)>$/.exec(choice)?.[1];
      if (list === undefined) return [choice];
      const found = Object.hasOwn(lexicon, list) ? lexicon[list] : undefined;
      if (!found) throw new RangeError(`no word list <${list}>`);
      return found;
    });
    if (choices.some((choice) => !/^[a-z0-9'*_ ]+$/.test(choice))) {
      throw new RangeError(`"${position}" is not a position of a phrase`);
    }
    pattern += `(?:(?:${choices.map((choice) => choice.replaceAll('*', '[a-z]*')).join('|')}) )${optional ? '?' : ''}`;
    if (begun) continue;
    for (const choice of choices) {
      const word = choice.split(' ')[0] ?? '';
      if (word.endsWith('*')) startPrefixes.push(word.slice(0, -1));
      else starts.push(word);
    }
    begun = !optional;
  }
  if (!begun) throw new RangeError(`"${source}" has no word that must be there`);
  return { source, pattern: new RegExp(pattern, 'y'), starts, startPrefixes };
}

/** Splits at spaces that are not inside parentheses. */
function positionsOf(source: string): string[] {
  return source.trim().match(/\([^()]*\)\??|[^\s()]+/g) ?? [];
}

function choicesOf(position: string): string[] {
  const grouped = /^\((.*)\)$/.exec(position)?.[1] ?? position;
  return grouped.split('|').map((choice) => choice.trim());
}

/** Finds many phrases at once: each is tried only at words that it can begin with. */
export class PhraseIndex<Meaning> {
  readonly #byWord = new Map<string, { phrase: Phrase; meaning: Meaning }[]>();
  readonly #byPrefix: { prefix: string; phrase: Phrase; meaning: Meaning }[] = [];

  constructor(entries: Iterable<{ readonly phrase: Phrase; readonly meaning: Meaning }>) {
    for (const { phrase, meaning } of entries) {
      for (const word of new Set(phrase.starts)) {
        const list = this.#byWord.get(word);
        if (list) list.push({ phrase, meaning });
        else this.#byWord.set(word, [{ phrase, meaning }]);
      }
      for (const prefix of new Set(phrase.startPrefixes)) this.#byPrefix.push({ prefix, phrase, meaning });
    }
  }

  /** Every phrase at every place, in order of place; the same meaning may be found more than once. */
  find(reading: Reading): PhraseMatch<Meaning>[] {
    const found: PhraseMatch<Meaning>[] = [];
    reading.tokens.forEach((token, from) => {
      const tryAt = (phrase: Phrase, meaning: Meaning): void => {
        phrase.pattern.lastIndex = token.offset;
        const match = phrase.pattern.exec(reading.text);
        if (!match) return;
        const length = match[0].trim().split(' ').length;
        found.push({ meaning, from, to: from + length, between: match.slice(1).join(' ') });
      };
      for (const { phrase, meaning } of this.#byWord.get(token.text) ?? []) tryAt(phrase, meaning);
      for (const { prefix, phrase, meaning } of this.#byPrefix) {
        if (token.text.startsWith(prefix)) tryAt(phrase, meaning);
      }
    });
    return found;
  }
}

/** The words of tokens from (inclusive) to (exclusive), as normalised. */
export function wordsBetween(reading: Reading, from: number, to: number): string {
  return reading.tokens
    .slice(from, to)
    .map(({ text }) => text)
    .join(' ');
}
