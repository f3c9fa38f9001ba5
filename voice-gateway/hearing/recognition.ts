/** What speech recognition found in a stretch of audio; times are milliseconds from its first sample. */
export interface Recognition {
  words: readonly RecognisedWord[];
  /** Other readings of the whole, most probable first, at most three. */
  alternatives: readonly RecognitionAlternative[];
  /** The model's probability that the stretch holds no speech at all, 0 to 1; 0 for long stretches, which are not asked. */
  noSpeechProbability: number;
  /** True when a guard (noise taken for words, endless repetition) threw words away. */
  doubted: boolean;
  timings: RecognitionTimings;
}

export interface RecognisedWord {
  /** With its punctuation, without surrounding spaces. */
  text: string;
  /** Probability that the word is what was said: the product of its tokens' probabilities, 0 to 1. */
  confidence: number;
  startMs: number;
  endMs: number;
  alternatives: readonly RecognitionAlternative[];
}

export interface RecognitionAlternative {
  text: string;
  /** For a word: its probability. For a whole reading: relative to the best one. */
  confidence: number;
}

/** Wall-clock milliseconds that each step took. */
export interface RecognitionTimings {
  melMs: number;
  encoderMs: number;
  decoderMs: number;
  alternativesMs: number;
}

/** The words as one line of text. */
export function textOf(words: readonly { text: string }[]): string {
  return words.map((word) => word.text).join(' ');
}

/** Lower-case letters and digits of a word, for comparing readings. */
export function bareWord(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
