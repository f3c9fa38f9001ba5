import { AsterismError, messageOf } from '../../platform/errors.js';
import type { Database } from './database.js';
import { migrate } from './migrations.js';
import { openPglite } from './pglite-database.js';
import { openPgliteThread } from './pglite-thread.js';
import { openPostgres } from './postgres-database.js';

export interface DatabaseOptions {
  /** postgres://…; when given it wins over the folder. */
  readonly databaseUrl?: string;
  /** Folder of the embedded database. */
  readonly folder?: string;
  /** Whether the embedded database gets a thread of its own, so that it holds nobody up; needs the compiled project. */
  readonly ownThread?: boolean;
}

/**
 * Opens the database and brings its schema up to date.
 * @throws AsterismError DATABASE_UNREACHABLE, CONFIGURATION_INVALID
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const database = await open(options);
  try {
    await migrate(database);
    return database;
  } catch (thrown) {
    await database.close().catch(() => undefined);
    throw unreachable(options, thrown);
  }
}

async function open(options: DatabaseOptions): Promise<Database> {
  if (options.databaseUrl !== undefined && options.databaseUrl !== '') {
    if (!/^postgres(ql)?:\/\//.test(options.databaseUrl)) {
      throw new AsterismError('CONFIGURATION_INVALID', 'DATABASE_URL must begin with postgres://');
    }
    return openPostgres(options.databaseUrl);
  }
  if (options.folder === undefined) {
    throw new AsterismError('CONFIGURATION_INVALID', 'neither DATABASE_URL nor a database folder is set');
  }
  try {
    return await (options.ownThread === true ? openPgliteThread(options.folder) : openPglite(options.folder));
  } catch (thrown) {
    throw unreachable(options, thrown);
  }
}

/** The message never holds the URL: it has the password. */
function unreachable(options: DatabaseOptions, thrown: unknown): AsterismError {
  if (thrown instanceof AsterismError) return thrown;
  const advice =
    options.databaseUrl === undefined || options.databaseUrl === ''
      ? `the embedded database in ${options.folder ?? ''} cannot be opened; check that the folder can be written, or set DATABASE_URL`
      : 'the PostgreSQL in DATABASE_URL cannot be used; check that it runs and that the name, user and password are right';
  return new AsterismError('DATABASE_UNREACHABLE', `${advice} (${reasonOf(thrown)})`, { cause: thrown });
}

function reasonOf(thrown: unknown): string {
  if (thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string') return thrown.code;
  return messageOf(thrown).replace(/postgres(ql)?:\/\/\S+/g, 'postgres://…');
}
