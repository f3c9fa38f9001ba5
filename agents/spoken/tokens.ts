import type { Utterance, WordAlternative } from '../../protos/generated/asterism/v1/hearing.js';

/** One word of an utterance as specialists compare it. */
export interface Token {
  /** Lower case, without punctuation at its edges. */
  readonly text: string;
  /** As it was written. */
  readonly written: string;
  /** Probability from 0 to 1 that the word is what was said; 1 when the hearer gave none. */
  readonly confidence: number;
  readonly alternatives: readonly WordAlternative[];
  /** True when a comma, full stop or the like follows. */
  readonly endsClause: boolean;
}

/** Titles whose full stop ends nothing: "St. John's wort", "Dr. Park". */
const abbreviations = new Set(['st', 'dr', 'mr', 'mrs', 'ms']);

/** The words of an utterance; from its text when no words came with it. */
export function tokensOf(utterance: Utterance): Token[] {
  if (utterance.words.length === 0) return tokensOfText(utterance.text);
  return utterance.words.flatMap((word) =>
    split(word.text, clampProbability(word.confidence), word.alternatives),
  );
}

/** The words of a plain text, all surely heard. */
export function tokensOfText(text: string): Token[] {
  return text.split(/\s+/).flatMap((word) => split(word, 1, []));
}

/** The words from start up to end, as they were written. */
export function writtenSpan(tokens: readonly Token[], start: number, end: number): string {
  return tokens
    .slice(start, end)
    .map((token) => token.written)
    .join(' ')
    .replace(/[.,;:!?]+$/, '');
}

/** "140/90" is three words, "40mg" two, "over-the-counter" three; "1,200" and "98.6" one. */
function split(word: string, confidence: number, alternatives: readonly WordAlternative[]): Token[] {
  // Most words are plain letters and need no taking apart.
  const plain = /^([A-Za-z']+)([.,;:!?]*)$/.exec(word);
  if (plain) {
    const [, letters = '', marks = ''] = plain;
    const text = letters.toLowerCase().replace(/^'+|'+$/g, '');
    const endsClause = marks !== '' && !(marks === '.' && abbreviations.has(text));
    return text === '' ? [] : [{ text, written: word, confidence, alternatives, endsClause }];
  }
  const pieces = word
    .normalize('NFKC')
    .replace(/(\d),(?=\d{3}\b)/g, '$1')
    .replace(/[’‘]/g, "'")
    .replace(/(\d)\s*\/\s*(?=\d)/g, '$1 over ')
    .replace(/^(\W*\d+(?:\.\d+)?)(?=[a-z%])/i, '$1 ')
    .replace(/[-–—/]+/g, ' ')
    .split(/\s+/)
    .filter((piece) => /[\p{L}\p{N}%]/u.test(piece));
  return pieces.map((piece, index) => ({
    text: piece
      .toLowerCase()
      .replace(/^[^\p{L}\p{N}%]+/u, '')
      .replace(/[^\p{L}\p{N}%]+$/u, ''),
    written: piece,
    confidence,
    alternatives: pieces.length === 1 ? alternatives : [],
    endsClause: index === pieces.length - 1 && /[.,;:!?]["')]*$/.test(word),
  }));
}

function clampProbability(value: number): number {
  return Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : 0;
}
