import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { AsterismError } from '../../platform/errors.js';

/**
 * An embedded database is open in one process only; a second one would damage it.
 * @param folder the database's folder; the lock is the file beside it
 * @returns what gives the lock back
 * @throws AsterismError DATABASE_UNREACHABLE when another living process holds it
 */
export function lockFolder(folder: string): () => void {
  const file = `${folder}.lock`;
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return () => {
        rmSync(file, { force: true });
      };
    } catch (thrown) {
      if (!(thrown instanceof Error) || !('code' in thrown) || thrown.code !== 'EEXIST') throw thrown;
      const holder = holderOf(file);
      if (holder !== undefined && isAlive(holder)) {
        throw new AsterismError(
          'DATABASE_UNREACHABLE',
          `process ${String(holder)} has the embedded database open; stop it, or set DATABASE_URL to a ` +
            'PostgreSQL that several processes can share',
        );
      }
      rmSync(file, { force: true });
    }
  }
  throw new AsterismError(
    'DATABASE_UNREACHABLE',
    'the lock file beside the embedded database cannot be taken',
  );
}

function holderOf(file: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    // A process of another user is alive too.
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM';
  }
}
