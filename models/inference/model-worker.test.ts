import { afterEach, describe, expect, it, vi } from 'vitest';
import { ModelWorker } from './model-worker.js';

/** A worker module in a data URL that speaks the protocol of serve-model.ts. */
function moduleOf(onTask: string): URL {
  const code = `
    import { parentPort } from 'node:worker_threads';
    parentPort.on('message', (request) => {
      if (request.kind === 'cancel') return;
      if (request.kind === 'close') return parentPort.close();
      const { id, task } = request;
      const send = (reply) => parentPort.postMessage({ id, ...reply });
      ${onTask}
    });
    parentPort.postMessage({ kind: 'ready' });`;
  return new URL(`data:text/javascript,${encodeURIComponent(code)}`);
}

const opened: { close(): Promise<void> }[] = [];
function open(onTask: string): ModelWorker<number, number, number> {
  const worker = new ModelWorker<number, number, number>(moduleOf(onTask), {});
  opened.push(worker);
  return worker;
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((worker) => worker.close()));
});

describe('ModelWorker', () => {
  it('runs tasks, with their parts before their result', async () => {
    const worker = open(`send({ kind: 'part', part: task + 1 }); send({ kind: 'done', result: task * 2 });`);
    await worker.ready;
    const parts: number[] = [];
    const results = await Promise.all([worker.run(1, { onPart: (part) => parts.push(part) }), worker.run(2)]);
    expect(results).toEqual([2, 4]);
    expect(parts).toEqual([2]);
    expect(worker.queueLength).toBe(0);
  });

  it('passes on what failed in the worker', async () => {
    const worker = open(`send({ kind: 'failed', message: 'the input has the wrong shape' });`);
    await expect(worker.run(1)).rejects.toMatchObject({ code: 'WORKER_FAILED', message: /wrong shape/ });
  });

  it('rejects at once when a task is cancelled, and ignores its late result', async () => {
    const worker = open(`setTimeout(() => send({ kind: 'done', result: task }), task);`);
    await worker.ready;
    const abort = new AbortController();
    const cancelled = worker.run(50, { signal: abort.signal });
    const other = worker.run(80);
    abort.abort();
    await expect(cancelled).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await other).toBe(80);
    await expect(worker.run(1, { signal: abort.signal })).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('fails what runs when the worker dies, refuses tasks meanwhile, and starts it again', async () => {
    const worker = open(`if (task === 0) process.exit(1); else send({ kind: 'done', result: task });`);
    await worker.ready;
    await expect(worker.run(0)).rejects.toMatchObject({ code: 'WORKER_FAILED' });
    await expect(worker.run(5)).rejects.toMatchObject({ code: 'WORKER_FAILED', message: /started again/ });
    await expect.poll(() => worker.run(5).catch(() => 'down'), { timeout: 5_000, interval: 100 }).toBe(5);
  });

  it('fails what is pending when it is closed, and refuses what comes later', async () => {
    const worker = open('');
    const pending = expect(worker.run(1)).rejects.toMatchObject({ code: 'WORKER_FAILED' });
    await worker.close();
    await worker.close();
    await pending;
    await expect(worker.run(2)).rejects.toMatchObject({ code: 'WORKER_FAILED' });
  });

  it('leaves a thread that hangs behind after ten seconds', async () => {
    // It no longer ends when it is told to; it does a second later by itself, so that the test leaves nothing.
    const worker = open(`
      parentPort.close = () => setTimeout(() => process.exit(0), 1_000);
      send({ kind: 'done', result: task });`);
    await worker.run(1);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      let closed = false;
      const closing = worker.close().then(() => (closed = true));
      await vi.advanceTimersByTimeAsync(9_999);
      expect(closed).toBe(false);
      await vi.advanceTimersByTimeAsync(1);
      await closing;
      expect(closed).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });

  it('says when the model cannot be loaded', async () => {
    const broken = new URL(`data:text/javascript,${encodeURIComponent("throw new Error('no such model')")}`);
    const worker = new ModelWorker(broken, {});
    opened.push(worker);
    await expect(worker.ready).rejects.toMatchObject({ code: 'WORKER_FAILED', message: /no such model/ });
  });
});
