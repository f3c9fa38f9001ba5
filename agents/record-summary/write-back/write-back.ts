import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AsterismError, messageOf } from '../../../platform/errors.js';
import type {
  WriteBackReply,
  WriteBackRequest,
} from '../../../protos/generated/asterism/v1/record_summary.js';
import { fullDate } from '../dates.js';
import { fhirRequest } from '../fhir-request.js';
import type { RecordSettings } from '../record-settings.js';
import { transactionOf } from './transaction.js';

/** How long a FHIR server may take for a transaction, in milliseconds. */
const POST_TIMEOUT_MS = 20_000;
/** A call identifier as it can be the name of a folder. */
const CALL_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;
const PATIENT_ID = /^[A-Za-z0-9.-]{1,64}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/;

/**
 * Writes one finished call into the call's folder, then to the FHIR server, whichever is configured. The file is there
 * also when the server is not: it can be posted later, as it is.
 * @throws AsterismError INPUT_INVALID, RECORD_UNREACHABLE
 */
export async function writeBack(
  { callsFolder, fhirServer }: RecordSettings,
  request: WriteBackRequest,
  signal: AbortSignal,
): Promise<WriteBackReply> {
  check(request);
  const transaction = transactionOf(request);
  const file = callsFolder === undefined ? '' : join(callsFolder, request.callId, 'fhir-write-back.json');
  if (file !== '') await store(file, `${JSON.stringify(transaction, null, 2)}\n`);
  if (fhirServer) {
    const soon = AbortSignal.any([signal, AbortSignal.timeout(POST_TIMEOUT_MS)]);
    await fhirRequest(fhirServer, soon, transaction);
  }
  return { file, posted: fhirServer !== undefined, resources: transaction.entry?.length ?? 0 };
}

/** Whole or not at all. */
async function store(file: string, text: string): Promise<void> {
  try {
    await mkdir(join(file, '..'), { recursive: true });
    await writeFile(`${file}.part`, text);
    await rename(`${file}.part`, file);
  } catch (thrown) {
    const why = `the call's folder cannot be written: ${messageOf(thrown)}`;
    throw new AsterismError('RECORD_UNREACHABLE', why, { cause: thrown });
  }
}

function check({ callId, patientId, startedAt, endedAt, readings }: WriteBackRequest): void {
  const wrong = (field: string, must: string): never => {
    throw new AsterismError('INPUT_INVALID', `${field}: must be ${must}`);
  };
  if (!CALL_ID.test(callId)) wrong('call_id', 'an identifier');
  if (!PATIENT_ID.test(patientId)) wrong('patient_id', 'Patient.id');
  if (!INSTANT.test(startedAt)) wrong('started_at', 'ISO 8601 in UTC');
  if (!INSTANT.test(endedAt)) wrong('ended_at', 'ISO 8601 in UTC');
  readings.forEach(({ observation }, index) => {
    const { value, unit, date } = observation ?? { value: Number.NaN, unit: '', date: '' };
    if (!Number.isFinite(value) || unit === '') wrong(`readings[${String(index)}]`, 'a number with its unit');
    if (date !== '' && fullDate(date) !== date) wrong(`readings[${String(index)}].date`, 'YYYY-MM-DD');
  });
}
