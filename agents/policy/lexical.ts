import { alikeTo, contentWords } from './words.js';

/** BM25's usual parameters: how soon a repeated word stops counting, and how much length matters. */
const K1 = 1.2;
const B = 0.5;
/** A word for the same thing counts for so much of the word itself. */
const ALIKE = 0.7;
/** As if the question held one more word, which nothing answers: one common word alone proves little. */
const FEW_WORDS_DOUBT = 2.5;

/** Ranks texts by the words that they share with a question (Okapi BM25). */
export class LexicalIndex {
  readonly #texts: readonly ReadonlyMap<string, number>[];
  readonly #lengths: readonly number[];
  readonly #meanLength: number;
  readonly #weights = new Map<string, number>();

  constructor(texts: readonly string[]) {
    const words = texts.map(contentWords);
    this.#texts = words.map(countsOf);
    this.#lengths = words.map(({ length }) => length);
    this.#meanLength = this.#lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, texts.length);
    const holding = new Map<string, number>();
    for (const counts of this.#texts)
      for (const word of counts.keys()) holding.set(word, (holding.get(word) ?? 0) + 1);
    for (const [word, count] of holding) this.#weights.set(word, inverseFrequency(texts.length, count));
  }

  /** How many words of a question, or others for the same thing, no text holds at all; figures do not count. */
  strangeWords(question: string): number {
    const strange = (word: string): boolean =>
      !/\d/.test(word) &&
      !this.#weights.has(word) &&
      ![...alikeTo(word)].some((other) => this.#weights.has(other));
    return new Set(contentWords(question).filter(strange)).size;
  }

  /**
   * How much of a question's words each text holds: 0 for none of them, near 1 for all of many. A word that no text
   * holds weighs as much as one that a single text holds: what is asked for and nowhere written is a reason for doubt.
   */
  shares(question: string): number[] {
    const asked = this.#weighed(question);
    return this.#texts.map((counts, index) => this.#share(asked, counts, this.#lengths[index] ?? 0));
  }

  /**
   * The same for other texts, word by word, with the weights of this index: for each text how much of each word of the
   * question it holds, as parts of 1.
   */
  heldWords(question: string, texts: readonly string[]): number[][] {
    const asked = this.#weighed(question);
    const whole = asked.reduce((sum, { weight }) => sum + weight, FEW_WORDS_DOUBT);
    return texts.map((text) => {
      const counts = countsOf(contentWords(text));
      return asked.map((one) => this.#held(one, counts, this.#meanLength) / whole);
    });
  }

  #weighed(question: string): readonly Weighed[] {
    return [...new Set(contentWords(question))].map((word) => ({
      word,
      weight: this.#weights.get(word) ?? inverseFrequency(this.#texts.length, 1),
      others: [...alikeTo(word)].filter((other) => other !== word),
    }));
  }

  #share(asked: readonly Weighed[], counts: ReadonlyMap<string, number>, words: number): number {
    let whole = FEW_WORDS_DOUBT;
    let held = 0;
    for (const one of asked) {
      whole += one.weight;
      held += this.#held(one, counts, words);
    }
    return held / whole;
  }

  /** The part of a word's weight that a text of so many words holds: of the word itself, or of one for the same thing. */
  #held({ word, weight, others }: Weighed, counts: ReadonlyMap<string, number>, words: number): number {
    const length = 1 - B + (B * words) / this.#meanLength;
    const saturated = (one: string): number => {
      const count = counts.get(one) ?? 0;
      return Math.min(1, (count * (K1 + 1)) / (count + K1 * length));
    };
    return weight * Math.max(saturated(word), ...others.map((other) => ALIKE * saturated(other)));
  }
}

/** A word of a question. */
interface Weighed {
  readonly word: string;
  /** The rarer in the texts, the heavier. */
  readonly weight: number;
  /** Words for the same thing. */
  readonly others: readonly string[];
}

function inverseFrequency(texts: number, holding: number): number {
  return Math.log(1 + (texts - holding + 0.5) / (holding + 0.5));
}

function countsOf(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
