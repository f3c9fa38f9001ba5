import { status, type sendUnaryData, type ServerUnaryCall, type ServiceError } from '@grpc/grpc-js';
import { AsterismError, type ErrorCode } from '../../platform/errors.js';
import { log } from '../../platform/log.js';
import type {
  BriefReply,
  BriefRequest,
  RecordSummaryServer,
  WriteBackReply,
  WriteBackRequest,
} from '../../protos/generated/asterism/v1/record_summary.js';
import { briefOf } from './brief.js';
import { fullDate } from './dates.js';
import { openRecordSource } from './open-record-source.js';
import type { RecordSettings } from './record-settings.js';
import type { RecordSource } from './record-source.js';
import { writeBack } from './write-back/write-back.js';

/** The RecordSummary contract over the configured records. */
export function recordService(settings: RecordSettings): RecordSummaryServer {
  const source = openRecordSource(settings);
  return {
    brief: (call: ServerUnaryCall<BriefRequest, BriefReply>, reply: sendUnaryData<BriefReply>) => {
      answer(call, reply, (request, signal) => brief(source, request, signal));
    },
    writeBack: (
      call: ServerUnaryCall<WriteBackRequest, WriteBackReply>,
      reply: sendUnaryData<WriteBackReply>,
    ) => {
      answer(call, reply, (request, signal) => writeBack(settings, request, signal));
    },
  };
}

function answer<Request, Reply>(
  call: ServerUnaryCall<Request, Reply>,
  reply: sendUnaryData<Reply>,
  work: (request: Request, signal: AbortSignal) => Promise<Reply>,
): void {
  const cancelled = new AbortController();
  call.on('cancelled', () => {
    cancelled.abort();
  });
  work(call.request, cancelled.signal).then(
    (done) => {
      reply(null, done);
    },
    (thrown: unknown) => {
      reply(serviceError(thrown));
    },
  );
}

async function brief(
  source: RecordSource,
  { patientId, today, timeZone }: BriefRequest,
  signal: AbortSignal,
): Promise<BriefReply> {
  if (fullDate(today) !== today) throw new AsterismError('INPUT_INVALID', 'today: must be YYYY-MM-DD');
  const found = await source.find(patientId, signal);
  const read = briefOf(found.bundle, { patientId, today, timeZone });
  const made = { ...read, warnings: [...found.warnings, ...read.warnings] };
  if (made.warnings.length > 0) {
    log.warn(
      { warnings: made.warnings.slice(0, 20), count: made.warnings.length },
      'parts of a record are not used',
    );
  }
  return made;
}

const statusOf: Readonly<Partial<Record<ErrorCode, status>>> = {
  CHART_NOT_FOUND: status.NOT_FOUND,
  CHART_INVALID: status.FAILED_PRECONDITION,
  INPUT_INVALID: status.INVALID_ARGUMENT,
  RECORD_UNREACHABLE: status.UNAVAILABLE,
};

/** A coded message goes to the caller as it is; anything else might quote the record and stays here. */
function serviceError(thrown: unknown): ServiceError {
  const coded = thrown instanceof AsterismError ? thrown : undefined;
  if (!coded) {
    log.error(
      { error: thrown instanceof Error ? thrown.name : typeof thrown },
      'a record could not be read or written',
    );
  }
  const details =
    coded?.message ?? 'RECORD_UNREACHABLE: the record could not be read or written; the log says where';
  const code = (coded && statusOf[coded.code]) ?? status.INTERNAL;
  return Object.assign(new Error(details), { code, details }) as ServiceError;
}
