import { connectivityState, credentials, Metadata, status, type ServiceError } from '@grpc/grpc-js';
import { AsterismError } from '../../platform/errors.js';
import {
  SpecialistClient,
  SpecialistService,
  type Description,
  type Review,
  type ReviewReply,
  type ReviewRequest,
} from '../../protos/generated/asterism/v1/specialist.js';

/** How long a specialist may take to introduce itself when the orchestrator starts, in milliseconds. */
const DESCRIBE_DEADLINE_MS = 10_000;
/** Reconnecting is tried quickly: a gate that is down stops every sentence. */
const RECONNECT_MIN_MS = 100;
const RECONNECT_MAX_MS = 2_000;

/** Why a specialist gave no review: unavailable is worth another try, failed and unreadable are not. */
export type NoReview = 'unavailable' | 'failed' | 'unreadable' | 'cancelled';
export type Answer =
  { readonly review: Review | undefined } | { readonly none: NoReview; readonly detail: string };

export interface AskOptions {
  /** The longest wait for an answer, in milliseconds of real time. */
  readonly deadlineMs: number;
  /** Wait for the connection to come back instead of failing at once. */
  readonly waitForConnection: boolean;
}

/** All specialists get the same request object in one look, so it is encoded for the first of them only. */
const encoded = new WeakMap<ReviewRequest, Buffer>();

function encodeOnce(request: ReviewRequest): Buffer {
  const before = encoded.get(request);
  if (before) return before;
  const bytes = SpecialistService.review.requestSerialize(request);
  encoded.set(request, bytes);
  return bytes;
}

/** One long-lived connection to one specialist. */
export class SpecialistChannel {
  readonly specialist: string;
  readonly #client: SpecialistClient;
  readonly #onConnection: (connected: boolean) => void;
  #closed = false;

  /** @param onConnection told each time the connection comes or goes */
  constructor(specialist: string, address: string, onConnection: (connected: boolean) => void) {
    this.specialist = specialist;
    this.#onConnection = onConnection;
    this.#client = new SpecialistClient(address, credentials.createInsecure(), {
      'grpc.initial_reconnect_backoff_ms': RECONNECT_MIN_MS,
      'grpc.min_reconnect_backoff_ms': RECONNECT_MIN_MS,
      'grpc.max_reconnect_backoff_ms': RECONNECT_MAX_MS,
      // One retry policy, ours: gRPC's own would hide a dying specialist.
      'grpc.enable_retries': 0,
      'grpc.client_idle_timeout_ms': 2_147_483_647,
      'grpc.use_local_subchannel_pool': 1,
    });
    this.#watch();
  }

  /** @throws AsterismError SPECIALIST_UNREACHABLE */
  describe(): Promise<Description> {
    return new Promise((resolve, reject) => {
      const metadata = new Metadata({ waitForReady: true });
      const options = { deadline: Date.now() + DESCRIBE_DEADLINE_MS };
      this.#client.describe({}, metadata, options, (error, description) => {
        if (error) {
          reject(
            new AsterismError(
              'SPECIALIST_UNREACHABLE',
              `${this.specialist} does not answer at ${this.#client.getChannel().getTarget()}; ` +
                'start it (asterism serve --only agents) or correct its address',
              { cause: error },
            ),
          );
        } else resolve(description);
      });
    });
  }

  /**
   * Asks for one review. Read as a stream, so that a specialist that answers twice is seen at once
   * (a unary call would wait for its deadline). Never rejects. Cancelled by the signal.
   */
  review(request: ReviewRequest, options: AskOptions, signal: AbortSignal): Promise<Answer> {
    return new Promise((resolve) => {
      if (signal.aborted) {
        resolve({ none: 'cancelled', detail: '' });
        return;
      }
      const { path, responseDeserialize } = SpecialistService.review;
      const call = this.#client.makeServerStreamRequest(
        path,
        encodeOnce,
        responseDeserialize,
        request,
        new Metadata({ waitForReady: options.waitForConnection }),
        { deadline: Date.now() + options.deadlineMs },
      );
      const replies: ReviewReply[] = [];
      const cancel = (): void => {
        call.cancel();
      };
      const settle = (answer: Answer): void => {
        signal.removeEventListener('abort', cancel);
        resolve(answer);
      };
      signal.addEventListener('abort', cancel, { once: true });
      call.on('data', (reply: ReviewReply) => {
        replies.push(reply);
      });
      call.on('error', (error: ServiceError) => {
        settle({ none: kindOf(error), detail: nameOf(error.code) });
      });
      call.on('end', () => {
        const [reply] = replies;
        if (reply && replies.length === 1) settle({ review: reply.review });
        else settle({ none: 'unreadable', detail: `${String(replies.length)} replies` });
      });
    });
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#client.close();
  }

  /** Follows the connection and asks for it again whenever it is idle, so that a loss is seen at once. */
  #watch(): void {
    if (this.#closed) return;
    const channel = this.#client.getChannel();
    const state = channel.getConnectivityState(true);
    if (state === connectivityState.READY) this.#onConnection(true);
    if (state === connectivityState.TRANSIENT_FAILURE) this.#onConnection(false);
    channel.watchConnectivityState(state, Infinity, () => {
      this.#watch();
    });
  }
}

function kindOf(error: ServiceError): NoReview {
  switch (error.code) {
    case status.UNAVAILABLE:
      return 'unavailable';
    case status.CANCELLED:
      return 'cancelled';
    // Bytes that are no reply.
    case status.INTERNAL:
      return /message|pars|deserial|decod/i.test(error.details) ? 'unreadable' : 'failed';
    default:
      return 'failed';
  }
}

function nameOf(code: status): string {
  return status[code];
}
