import { connectivityState, credentials, Metadata } from '@grpc/grpc-js';
import { AsterismError } from '../../platform/errors.js';
import {
  SpecialistClient,
  SpecialistService,
  type Description,
  type InvestigateRequest,
  type InvestigateUpdate,
  type ReviewRequest,
} from '../../protos/generated/asterism/v1/specialist.js';
import { ReviewStream, type Answer, type PreparedRequest } from './review-stream.js';

/** How long a specialist may take to introduce itself when the orchestrator starts, in milliseconds. */
const DESCRIBE_DEADLINE_MS = 10_000;
/** Reconnecting is tried quickly: a gate that is down stops every sentence. */
const RECONNECT_MIN_MS = 100;
const RECONNECT_MAX_MS = 2_000;

export interface AskOptions {
  /** The longest wait for an answer, in milliseconds of real time. */
  readonly deadlineMs: number;
  /** Wait for the connection to come back instead of failing at once. */
  readonly waitForConnection: boolean;
}

/** All specialists get the same request object in one look, so it is numbered and encoded for the first of them only. */
const prepared = new WeakMap<ReviewRequest, PreparedRequest>();
let lastRequestId = 0;
/** A number on the wire has 32 bits; no stream lives through so many looks that one comes again while it is in use. */
const REQUEST_IDS = 2 ** 32;

function prepare(request: ReviewRequest): PreparedRequest {
  const before = prepared.get(request);
  if (before) return before;
  lastRequestId = (lastRequestId + 1) % REQUEST_IDS;
  const requestId = lastRequestId;
  const one = { requestId, bytes: SpecialistService.review.requestSerialize({ requestId, request }) };
  prepared.set(request, one);
  return one;
}

/** One long-lived connection to one specialist. */
export class SpecialistChannel {
  readonly specialist: string;
  readonly #client: SpecialistClient;
  readonly #onConnection: (connected: boolean) => void;
  #stream: ReviewStream | undefined;
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

  /** Asks for one review, over the stream of all reviews. Never rejects. Cancelled by the signal. */
  async review(request: ReviewRequest, options: AskOptions, signal: AbortSignal): Promise<Answer> {
    if (signal.aborted) return { none: 'cancelled', detail: '' };
    if (!this.#stream || this.#stream.over) this.#stream = this.#open(options.waitForConnection);
    return this.#stream.ask(prepare(request), options.deadlineMs, signal);
  }

  /**
   * Long work, for as long as the signal lets it. Never rejects.
   * @param onUpdate told of every update; the last one holds the review
   * @returns true when the specialist ended its work, false when it broke, hung or was cancelled
   */
  investigate(
    request: InvestigateRequest,
    onUpdate: (update: InvestigateUpdate) => void,
    signal: AbortSignal,
  ): Promise<boolean> {
    if (signal.aborted || this.#closed) return Promise.resolve(false);
    return new Promise((resolve) => {
      const call = this.#client.investigate(request);
      const cancel = (): void => {
        call.cancel();
      };
      const settle = (ended: boolean): void => {
        signal.removeEventListener('abort', cancel);
        resolve(ended);
      };
      signal.addEventListener('abort', cancel, { once: true });
      call.on('data', onUpdate);
      call.on('error', () => {
        settle(false);
      });
      call.on('end', () => {
        settle(true);
      });
    });
  }

  #open(waitForConnection: boolean): ReviewStream {
    const { path, responseDeserialize } = SpecialistService.review;
    return new ReviewStream(() =>
      this.#client.makeBidiStreamRequest(
        path,
        ({ bytes }: PreparedRequest) => bytes,
        responseDeserialize,
        new Metadata({ waitForReady: waitForConnection }),
      ),
    );
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#stream?.close();
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
