import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../orchestrator/record/database.js';
import { openDatabase } from '../orchestrator/record/open-database.js';

const folder = mkdtempSync(join(tmpdir(), 'asterism-thread-'));
const options = { folder: join(folder, 'database'), ownThread: true };

describe('the embedded database in a thread of its own', () => {
  let database: Database;

  beforeAll(async () => {
    database = await openDatabase(options);
    await database.query('create table told (number integer primary key, words jsonb)');
  });
  afterAll(async () => {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('gives back what was written', async () => {
    await database.query('insert into told values ($1, $2)', [1, JSON.stringify({ a: ['é', null] })]);
    expect(await database.query('select * from told where number = $1', [1])).toEqual([
      { number: 1, words: { a: ['é', null] } },
    ]);
  });

  it('refuses with the reason and goes on', async () => {
    await expect(database.query('select * from nowhere')).rejects.toMatchObject({ code: '42P01' });
    await expect(database.query('select 1 as one')).resolves.toEqual([{ one: 1 }]);
  });

  it('keeps a transaction together, and nothing of one that failed', async () => {
    const failed = database.transaction(async (query) => {
      await query('insert into told values (2, null)');
      throw new Error('no');
    });
    // Asked while the transaction is under way, it must not become a part of it.
    const beside = database.query('insert into told values (3, null)');
    await expect(failed).rejects.toThrow('no');
    await beside;
    expect(await database.query('select number from told order by number')).toEqual([
      { number: 1 },
      { number: 3 },
    ]);
  });

  it('is open only once', async () => {
    await expect(openDatabase(options)).rejects.toThrow('DATABASE_UNREACHABLE');
  });

  it('holds after it was closed what it held before, and answers nothing any more', async () => {
    await database.close();
    await expect(database.query('select 1')).rejects.toThrow();
    database = await openDatabase(options);
    expect(await database.query('select number from told where number = 3')).toEqual([{ number: 3 }]);
  });
});
