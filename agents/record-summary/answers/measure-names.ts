import type { NamedMeasure } from '../../../clinical-kb/labs/load-measure-names.js';
import { compilePhrase, PhraseIndex } from '../../language/phrase.js';
import { readText, type Reading } from '../../language/reading.js';

/** A measure that a sentence names. */
export interface HeardMeasure {
  readonly id: string;
  /** The least sure of its words, from 0 to 1. */
  readonly confidence: number;
}

/** Finds results by the names that patients have for them; the longest name at a place wins. */
export class MeasureNames {
  readonly #index: PhraseIndex<string>;

  constructor(measures: readonly NamedMeasure[]) {
    const named = measures.flatMap(({ id, names }) => names.map((name) => ({ id, name })));
    this.#index = new PhraseIndex(
      [...named, { id: 'blood pressure', name: 'blood pressure' }].flatMap(({ id, name }) => {
        const words = readText(name).tokens.map(({ text }) => text);
        return words.length === 0 ? [] : [{ phrase: compilePhrase(words.join(' '), {}), meaning: id }];
      }),
    );
  }

  /** @param from inclusive, @param to exclusive */
  find(reading: Reading, from: number, to: number): HeardMeasure[] {
    const found = this.#index.find(reading).filter((one) => one.from >= from && one.to <= to);
    return found
      .filter(
        (one) =>
          !found.some(
            (other) =>
              other !== one &&
              other.from <= one.from &&
              other.to >= one.to &&
              other.to - other.from > one.to - one.from,
          ),
      )
      .map((one) => ({
        id: one.meaning,
        confidence: Math.min(...reading.tokens.slice(one.from, one.to).map(({ confidence }) => confidence)),
      }));
  }
}
