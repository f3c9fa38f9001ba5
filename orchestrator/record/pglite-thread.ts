import { Worker } from 'node:worker_threads';
import { AsterismError, type ErrorCode } from '../../platform/errors.js';
import { compiledModule } from '../../platform/package-root.js';
import type { Database, Query, Row } from './database.js';

export type DatabaseOrder =
  | {
      readonly kind: 'query';
      readonly id: number;
      readonly text: string;
      readonly parameters: readonly unknown[];
    }
  | { readonly kind: 'close' };

/** An error as it crosses a thread's border. */
export interface ThreadFailure {
  readonly message: string;
  readonly asterismCode: ErrorCode | undefined;
  /** SQLSTATE or a system error's name. */
  readonly code: string | undefined;
}

export type DatabaseAnswer =
  | { readonly kind: 'opened' }
  | { readonly kind: 'not-opened'; readonly failure: ThreadFailure }
  | { readonly kind: 'rows'; readonly id: number; readonly rows: readonly Row[] }
  | { readonly kind: 'refused'; readonly id: number; readonly failure: ThreadFailure };

interface Pending {
  readonly resolve: (rows: readonly Row[]) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The embedded database in a thread of its own: a statement there takes milliseconds, in which a conversation's
 * thread would answer no look.
 * @param folder created when missing
 * @throws AsterismError DATABASE_UNREACHABLE when another process has the folder open
 */
export async function openPgliteThread(folder: string): Promise<Database> {
  const worker = new Worker(compiledModule('orchestrator/record/pglite-worker'), { workerData: { folder } });
  const pending = new Map<number, Pending>();
  let ended: Error | undefined;
  const exit = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      ended ??= new AsterismError('DATABASE_UNREACHABLE', 'the embedded database has ended');
      for (const { reject } of pending.values()) reject(ended);
      pending.clear();
      resolve();
    });
  });
  worker.on('error', (error: Error) => {
    ended = error;
  });

  await new Promise<void>((resolve, reject) => {
    void exit.then(() => reject(ended ?? new Error('the database thread ended before it opened')));
    worker.on('message', (answer: DatabaseAnswer) => {
      switch (answer.kind) {
        case 'opened':
          resolve();
          return;
        case 'not-opened':
          reject(errorOf(answer.failure));
          return;
        case 'rows':
          pending.get(answer.id)?.resolve(answer.rows);
          break;
        case 'refused':
          pending.get(answer.id)?.reject(errorOf(answer.failure));
          break;
      }
      pending.delete(answer.id);
    });
  });

  let lastId = 0;
  const send: Query = (text, parameters = []) =>
    new Promise((resolve, reject) => {
      if (ended) {
        reject(ended);
        return;
      }
      const id = ++lastId;
      pending.set(id, { resolve, reject });
      worker.postMessage({ kind: 'query', id, text, parameters: [...parameters] } satisfies DatabaseOrder);
    });

  // One session for all: while a transaction is under way, everybody else waits for its end.
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = turn.then(work);
    turn = result.catch(() => undefined);
    return result;
  };
  let closing: Promise<void> | undefined;
  return {
    kind: 'pglite',
    query: (text, parameters) => inTurn(() => send(text, parameters)),
    transaction: (work) => inTurn(() => inTransaction(send, work)),
    close: () =>
      (closing ??= inTurn(async () => {
        worker.postMessage({ kind: 'close' } satisfies DatabaseOrder);
        await exit;
      })),
  };
}

async function inTransaction<Result>(query: Query, work: (query: Query) => Promise<Result>): Promise<Result> {
  await query('begin');
  try {
    const result = await work(query);
    await query('commit');
    return result;
  } catch (thrown) {
    await query('rollback');
    throw thrown;
  }
}

function errorOf({ message, asterismCode, code }: ThreadFailure): Error {
  if (asterismCode) return new AsterismError(asterismCode, message.replace(/^[A-Z_]+: /, ''));
  return Object.assign(new Error(message), code === undefined ? {} : { code });
}
