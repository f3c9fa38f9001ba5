import { join } from 'node:path';
import { cacheFolder } from '../platform/cache-folder.js';
import type { ModelSource } from './manifest.js';

/** The folder of all model files: content-addressed sources, and what was prepared from them. */
export function modelsFolder(): string {
  return join(cacheFolder(), 'models');
}

/** Where a source's file lies once it is fetched and its checksum was right. */
export function sourcePath(source: Pick<ModelSource, 'sha256' | 'file'>, folder = modelsFolder()): string {
  return join(folder, source.sha256, source.file);
}

/** Downloads under way, kept so that they can be resumed. */
export function downloadsFolder(folder = modelsFolder()): string {
  return join(folder, 'downloads');
}

/** Where what a recipe makes of its sources lies. A new version of the recipe makes a new folder. */
export function preparedFolder(recipe: string, sourcesSha256: string, folder = modelsFolder()): string {
  return join(folder, 'prepared', `${recipe}-${sourcesSha256.slice(0, 12)}`);
}
