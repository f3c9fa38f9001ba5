import { z } from 'zod';

/** The parts of a tokenizer.json that decide what it does; one that does something else is refused. */
const wordPieceFileSchema = z.object({
  normalizer: z.object({
    type: z.literal('BertNormalizer'),
    clean_text: z.literal(true),
    handle_chinese_chars: z.literal(true),
    strip_accents: z.literal([true, null]),
    lowercase: z.literal(true),
  }),
  pre_tokenizer: z.object({ type: z.literal('BertPreTokenizer') }),
  model: z.object({
    type: z.literal('WordPiece'),
    unk_token: z.string(),
    continuing_subword_prefix: z.string(),
    max_input_chars_per_word: z.int().positive(),
    vocab: z.record(z.string(), z.int().nonnegative()),
  }),
});

/** What BERT's pre-tokenizer lets stand alone: Unicode punctuation, and every ASCII sign that is no letter or digit. */
const PUNCTUATION = /[\p{P}!-/:-@[-`{-~]/u;
/** Control, format, private and unassigned characters, and what stands for one that could not be read. */
const DROPPED = /[\p{C}\uFFFD]/u;
/** The blocks of Chinese characters, each of which is a word of its own. */
const IDEOGRAPH =
  /[\u4E00-\u9FFF\u3400-\u4DBF\u{20000}-\u{2A6DF}\u{2A700}-\u{2B73F}\u{2B740}-\u{2B81F}\u{2B920}-\u{2CEAF}\uF900-\uFAFF\u{2F800}-\u{2FA1F}]/u;

/**
 * BERT's tokenizer without case: text → ids, as the tokenizers library makes them, save that a special token
 * that somebody says ("[SEP]") stays plain text.
 */
export class WordPiece {
  readonly #ids: ReadonlyMap<string, number>;
  readonly #prefix: string;
  readonly #longestWord: number;
  readonly #unknown: number;
  readonly #begin: number;
  readonly #end: number;

  /** @param file the parsed tokenizer.json @throws ZodError or TypeError when it is of another kind */
  constructor(file: unknown) {
    const { model } = wordPieceFileSchema.parse(file);
    this.#ids = new Map(Object.entries(model.vocab));
    this.#prefix = model.continuing_subword_prefix;
    this.#longestWord = model.max_input_chars_per_word;
    this.#unknown = this.#special(model.unk_token);
    this.#begin = this.#special('[CLS]');
    this.#end = this.#special('[SEP]');
  }

  /**
   * Ids of a text between the begin and the end token.
   * @param limit the most ids to give, both of these included; what is further back is cut
   */
  encode(text: string, limit: number): number[] {
    const ids = [this.#begin];
    for (const word of wordsOf(text)) {
      ids.push(...this.#pieces(word));
      if (ids.length >= limit) break;
    }
    return [...ids.slice(0, limit - 1), this.#end];
  }

  /** The longest pieces of the vocabulary, from the left; a word that cannot be made of them is unknown. */
  #pieces(word: string): number[] {
    const characters = Array.from(word);
    if (characters.length > this.#longestWord) return [this.#unknown];
    const ids: number[] = [];
    for (let from = 0; from < characters.length;) {
      let to = characters.length;
      let id: number | undefined;
      for (; to > from; to--) {
        const piece = (from > 0 ? this.#prefix : '') + characters.slice(from, to).join('');
        id = this.#ids.get(piece);
        if (id !== undefined) break;
      }
      if (id === undefined) return [this.#unknown];
      ids.push(id);
      from = to;
    }
    return ids;
  }

  #special(token: string): number {
    const id = this.#ids.get(token);
    if (id === undefined) throw new TypeError(`the vocabulary has no ${token}`);
    return id;
  }
}

/** Lower-cased words without accents; a sign of punctuation is a word. */
function wordsOf(text: string): string[] {
  let spaced = '';
  for (const character of text) {
    if (/\s/.test(character)) spaced += ' ';
    else if (DROPPED.test(character)) continue;
    else spaced += IDEOGRAPH.test(character) ? ` ${character} ` : character;
  }
  let words = '';
  for (const character of spaced.normalize('NFD').replace(/\p{Mn}/gu, '')) {
    const lower = character.toLowerCase();
    words += PUNCTUATION.test(lower) ? ` ${lower} ` : lower;
  }
  return words.split(/\s+/u).filter((word) => word !== '');
}
