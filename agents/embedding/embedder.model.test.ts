import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { modelFile } from '../../models/resolve.js';
import { packageRoot } from '../../platform/package-root.js';
import { EMBEDDING_WIDTH, openEmbedder, type Embedder } from './embedder.js';
import { WordPiece } from './word-piece.js';

/** Computed once by make-minilm-fixture.py: the tokenizers library, and NumPy on the float32 weights. */
const fixture = z
  .object({
    tokenized: z.array(z.object({ text: z.string(), ids: z.array(z.number()) })),
    embedded: z.array(z.object({ text: z.string(), embedding: z.array(z.number()).length(EMBEDDING_WIDTH) })),
  })
  .parse(JSON.parse(readFileSync(join(packageRoot, 'models/fixtures/minilm.json'), 'utf8')));

describe('the tokenizer', () => {
  let tokenizer: WordPiece;
  beforeAll(async () => {
    tokenizer = new WordPiece(JSON.parse(readFileSync(await modelFile('minilm-tokenizer'), 'utf8')));
  });

  it.each(fixture.tokenized)('reads $text as the tokenizers library does', ({ text, ids }) => {
    expect(tokenizer.encode(text, 256)).toEqual(ids);
  });
});

describe('the embedder', () => {
  let embedder: Embedder;
  beforeAll(async () => {
    embedder = await openEmbedder();
  });
  afterAll(() => embedder.close());

  // Int8 weights turn a sentence a little (0.004 here, more on processors without VNNI); two unrelated sentences lie at a cosine of about 0.1.
  const SAME = 0.98;

  it.each(fixture.embedded)('places $text where the float32 weights do', async ({ text, embedding }) => {
    const found = await embedder.embed(text);
    expect(found).toHaveLength(EMBEDDING_WIDTH);
    expect(dot(found, found)).toBeCloseTo(1, 5);
    expect(dot(found, embedding)).toBeGreaterThan(SAME);
  });

  it('keeps apart what the float32 weights keep apart', async () => {
    const found = await Promise.all(fixture.embedded.map(({ text }) => embedder.embed(text)));
    for (const [i, a] of fixture.embedded.entries()) {
      for (const [j, b] of fixture.embedded.entries()) {
        const difference = dot(found[i] ?? [], found[j] ?? []) - dot(a.embedding, b.embedding);
        expect(Math.abs(difference)).toBeLessThan(0.03);
      }
    }
  });

  it('survives nothing at all and a very long text', async () => {
    expect(await embedder.embed('')).toHaveLength(EMBEDDING_WIDTH);
    expect(await embedder.embed('parking '.repeat(5_000))).toHaveLength(EMBEDDING_WIDTH);
  });

  it('goes on for the others when one lets go of it', async () => {
    const other = await openEmbedder();
    await other.close();
    await other.close();
    expect(await embedder.embed('Still here?')).toHaveLength(EMBEDDING_WIDTH);
  });
});

it('says how to get a model that is missing', async () => {
  const empty = await mkdtemp(join(tmpdir(), 'asterism-no-models-'));
  vi.stubEnv('ASTERISM_CACHE_DIR', empty);
  try {
    await expect(openEmbedder()).rejects.toThrow(/MODEL_MISSING: minilm .*`asterism models fetch`/);
  } finally {
    vi.unstubAllEnvs();
    await rm(empty, { recursive: true });
  }
});

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += (a[index] ?? 0) * (b[index] ?? 0);
  return sum;
}
