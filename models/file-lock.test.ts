import { existsSync } from 'node:fs';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withLock } from './file-lock.js';

describe('a lock file', () => {
  let folder: string;
  const path = (): string => join(folder, 'deep', 'x.lock');
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'asterism-lock-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('lets one work at a time', async () => {
    let working = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      most = Math.max(most, ++working);
      await sleep(20);
      working--;
    };
    await Promise.all([1, 2, 3].map(() => withLock(path(), work, 5)));
    expect(most).toBe(1);
    expect(existsSync(path())).toBe(false);
  });

  it('is released when the work fails', async () => {
    await expect(withLock(path(), () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(existsSync(path())).toBe(false);
  });

  it('is taken over from a process that is gone', async () => {
    await withLock(path(), async () => Promise.resolve());
    await writeFile(path(), `${hostname()} 999999999 token`);
    expect(await withLock(path(), () => Promise.resolve('done'), 5)).toBe('done');
  });

  it('is taken over from another machine that has been silent for more than a minute', async () => {
    await withLock(path(), async () => Promise.resolve());
    await writeFile(path(), 'elsewhere 1 token');
    const twoMinutesAgo = new Date(Date.now() - 120_000);
    await utimes(path(), twoMinutesAgo, twoMinutesAgo);
    expect(await withLock(path(), () => Promise.resolve('done'), 5)).toBe('done');
  });
});
