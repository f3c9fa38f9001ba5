import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadProtocols } from '../../clinical-kb/protocols/load.js';
import { connectRecords } from '../../orchestrator/chart/records.js';
import { fixedSentences } from '../../orchestrator/primary/dialogue/fixed-sentences.js';
import { createDialogueAgent } from '../../orchestrator/primary/dialogue-agent.js';
import { startOrchestrator } from '../../orchestrator/server.js';
import { systemClock } from '../../platform/clock.js';
import { packageRoot } from '../../platform/package-root.js';
import type { Configuration } from '../configuration.js';
import { openConfiguredDatabase } from '../database.js';
import type { RunningPart } from './part.js';

export interface OrchestratorPart extends RunningPart {
  /** host:port */
  readonly address: string;
}

/**
 * The conversation's side: state, primary agent, consultation and record.
 * @param address host:port to listen on; port 0 takes a free one
 * @param agentAddresses host:port by specialist
 * @throws AsterismError DATABASE_UNREACHABLE, SPECIALIST_UNREACHABLE, PROTOCOL_INVALID
 */
export async function startOrchestratorPart(
  configuration: Configuration,
  address: string,
  agentAddresses: Readonly<Record<string, string>>,
): Promise<OrchestratorPart> {
  const protocols = loadProtocols();
  // The database last: its thread would keep the process alive when the other fails.
  const records = connectRecords(agentAddresses['record-summary'] ?? '');
  const database = await openConfiguredDatabase(configuration, { ownThread: true }).catch(
    (thrown: unknown) => {
      records.close();
      throw thrown;
    },
  );
  try {
    const orchestrator = await startOrchestrator({
      address,
      specialists: agentAddresses,
      database,
      charts: records,
      recipient: records,
      primary: createDialogueAgent({ protocols, ...configuration.callingFor }),
      protocols,
      clock: systemClock,
      rehearseOn: Object.values(protocols).flatMap((protocol) =>
        fixedSentences(protocol, undefined, configuration.callingFor),
      ),
      versions: {
        asterism: softwareVersion(),
        ...Object.fromEntries(Object.values(protocols).map(({ id, version }) => [`protocol ${id}`, version])),
      },
    });
    return {
      address: orchestrator.address,
      lines: [`orchestrator at ${orchestrator.address}`],
      async close() {
        await orchestrator.close();
        records.close();
        await database.close();
      },
    };
  } catch (thrown) {
    records.close();
    await database.close();
    throw thrown;
  }
}

function softwareVersion(): string {
  const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
    version: string;
  };
  return version;
}
