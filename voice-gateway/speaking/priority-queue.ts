import { AsterismError } from '../../platform/errors.js';

interface Waiting {
  readonly priority: number;
  start(): void;
}

/**
 * Lets one task run at a time, the lowest priority number first and in order of arrival among equals. The model
 * worker itself answers in order, so what matters must be put in order before it gets there.
 */
export class PriorityQueue {
  readonly #waiting: Waiting[] = [];
  #running = false;

  /**
   * Runs a task when its turn comes.
   * @throws AsterismError CANCELLED when the signal aborts before it begins; and whatever the task throws
   */
  run<Result>(
    priority: number,
    signal: AbortSignal | undefined,
    task: () => Promise<Result>,
  ): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      const cancel = (): void => {
        const index = this.#waiting.indexOf(waiting);
        if (index >= 0) this.#waiting.splice(index, 1);
        reject(new AsterismError('CANCELLED', 'while waiting for the voice'));
      };
      const waiting: Waiting = {
        priority,
        start: () => {
          signal?.removeEventListener('abort', cancel);
          this.#running = true;
          void Promise.resolve()
            .then(task)
            .then(resolve, reject)
            .finally(() => {
              this.#running = false;
              this.#next();
            });
        },
      };
      if (signal?.aborted) {
        cancel();
        return;
      }
      signal?.addEventListener('abort', cancel, { once: true });
      const behind = this.#waiting.findIndex((other) => other.priority > priority);
      this.#waiting.splice(behind < 0 ? this.#waiting.length : behind, 0, waiting);
      this.#next();
    });
  }

  #next(): void {
    if (!this.#running) this.#waiting.shift()?.start();
  }
}
