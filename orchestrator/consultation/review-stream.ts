import { status, type ClientDuplexStream, type ServiceError } from '@grpc/grpc-js';
import type { Review, ReviewReply } from '../../protos/generated/asterism/v1/specialist.js';

/** Why a specialist gave no review: unavailable is worth another try, failed and unreadable are not. */
export type NoReview = 'unavailable' | 'failed' | 'unreadable' | 'cancelled';
export type Answer =
  { readonly review: Review | undefined } | { readonly none: NoReview; readonly detail: string };

/** A request as it goes over the wire. */
export interface PreparedRequest {
  readonly requestId: number;
  readonly bytes: Buffer;
}

/** Requests that nobody waits for any more may stay without a reply up to this number; then the specialist hangs. */
const MOST_ABANDONED = 1_000;

interface Pending {
  /** Undefined once nobody waits any more. */
  settle: ((answer: Answer) => void) | undefined;
  /** What came; more than one reply to one request is no answer. */
  answer: Answer | undefined;
}

/**
 * One stream of reviews to one specialist: requests go out, replies come back by number. Ends by itself with the
 * connection, or when the specialist breaks the contract; whoever waits then gets no review, and why.
 */
export class ReviewStream {
  readonly #call: ClientDuplexStream<PreparedRequest, ReviewReply>;
  readonly #pending = new Map<number, Pending>();
  #over = false;

  /** @param open starts the call of Specialist.Review */
  constructor(open: () => ClientDuplexStream<PreparedRequest, ReviewReply>) {
    this.#call = open();
    this.#call.on('data', (reply: ReviewReply) => {
      this.#receive(reply);
    });
    this.#call.on('error', (error: ServiceError) => {
      this.#end(kindOf(error), status[error.code]);
    });
    this.#call.on('end', () => {
      this.#end('unreadable', 'the specialist ended the stream');
    });
  }

  /** True once nothing can be asked any more. */
  get over(): boolean {
    return this.#over;
  }

  /**
   * Asks one question.
   * @param request with a number that this stream has not seen
   * @param deadlineMs the longest wait, in milliseconds of real time
   */
  ask(request: PreparedRequest, deadlineMs: number, signal: AbortSignal): Promise<Answer> {
    return new Promise((resolve) => {
      const pending: Pending = { settle: undefined, answer: undefined };
      const abandon = (answer: Answer): void => {
        pending.settle?.(answer);
      };
      const cancel = (): void => {
        abandon({ none: 'cancelled', detail: '' });
      };
      const deadline = setTimeout(() => {
        abandon({ none: 'failed', detail: 'DEADLINE_EXCEEDED' });
      }, deadlineMs);
      pending.settle = (answer): void => {
        pending.settle = undefined;
        clearTimeout(deadline);
        signal.removeEventListener('abort', cancel);
        resolve(answer);
      };
      signal.addEventListener('abort', cancel, { once: true });
      this.#pending.set(request.requestId, pending);
      if (this.#pending.size > MOST_ABANDONED) this.#breakOff('too many requests without a reply');
      else this.#call.write(request);
    });
  }

  /** Idempotent; whoever waits gets no review. */
  close(): void {
    this.#end('cancelled', '');
    this.#call.cancel();
  }

  #receive(reply: ReviewReply): void {
    if (this.#over) return;
    const pending = this.#pending.get(reply.requestId);
    if (!pending) {
      this.#breakOff('a reply to no request, or a second one');
      return;
    }
    if (pending.answer) {
      pending.answer = { none: 'unreadable', detail: '2 replies' };
      return;
    }
    pending.answer = answerOf(reply);
    // Not at once: a specialist that answers twice is seen when its second reply has come along.
    setImmediate(() => {
      this.#pending.delete(reply.requestId);
      pending.settle?.(pending.answer ?? answerOf(reply));
    });
  }

  /** The specialist does not keep the contract: it counts as lost until it is connected again. */
  #breakOff(detail: string): void {
    this.#end('unreadable', detail);
    this.#call.cancel();
  }

  #end(none: NoReview, detail: string): void {
    if (this.#over) return;
    this.#over = true;
    const waiting = [...this.#pending.values()];
    this.#pending.clear();
    for (const { settle, answer } of waiting) settle?.(answer ?? { none, detail });
  }
}

function answerOf(reply: ReviewReply): Answer {
  return reply.problem ? { none: 'failed', detail: reply.problem.detail } : { review: reply.review };
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
