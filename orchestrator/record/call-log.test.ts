import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ManualClock } from '../../platform/clock.js';
import type { CallEvent, LoggedEvent } from '../call/events.js';
import { openCallLog, type CallLog } from './call-log.js';
import type { Database } from './database.js';
import { migrate } from './migrations.js';
import { openDatabase } from './open-database.js';

const folder = mkdtempSync(join(tmpdir(), 'asterism-record-'));
const clock = new ManualClock();
let database: Database;
let calls: CallLog;

beforeAll(async () => {
  database = await openDatabase({ folder: join(folder, 'database') });
  calls = openCallLog(database, clock);
}, 60_000);
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

function silence(turnId: string): CallEvent {
  return { type: 'silence-elapsed', turnId, mediaMs: 1.25, silenceMs: 8000 };
}

function started(callId: string): CallEvent {
  return {
    type: 'call-started',
    callId,
    patientId: 'pat',
    protocolId: '',
    transport: 'pcm',
    versions: {},
    specialists: [],
  };
}

const ended: CallEvent = {
  type: 'call-ended',
  reason: 'patient-hung-up',
  outcome: 'completed',
  stateDigest: '',
};

describe('the log of a call', () => {
  it('holds events in order, numbered without gaps, from one append or many', async () => {
    const writer = await calls.open('ordered');
    await Promise.all(
      [[silence('1'), silence('2')], [silence('3')], [silence('4'), silence('5')]].map(
        (events) => writer.append(events).durable,
      ),
    );
    const read = await calls.read('ordered');
    expect(read.map(({ sequence, event }) => [sequence, 'turnId' in event && event.turnId])).toEqual([
      [1, '1'],
      [2, '2'],
      [3, '3'],
      [4, '4'],
      [5, '5'],
    ]);
  });

  it('returns what it will give back later', async () => {
    const writer = await calls.open('same');
    const { logged, durable } = writer.append([silence('1'), started('same')]);
    await durable;
    expect(await calls.read('same')).toEqual(logged);
    expect(logged[0]).toEqual({ sequence: 1, recordedAtMs: clock.epochMs(), event: silence('1') });
  });

  it('goes on where it ended', async () => {
    await (await calls.open('continued')).append([silence('1')]).durable;
    const again = await calls.open('continued');
    expect(again.length).toBe(1);
    await again.append([silence('2')]).durable;
    expect((await calls.read('continued')).map(({ sequence }) => sequence)).toEqual([1, 2]);
  });

  it('keeps text that a database would refuse, with the refused characters replaced', async () => {
    const writer = await calls.open('odd');
    const { logged, durable } = writer.append([silence('a\0b\ud800c “d” \\u0000')]);
    await durable;
    expect(logged[0]?.event).toEqual(silence('a\ufffdb\ufffdc “d” \\u0000'));
    expect((await calls.read('odd'))[0]?.event).toEqual(logged[0]?.event);
  });

  it('refuses what has not the shape of the contract', async () => {
    const writer = await calls.open('shape');
    const wrong: CallEvent = { type: 'silence-elapsed', turnId: '1', mediaMs: Number.NaN, silenceMs: 1 };
    expect(() => writer.append([wrong])).toThrow(/mediaMs/);
    await writer.append([silence('1')]).durable;
    expect(await calls.read('shape')).toHaveLength(1);
  });

  it('breaks for the one who writes over another’s events, not for the other, and never has a gap', async () => {
    const first = await calls.open('contested');
    const second = await calls.open('contested');
    await first.append([silence('first')]).durable;
    const refused = second.append([silence('second')]).durable;
    const bystander = (await calls.open('bystander')).append([silence('1')]).durable;
    await expect(refused).rejects.toThrow('DATABASE_UNREACHABLE');
    await bystander;
    await expect(second.append([silence('third')]).durable).rejects.toThrow('DATABASE_UNREACHABLE');
    await first.append([silence('fourth')]).durable;
    expect((await calls.read('contested')).map(({ event }) => 'turnId' in event && event.turnId)).toEqual([
      'first',
      'fourth',
    ]);
  });

  it('of an unknown call is empty', async () => {
    expect(await calls.read('nobody')).toEqual([]);
  });

  it('that does not fit says which event and field', async () => {
    await database.query(
      `insert into call_events (call_id, sequence, recorded_at_ms, type, payload) values ('corrupt', 1, 0, 'x', $1)`,
      [JSON.stringify({ type: 'dtmf-received', turnId: '1', mediaMs: 1 })],
    );
    await expect(calls.read('corrupt')).rejects.toThrow(
      'RECORD_CORRUPT: event 1 of the call has an unexpected field digit',
    );
  });
});

/** Lets followers gather and read. */
async function seenSoFar(seen: readonly LoggedEvent[]): Promise<number> {
  await clock.advance(60);
  return seen.length;
}

describe('following a call', () => {
  it('gives what is there, then what comes, and ends with the call', async () => {
    const writer = await calls.open('followed');
    await writer.append([started('followed')]).durable;
    const seen: LoggedEvent[] = [];
    const following = (async () => {
      for await (const logged of calls.follow('followed', new AbortController().signal)) seen.push(logged);
    })();
    await expect.poll(() => seen.length).toBe(1);
    await writer.append([silence('1')]).durable;
    await expect.poll(() => seenSoFar(seen)).toBe(2);
    await writer.append([ended]).durable;
    await expect.poll(() => seenSoFar(seen)).toBe(3);
    await following;
    expect(seen.map(({ event }) => event.type)).toEqual(['call-started', 'silence-elapsed', 'call-ended']);
  });

  it('sees what another process wrote', async () => {
    const writer = await calls.open('elsewhere');
    await writer.append([started('elsewhere')]).durable;
    const seen: LoggedEvent[] = [];
    const following = (async () => {
      for await (const logged of calls.follow('elsewhere', new AbortController().signal)) seen.push(logged);
    })();
    await expect.poll(() => seen.length).toBe(1);
    await (await openCallLog(database, clock).open('elsewhere')).append([ended]).durable;
    await clock.advance(500);
    await expect.poll(() => seenSoFar(seen)).toBe(2);
    await following;
  });

  it('stops when nobody listens any more', async () => {
    await (await calls.open('left')).append([started('left')]).durable;
    const abort = new AbortController();
    const seen: LoggedEvent[] = [];
    const following = (async () => {
      for await (const logged of calls.follow('left', abort.signal)) seen.push(logged);
    })();
    await expect.poll(() => seen.length).toBe(1);
    abort.abort();
    await following;
  });
});

describe('the list of calls', () => {
  it('is newest first and knows which have ended', async () => {
    const older = await calls.open('list-older');
    await older.append([started('list-older')]).durable;
    await clock.advance(1000);
    await (await calls.open('list-newer')).append([started('list-newer')]).durable;
    await older.append([ended]).durable;
    const [newest, next] = await calls.list(2);
    expect(newest).toMatchObject({
      callId: 'list-newer',
      patientId: 'pat',
      endedAtMs: undefined,
      endReason: '',
    });
    expect(next).toMatchObject({
      callId: 'list-older',
      endedAtMs: clock.epochMs(),
      endReason: 'patient-hung-up',
    });
  });
});

describe('the embedded database', () => {
  it('is opened by one process, and says who has it', async () => {
    await expect(openDatabase({ folder: join(folder, 'database') })).rejects.toThrow(
      `DATABASE_UNREACHABLE: process ${String(process.pid)} has the embedded database open`,
    );
  });

  it('migrates once, however often it is asked', async () => {
    await Promise.all([migrate(database), migrate(database)]);
    expect(await database.query('select name from schema_migrations')).toEqual([
      { name: '0001-call-events' },
    ]);
  });

  it('survives being closed, and a lock that a dead process left', async () => {
    const kept = join(folder, 'kept');
    writeFileSync(`${kept}.lock`, '999999999');
    const first = await openDatabase({ folder: kept });
    await (await openCallLog(first).open('kept')).append([silence('1')]).durable;
    await first.close();
    const second = await openDatabase({ folder: kept });
    expect(await openCallLog(second).read('kept')).toHaveLength(1);
    await second.close();
  }, 60_000);

  it('rolls a failed transaction back', async () => {
    const failed = database.transaction(async (query) => {
      await query('create table half (id integer)');
      throw new Error('stop');
    });
    await expect(failed).rejects.toThrow('stop');
    expect(await database.query(`select to_regclass('half') as half`)).toEqual([{ half: null }]);
  });
});

describe('opening a database', () => {
  it.each([
    [{ databaseUrl: 'mysql://x' }, 'CONFIGURATION_INVALID: DATABASE_URL must begin with postgres://'],
    [{}, 'CONFIGURATION_INVALID: neither DATABASE_URL nor a database folder is set'],
    [
      { databaseUrl: 'postgres://someone:secret@127.0.0.1:1/x' },
      'DATABASE_UNREACHABLE: the PostgreSQL in DATABASE_URL cannot be used',
    ],
  ])('%j says what is wrong', async (options, message) => {
    const thrown = await openDatabase(options).catch((error: unknown) => error);
    expect(String(thrown)).toContain(message);
    expect(String(thrown)).not.toContain('secret');
  });

  it('in a place that cannot be a folder says so', async () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    await expect(openDatabase({ folder: join(file, 'database') })).rejects.toThrow('DATABASE_UNREACHABLE');
  });
});
