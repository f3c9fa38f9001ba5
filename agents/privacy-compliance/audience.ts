import type { SignalId } from '../../clinical-kb/privacy/privacy-rules.js';
import { Verification, type ReviewRequest } from '../../protos/generated/asterism/v1/specialist.js';
import { isAnother, isPerson, type Speaker } from './speaker.js';

/** Who may hear what at this moment. */
export type Audience =
  /** Two identifiers matched, and nobody else took the telephone since. */
  | 'verified'
  /** Not yet asked, or one identifier missing. */
  | 'unverified'
  /** Somebody else is on the line, at first or after the patient had been verified. */
  | 'other-person'
  /** Identifiers did not match, a voicemail, a wrong number. */
  | 'failed'
  /** Wants no calls: only a goodbye is left. */
  | 'opted-out';

/**
 * @param before who spoke before this turn
 * @param signals what the caller signals in this turn
 */
export function audienceOf(
  { context }: ReviewRequest,
  before: Speaker,
  signals: readonly SignalId[],
): Audience {
  const verification = context?.verification ?? Verification.UNVERIFIED;
  if (before.optedOut || signals.includes('opt-out')) return 'opted-out';
  // The first decides, as in what is answered.
  const person = signals.find((signal) => isPerson(signal)) ?? before.person;
  if (verification === Verification.FAILED || person === 'voicemail' || person === 'wrong-person') {
    return 'failed';
  }
  if (isAnother({ ...before, person })) return 'other-person';
  return verification === Verification.VERIFIED ? 'verified' : 'unverified';
}
