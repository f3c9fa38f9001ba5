import { LexicalIndex } from './lexical.js';
import type { Passage } from './passages.js';
import { valuesIn, type ValueKind } from './values.js';
import { missingWords } from './words.js';

/** A passage with its places in the space of meaning. */
export interface PlacedPassage extends Passage {
  /** Of title, heading and text together. */
  readonly whole: Float32Array;
  /** Of title and heading. */
  readonly head: Float32Array;
  /** Of each sentence behind its heading. */
  readonly each: readonly Float32Array[];
}

/** How well a passage fits a question. */
interface Ranked {
  readonly passage: PlacedPassage;
  /** From 0 (nothing in common) to 1: the mean of three cosines and the share of the question's words. */
  readonly score: number;
  /** Cosine of the question and each sentence. */
  readonly cosines: readonly number[];
}

/** A passage that fits, with its sentences. */
export interface Hit extends Ranked {
  /** For each sentence, how much of each word of the question it holds, as parts of 1. */
  readonly held: readonly (readonly number[])[];
}

/** What a search found. */
export interface Found {
  /** Best first, at most three, each of another section. */
  readonly hits: readonly Hit[];
  /** How sure it is that the first one answers: the score, how far the second lies behind, and strange words. */
  readonly certainty: number;
}

/*
 * Set by the labelled questions in fixtures/labelled-questions.yaml: a lead over the next section counts somewhat more
 * than half, and a word that no document knows ends all but the surest answers.
 */
const LEAD_COUNTS = 0.6;
const LEAD_AT_MOST = 0.2;
const STRANGE_WORD_COSTS = 0.22;
/** And a word that the section found does not hold, when only added words led there. */
const MISSING_WORD_COSTS = 0.28;
/** What a passage gains that holds the kind of thing that was asked for. */
const FITTING_KIND = 0.04;

/** Finds passages by meaning and by words together. */
export class PolicyIndex {
  readonly #passages: readonly PlacedPassage[];
  readonly #lexical: LexicalIndex;
  readonly #kinds: readonly ReadonlySet<ValueKind>[];

  constructor(passages: readonly PlacedPassage[]) {
    this.#passages = passages;
    this.#lexical = new LexicalIndex(passages.map(wholeText));
    this.#kinds = passages.map(
      ({ sentences }) => new Set(sentences.flatMap(({ text }) => valuesIn(text).map(({ kind }) => kind))),
    );
  }

  /** How many of the question's words are in no document. */
  strangeWords(question: string): number {
    return this.#lexical.strangeWords(question);
  }

  /**
   * @param point the question's embedding
   * @param wanted kinds of values that an answer should hold
   * @param rest words of the question that the section found must hold, lest it be about something else
   */
  search(question: string, point: Float32Array, wanted: readonly ValueKind[] = [], rest = ''): Found {
    const shares = this.#lexical.shares(question);
    const hits = this.#passages
      .map((passage, index) => {
        const cosines = passage.each.map((sentence) => cosine(point, sentence));
        const closest = Math.max(0, ...cosines);
        const meaning = cosine(point, passage.whole) + closest + cosine(point, passage.head);
        const fits = wanted.some((kind) => this.#kinds[index]?.has(kind)) ? FITTING_KIND : 0;
        return { passage, cosines, score: (meaning + (shares[index] ?? 0)) / 4 + fits };
      })
      .sort((a, b) => b.score - a.score);
    const [best] = hits;
    if (!best) return { hits: [], certainty: 0 };
    const others = hits.filter(
      ({ passage }) => passage.document !== best.passage.document || passage.heading !== best.passage.heading,
    );
    const lead = Math.min(LEAD_AT_MOST, best.score - (others[0]?.score ?? 0));
    const strange = this.strangeWords(question);
    const elsewhere = Math.max(0, missingWords(rest, wholeText(best.passage)) - this.strangeWords(rest));
    const certainty =
      best.score + LEAD_COUNTS * lead - STRANGE_WORD_COSTS * strange - MISSING_WORD_COSTS * elsewhere;
    return {
      hits: [best, ...others.slice(0, 2)].map((hit) => this.#withWords(question, hit)),
      certainty,
    };
  }

  #withWords(question: string, hit: Ranked): Hit {
    const sentences = hit.passage.sentences.map(({ text }) => text);
    return { ...hit, held: this.#lexical.heldWords(question, sentences) };
  }
}

/** The text under which a passage is found. */
export function wholeText({ document, heading, sentences }: Passage): string {
  return `${headText({ document, heading })}. ${sentences.map(({ text }) => text).join(' ')}`;
}

export function headText({ document, heading }: Pick<Passage, 'document' | 'heading'>): string {
  return heading === document.title ? heading : `${document.title}: ${heading}`;
}

/** The cosine of two unit vectors. */
function cosine(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += (a[index] ?? 0) * (b[index] ?? 0);
  return sum;
}
