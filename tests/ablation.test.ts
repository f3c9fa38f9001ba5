import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { specialistNames, startSpecialists, type SpecialistName } from '../agents/specialists.js';
import { placeTextCalls } from '../cli/tasks/text-calls.js';
import type { CallSummary } from '../evaluation/tasks/ablation.js';

let running: Awaited<ReturnType<typeof startSpecialists>> = {};
beforeAll(async () => {
  running = await startSpecialists({ names: specialistNames });
});
afterAll(async () => {
  await Promise.all(Object.values(running).map((specialist) => specialist.close()));
});

/** The call of one simulated patient without one of the specialists, or with all. */
async function callOf(persona: string, absent?: SpecialistName): Promise<CallSummary | undefined> {
  const present = Object.entries(running).filter(([name]) => name !== absent);
  const addresses = Object.fromEntries(present.map(([name, { address }]) => [name, address]));
  return (await placeTextCalls(addresses, [persona]))[0];
}

describe('a text call with a specialist left out', () => {
  it('sends a patient with chest pressure to 911, and does not without escalation', async () => {
    const full = await callOf('margaret-ellis-emergency');
    expect(full).toMatchObject({ outcome: 'escalated', disposition: '911', sentencesPastSilentGates: 0 });
    expect(full?.warnings.join(' ')).toContain('call 911');
    const ablated = await callOf('margaret-ellis-emergency', 'escalation');
    expect(ablated?.disposition).not.toBe('911');
    // Left out is absent, not silent: nothing waits for an answer that cannot come.
    expect(ablated?.unansweredGates).toBe(full?.unansweredGates);
  });

  it('says so when no call can be held at all', async () => {
    expect(await callOf('margaret-ellis-emergency', 'record-summary')).toMatchObject({
      outcome: 'not held (CONFIGURATION_INVALID)',
      turns: 0,
    });
  });
});
