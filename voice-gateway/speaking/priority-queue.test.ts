import { describe, expect, it } from 'vitest';
import { PriorityQueue } from './priority-queue.js';

const deferred = (): { promise: Promise<void>; resolve: () => void } => {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
};

describe('the voice queue', () => {
  it('lets a waiting patient go before everything prepared, and keeps order among equals', async () => {
    const queue = new PriorityQueue();
    const order: string[] = [];
    const gate = deferred();
    const done = [
      queue.run(2, undefined, () => gate.promise.then(() => order.push('prepared 1'))),
      queue.run(2, undefined, async () => order.push('prepared 2')),
      queue.run(1, undefined, async () => order.push('later clause')),
      queue.run(0, undefined, async () => order.push('first clause')),
      queue.run(0, undefined, async () => order.push('first clause of another call')),
    ];
    gate.resolve();
    await Promise.all(done);
    expect(order).toEqual([
      'prepared 1',
      'first clause',
      'first clause of another call',
      'later clause',
      'prepared 2',
    ]);
  });

  it('never runs what was cancelled while it waited', async () => {
    const queue = new PriorityQueue();
    const gate = deferred();
    const abort = new AbortController();
    let ran = false;
    const first = queue.run(0, undefined, () => gate.promise);
    const second = queue.run(0, abort.signal, async () => (ran = true));
    abort.abort();
    await expect(second).rejects.toMatchObject({ code: 'CANCELLED' });
    gate.resolve();
    await first;
    await queue.run(0, undefined, async () => undefined);
    expect(ran).toBe(false);
    await expect(queue.run(0, abort.signal, async () => undefined)).rejects.toMatchObject({
      code: 'CANCELLED',
    });
  });

  it('goes on after a task that fails', async () => {
    const queue = new PriorityQueue();
    const failed = queue.run(0, undefined, () => Promise.reject(new Error('no voice')));
    const next = queue.run(0, undefined, async () => 'spoken');
    await expect(failed).rejects.toThrow('no voice');
    expect(await next).toBe('spoken');
  });
});
