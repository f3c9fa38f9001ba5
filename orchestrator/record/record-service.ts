import { status, type ServiceError } from '@grpc/grpc-js';
import { AsterismError, messageOf } from '../../platform/errors.js';
import type {
  CallSummary,
  ReadCallRequest,
  RecordedEvent,
  RecordServer,
} from '../../protos/generated/asterism/v1/record.js';
import type { LoggedEvent } from '../call/events.js';
import type { CallListing, CallLog } from './call-log.js';

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 1_000;

/** The Record service over a call log. */
export function recordService(calls: CallLog): RecordServer {
  return {
    listCalls: (call, reply) => {
      const limit = Math.min(call.request.limit === 0 ? DEFAULT_LIMIT : call.request.limit, MAX_LIMIT);
      calls.list(limit).then(
        (listings) => {
          reply(null, { calls: listings.map(summary) });
        },
        (thrown: unknown) => {
          reply(serviceError(thrown));
        },
      );
    },

    readCall: (call) => {
      const cancelled = new AbortController();
      call.on('cancelled', () => {
        cancelled.abort();
      });
      stream(calls, call.request, cancelled.signal, (event) => writeWhenReady(call, event)).then(
        () => {
          call.end();
        },
        (thrown: unknown) => {
          if (!cancelled.signal.aborted) call.emit('error', serviceError(thrown));
        },
      );
    },
  };
}

async function stream(
  calls: CallLog,
  { callId, follow }: ReadCallRequest,
  signal: AbortSignal,
  write: (event: RecordedEvent) => Promise<void>,
): Promise<void> {
  const stored = await calls.read(callId);
  if (stored.length === 0) {
    throw new AsterismError('CALL_NOT_FOUND', 'no call has this identifier; asterism calls lists them');
  }
  if (!follow) {
    for (const logged of stored) await write(recorded(callId, logged));
    return;
  }
  for await (const logged of calls.follow(callId, signal)) await write(recorded(callId, logged));
}

function writeWhenReady(
  call: { write(event: RecordedEvent): boolean; once(event: 'drain', listener: () => void): unknown },
  event: RecordedEvent,
): Promise<void> {
  return new Promise((resolve) => {
    if (call.write(event)) resolve();
    else call.once('drain', resolve);
  });
}

function recorded(callId: string, { sequence, recordedAtMs, event }: LoggedEvent): RecordedEvent {
  return {
    callId,
    sequence,
    recordedAt: new Date(recordedAtMs).toISOString(),
    type: event.type,
    payloadJson: JSON.stringify(event),
  };
}

function summary(listing: CallListing): CallSummary {
  return {
    callId: listing.callId,
    patientId: listing.patientId,
    startedAt: new Date(listing.startedAtMs).toISOString(),
    endedAt: listing.endedAtMs === undefined ? '' : new Date(listing.endedAtMs).toISOString(),
    endReason: listing.endReason,
  };
}

function serviceError(thrown: unknown): ServiceError {
  const code =
    thrown instanceof AsterismError && thrown.code === 'CALL_NOT_FOUND' ? status.NOT_FOUND : status.INTERNAL;
  const details = thrown instanceof AsterismError ? thrown.message : 'the record cannot be read';
  return Object.assign(new Error(messageOf(thrown)), { code, details }) as ServiceError;
}
