import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createHash, randomUUID } from 'node:crypto';
import { AsterismError, messageOf } from '../platform/errors.js';
import { modelsFolder, preparedFolder, sourcePath } from './cache.js';
import { withLock } from './file-lock.js';
import { modelSource } from './manifest.js';
import { writeModel } from './onnx/write-model.js';
import type { Graph } from './onnx/graph.js';
import { sourcesDigest, type Recipe } from './recipes.js';
import { readCtranslate2File } from './whisper/ctranslate2-file.js';
import { decoderGraph } from './whisper/decoder-graph.js';
import { encoderGraph } from './whisper/encoder-graph.js';
import { preparedChecksumsFile } from './verify.js';
import { WhisperWeights } from './whisper/weights.js';
import { writeAtomically } from './write-atomically.js';

/**
 * Makes a recipe's files from its fetched sources, once: a second call, in this process or another,
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
  const target = preparedFolder(recipe.name, sourcesDigest(recipe), folder);
  if (existsSync(target)) return target;
  await withLock(`${target}.lock`, async () => {
    if (existsSync(target)) return;
    onStart();
    const unfinished = `${target}.${randomUUID().slice(0, 8)}.tmp`;
    await mkdir(unfinished, { recursive: true });
    try {
      const checksums = await make(recipe, folder, unfinished);
      await writeFile(join(unfinished, preparedChecksumsFile), JSON.stringify(checksums));
      await rename(unfinished, target);
    } catch (thrown) {
      await rm(unfinished, { recursive: true, force: true });
      throw thrown;
    }
  });
  return target;
}

/** @returns the SHA-256 of each file that was written into the target folder */
async function make(recipe: Recipe, folder: string, target: string): Promise<Record<string, string>> {
  const [first, ...others] = recipe.sources.map((id) => sourcePath(modelSource(id), folder));
  const read = (path = ''): Promise<Buffer> => readFile(path);
  switch (recipe.kind) {
    case 'whisper': {
      const weights = new WhisperWeights(readCtranslate2File(await read(first)));
      return {
        'encoder.onnx': await writeGraph(join(target, 'encoder.onnx'), encoderGraph(weights, 'int8-columns')),
        'decoder.onnx': await writeGraph(
          join(target, 'decoder.onnx'),
          decoderGraph(weights, recipe.alignmentHeads, 'int8-blocks'),
        ),
      };
    }
    case 'medicine-names': {
      const text = await medicineNamesText(await read(first), await read(others[0]));
      await writeFile(join(target, 'medicine-names.json'), text);
      return { 'medicine-names.json': createHash('sha256').update(text).digest('hex') };
    }
  }
}

/** @throws AsterismError MODEL_PREPARE when a source is not what it was */
async function medicineNamesText(substances: Buffer, dictionary: Buffer): Promise<string> {
  // Only needed once in the life of an installation.
  const { readSubstanceNames } = await import('./medicine-names/substance-names.js');
  const { readDrugDictionary } = await import('./medicine-names/drug-dictionary.js');
  const { joinNames } = await import('./medicine-names/join-names.js');
  const { writeMedicineNames } = await import('./medicine-names/medicine-names.js');
  try {
    return writeMedicineNames(
      joinNames(readSubstanceNames(substances.toString('utf8')), readDrugDictionary(dictionary)),
    );
  } catch (thrown) {
    throw new AsterismError(
      'MODEL_PREPARE',
      `the medicine names could not be read: ${messageOf(thrown)}; run \`asterism models verify\``,
      { cause: thrown },
    );
  }
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
