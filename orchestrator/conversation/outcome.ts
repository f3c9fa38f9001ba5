import { Disposition } from '../../protos/generated/asterism/v1/specialist.js';
import { isEmergency } from '../call/disposition.js';
import type { CallEventOf } from '../call/events.js';
import type { CallState } from '../call/state.js';

/** What a call came to, from its state and the reason for its end. */
export function outcomeOf(state: CallState, reason: string): CallEventOf<'call-ended'>['outcome'] {
  if (reason === 'transferred') return 'transferred';
  if (isEmergency(state.disposition)) return 'escalated';
  if (state.closing?.kind === 'hang-up' && state.closing.reason === 'completed') return 'completed';
  return state.disposition === Disposition.URGENT_NURSE ? 'escalated' : 'stopped-early';
}
