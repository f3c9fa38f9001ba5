import type { ServerResponse } from 'node:http';
import { status, type ServiceError } from '@grpc/grpc-js';
import type { RecordClient, RecordedEvent } from '../protos/generated/asterism/v1/record.js';
import { log } from '../platform/log.js';

/** A comment this often keeps proxies from closing a quiet stream, in milliseconds. */
const HEARTBEAT_MS = 15_000;

/**
 * Sends the log of a call as server-sent events, from its beginning until the call has ended. Each event has the
 * log's sequence as its id, so that a browser that reconnects goes on where it was.
 * @param afterSequence events up to this one were seen already
 */
export function sendCallEvents(
  record: RecordClient,
  callId: string,
  afterSequence: number,
  response: ServerResponse,
): void {
  const stream = record.readCall({ callId, follow: true });
  const open = (): void => {
    if (response.headersSent) return;
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    response.flushHeaders();
  };
  const heartbeat = setInterval(() => {
    open();
    response.write(': still here\n\n');
  }, HEARTBEAT_MS);
  stream.on('data', (event: RecordedEvent) => {
    open();
    if (event.sequence <= afterSequence) return;
    if (!response.write(serverSentEvent(event))) {
      stream.pause();
      response.once('drain', () => stream.resume());
    }
  });
  stream.on('end', () => {
    clearInterval(heartbeat);
    open();
    response.end();
  });
  stream.on('error', (error: ServiceError) => {
    clearInterval(heartbeat);
    if (response.headersSent) {
      response.end();
      return;
    }
    const [httpStatus, code, message] =
      error.code === status.NOT_FOUND
        ? ([404, 'CALL_NOT_FOUND', 'no call has this identifier'] as const)
        : ([502, 'CONVERSATION_PROTOCOL', "the orchestrator's record cannot be read"] as const);
    if (httpStatus === 502) log.error({ callId, grpcCode: error.code }, 'a call log could not be followed');
    response.writeHead(httpStatus, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ code, message }));
  });
  response.on('close', () => {
    clearInterval(heartbeat);
    stream.cancel();
  });
}

function serverSentEvent({ sequence, recordedAt, type, payloadJson }: RecordedEvent): string {
  // Parsed and written again, so that whatever white space it has fits on the one line of a data field.
  const event: unknown = JSON.parse(payloadJson);
  return `id: ${sequence}\nevent: ${type.replace(/[\r\n]/g, '')}\ndata: ${JSON.stringify({ sequence, recordedAt, type, event })}\n\n`;
}
