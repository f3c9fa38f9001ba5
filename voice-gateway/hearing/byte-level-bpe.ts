import { z } from 'zod';

/** The parts of a Hugging Face tokenizer.json that byte-level BPE needs. */
const tokenizerFile = z.object({
  added_tokens: z.array(z.object({ id: z.number().int(), content: z.string() })),
  model: z.object({
    vocab: z.record(z.string(), z.number().int()),
    merges: z.array(z.union([z.string(), z.tuple([z.string(), z.string()])])),
  }),
});

/** GPT-2's way to cut text before merging: contractions, words with their leading space, digits, signs. */
const PIECES = /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+/gu;

/** Byte-level byte-pair encoding as GPT-2 and Whisper use it. */
export class ByteLevelBpe {
  readonly #ids: ReadonlyMap<string, number>;
  readonly #bytes: readonly (Uint8Array | undefined)[];
  readonly #special: ReadonlyMap<string, number>;
  readonly #ranks: ReadonlyMap<string, number>;
  readonly #cache = new Map<string, readonly number[]>();

  /** @param json the parsed content of a tokenizer.json; throws ZodError when it has another shape */
  constructor(json: unknown) {
    const { added_tokens: added, model } = tokenizerFile.parse(json);
    this.#special = new Map(added.map(({ content, id }) => [content, id]));
    this.#ids = new Map(Object.entries(model.vocab));
    this.#ranks = new Map(
      model.merges.map((merge, rank) => [typeof merge === 'string' ? merge : merge.join(' '), rank]),
    );
    const bytes: (Uint8Array | undefined)[] = [];
    for (const [text, id] of this.#ids) {
      if (!this.#special.has(text)) bytes[id] = Uint8Array.from(text, (letter) => byteOf.get(letter) ?? 0);
    }
    this.#bytes = bytes;
  }

  /** The id of a special token such as <|endoftext|>. @throws RangeError when there is none */
  special(content: string): number {
    const id = this.#special.get(content);
    if (id === undefined) throw new RangeError(`the tokenizer has no ${content}`);
    return id;
  }

  /** Token ids of plain text; special tokens written in the text are not recognised as such. */
  encode(text: string): number[] {
    return (text.match(PIECES) ?? []).flatMap((piece) => this.#encodePiece(piece));
  }

  /** The text of token ids; special tokens and timestamps give nothing; broken UTF-8 gives U+FFFD. */
  decode(tokens: readonly number[]): string {
    const parts = tokens.map((token) => this.#bytes[token]).filter((part) => part !== undefined);
    return Buffer.concat(parts).toString('utf8');
  }

  #encodePiece(piece: string): readonly number[] {
    const cached = this.#cache.get(piece);
    if (cached) return cached;
    const symbols = Array.from(Buffer.from(piece, 'utf8'), (byte) => letterOf[byte] ?? '');
    for (;;) {
      let best = Infinity;
      let bestAt = -1;
      for (let i = 0; i + 1 < symbols.length; i++) {
        const rank = this.#ranks.get(`${symbols[i]} ${symbols[i + 1]}`) ?? Infinity;
        if (rank < best) [best, bestAt] = [rank, i];
      }
      if (bestAt < 0) break;
      symbols.splice(bestAt, 2, `${symbols[bestAt]}${symbols[bestAt + 1]}`);
    }
    const ids = symbols.map((symbol) => this.#ids.get(symbol)).filter((id) => id !== undefined);
    if (this.#cache.size > 5_000) this.#cache.clear();
    this.#cache.set(piece, ids);
    return ids;
  }
}

/** Every byte has a printable letter in a byte-level vocabulary; bytes that print stand for themselves. */
const letterOf: readonly string[] = (() => {
  const letters: string[] = [];
  let next = 256;
  for (let byte = 0; byte < 256; byte++) {
    const prints = (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
    letters.push(String.fromCharCode(prints ? byte : next++));
  }
  return letters;
})();
const byteOf: ReadonlyMap<string, number> = new Map(letterOf.map((letter, byte) => [letter, byte]));
