import {
  Server,
  ServerCredentials,
  status,
  type sendUnaryData,
  type ServerDuplexStream,
  type ServerUnaryCall,
  type ServerWritableStream,
  type ServiceError,
} from '@grpc/grpc-js';
import { AsterismError, messageOf } from '../platform/errors.js';
import { log } from '../platform/log.js';
import {
  Pass,
  ReviewProblem_Kind,
  SpecialistService,
  type DescribeRequest,
  type Description,
  type InvestigateRequest,
  type InvestigateUpdate,
  type ReviewOrder,
  type ReviewReply,
  type ReviewRequest,
  type SpecialistServer,
} from '../protos/generated/asterism/v1/specialist.js';
import type { AnySpecialist } from './specialist.js';

/** Larger than any honest request: a chart of 200 medicines is about 30 KiB. */
const MAX_REQUEST_BYTES = 1024 * 1024;
/** Characters; a long answer of a patient is a few hundred. */
const MAX_HEARD_LENGTH = 20_000;
/** Characters; a draft is one sentence. */
const MAX_DRAFT_LENGTH = 5_000;
/** How long calls in flight may finish after close() was asked for, in milliseconds. */
const CLOSE_GRACE_MS = 500;

/** A specialist that listens. */
export interface RunningSpecialist {
  /** host:port for a gRPC client. */
  readonly address: string;
  /** Stops listening; calling it again does nothing more. */
  close(): Promise<void>;
}

/**
 * Puts one specialist behind the Specialist contract on a socket of its own.
 * A request that breaks the contract, or a review that throws, is answered with a problem (Investigate: INVALID_ARGUMENT,
 * INTERNAL) that holds nothing that was said or that a chart holds; the stream goes on.
 * @param options.address host:port; port 0 takes a free one
 * @throws AsterismError CONFIGURATION_INVALID when the address cannot be listened on
 */
export async function serveSpecialist(
  logic: AnySpecialist,
  options: { readonly address: string },
): Promise<RunningSpecialist> {
  const server = new Server({
    'grpc.max_receive_message_length': MAX_REQUEST_BYTES,
    'grpc.max_send_message_length': MAX_REQUEST_BYTES,
  });
  const streams = new Set<() => void>();
  server.addService(SpecialistService, handlersOf(logic, streams));
  for (const { definition, handlers } of logic.services ?? []) server.addService(definition, handlers);
  const port = await bind(server, options.address, logic.description.specialist);
  let closing: Promise<void> | undefined;
  return {
    address: `${options.address.slice(0, options.address.lastIndexOf(':'))}:${String(port)}`,
    close: () =>
      (closing ??= (async () => {
        for (const finish of streams) finish();
        await shutDown(server);
        await logic.close?.();
      })()),
  };
}

/** @param streams takes what ends each stream of reviews that is open */
function handlersOf(logic: AnySpecialist, streams: Set<() => void>): SpecialistServer {
  return {
    describe: (_call: ServerUnaryCall<DescribeRequest, Description>, reply: sendUnaryData<Description>) => {
      reply(null, logic.description);
    },

    review: (call: ServerDuplexStream<ReviewOrder, ReviewReply>) => {
      const finish = serveReviews(logic, call, () => streams.delete(finish));
      streams.add(finish);
    },

    investigate: (call: ServerWritableStream<InvestigateRequest, InvestigateUpdate>) => {
      void investigate(logic, call);
    },
  };
}

/**
 * Answers every request of one stream, and ends it after the last.
 * @returns ends the stream once everything asked so far is answered
 */
function serveReviews(
  logic: AnySpecialist,
  call: ServerDuplexStream<ReviewOrder, ReviewReply>,
  over: () => void,
): () => void {
  const name = logic.description.specialist;
  let open = 0;
  let ending = false;
  let cancelled = false;
  const finish = (): void => {
    ending = true;
    if (open === 0 && !cancelled) call.end();
  };
  const reply = (parts: Omit<ReviewReply, 'review'> & Partial<ReviewReply>): void => {
    open--;
    if (cancelled) return;
    call.write({ review: undefined, ...parts });
    if (ending && open === 0) call.end();
  };
  call.on('data', ({ requestId, request }: ReviewOrder) => {
    open++;
    const problem = problemOf(request);
    if (request === undefined || problem !== undefined) {
      const detail = problem ?? '';
      reply({ requestId, problem: { kind: ReviewProblem_Kind.INVALID_REQUEST, detail } });
      return;
    }
    const fail = (thrown: unknown): void => {
      const detail = failed(name, 'review', request, thrown);
      reply({ requestId, problem: { kind: ReviewProblem_Kind.FAILED, detail } });
    };
    try {
      const answer = logic.review(request);
      // A review that is there is sent at once: a promise would cost it a turn of the event loop.
      if (answer instanceof Promise) answer.then((review) => reply({ requestId, review }), fail);
      else reply({ requestId, review: answer });
    } catch (thrown) {
      fail(thrown);
    }
  });
  const drop = (): void => {
    cancelled = true;
    over();
  };
  call.on('end', finish);
  call.on('finish', over);
  call.on('cancelled', drop);
  call.on('error', drop);
  return finish;
}

async function investigate(
  logic: AnySpecialist,
  call: ServerWritableStream<InvestigateRequest, InvestigateUpdate>,
): Promise<void> {
  const name = logic.description.specialist;
  const about = call.request.about;
  if (!logic.investigate) {
    call.emit('error', serviceError(status.UNIMPLEMENTED, `${name} does no long work`));
    return;
  }
  const problem = problemOf(about);
  if (about === undefined || problem !== undefined) {
    call.emit('error', serviceError(status.INVALID_ARGUMENT, `about: ${problem ?? ''}`));
    return;
  }
  const cancelled = new AbortController();
  call.on('cancelled', () => {
    cancelled.abort();
  });
  try {
    for await (const update of logic.investigate(call.request, cancelled.signal)) {
      if (cancelled.signal.aborted) return;
      call.write(update);
    }
    call.end();
  } catch (thrown) {
    if (cancelled.signal.aborted) return;
    call.emit('error', serviceError(status.INTERNAL, failed(name, 'investigation', about, thrown)));
  }
}

/** What is wrong with a request, naming the field; undefined when it keeps the contract. */
function problemOf(request: ReviewRequest | undefined): string | undefined {
  if (request === undefined) return 'request: is missing';
  switch (request.pass) {
    case Pass.HEARD:
      if (!request.heard) return 'heard: is needed on the first look';
      break;
    case Pass.DRAFT:
      if (request.draft.trim() === '') return 'draft: is needed on the second look';
      break;
    case Pass.UNSPECIFIED:
    case Pass.UNRECOGNIZED:
      return 'pass: must be PASS_HEARD or PASS_DRAFT';
  }
  if ((request.heard?.text.length ?? 0) > MAX_HEARD_LENGTH) {
    return `heard.text: longer than ${String(MAX_HEARD_LENGTH)} characters`;
  }
  if (request.draft.length > MAX_DRAFT_LENGTH) {
    return `draft: longer than ${String(MAX_DRAFT_LENGTH)} characters`;
  }
  return undefined;
}

/** Logs where it failed (an error's own message might quote the patient) and says so without details. */
function failed(specialist: string, what: string, request: ReviewRequest, thrown: unknown): string {
  log.error(
    {
      specialist,
      callId: request.callId,
      turnId: request.turnId,
      error: thrown instanceof Error ? thrown.name : typeof thrown,
      frames: thrown instanceof Error ? framesOf(thrown) : [],
    },
    `${what} failed`,
  );
  return `${specialist}: the ${what} failed; its log says where`;
}

function framesOf(error: Error): string[] {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, 6);
}

function serviceError(code: status, details: string): ServiceError {
  return Object.assign(new Error(details), { code, details }) as ServiceError;
}

async function bind(server: Server, address: string, specialist: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync(address, ServerCredentials.createInsecure(), (error, port) => {
      if (error) {
        reject(
          new AsterismError(
            'CONFIGURATION_INVALID',
            `${specialist} cannot listen on ${address}: ${messageOf(error)}; choose another address`,
            { cause: error },
          ),
        );
      } else resolve(port);
    });
  });
}

async function shutDown(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => {
      server.forceShutdown();
    }, CLOSE_GRACE_MS);
    server.tryShutdown(() => {
      clearTimeout(force);
      resolve();
    });
  });
}
