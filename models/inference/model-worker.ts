import { Worker } from 'node:worker_threads';
import { AsterismError, messageOf } from '../../platform/errors.js';
import { log } from '../../platform/log.js';
import type { WorkerReply, WorkerRequest } from './serve-model.js';

interface Pending<Part, Result> {
  onPart: ((part: Part) => void) | undefined;
  resolve(result: Result): void;
  reject(error: unknown): void;
  release(): void;
}

/** Longer than any inference takes: a thread that has not ended by then hangs. */
const CLOSE_LIMIT_MS = 10_000;

/**
 * The main-thread side of one model worker: a queue of tasks with cancellation. A worker that dies
 * fails its running tasks with WORKER_FAILED and is started again, at most once a second.
 */
export class ModelWorker<Task, Part, Result> {
  readonly #module: URL;
  readonly #workerData: unknown;
  readonly #pending = new Map<number, Pending<Part, Result>>();
  #worker: Worker;
  #ready: Promise<void>;
  #nextId = 1;
  #alive = true;
  #closed = false;

  /** @param module the compiled worker module (see compiledModule); it calls serveModel */
  constructor(module: URL, workerData: unknown) {
    this.#module = module;
    this.#workerData = workerData;
    [this.#worker, this.#ready] = this.#start();
  }

  /** Resolves when the model is loaded; rejects with WORKER_FAILED when it cannot be. */
  get ready(): Promise<void> {
    return this.#ready;
  }

  /** Tasks sent and not yet answered. */
  get queueLength(): number {
    return this.#pending.size;
  }

  /**
   * Runs one task. Aborting rejects at once with CANCELLED; the worker stops at its next step.
   * @throws AsterismError WORKER_FAILED or CANCELLED
   */
  run(
    task: Task,
    options: { signal?: AbortSignal; onPart?: (part: Part) => void; transfer?: readonly ArrayBuffer[] } = {},
  ): Promise<Result> {
    const { signal } = options;
    if (this.#closed) return Promise.reject(new AsterismError('WORKER_FAILED', 'the worker is closed'));
    // Between a worker's end and its next start nobody would answer.
    if (!this.#alive)
      return Promise.reject(new AsterismError('WORKER_FAILED', 'the worker is being started again'));
    if (signal?.aborted) return Promise.reject(new AsterismError('CANCELLED', 'before it started'));
    const id = this.#nextId++;
    return new Promise<Result>((resolve, reject) => {
      const cancel = (): void => {
        this.#pending.delete(id);
        this.#send({ kind: 'cancel', id });
        reject(new AsterismError('CANCELLED', 'while queued or running'));
      };
      signal?.addEventListener('abort', cancel, { once: true });
      this.#pending.set(id, {
        onPart: options.onPart,
        resolve,
        reject,
        release: () => signal?.removeEventListener('abort', cancel),
      });
      this.#send({ kind: 'task', id, task }, options.transfer);
    });
  }

  /**
   * Ends the worker; what is pending fails with WORKER_FAILED. Resolves when the thread has ended, after the step of
   * inference that it may be in; a thread that hangs is left behind, no longer holding the process. Idempotent.
   */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#failAll('the worker was closed');
    const worker = this.#worker;
    if (worker.threadId === -1) return; // it had ended before
    const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    this.#send({ kind: 'close' });
    let giveUp: NodeJS.Timeout | undefined;
    const hangs = new Promise<void>((resolve) => (giveUp = setTimeout(resolve, CLOSE_LIMIT_MS)));
    await Promise.race([ended, hangs]);
    clearTimeout(giveUp);
    worker.unref();
  }

  #send(request: WorkerRequest<Task>, transfer: readonly ArrayBuffer[] = []): void {
    this.#worker.postMessage(request, [...transfer]);
  }

  #start(): [Worker, Promise<void>] {
    const worker = new Worker(this.#module, { workerData: this.#workerData });
    this.#alive = true;
    const startedMs = performance.now();
    const ready = new Promise<void>((resolve, reject) => {
      worker.on('message', (reply: WorkerReply<Part, Result>) => {
        if (reply.kind === 'ready') resolve();
        else this.#receive(reply);
      });
      worker.on('error', (error) => {
        const failure = new AsterismError('WORKER_FAILED', messageOf(error), { cause: error });
        reject(failure);
        this.#failAll(failure.message);
      });
      worker.on('exit', () => {
        this.#alive = false;
        reject(new AsterismError('WORKER_FAILED', 'the worker ended'));
        this.#failAll('the worker ended');
        if (this.#closed) return;
        log.error(
          { module: this.#module.pathname.split('/').at(-1) },
          'inference worker ended; starting it again',
        );
        const waitMs = Math.max(0, 1_000 - (performance.now() - startedMs));
        setTimeout(() => {
          if (!this.#closed) [this.#worker, this.#ready] = this.#start();
        }, waitMs).unref();
      });
    });
    ready.catch(() => undefined); // whoever awaits ready sees it; nobody awaiting is no crash
    return [worker, ready];
  }

  #receive(reply: Exclude<WorkerReply<Part, Result>, { kind: 'ready' }>): void {
    const pending = this.#pending.get(reply.id);
    if (!pending) return; // cancelled meanwhile
    if (reply.kind === 'part') {
      pending.onPart?.(reply.part);
      return;
    }
    this.#pending.delete(reply.id);
    pending.release();
    if (reply.kind === 'done') pending.resolve(reply.result);
    else pending.reject(new AsterismError('WORKER_FAILED', reply.message));
  }

  #failAll(detail: string): void {
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const task of pending) {
      task.release();
      task.reject(new AsterismError('WORKER_FAILED', detail));
    }
  }
}
