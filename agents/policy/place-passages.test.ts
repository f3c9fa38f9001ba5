import { mkdtemp, readdir, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PolicyDocument } from '../../clinical-kb/policy/schema.js';
import { EMBEDDING_WIDTH, type Embedder } from '../embedding/embedder.js';
import { passagesOf } from './passages.js';
import { placePassages } from './place-passages.js';

const documentOf = (id: string, text: string): PolicyDocument => ({
  id,
  title: id,
  version: '1',
  effective: '2026-01-01',
  owner: 'Test',
  sections: [{ heading: 'Section', paragraphs: [text] }],
});

/** Every text lies at its length. */
function embedderOf(embedded: string[]): Embedder {
  return {
    embed: async (text) => {
      embedded.push(text);
      return new Float32Array(EMBEDDING_WIDTH).fill(text.length);
    },
    close: async () => undefined,
  };
}

describe('the embeddings of passages', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'asterism-policy-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const place = async (...documents: PolicyDocument[]): Promise<[string[], Float32Array[]]> => {
    const embedded: string[] = [];
    const placed = await placePassages(passagesOf(documents), embedderOf(embedded), folder);
    return [embedded, placed.flatMap(({ whole, head, each }) => [whole, head, ...each])];
  };

  const first = documentOf('first', 'One sentence. Another one.');
  const second = documentOf('second', 'Something else.');

  it('are computed once for a text', async () => {
    const [embedded, points] = await place(first, second);
    expect(embedded).toHaveLength(7);
    const [again, same] = await place(first, second);
    expect(again).toEqual([]);
    expect(same).toEqual(points);
  });

  it('are computed again for a document that has changed, and for no other', async () => {
    await place(first, second);
    const [embedded] = await place(first, documentOf('second', 'Something new.'));
    expect(embedded).toHaveLength(3);
    expect(embedded.join()).toContain('Something new.');
  });

  it('are computed again when what was kept is damaged', async () => {
    const [, points] = await place(first);
    for (const name of await readdir(folder)) await truncate(join(folder, name), 100);
    const [embedded, same] = await place(first);
    expect(embedded).toHaveLength(4);
    expect(same).toEqual(points);
  });
});
