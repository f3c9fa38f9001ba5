import { join } from 'node:path';
import { cacheFolder } from '../../platform/cache-folder.js';
import type { Embedder } from '../embedding/embedder.js';
import { keptEmbeddings } from '../embedding/kept-embeddings.js';
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
      const points = await keptEmbeddings(own.flatMap(textsOf), embedder, folder);
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
