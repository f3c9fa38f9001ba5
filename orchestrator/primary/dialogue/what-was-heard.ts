import type { CallState, SentenceState } from '../../call/state.js';

/** How much of a sentence must have been audible for it to count as heard. */
const heardShare = 0.5;

/**
 * Whether the patient heard a sentence of a turn, by what was really played.
 * @returns withheld when a specialist stopped it; unknown when the turn has no such sentence
 */
export function wasHeard(
  state: CallState,
  turnId: string,
  text: string,
): 'heard' | 'unheard' | 'withheld' | 'unknown' {
  const sentence = Object.values(state.sentences).findLast(
    (candidate) => candidate.turnId === turnId && candidate.text === text,
  );
  if (!sentence) return 'unknown';
  switch (sentence.status) {
    case 'played':
      return 'heard';
    case 'cut':
      return sentence.playedText.length >= sentence.text.length * heardShare ? 'heard' : 'unheard';
    case 'withheld':
      return 'withheld';
    case 'drafted':
    case 'released':
      return 'unheard';
  }
}

/** Whether a specialist's own question was heard in a turn whose question was stopped. */
export function askedInstead(state: CallState, turnId: string): boolean {
  return Object.values(state.sentences).some(
    (sentence) =>
      sentence.turnId === turnId && sentence.status === 'played' && sentence.text.trimEnd().endsWith('?'),
  );
}

/** Whether a sentence was heard in any turn. */
export function wasHeardAtAll(state: CallState, text: string): boolean {
  return Object.values(state.sentences).some(
    (sentence) => sentence.text === text && wasHeard(state, sentence.turnId, text) === 'heard',
  );
}

/**
 * The last sentence spoken since the agent's own last turn that was not the agent's: a specialist took
 * the turn, or a check failed and a fixed phrase was said. Undefined when there is none.
 */
export function spokenMeanwhile(
  state: CallState,
  ownTurnId: string,
  currentTurnId: string,
): SentenceState | undefined {
  const spoken = Object.values(state.sentences).findLast(
    ({ status, turnId }) =>
      turnId !== currentTurnId && (status === 'released' || status === 'played' || status === 'cut'),
  );
  return spoken && spoken.turnId !== ownTurnId ? spoken : undefined;
}
