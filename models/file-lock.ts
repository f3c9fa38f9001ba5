import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Its holder touches a lock this often; one that was not touched for much longer has lost its holder. */
const heartbeatMs = 5_000;
const abandonedAfterMs = 60_000;

/**
 * Runs work while holding a lock file, so that of several processes (also in containers that share a
 * cache) one does it and the others wait. A lock whose holder is gone is taken over.
 */
export async function withLock<T>(path: string, work: () => Promise<T>, pollMs = 200): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  const mine = `${hostname()} ${process.pid} ${randomUUID()}`;
  while (!(await tryToTake(path, mine))) {
    if (await isAbandoned(path)) await rm(path, { force: true });
    else await sleep(pollMs);
  }
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => undefined); // taken over after a long standstill: the work is atomic anyway
  }, heartbeatMs);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    if ((await readFile(path, 'utf8').catch(() => '')) === mine) await rm(path, { force: true });
  }
}

async function tryToTake(path: string, holder: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    await file.writeFile(holder);
    await file.close();
    return true;
  } catch (thrown) {
    if (isCode(thrown, 'EEXIST')) return false;
    throw thrown;
  }
}

async function isAbandoned(path: string): Promise<boolean> {
  try {
    const silentMs = Date.now() - (await stat(path)).mtimeMs;
    const [host, pid] = (await readFile(path, 'utf8')).split(' ');
    if (host === hostname() && pid && !isRunning(Number.parseInt(pid, 10))) return true;
    return silentMs > abandonedAfterMs;
  } catch (thrown) {
    if (isCode(thrown, 'ENOENT')) return false;
    throw thrown;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0); // signal 0 asks only whether the process is there
    return true;
  } catch (thrown) {
    return !isCode(thrown, 'ESRCH');
  }
}

function isCode(thrown: unknown, code: string): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === code;
}
