import type { SignalId } from '../../clinical-kb/privacy/privacy-rules.js';
import { Verification, type ReviewRequest } from '../../protos/generated/asterism/v1/specialist.js';
import { otherPeople } from './caller-signals.js';

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

/** @param signal what the caller signals in this turn, most important first */
export function audienceOf({ context }: ReviewRequest, signal: SignalId | undefined): Audience {
  const verification = context?.verification ?? Verification.UNVERIFIED;
  const history = (context?.findings ?? [])
    .filter(({ kind }) => kind === 'identity')
    .flatMap(({ subjects }) => subjects);
  const states = [...history, ...(signal === undefined ? [] : [signal])];
  if (states.includes('opt-out')) return 'opted-out';
  const lastPerson = states.findLast((state) =>
    ['voicemail', 'wrong-person', 'patient-back', ...otherPeople].includes(state),
  );
  if (verification === Verification.FAILED || lastPerson === 'voicemail' || lastPerson === 'wrong-person') {
    return 'failed';
  }
  if (lastPerson !== undefined && lastPerson !== 'patient-back') return 'other-person';
  return verification === Verification.VERIFIED ? 'verified' : 'unverified';
}
