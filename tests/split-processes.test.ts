import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../bench/free-port.js';
import { loadPersona } from '../evaluation/simulated-patient/persona.js';
import { placeTextCall } from '../evaluation/simulated-patient/text-call.js';
import { packageRoot } from '../platform/package-root.js';
import { specialistNames } from '../agents/specialists.js';

/** Resolves when the process has said that everything it starts is listening. */
function startPart(
  part: string,
  listening: RegExp,
  environment: Record<string, string>,
): Promise<ChildProcess> {
  const child = spawn(process.execPath, [join(packageRoot, 'bin', 'asterism.js'), 'serve', '--only', part], {
    env: { ...process.env, ...environment },
  });
  return new Promise((resolve, reject) => {
    let output = '';
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      if (listening.test(output)) resolve(child);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', () => reject(new Error(`serve --only ${part} ended:\n${output}`)));
  });
}

describe('the constellation in several processes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'asterism-split-'));
  const children: ChildProcess[] = [];
  let orchestratorAddress = '';

  beforeAll(async () => {
    const addresses = await Promise.all(
      specialistNames.map(async (name) => `${name}=127.0.0.1:${String(await freePort())}`),
    );
    orchestratorAddress = `127.0.0.1:${String(await freePort())}`;
    const environment = {
      ASTERISM_AGENT_ADDRESSES: addresses.join(','),
      ASTERISM_ORCHESTRATOR_ADDRESS: orchestratorAddress,
      ASTERISM_DATA_DIR: folder,
    };
    children.push(await startPart('agents', /specialist labs-vitals at/, environment));
    children.push(await startPart('orchestrator', /orchestrator at/, environment));
  });

  afterAll(async () => {
    for (const child of children.reverse()) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  });

  it('holds a whole conversation over the configured addresses', async () => {
    const persona = loadPersona(join(packageRoot, 'evaluation', 'personas', 'margaret-ellis.yaml'));
    const result = await placeTextCall({ address: orchestratorAddress, persona });
    expect(result.ended).toBe('agent-hung-up');
    expect(result.lines.map(({ text }) => text).join(' ')).toContain("Please don't take ibuprofen");
  });
});
