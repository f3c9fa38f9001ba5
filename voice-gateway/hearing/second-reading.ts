import { distance } from 'fastest-levenshtein';
import { bareWord, textOf, type RecognisedWord } from './recognition.js';

/** Letters that must agree, 0 to 1, for an unprompted reading to be a misspelling of the word. */
const SAME_SOUND = 0.5;
/** How much of its time a word of the other reading must share with a word to stand against it. */
const MIN_OVERLAP = 0.5;

/**
 * The words that the recogniser may have heard only because the prompt named them. They are read again
 * without the prompt, so that a medicine that was not said is never swapped for the one on the chart.
 */
export function promptedWords<Word extends { text: string }>(
  words: readonly Word[],
  vocabulary: readonly string[],
): Word[] {
  const terms = vocabularyWords(vocabulary);
  return words.filter((word) => terms.has(bareWord(word.text)));
}

/**
 * Compares the words that the prompt named with what was read without the prompt at the same time. A
 * different reading becomes an alternative; one that does not even look alike and was surely heard
 * lowers the word's confidence, since two readings share one probability.
 */
export function challenged<Word extends RecognisedWord>(
  words: readonly Word[],
  unprompted: readonly RecognisedWord[],
  vocabulary: readonly string[],
): Word[] {
  const terms = vocabularyWords(vocabulary);
  return words.map((word, index) => {
    if (!terms.has(bareWord(word.text))) return word;
    const neighbours = [words[index - 1], words[index + 1]].map((other) => bareWord(other?.text ?? ''));
    const rival = unprompted.filter(
      (other) => overlap(other, word) >= MIN_OVERLAP && !neighbours.includes(bareWord(other.text)),
    );
    // It heard the word too, and stumbled on after it ("pounds pounds"): no other reading.
    if (rival.some((other) => bareWord(other.text) === bareWord(word.text))) return word;
    const text = textOf(rival).replace(/[.,?!]+$/, '');
    const bare = bareWord(text);
    const known = [word, ...word.alternatives].some((reading) => bareWord(reading.text) === bare);
    if (bare === '' || known) return word;
    const rivalConfidence = rival.reduce((product, other) => product * other.confidence, 1);
    const alike = likeness(bare, bareWord(word.text));
    const share = word.confidence / (word.confidence + rivalConfidence);
    const confidence = alike >= SAME_SOUND ? word.confidence : word.confidence * share;
    const alternatives = [...word.alternatives, { text, confidence: rivalConfidence }];
    alternatives.sort((a, b) => b.confidence - a.confidence);
    return { ...word, confidence, alternatives };
  });
}

function vocabularyWords(vocabulary: readonly string[]): ReadonlySet<string> {
  return new Set(
    vocabulary.flatMap((term) => term.split(/\s+/).map(bareWord)).filter((word) => word.length > 3),
  );
}

/** Share of a's time in which b sounds. */
function overlap(a: RecognisedWord, b: RecognisedWord): number {
  const shared = Math.min(a.endMs, b.endMs) - Math.max(a.startMs, b.startMs);
  return shared / Math.max(20, a.endMs - a.startMs);
}

function likeness(a: string, b: string): number {
  return 1 - distance(a, b) / Math.max(a.length, b.length, 1);
}
