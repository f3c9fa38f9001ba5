import type { CallState, SentenceState } from '../call/state.js';
import { isHolding } from '../consultation/approved-phrases.js';
import type { DraftSentence } from '../primary/primary-agent.js';

/** How much of a question must have been audible for a sound over it to be its answer. */
const HEARD_SHARE = 0.5;

/**
 * What to say again when the patient spoke over a turn of the agent and it was only "mm-hm": the sentence
 * that was cut and those behind it. Empty when the sound may be an answer: over a turn's last sentence, a
 * question that was mostly heard, "mm-hm" means yes.
 */
export function sayAgain(state: CallState, turnId: string): readonly DraftSentence[] {
  // What was said again already is judged by its last time.
  const latest = new Map(
    Object.values(state.sentences)
      .filter((sentence) => sentence.turnId === turnId && !isHolding(sentence.text))
      .map((sentence) => [sentence.text, sentence]),
  );
  const cut = [...latest.values()].filter(({ status }) => status === 'cut');
  const last = cut.at(-1);
  if (cut.length === 1 && last && isAnswerable(last)) return [];
  return cut.map(({ text, interruptible }) => ({ text, interruptible }));
}

function isAnswerable({ text, playedText }: SentenceState): boolean {
  return text.trimEnd().endsWith('?') && playedText.length >= text.length * HEARD_SHARE;
}
