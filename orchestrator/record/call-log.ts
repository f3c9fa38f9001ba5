import { AsterismError } from '../../platform/errors.js';
import { systemClock, type Clock } from '../../platform/clock.js';
import { callEvent, type CallEvent, type LoggedEvent } from '../call/events.js';
import type { Database, Row } from './database.js';
import { GroupCommit, type StoredRow } from './group-commit.js';

/** Events that were put into the log. */
export interface Appended {
  /** As the log holds them: what a replay will fold is exactly this. */
  readonly logged: readonly LoggedEvent[];
  /** Settles once they are stored; no effect that they allow may happen before. Rejects when they cannot be. */
  readonly durable: Promise<void>;
}

/** Writes one call's log. */
export interface CallWriter {
  /** Puts events at the end of the log, together and in order. @throws ZodError when an event has not the shape of the contract */
  append(events: readonly CallEvent[]): Appended;
  /** Somebody waits for what was appended: it is stored now, not soon. */
  hurry(): void;
}

/** One line of the list of calls. */
export interface CallListing {
  readonly callId: string;
  readonly patientId: string;
  readonly startedAtMs: number;
  /** Undefined while the call is in progress. */
  readonly endedAtMs: number | undefined;
  /** Empty while the call is in progress. */
  readonly endReason: string;
}

/** Where calls are remembered. */
export interface CallLog {
  /** Opens a call's log at its end, so that a call can also be continued. */
  open(callId: string): Promise<CallWriter & { readonly length: number }>;
  /** Every event of a call in order; empty for an unknown call. @throws AsterismError RECORD_CORRUPT */
  read(callId: string): Promise<readonly LoggedEvent[]>;
  /** Every event of a call, then each new one, until the call has ended or the signal aborts. */
  follow(callId: string, signal: AbortSignal): AsyncIterable<LoggedEvent>;
  /** Calls, newest first. */
  list(limit: number): Promise<readonly CallListing[]>;
}

/** How often followers look for events that another process wrote, in milliseconds. */
const POLL_MS = 500;

/**
 * How long a follower lets commits gather before it reads them, in milliseconds: it reads once for a turn instead of
 * once for a commit, and not while the turn's looks are under way.
 */
const GATHER_MS = 60;

/** The log in a database opened by openDatabase. */
export function openCallLog(database: Database, clock: Clock = systemClock): CallLog {
  const commits = new GroupCommit(database);
  const since = async (callId: string, sequence: number): Promise<LoggedEvent[]> =>
    (
      await database.query(
        `select sequence, recorded_at_ms, payload from call_events
         where call_id = $1 and sequence > $2 order by sequence`,
        [callId, sequence],
      )
    ).map(loggedEvent);

  return {
    async open(callId) {
      const [row] = await database.query(
        'select coalesce(max(sequence), 0) as last from call_events where call_id = $1',
        [callId],
      );
      let last = Number(row?.['last'] ?? 0);
      const writer = {};
      return {
        length: last,
        append(events) {
          const logged: LoggedEvent[] = [];
          const rows: StoredRow[] = [];
          for (const event of events) {
            const recordedAtMs = Math.round(clock.epochMs());
            const payload = storedJson(event);
            const stored = asStored(event, payload);
            logged.push({ sequence: last + logged.length + 1, recordedAtMs, event: stored });
            rows.push({ callId, sequence: last + logged.length, recordedAtMs, type: stored.type, payload });
          }
          last += logged.length;
          return { logged, durable: commits.store(writer, callId, rows) };
        },
        hurry: () => {
          commits.hurry();
        },
      };
    },

    read: (callId) => since(callId, 0),

    async *follow(callId, signal) {
      let last = 0;
      while (!signal.aborted) {
        const news = commits.nextCommit(callId);
        const events = await since(callId, last);
        for (const logged of events) {
          last = logged.sequence;
          yield logged;
          if (logged.event.type === 'call-ended') return;
        }
        if (events.length > 0) {
          news.forget();
          continue;
        }
        await news.or(POLL_MS, clock, signal);
        await pause(GATHER_MS, clock, signal);
      }
    },

    async list(limit) {
      const rows = await database.query(
        `select started.call_id, started.recorded_at_ms as started_at_ms,
                started.payload->>'patientId' as patient_id,
                ended.recorded_at_ms as ended_at_ms, ended.payload->>'reason' as end_reason
         from call_events started
         left join call_events ended on ended.call_id = started.call_id and ended.type = 'call-ended'
         where started.type = 'call-started'
         order by started.recorded_at_ms desc, started.call_id desc limit $1`,
        [limit],
      );
      return rows.map((row) => ({
        callId: String(row['call_id']),
        patientId: String(row['patient_id']),
        startedAtMs: Number(row['started_at_ms']),
        endedAtMs: row['ended_at_ms'] === null ? undefined : Number(row['ended_at_ms']),
        endReason: typeof row['end_reason'] === 'string' ? row['end_reason'] : '',
      }));
    },
  };
}

/**
 * Nine of ten events, made by the conversation itself and holding no number that came over a wire into
 * the state: reading them back from their JSON gives the same, so it is not done while a patient waits.
 */
const plain: ReadonlySet<CallEvent['type']> = new Set<CallEvent['type']>([
  'review-given',
  'decision-made',
  'sentence-drafted',
  'sentence-released',
  'sentence-withheld',
]);

/** The event as a replay will read it: what JSON cannot hold is gone from it. */
function asStored(event: CallEvent, payload: string): CallEvent {
  if (plain.has(event.type) && !payload.includes('\ufffd')) return event;
  return callEvent.parse(JSON.parse(payload));
}

function pause(delayMs: number, clock: Clock, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = (): void => {
      cancel();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const cancel = clock.after(delayMs, end);
    signal.addEventListener('abort', end);
  });
}

/** JSON that PostgreSQL takes: it stores neither NUL nor half of a surrogate pair. */
function storedJson(event: CallEvent): string {
  const json = JSON.stringify(event);
  if (!json.includes('\\u')) return json;
  return JSON.stringify(JSON.parse(json), (_key, value: unknown) =>
    typeof value === 'string' ? value.replaceAll('\0', '\ufffd').replace(/\p{Surrogate}/gu, '\ufffd') : value,
  );
}

function loggedEvent(row: Row): LoggedEvent {
  const parsed = callEvent.safeParse(row['payload']);
  if (!parsed.success) {
    const where = parsed.error.issues[0]?.path.join('.') ?? '';
    throw new AsterismError(
      'RECORD_CORRUPT',
      `event ${String(row['sequence'])} of the call has an unexpected ${where === '' ? 'shape' : `field ${where}`}; ` +
        'was it written by a newer version?',
    );
  }
  return {
    sequence: Number(row['sequence']),
    recordedAtMs: Number(row['recorded_at_ms']),
    event: parsed.data,
  };
}
