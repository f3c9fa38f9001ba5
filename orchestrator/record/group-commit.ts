import type { Clock } from '../../platform/clock.js';
import { AsterismError, messageOf } from '../../platform/errors.js';
import { log } from '../../platform/log.js';
import type { Database } from './database.js';

/** One event as the table holds it. */
export interface StoredRow {
  readonly callId: string;
  readonly sequence: number;
  readonly recordedAtMs: number;
  readonly type: string;
  /** JSON. */
  readonly payload: string;
}

interface Waiting {
  readonly writer: object;
  readonly callId: string;
  readonly rows: readonly StoredRow[];
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/**
 * How long events that nobody waits for may be on their way, in milliseconds: writing them at once would
 * take time from the looks that they precede.
 */
const LAZY_MS = 40;
const COLUMNS = 5;
/** PostgreSQL takes at most 65,535 parameters; this leaves room and keeps a commit short. */
const MAX_ROWS = 500;

/**
 * One writer for all calls: what arrives within a few milliseconds, or while an insert is under way, goes
 * in one insert together. Events of one call stay in order. A writer whose rows were refused is broken from then
 * on: a log with a gap would be worse than a call that ends.
 */
export class GroupCommit {
  readonly #database: Database;
  #waiting: Waiting[] = [];
  #writing = false;
  #lazy: NodeJS.Timeout | undefined;
  readonly #broken = new WeakMap<object, Error>();
  readonly #followers = new Map<string, Set<() => void>>();

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Settles when the rows are committed: soon, or at once when hurry() is called.
   * @param writer who writes: once its rows were refused, everything else of it is refused too
   */
  store(writer: object, callId: string, rows: readonly StoredRow[]): Promise<void> {
    if (rows.length === 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#waiting.push({ writer, callId, rows, resolve, reject });
      if (!this.#writing) this.#lazy ??= setTimeout(() => void this.#writeAll(), LAZY_MS);
    });
  }

  /** Somebody waits for what was stored so far. */
  hurry(): void {
    if (this.#writing || this.#waiting.length === 0) return;
    void this.#writeAll();
  }

  /** Something to wait on that ends with the call's next commit in this process. */
  nextCommit(callId: string): CommitWait {
    let wake: () => void = () => undefined;
    const followers = this.#followers.get(callId) ?? new Set();
    this.#followers.set(callId, followers);
    const committed = new Promise<void>((resolve) => {
      wake = resolve;
      followers.add(resolve);
    });
    const forget = (): void => {
      followers.delete(wake);
      if (followers.size === 0 && this.#followers.get(callId) === followers) this.#followers.delete(callId);
    };
    return {
      forget,
      async or(pollMs, clock, signal) {
        const cancel = clock.after(pollMs, wake);
        signal.addEventListener('abort', wake);
        await committed;
        signal.removeEventListener('abort', wake);
        cancel();
        forget();
      },
    };
  }

  async #writeAll(): Promise<void> {
    this.#writing = true;
    clearTimeout(this.#lazy);
    this.#lazy = undefined;
    while (this.#waiting.length > 0) {
      const batch = this.#takeBatch();
      try {
        await this.#insert(batch);
        batch.forEach((waiting) => {
          this.#committed(waiting);
        });
      } catch {
        // One call's rows may have spoiled the others': each again, on its own.
        for (const waiting of batch) await this.#writeAlone(waiting);
      }
    }
    this.#writing = false;
  }

  #takeBatch(): Waiting[] {
    let rows = 0;
    let taken = 0;
    for (const waiting of this.#waiting) {
      if (taken > 0 && rows + waiting.rows.length > MAX_ROWS) break;
      rows += waiting.rows.length;
      taken++;
    }
    return this.#waiting.splice(0, taken);
  }

  async #writeAlone(waiting: Waiting): Promise<void> {
    try {
      await this.#insert([waiting]);
      this.#committed(waiting);
    } catch (thrown) {
      const error =
        thrown instanceof AsterismError
          ? thrown
          : new AsterismError(
              'DATABASE_UNREACHABLE',
              'a call can no longer be recorded, so it ends; check that the database runs and has room',
              { cause: thrown },
            );
      this.#broken.set(waiting.writer, error);
      log.error({ callId: waiting.callId, error: messageOf(thrown) }, 'events could not be stored');
      waiting.reject(error);
    }
  }

  async #insert(batch: readonly Waiting[]): Promise<void> {
    for (const { writer } of batch) {
      const broken = this.#broken.get(writer);
      if (broken) throw broken;
    }
    const rows = batch.flatMap((waiting) => waiting.rows);
    if (rows.length === 0) return;
    const places = rows.map((_, row) => {
      const first = row * COLUMNS;
      return `($${String(first + 1)}, $${String(first + 2)}, $${String(first + 3)}, $${String(first + 4)}, $${String(first + 5)})`;
    });
    await this.#database.query(
      `insert into call_events (call_id, sequence, recorded_at_ms, type, payload) values ${places.join(', ')}`,
      rows.flatMap((row) => [row.callId, row.sequence, row.recordedAtMs, row.type, row.payload]),
    );
  }

  #committed(waiting: Waiting): void {
    waiting.resolve();
    const followers = this.#followers.get(waiting.callId);
    this.#followers.delete(waiting.callId);
    followers?.forEach((wake) => {
      wake();
    });
  }
}

/** A wait for the next commit of one call. */
export interface CommitWait {
  /** Ends with the commit, after pollMs, or when the signal aborts. */
  or(pollMs: number, clock: Clock, signal: AbortSignal): Promise<void>;
  /** Not needed after all. */
  forget(): void;
}
