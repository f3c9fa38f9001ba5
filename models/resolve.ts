import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AsterismError } from '../platform/errors.js';
import { modelsFolder, preparedFolder, sourcePath } from './cache.js';
import { modelSource } from './manifest.js';
import { recipes, sourcesDigest } from './recipes.js';

/** The files that the rest of the project opens. */
export const modelFileIds = [
  'silero-vad',
  'smart-turn',
  'whisper-base-encoder',
  'whisper-base-decoder',
  'whisper-base-tokenizer',
  'whisper-tiny-en-encoder',
  'whisper-tiny-en-decoder',
  'whisper-tiny-en-tokenizer',
  'piper-joe',
  'piper-joe-config',
  'minilm',
  'minilm-tokenizer',
  'medicine-names',
] as const;
export type ModelFileId = (typeof modelFileIds)[number];

/** Where a model file lies, or will lie once it is fetched and prepared. */
export function modelFilePath(id: ModelFileId, folder = modelsFolder()): string {
  for (const recipe of recipes) {
    const made = recipe.makes[id];
    if (made) return join(preparedFolder(recipe.name, sourcesDigest(recipe), folder), made);
  }
  return sourcePath(modelSource(id), folder);
}

/**
 * The absolute path of a model file. Its checksum was verified when it was put there.
 * @throws AsterismError MODEL_MISSING
 */
export async function modelFile(id: ModelFileId): Promise<string> {
  const path = modelFilePath(id);
  if (existsSync(path)) return Promise.resolve(path);
  const all = id.startsWith('whisper-tiny-en') ? ' --all' : '';
  throw new AsterismError('MODEL_MISSING', `${id} is not in the cache; run \`asterism models fetch${all}\``);
}
