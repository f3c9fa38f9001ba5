import type { Token } from '../spoken/tokens.js';

const hypothetical =
  /(^| )(if|when|whenever|unless|until|goal|target|want|wants|aiming|trying|should be|supposed to|limit|at most|keep it|would|call you)( |$)/;
const othersBefore =
  /(^| )(husband|wife|mother|mom|father|dad|son|daughter|sister|brother|friend|neighbor|partner)('s)?( |$)/;

/** True in a clause about what may be ("if it goes to 190") or should be. */
export function isHypothetical(tokens: readonly Token[], at: number): boolean {
  return hypothetical.test(joined(tokens, clauseStart(tokens, at), at));
}

/** Whose value it is: "patient", or the other person as named. */
export function experiencerAt(tokens: readonly Token[], at: number): string {
  const before = joined(tokens, clauseStart(tokens, at), at);
  const other = othersBefore.exec(before);
  if (!other) return 'patient';
  const rest = before.slice(other.index + other[0].length);
  return /(^| )(i|my|mine|me|i'm)( |$)/.test(rest) ? 'patient' : (other[2] ?? 'other');
}

/** Index of the first word of the clause. */
export function clauseStart(tokens: readonly Token[], at: number): number {
  let start = at;
  while (start > 0 && !tokens[start - 1]?.endsClause && tokens[start - 1]?.text !== 'but') start -= 1;
  return start;
}

/** True when a sentence ends between two places. */
export function sentenceEnds(tokens: readonly Token[], from: number, to: number): boolean {
  return tokens.slice(from, to).some((token) => /[.!?]["')]*$/.test(token.written));
}

/** The words from start up to end, with one space between. */
export function joined(tokens: readonly Token[], start: number, end: number): string {
  return tokens
    .slice(start, end)
    .map((token) => token.text)
    .join(' ');
}
