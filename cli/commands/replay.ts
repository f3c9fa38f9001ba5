import type { Command } from 'commander';
import { replay } from '../../orchestrator/call/replay.js';
import { openConfiguredDatabase } from '../database.js';
import { openCallLog } from '../../orchestrator/record/call-log.js';
import { readConfiguration } from '../configuration.js';
import { transcriptText } from '../call-report.js';

export function registerReplayCommand(program: Command): void {
  program
    .command('replay')
    .description("rebuild a call's state and transcript from its log alone")
    .argument('<callId>', 'for example call-01jd…')
    .option('--json', 'print state and transcript as JSON')
    .action(async (callId: string, options: { json?: boolean }) => {
      const configuration = readConfiguration();
      const database = await openConfiguredDatabase(configuration);
      try {
        const result = await replay(callId, openCallLog(database));
        if (options.json) {
          console.log(JSON.stringify(result, null, 2));
        } else {
          console.log(transcriptText(result.state));
          console.log(
            result.digestMatches
              ? 'The log gives the state that the call saw.'
              : 'The log does NOT give the state that the call saw.',
          );
        }
        if (!result.digestMatches) process.exitCode = 1;
      } finally {
        await database.close();
      }
    });
}
