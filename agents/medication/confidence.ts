import type { Token } from '../spoken/tokens.js';

/** How surely the recogniser heard these words: the mean of their probabilities, from 0 to 1; 0 for no words. */
export function meanConfidence(words: readonly Token[]): number {
  return words.length === 0 ? 0 : words.reduce((sum, word) => sum + word.confidence, 0) / words.length;
}

/** A probability rounded to hundredths. */
export function roundConfidence(value: number): number {
  return Math.round(value * 100) / 100;
}
