import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot } from '../platform/package-root.js';

/** Starts `asterism serve` as a process of its own, so that the caller's work is not on the gateway's event loop. */
export async function startServer(
  environment: Record<string, string>,
): Promise<{ mediaUrl: string; stop(): Promise<void> }> {
  const server = spawn(process.execPath, [join(packageRoot, 'bin', 'asterism.js'), 'serve'], {
    env: { ...process.env, ASTERISM_PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await firstMatch(server, /gateway at (http:\S+)/);
  return { mediaUrl: `${url.replace(/^http/, 'ws')}/twilio/media`, stop: () => stopProcess(server) };
}

/** The first group of the first line of output that matches. */
export function firstMatch(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const found = pattern.exec(text)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', (code) =>
      reject(new Error(`the process ended with ${String(code)} before it was ready`)),
    );
  });
}

export async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  await new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), 5_000).unref();
  });
}
