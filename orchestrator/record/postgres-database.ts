import { Pool, type PoolClient } from 'pg';
import { log } from '../../platform/log.js';
import { messageOf } from '../../platform/errors.js';
import type { Database, Query, Row } from './database.js';

/** How long to wait for a connection before a call's record counts as unreachable, in milliseconds. */
const CONNECT_TIMEOUT_MS = 5_000;

/**
 * PostgreSQL over its own protocol.
 * @param databaseUrl postgres://user:password@host:port/name
 */
export function openPostgres(databaseUrl: string): Database {
  const pool = new Pool({
    connectionString: databaseUrl,
    max: 8,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'asterism',
  });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', (error) => {
    log.warn({ error: messageOf(error) }, 'a database connection broke');
  });
  let closing: Promise<void> | undefined;
  return {
    kind: 'postgresql',
    query: queryOf(pool),
    transaction: (work) => inTransaction(pool, work),
    close: () => (closing ??= pool.end()),
  };
}

function queryOf(connection: Pool | PoolClient): Query {
  return async (text, parameters = []) => (await connection.query<Row>(text, [...parameters])).rows;
}

async function inTransaction<Result>(pool: Pool, work: (query: Query) => Promise<Result>): Promise<Result> {
  const client = await pool.connect();
  let broken = false;
  try {
    await client.query('begin');
    const result = await work(queryOf(client));
    await client.query('commit');
    return result;
  } catch (thrown) {
    await client.query('rollback').catch(() => {
      broken = true;
    });
    throw thrown;
  } finally {
    client.release(broken);
  }
}
