import type { Token } from '../spoken/tokens.js';

/** Letters said one by one, as one word. */
export interface Spelled {
  readonly start: number;
  readonly end: number;
  /** Lower case. */
  readonly letters: string;
}

/** Runs of at least four letters: "M, E, T, O, P", "M E T O". "M as in Mary" counts as one letter. */
export function spelledNames(tokens: readonly Token[]): Spelled[] {
  const found: Spelled[] = [];
  for (let start = 0; start < tokens.length;) {
    let letters = '';
    let at = start;
    for (;;) {
      const letter = tokens[at]?.text ?? '';
      if (!/^[a-z]$/.test(letter)) break;
      letters += letter;
      at += 1;
      if (tokens[at]?.text === 'as' && tokens[at + 1]?.text === 'in') at += 3;
      else if (tokens[at]?.text === 'for' && (tokens[at + 1]?.text ?? '').startsWith(letter)) at += 2;
    }
    if (letters.length >= 4) {
      found.push({ start, end: Math.min(at, tokens.length), letters });
      start = at;
    } else start = Math.max(at, start + 1);
  }
  return found;
}

/** "metoprolol" as "M, E, T, O, P, R, O, L, O, L", for reading aloud. */
export function spellOut(name: string): string {
  return (name.toUpperCase().match(/[A-Z]/g) ?? []).join(', ');
}
