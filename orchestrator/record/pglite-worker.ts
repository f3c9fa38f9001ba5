import { parentPort, workerData } from 'node:worker_threads';
import { AsterismError, messageOf } from '../../platform/errors.js';
import { openPglite } from './pglite-database.js';
import type { DatabaseAnswer, DatabaseOrder, ThreadFailure } from './pglite-thread.js';

/** The thread that owns an embedded database: opens it, runs one statement after the other, closes it. */
const port = parentPort;
if (!port) throw new Error('this module runs in a worker thread only');
const send = (answer: DatabaseAnswer): void => port.postMessage(answer);
try {
  const database = await openPglite((workerData as { folder: string }).folder);
  port.on('message', (order: DatabaseOrder) => {
    if (order.kind === 'close') {
      void database.close().finally(() => port.close());
      return;
    }
    database.query(order.text, order.parameters).then(
      (rows) => send({ kind: 'rows', id: order.id, rows }),
      (thrown: unknown) => send({ kind: 'refused', id: order.id, failure: failureOf(thrown) }),
    );
  });
  send({ kind: 'opened' });
} catch (thrown) {
  send({ kind: 'not-opened', failure: failureOf(thrown) });
  port.close();
}

function failureOf(thrown: unknown): ThreadFailure {
  return {
    message: messageOf(thrown),
    asterismCode: thrown instanceof AsterismError ? thrown.code : undefined,
    code:
      thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string'
        ? thrown.code
        : undefined,
  };
}
