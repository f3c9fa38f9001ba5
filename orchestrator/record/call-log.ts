import type { CallEvent, LoggedEvent } from '../call/events.js';

/** Events that were put into the log. */
export interface Appended {
  /** As the log holds them: what a replay will fold is exactly this. */
  readonly logged: readonly LoggedEvent[];
  /** Settles once they are stored; no effect that they allow may happen before. */
  readonly durable: Promise<void>;
}

/** Writes one call's log. */
export interface CallWriter {
  /** Puts events at the end of the log, together and in order. @throws nothing; durable rejects with DATABASE_UNREACHABLE */
  append(events: readonly CallEvent[]): Appended;
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
  open(callId: string): Promise<CallWriter>;
  /** Every event of a call in order; empty for an unknown call. @throws AsterismError RECORD_CORRUPT */
  read(callId: string): Promise<readonly LoggedEvent[]>;
  /** Every event of a call, then each new one, until the call has ended or the signal aborts. */
  follow(callId: string, signal: AbortSignal): AsyncIterable<LoggedEvent>;
  /** Calls, newest first. */
  list(limit: number): Promise<readonly CallListing[]>;
}
