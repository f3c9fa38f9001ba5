import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createHash, randomUUID } from 'node:crypto';
import { modelsFolder, preparedFolder, sourcePath } from './cache.js';
import { withLock } from './file-lock.js';
import { modelSource } from './manifest.js';
import { writeModel } from './onnx/write-model.js';
import type { Graph } from './onnx/graph.js';
import type { Recipe } from './recipes.js';
import { readCtranslate2File } from './whisper/ctranslate2-file.js';
import { decoderGraph } from './whisper/decoder-graph.js';
import { encoderGraph } from './whisper/encoder-graph.js';
import { preparedChecksumsFile } from './verify.js';
import { WhisperWeights } from './whisper/weights.js';
import { writeAtomically } from './write-atomically.js';

/**
 * Makes a recipe's files from its fetched source, once: a second call, in this process or another,
 * finds them done. The folder appears whole or not at all.
 * @param onStart called when there is something to do
 * @returns the folder
 * @throws AsterismError MODEL_PREPARE
 */
export async function prepare(
  recipe: Recipe,
  folder = modelsFolder(),
  onStart: () => void = () => undefined,
): Promise<string> {
  const source = modelSource(recipe.source);
  const target = preparedFolder(recipe.name, source.sha256, folder);
  if (existsSync(target)) return target;
  await withLock(`${target}.lock`, async () => {
    if (existsSync(target)) return;
    onStart();
    const weights = new WhisperWeights(readCtranslate2File(await readFile(sourcePath(source, folder))));
    const unfinished = `${target}.${randomUUID().slice(0, 8)}.tmp`;
    await mkdir(unfinished, { recursive: true });
    try {
      const graphs = {
        'encoder.onnx': encoderGraph(weights, 'int8-columns'),
        'decoder.onnx': decoderGraph(weights, recipe.alignmentHeads, 'int8-blocks'),
      };
      const checksums: Record<string, string> = {};
      for (const [file, graph] of Object.entries(graphs)) {
        checksums[file] = await writeGraph(join(unfinished, file), graph);
      }
      await writeFile(join(unfinished, preparedChecksumsFile), JSON.stringify(checksums));
      await rename(unfinished, target);
    } catch (thrown) {
      await rm(unfinished, { recursive: true, force: true });
      throw thrown;
    }
  });
  return target;
}

/** @returns the SHA-256 of what was written */
async function writeGraph(path: string, graph: Graph): Promise<string> {
  const hash = createHash('sha256');
  await writeAtomically(path, async (file) => {
    for (const piece of writeModel(graph, 'asterism')) {
      hash.update(piece);
      await file.writeFile(piece);
    }
  });
  return hash.digest('hex');
}
