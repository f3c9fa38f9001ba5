import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfiguration } from '../cli/configuration.js';
import { openConfiguredDatabase } from '../cli/database.js';
import { startPartThread } from '../cli/parts/part-thread.js';
import { loadPersona } from '../evaluation/simulated-patient/persona.js';
import { placeTextCall } from '../evaluation/simulated-patient/text-call.js';
import type { CallEvent } from '../orchestrator/call/events.js';
import { openCallLog } from '../orchestrator/record/call-log.js';
import { packageRoot } from '../platform/package-root.js';
import { Pass } from '../protos/generated/asterism/v1/specialist.js';
import { summary } from './statistics.js';

/**
 * Both looks of every turn of the demo call, without audio and without pauses, over the real services: the
 * consultation alone. The first call runs code that is not compiled yet.
 * usage: node dist/bench/consultation.js [calls]
 */
const calls = Number(process.argv[2] ?? 5);
const folder = mkdtempSync(join(tmpdir(), 'asterism-bench-'));
const configuration = readConfiguration({ ...process.env, ASTERISM_DATA_DIR: folder, DATABASE_URL: '' });
const agents = await startPartThread({ part: 'agents', configuration });
const orchestrator = await startPartThread({
  part: 'orchestrator',
  configuration,
  agentAddresses: agents.addresses,
});
const persona = loadPersona(join(packageRoot, 'evaluation', 'personas', 'margaret-ellis.yaml'));
const callIds: string[] = [];
for (let call = 0; call < calls; call++) {
  callIds.push(
    (await placeTextCall({ address: orchestrator.addresses['orchestrator'] ?? '', persona })).callId,
  );
}
await orchestrator.close();
await agents.close();

const database = await openConfiguredDatabase(configuration);
const log = openCallLog(database);
for (const [index, callId] of callIds.entries()) {
  const events = (await log.read(callId)).map(({ event }) => event);
  console.log(`both looks, call ${String(index + 1)}   ${summary(bothLooksMs(events))}`);
}
await database.close();
rmSync(folder, { recursive: true, force: true });

/** Per turn: the first look and the second look of its first sentence, in milliseconds. */
function bothLooksMs(events: readonly CallEvent[]): number[] {
  const decisions = events.flatMap((event) => (event.type === 'decision-made' ? [event] : []));
  return decisions
    .filter(({ pass }) => pass === Pass.HEARD)
    .flatMap((first) => {
      const second = decisions.find(({ pass, turnId }) => pass === Pass.DRAFT && turnId === first.turnId);
      return second ? [first.elapsedMs + second.elapsedMs] : [];
    });
}
