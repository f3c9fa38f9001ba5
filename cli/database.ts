import type { Database } from '../orchestrator/record/database.js';
import { openDatabase } from '../orchestrator/record/open-database.js';
import type { Configuration } from './configuration.js';

/**
 * The database that the configuration names.
 * @param options.ownThread see DatabaseOptions
 * @throws AsterismError DATABASE_UNREACHABLE, CONFIGURATION_INVALID
 */
export function openConfiguredDatabase(
  configuration: Configuration,
  options: { readonly ownThread?: boolean } = {},
): Promise<Database> {
  return openDatabase({
    ...options,
    folder: configuration.databaseFolder,
    ...(configuration.databaseUrl === undefined ? {} : { databaseUrl: configuration.databaseUrl }),
  });
}
