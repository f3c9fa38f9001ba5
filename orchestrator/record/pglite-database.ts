import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { Database, Query, Row } from './database.js';
import { lockFolder } from './folder-lock.js';

/**
 * PostgreSQL inside this process. A commit is on its way to the disk when a query returns: it outlives
 * the process, and (PGlite does not fsync) not a power cut; set DATABASE_URL where that matters.
 * @param folder created when missing
 * @throws AsterismError DATABASE_UNREACHABLE when another process has the folder open
 */
export async function openPglite(folder: string): Promise<Database> {
  mkdirSync(dirname(folder), { recursive: true });
  const unlock = lockFolder(folder);
  let engine: PGlite;
  try {
    engine = await PGlite.create(folder);
  } catch (thrown) {
    unlock();
    throw thrown;
  }
  let closing: Promise<void> | undefined;
  return {
    kind: 'pglite',
    query: queryOf(engine),
    transaction: (work) => engine.transaction((transaction) => work(queryOf(transaction))),
    close: () => (closing ??= engine.close().finally(unlock)),
  };
}

function queryOf(engine: Pick<PGlite, 'query'>): Query {
  return async (text, parameters = []) => (await engine.query<Row>(text, [...parameters])).rows;
}
