import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { modelSource } from '../../models/manifest.js';
import { writeAtomically } from '../../models/write-atomically.js';
import { cacheFolder } from '../../platform/cache-folder.js';
import { log } from '../../platform/log.js';
import { messageOf } from '../../platform/errors.js';
import { EMBEDDING_WIDTH, type Embedder } from '../embedding/embedder.js';
import type { Passage } from './passages.js';
import { headText, wholeText, type PlacedPassage } from './policy-index.js';

/**
 * Embeds passages. What was embedded once is kept in the cache folder, a file per document under a digest of model
 * and text, so that only a changed document is embedded again.
 * @throws AsterismError WORKER_FAILED
 */
export async function placePassages(
  passages: readonly Passage[],
  embedder: Embedder,
  folder = join(cacheFolder(), 'policy'),
): Promise<PlacedPassage[]> {
  const documents = [...new Set(passages.map(({ document }) => document))];
  const placed = await Promise.all(
    documents.map(async (document) => {
      const own = passages.filter((passage) => passage.document === document);
      const points = await pointsOf(own.flatMap(textsOf), embedder, folder);
      return own.map((passage): PlacedPassage => {
        const [whole, head, ...each] = points.splice(0, 2 + passage.sentences.length);
        if (!whole || !head) throw new RangeError('fewer embeddings than texts');
        return { ...passage, whole, head, each };
      });
    }),
  );
  return placed.flat();
}

function textsOf(passage: Passage): string[] {
  return [
    wholeText(passage),
    headText(passage),
    ...passage.sentences.map(({ text }) => `${passage.heading}: ${text}`),
  ];
}

async function pointsOf(
  texts: readonly string[],
  embedder: Embedder,
  folder: string,
): Promise<Float32Array[]> {
  const digest = createHash('sha256')
    .update(JSON.stringify([modelSource('minilm').sha256, texts]))
    .digest('hex');
  const path = join(folder, `${digest.slice(0, 32)}.f32`);
  const kept = await readFile(path).catch(() => undefined);
  const bytes = EMBEDDING_WIDTH * Float32Array.BYTES_PER_ELEMENT;
  if (kept?.byteLength === texts.length * bytes)
    return texts.map(
      (_, index) =>
        new Float32Array(new Uint8Array(kept.subarray(index * bytes, (index + 1) * bytes)).buffer),
    );
  const points = await Promise.all(texts.map((text) => embedder.embed(text)));
  try {
    await writeAtomically(path, async (file) => {
      for (const point of points) await file.writeFile(new Uint8Array(point.buffer, point.byteOffset, bytes));
    });
  } catch (thrown) {
    // A cache that cannot be written costs time at the next start, and nothing else.
    log.warn({ folder, error: messageOf(thrown) }, 'embeddings of policy documents could not be kept');
  }
  return points;
}
