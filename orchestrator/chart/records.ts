import { credentials, Metadata, type ServiceError } from '@grpc/grpc-js';
import { AsterismError, errorCodes, type ErrorCode } from '../../platform/errors.js';
import { localDate, localZone } from '../../platform/local-date.js';
import {
  RecordSummaryClient,
  type BriefReply,
  type WriteBackReply,
  type WriteBackRequest,
} from '../../protos/generated/asterism/v1/record_summary.js';
import type { ChartSource } from './chart-source.js';

/** The patient is on the line, so a record that does not come soon does not come, in milliseconds. */
const BRIEF_DEADLINE_MS = 5_000;

/** Nobody waits for it, but a server that never answers is not waited for either, in milliseconds. */
const WRITE_BACK_DEADLINE_MS = 30_000;

/** Takes finished calls. */
export interface CallRecipient {
  /** A repeated write changes nothing. @throws AsterismError INPUT_INVALID, RECORD_UNREACHABLE */
  writeBack(request: WriteBackRequest): Promise<WriteBackReply>;
}

/** Patients' records, by the record-summary specialist. */
export interface Records extends ChartSource, CallRecipient {
  close(): void;
}

/**
 * Asks the record-summary specialist for a brief at the beginning of every call, and hands it the call at its end.
 * @param address host:port
 * @throws AsterismError CONFIGURATION_INVALID when there is no address
 */
export function connectRecords(address: string): Records {
  if (address === '') {
    throw new AsterismError(
      'CONFIGURATION_INVALID',
      'record-summary: without its address no chart can be read; see ASTERISM_AGENT_ADDRESSES',
    );
  }
  const client = new RecordSummaryClient(address, credentials.createInsecure());
  return {
    async chart(patientId, today) {
      const { patient, deceased } = await brief(client, patientId, localDate(today));
      if (!patient) throw new AsterismError('CHART_INVALID', 'the brief holds no patient');
      if (deceased) {
        throw new AsterismError(
          'PATIENT_DECEASED',
          'the record says that the patient died; nobody is called',
        );
      }
      return patient;
    },
    writeBack: (request) => writeBack(client, request),
    close: () => {
      client.close();
    },
  };
}

function brief(client: RecordSummaryClient, patientId: string, today: string): Promise<BriefReply> {
  return new Promise((resolve, reject) => {
    const request = { patientId, today, timeZone: localZone() };
    client.brief(request, new Metadata(), { deadline: Date.now() + BRIEF_DEADLINE_MS }, (error, reply) => {
      if (error) reject(codedError(error));
      else resolve(reply);
    });
  });
}

function writeBack(client: RecordSummaryClient, request: WriteBackRequest): Promise<WriteBackReply> {
  return new Promise((resolve, reject) => {
    const deadline = Date.now() + WRITE_BACK_DEADLINE_MS;
    client.writeBack(request, new Metadata(), { deadline }, (error, reply) => {
      if (error) reject(codedError(error));
      else resolve(reply);
    });
  });
}

/** The specialist's own code where it gave one. */
function codedError(error: ServiceError): AsterismError {
  const [, code, detail] = /^([A-Z_]+): (.*)$/s.exec(error.details) ?? [];
  if (code !== undefined && detail !== undefined && isErrorCode(code)) return new AsterismError(code, detail);
  return new AsterismError('RECORD_UNREACHABLE', 'the record-summary specialist does not answer', {
    cause: error,
  });
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorCodes, code);
}
