import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AsterismError } from '../../platform/errors.js';
import type { ChartSource } from './chart-source.js';
import { parseChart } from './chart-schema.js';

/** What a patient identifier may look like, so that it can be a file name and never leaves the folder. */
const PATIENT_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

/**
 * Charts as JSON files, one patient a file: <folder>/<patientId>.json.
 * Read anew for every call, so that a changed chart counts from the next call on.
 */
export function openChartFolder(folder: string): ChartSource {
  return {
    async chart(patientId, today) {
      if (!PATIENT_ID.test(patientId)) throw notFound(folder);
      const text = await readFile(join(folder, `${patientId}.json`), 'utf8').catch((thrown: unknown) => {
        if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') throw notFound(folder);
        throw new AsterismError('CHART_INVALID', `a chart in ${folder} cannot be read`, { cause: thrown });
      });
      const parsed = parseChart(parseJson(text), today);
      if (!parsed.ok) throw new AsterismError('CHART_INVALID', parsed.problems);
      if (parsed.patient.patientId !== patientId) {
        throw new AsterismError('CHART_INVALID', 'patientId: differs from the name of the file');
      }
      return parsed.patient;
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AsterismError('CHART_INVALID', 'the file is not JSON');
  }
}

function notFound(folder: string): AsterismError {
  return new AsterismError(
    'CHART_NOT_FOUND',
    `no file in ${folder} has this patient identifier as its name; charts are <patientId>.json`,
  );
}
