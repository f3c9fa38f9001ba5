import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { modelsFolder, preparedFolder, sourcePath } from './cache.js';
import { hashFile } from './hash-file.js';
import { manifest as publishedManifest, type Manifest, type ModelSource } from './manifest.js';
import { recipes, sourcesDigest } from './recipes.js';

export interface Finding {
  readonly id: string;
  /** absent: optional and not fetched. A damaged file has been removed. */
  readonly state: 'right' | 'damaged' | 'missing' | 'absent';
}

/** Whether a source's file is in the cache. */
export async function isPresent(source: ModelSource, folder = modelsFolder()): Promise<boolean> {
  return Promise.resolve(existsSync(sourcePath(source, folder)));
}

/** Hashes everything in the cache again and removes what is damaged, so that nothing opens it. */
export async function verifyModels(
  manifest: Manifest = publishedManifest,
  folder = modelsFolder(),
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const source of manifest.sources) {
    const path = sourcePath(source, folder);
    if (!existsSync(path)) {
      findings.push({ id: source.id, state: source.required ? 'missing' : 'absent' });
    } else if ((await hashFile(path)) === source.sha256) {
      findings.push({ id: source.id, state: 'right' });
    } else {
      await rm(dirname(path), { recursive: true, force: true });
      findings.push({ id: source.id, state: 'damaged' });
    }
  }
  return [...findings, ...(await verifyPrepared(manifest, folder))];
}

/** The checksums of prepared files, written when they were made: file name → SHA-256. */
export const preparedChecksumsSchema = z.record(z.string(), z.string());
export const preparedChecksumsFile = 'checksums.json';

async function verifyPrepared(manifest: Manifest, folder: string): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const recipe of recipes) {
    const sources = manifest.sources.filter((one) => recipe.sources.includes(one.id));
    if (sources.length < recipe.sources.length) continue;
    const prepared = preparedFolder(recipe.name, sourcesDigest(recipe), folder);
    const ids = Object.entries(recipe.makes);
    if (!existsSync(prepared)) {
      const state = sources.some((source) => source.required) ? 'missing' : 'absent';
      findings.push(...ids.map(([id]): Finding => ({ id, state })));
      continue;
    }
    const expected = await readFile(join(prepared, preparedChecksumsFile), 'utf8').then(
      (text) => preparedChecksumsSchema.parse(JSON.parse(text)),
      (): Record<string, string> => ({}),
    );
    const states: Finding[] = [];
    for (const [id, file] of ids) {
      const path = join(prepared, file);
      const right = existsSync(path) && (await hashFile(path)) === expected[file];
      states.push({ id, state: right ? 'right' : 'damaged' });
    }
    if (states.some((finding) => finding.state === 'damaged'))
      await rm(prepared, { recursive: true, force: true });
    findings.push(...states);
  }
  return findings;
}
