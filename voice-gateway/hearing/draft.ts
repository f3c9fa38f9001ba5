import type { RecognisedWord } from './recognition.js';

/** A word must be this probable to be taken over without another look. */
const SURE_CONFIDENCE = 0.7;
/** Words that end this close to the end of an earlier recognition may change with what follows, in ms. */
const UNSETTLED_TAIL_MS = 600;
/** Fewer words than this are not worth the bother. */
const MIN_WORDS = 3;

/**
 * The words of an earlier recognition that a new one over more of the same audio may start from: those
 * before the first doubtful one and well before its end. The decoder then only has to say the rest.
 * @param endMs length of the audio that the earlier recognition covered
 */
export function sureBeginning(words: readonly RecognisedWord[], endMs: number): readonly RecognisedWord[] {
  const doubtful = words.findIndex((word) => word.confidence < SURE_CONFIDENCE);
  const unsettled = words.findIndex((word) => word.endMs > endMs - UNSETTLED_TAIL_MS);
  const ends = [doubtful, unsettled, words.length - 1].filter((index) => index >= 0);
  const sure = words.slice(0, Math.min(...ends));
  return sure.length >= MIN_WORDS ? sure : [];
}
