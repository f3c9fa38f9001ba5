import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bundle } from 'fhir/r4.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { specialistNames, startSpecialists, type SpecialistName } from '../agents/specialists.js';
import { loadProtocols } from '../clinical-kb/protocols/load.js';
import { loadPersona } from '../evaluation/simulated-patient/persona.js';
import { placeTextCall, type TextCallResult } from '../evaluation/simulated-patient/text-call.js';
import type { CallEvent } from '../orchestrator/call/events.js';
import { replay } from '../orchestrator/call/replay.js';
import { connectRecords } from '../orchestrator/chart/records.js';
import { createDialogueAgent } from '../orchestrator/primary/dialogue-agent.js';
import { openCallLog } from '../orchestrator/record/call-log.js';
import { openDatabase } from '../orchestrator/record/open-database.js';
import { startOrchestrator } from '../orchestrator/server.js';
import { systemClock } from '../platform/clock.js';
import { packageRoot } from '../platform/package-root.js';

/** Real specialists, orchestrator and database over real sockets; only the audio is missing. */
async function startTextConstellation(): Promise<{
  call(
    persona?: string,
    during?: (line: string) => void,
  ): Promise<{ result: TextCallResult; events: CallEvent[]; digestMatches: boolean | undefined }>;
  /** What was written back into the record of a call; undefined while it is not there. */
  written(callId: string): Bundle | undefined;
  stopSpecialist(name: SpecialistName): Promise<void>;
  close(): Promise<void>;
}> {
  const folder = mkdtempSync(join(tmpdir(), 'asterism-text-'));
  const callsFolder = join(folder, 'calls');
  const settings = { records: { folder: join(packageRoot, 'evaluation', 'charts'), callsFolder } };
  const specialists = await startSpecialists({ names: specialistNames, settings });
  const database = await openDatabase({ folder: join(folder, 'database') });
  const charts = connectRecords(specialists['record-summary']?.address ?? '');
  const protocols = loadProtocols();
  const orchestrator = await startOrchestrator({
    address: '127.0.0.1:0',
    specialists: Object.fromEntries(
      Object.entries(specialists).map(([name, { address }]) => [name, address]),
    ),
    database,
    charts,
    recipient: charts,
    primary: createDialogueAgent({ protocols, organisation: 'Riverside Community Health' }),
    protocols,
    clock: systemClock,
    versions: { asterism: 'test' },
  });
  return {
    async call(persona = 'margaret-ellis', during) {
      const result = await placeTextCall({
        address: orchestrator.address,
        persona: loadPersona(join(packageRoot, 'evaluation', 'personas', `${persona}.yaml`)),
        hear: (line) => {
          during?.(line);
          return {};
        },
      });
      const log = openCallLog(database);
      const events = (await log.read(result.callId)).map(({ event }) => event);
      return { result, events, digestMatches: (await replay(result.callId, log)).digestMatches };
    },
    written(callId) {
      const file = join(callsFolder, callId, 'fhir-write-back.json');
      return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Bundle) : undefined;
    },
    stopSpecialist: (name) => specialists[name]?.close() ?? Promise.resolve(),
    async close() {
      await orchestrator.close();
      charts.close();
      await Promise.all(Object.values(specialists).map((specialist) => specialist.close()));
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const agentText = (result: TextCallResult): string =>
  result.lines
    .filter(({ speaker }) => speaker === 'agent')
    .map(({ text }) => text)
    .join('\n');

describe('the demo call without audio', () => {
  let constellation: Awaited<ReturnType<typeof startTextConstellation>>;
  beforeAll(async () => {
    constellation = await startTextConstellation();
  });
  afterAll(() => constellation.close());

  it('runs from the disclosure to the goodbye, with what the specialists had to say', async () => {
    const { result, events, digestMatches } = await constellation.call();
    const said = agentText(result);
    expect(result.ended).toBe('agent-hung-up');
    expect(said).toMatch(/^Hello\.\nI'm Asterism, an automated AI assistant/);
    expect(said).toContain("Please don't take ibuprofen");
    expect(said).toContain('five pounds more than when you left the hospital');
    expect(said).toMatch(/Goodbye\.$/);
    expect(events).toContainEqual(expect.objectContaining({ type: 'call-ended', outcome: 'completed' }));
    expect(digestMatches).toBe(true);
    await expect.poll(() => constellation.written(result.callId), { timeout: 5_000 }).toBeDefined();
    const resources = (constellation.written(result.callId)?.entry ?? []).map(({ resource }) => resource);
    expect(resources).toContainEqual(
      expect.objectContaining({
        resourceType: 'Observation',
        valueQuantity: expect.objectContaining({ value: 187, code: '[lb_av]' }) as unknown,
      }),
    );
  });

  it('goes on safely when the medication specialist dies, and says so in its record', async () => {
    const { result, events } = await constellation.call('margaret-ellis', (line) => {
      if (line.includes('weigh') || line.includes('eighty seven'))
        void constellation.stopSpecialist('medication');
    });
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'specialist-lost', specialist: 'medication', gate: true }),
    );
    const lostAt = events.findIndex(({ type }) => type === 'specialist-lost');
    const releasedAfter = events
      .slice(lostAt)
      .flatMap((event) => (event.type === 'sentence-released' ? [event] : []));
    // Nothing that medication should have looked at is spoken: only fixed phrases.
    expect(releasedAfter.length).toBeGreaterThan(0);
    expect(releasedAfter.every(({ source }) => source === 'holding')).toBe(true);
    expect(agentText(result)).toMatch(/nurse/);
    expect(events.some((event) => event.type === 'nurse-task-added')).toBe(true);
    expect(events.some(({ type }) => type === 'call-ended')).toBe(true);
  });
});
