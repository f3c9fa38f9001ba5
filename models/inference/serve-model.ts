import { getPriority, setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { messageOf } from '../../platform/errors.js';

/** What the main thread sends to a model worker. */
export type WorkerRequest<Task> =
  | { kind: 'task'; id: number; task: Task }
  | { kind: 'cancel'; id: number }
  /** Finish what runs, skip what waits, and end the thread. */
  | { kind: 'close' };

/** What a model worker sends back. A task ends with exactly one done or failed. */
export type WorkerReply<Part, Result> =
  | { kind: 'ready' }
  | { kind: 'part'; id: number; part: Part }
  | { kind: 'done'; id: number; result: Result }
  | { kind: 'failed'; id: number; message: string };

/** Handed to a task so that it can stream parts and notice its cancellation. */
export interface TaskContext<Part> {
  /** Aborted when the caller no longer wants the result. Check it between inference steps. */
  readonly signal: AbortSignal;
  /** Sends a part of the result early; buffers in transfer move without a copy. */
  part(part: Part, transfer?: readonly ArrayBuffer[]): void;
}

/** Does one task. */
type RunTask<Task, Part, Result> = (task: Task, context: TaskContext<Part>) => Promise<Result>;

/** How much nicer than the rest a thread is that computes for long: audio, looks and the log go before it when cores are few. */
const LONG_WORK_NICENESS = 5;

/**
 * The worker-thread side of a model: runs tasks one at a time in order of arrival.
 * @param load opens the ONNX sessions; tasks wait until it is done
 * @param options.brief whether a task takes a few milliseconds at most and audio or a look waits for it
 */
export async function serveModel<Task, Part, Result>(
  load: () => Promise<RunTask<Task, Part, Result>>,
  options: { readonly brief?: boolean } = {},
): Promise<void> {
  const port = parentPort;
  if (!port) throw new Error('serveModel runs in a worker thread only');
  if (options.brief !== true) yieldToOthers();
  const send = (reply: WorkerReply<Part, Result>, transfer: readonly ArrayBuffer[] = []): void =>
    port.postMessage(reply, [...transfer]);
  const running = new Map<number, AbortController>();
  const run = await load();
  let last: Promise<void> = Promise.resolve();
  port.on('message', (request: WorkerRequest<Task>) => {
    if (request.kind === 'cancel') {
      running.get(request.id)?.abort();
      return;
    }
    if (request.kind === 'close') {
      for (const abort of running.values()) abort.abort();
      // A thread that is terminated during an inference takes the whole process with it; this one ends by itself.
      void last.then(() => port.close());
      return;
    }
    const { id, task } = request;
    const abort = new AbortController();
    running.set(id, abort);
    last = last.then(async () => {
      try {
        if (abort.signal.aborted) throw new Error('cancelled');
        const result = await run(task, {
          signal: abort.signal,
          part: (part, transfer) => send({ kind: 'part', id, part }, transfer),
        });
        send({ kind: 'done', id, result });
      } catch (thrown) {
        send({ kind: 'failed', id, message: messageOf(thrown) });
      } finally {
        running.delete(id);
      }
    });
  });
  send({ kind: 'ready' });
}

/** On Linux a niceness belongs to a thread and to those that it starts afterwards, so the model's own come along. */
function yieldToOthers(): void {
  if (process.platform === 'linux') setPriority(Math.min(19, getPriority() + LONG_WORK_NICENESS));
}
