/** True while no mention holds a word from `start` to before `end`; `taken` has one entry per word. */
export function isFree(taken: readonly boolean[], start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if (taken[at]) return false;
  return true;
}

/** Takes the words from `start` to before `end` for a mention, so that no later step reads them again. */
export function claim(taken: boolean[], start: number, end: number): void {
  taken.fill(true, start, end);
}
