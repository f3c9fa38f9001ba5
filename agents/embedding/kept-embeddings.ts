import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { modelSource } from '../../models/manifest.js';
import { writeAtomically } from '../../models/write-atomically.js';
import { messageOf } from '../../platform/errors.js';
import { log } from '../../platform/log.js';
import { EMBEDDING_WIDTH, type Embedder } from './embedder.js';

/**
 * Embeddings of texts that are the same at every start. What was embedded once is kept in a file under a digest of
 * model and texts.
 * @param folder where such files are kept; must hold nothing of a patient
 * @returns one for each text, in order
 * @throws AsterismError WORKER_FAILED
 */
export async function keptEmbeddings(
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
    log.warn({ folder, error: messageOf(thrown) }, 'embeddings could not be kept');
  }
  return points;
}
