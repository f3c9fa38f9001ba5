import { AsterismError } from '../../platform/errors.js';
import type { CallLog } from '../record/call-log.js';
import { digest } from './digest.js';
import type { LoggedEvent } from './events.js';
import { initialState, reduce } from './reduce.js';
import type { CallState, TranscriptLine } from './state.js';

/** What a call's log gives back. */
export interface Replay {
  readonly state: CallState;
  readonly transcript: readonly TranscriptLine[];
  /** Whether the state before the end is the one the live call saw; undefined while the call has not ended. */
  readonly digestMatches: boolean | undefined;
}

/**
 * Rebuilds a call from its log alone.
 * @throws AsterismError CALL_NOT_FOUND, RECORD_CORRUPT
 */
export async function replay(callId: string, log: Pick<CallLog, 'read'>): Promise<Replay> {
  const logged = await log.read(callId);
  if (logged.length === 0) {
    throw new AsterismError('CALL_NOT_FOUND', 'no call has this identifier; asterism calls lists them');
  }
  return fold(callId, logged);
}

/**
 * The pure part of replay.
 * @throws AsterismError RECORD_CORRUPT when an event is missing
 */
export function fold(callId: string, logged: readonly LoggedEvent[]): Replay {
  let state = initialState(callId);
  let digestMatches: boolean | undefined;
  logged.forEach(({ sequence, event }, index) => {
    if (sequence !== index + 1) {
      throw new AsterismError(
        'RECORD_CORRUPT',
        `event ${String(index + 1)} of the call is missing from its log`,
      );
    }
    if (event.type === 'call-ended') digestMatches = digest(state) === event.stateDigest;
    state = reduce(state, event);
  });
  return { state, transcript: state.transcript, digestMatches };
}
