import type { Category, Taxonomy } from '../../clinical-kb/guard/taxonomy.js';
import { AsterismError, messageOf } from '../../platform/errors.js';
import { clausesOf } from '../language/clauses.js';
import { compilePhrase, PhraseIndex, wordsBetween, type Lexicon } from '../language/phrase.js';
import { readText } from '../language/reading.js';

/** Whose message is judged: what was heard from the patient, or a sentence of the agent. */
export type Side = 'heard' | 'draft';
const sides: readonly Side[] = ['heard', 'draft'];

/** A category that a message falls into, and the words that show it. */
export interface Match {
  readonly category: Category;
  readonly words: string;
}

interface SideRules {
  readonly when: PhraseIndex<Category>;
  readonly unless: ReadonlyMap<string, PhraseIndex<true>>;
}

/** The phrases of a taxonomy, ready to be looked for. */
export class RuleBook {
  readonly #order: readonly Category[];
  readonly #lexicon: Lexicon;
  readonly #rules: Readonly<Record<Side, SideRules>>;

  /**
   * @param name of the file, for error messages
   * @throws AsterismError KNOWLEDGE_INVALID when a phrase cannot be read, or an example is judged otherwise
   *   than the file says: a taxonomy that contradicts itself would be found out by a patient
   */
  constructor({ categories, lexicon }: Taxonomy, name: string) {
    this.#order = categories;
    this.#lexicon = lexicon;
    const compile = (id: string, source: string): ReturnType<typeof compilePhrase> => {
      try {
        return compilePhrase(source, lexicon);
      } catch (thrown) {
        throw invalid(name, id, `"${source}": ${messageOf(thrown)}`);
      }
    };
    const rulesOf = (side: Side): SideRules => ({
      when: new PhraseIndex(
        categories.flatMap((category) =>
          (category[side]?.when ?? []).map((source) => ({
            phrase: compile(category.id, source),
            meaning: category,
          })),
        ),
      ),
      unless: new Map(
        categories.map((category) => [
          category.id,
          new PhraseIndex(
            (category[side]?.unless ?? []).map((source) => ({
              phrase: compile(category.id, source),
              meaning: true as const,
            })),
          ),
        ]),
      ),
    });
    this.#rules = { heard: rulesOf('heard'), draft: rulesOf('draft') };
    this.#checkExamples(name);
  }

  /**
   * The categories that a message falls into, in the file's order.
   * @param conditions as the patient's chart names them
   */
  find(side: Side, text: string, conditions: readonly string[] = []): readonly Match[] {
    const reading = readText(text);
    const found = this.#rules[side].when.find(reading);
    if (found.length === 0) return [];
    const clauses = clausesOf(reading);
    const words = new Map<string, string>();
    for (const { meaning, from, to } of found) {
      if (words.has(meaning.id)) continue;
      const sentence = clauses.sentenceOf(from);
      const excused = (this.#rules[side].unless.get(meaning.id)?.find(reading) ?? []).some(
        (one) => one.from >= sentence.from && one.to <= sentence.to,
      );
      const matched = wordsBetween(reading, from, to);
      const diseases = side === 'draft' ? meaning.draft?.['unless-charted'] : undefined;
      if (excused || isCharted(matched, this.#lexicon[diseases ?? ''] ?? [], conditions)) continue;
      words.set(meaning.id, matched);
    }
    return this.#order.flatMap((category) => {
      const shown = words.get(category.id);
      return shown === undefined ? [] : [{ category, words: shown }];
    });
  }

  #checkExamples(name: string): void {
    for (const category of this.#order) {
      for (const side of sides) {
        const { harmful = [], harmless = [] } = category[side]?.examples ?? {};
        const caught = (text: string): boolean =>
          this.find(side, text).some((match) => match.category === category);
        const missed = harmful.find((text) => !caught(text));
        if (missed !== undefined)
          throw invalid(name, category.id, `${side}: no phrase finds the harmful example "${missed}"`);
        const wrong = harmless.find(caught);
        if (wrong !== undefined)
          throw invalid(name, category.id, `${side}: a phrase finds the harmless example "${wrong}"`);
      }
    }
  }
}

/** "You have heart failure" is no diagnosis for somebody whose chart says so. */
function isCharted(words: string, diseases: readonly string[], conditions: readonly string[]): boolean {
  const named = diseases
    .filter((disease) => words === disease || words.endsWith(` ${disease}`))
    .sort((one, other) => other.length - one.length)[0];
  return (
    named !== undefined &&
    conditions.some((condition) => {
      const charted = new Set(readText(condition).tokens.map(({ text }) => text));
      return named.split(' ').every((word) => charted.has(word));
    })
  );
}

function invalid(name: string, category: string, problem: string): AsterismError {
  return new AsterismError('KNOWLEDGE_INVALID', `${name}: category ${category}: ${problem}`);
}
