import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json, whether this runs from source or from dist/. */
export const packageRoot: string = findPackageRoot(dirname(fileURLToPath(import.meta.url)));

/**
 * The compiled file of a source module, for worker threads: they load JavaScript only.
 * @param path source path from the package root without its ending, for example voice-gateway/inference/vad-worker
 */
export function compiledModule(path: string): URL {
  return new URL(`file://${join(packageRoot, 'dist', `${path}.js`)}`);
}

function findPackageRoot(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (folder === dirname(folder)) throw new Error(`no package.json above ${from}`);
  }
}
