import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AsterismError } from '../../platform/errors.js';
import type { RecordSource } from './record-source.js';

/** FHIR's alphabet for identifiers: it can be a file name and never leaves the folder. */
const PATIENT_ID = /^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/;
/** More than any honest record of one patient. */
const MAX_FILE_BYTES = 32 * 1024 * 1024;

/**
 * FHIR R4 bundles as files, one patient a file: <folder>/<Patient.id>.json.
 * Read anew for every call, so that a changed record counts from the next call on.
 */
export function openBundleFolder(folder: string): RecordSource {
  return {
    async find(patientId) {
      if (!PATIENT_ID.test(patientId)) throw notFound(folder);
      const file = join(folder, `${patientId}.json`);
      const text = await readWhole(file).catch((thrown: unknown) => {
        if (thrown instanceof AsterismError) throw thrown;
        if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') throw notFound(folder);
        throw new AsterismError('CHART_INVALID', `a bundle in ${folder} cannot be read`, { cause: thrown });
      });
      try {
        return { bundle: JSON.parse(text) as unknown, warnings: [] };
      } catch {
        throw new AsterismError('CHART_INVALID', 'the file is not JSON');
      }
    },
  };
}

async function readWhole(file: string): Promise<string> {
  const { size } = await stat(file);
  if (size > MAX_FILE_BYTES) {
    throw new AsterismError('CHART_INVALID', `the file is larger than ${String(MAX_FILE_BYTES)} bytes`);
  }
  return readFile(file, 'utf8');
}

function notFound(folder: string): AsterismError {
  return new AsterismError(
    'CHART_NOT_FOUND',
    `no file in ${folder} has this patient identifier as its name; bundles are <Patient.id>.json`,
  );
}
