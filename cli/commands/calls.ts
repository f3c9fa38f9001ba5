import Table from 'cli-table3';
import type { Command } from 'commander';
import { openCallLog } from '../../orchestrator/record/call-log.js';
import { readConfiguration } from '../configuration.js';
import { openConfiguredDatabase } from '../database.js';

export function registerCallsCommand(program: Command): void {
  program
    .command('calls')
    .description('list the calls in the database, newest first')
    .option('--limit <number>', 'at most this many', '20')
    .action(async (options: { limit: string }) => {
      const database = await openConfiguredDatabase(readConfiguration());
      try {
        const table = new Table({
          head: ['call', 'patient', 'started', 'ended', 'reason'],
          style: { head: [], border: [] },
        });
        for (const call of await openCallLog(database).list(Number(options.limit))) {
          const time = (epochMs: number | undefined): string =>
            epochMs === undefined ? '' : new Date(epochMs).toISOString();
          table.push([
            call.callId,
            call.patientId,
            time(call.startedAtMs),
            time(call.endedAtMs),
            call.endReason,
          ]);
        }
        console.log(table.toString());
      } finally {
        await database.close();
      }
    });
}
