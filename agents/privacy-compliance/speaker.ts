import type { SignalId } from '../../clinical-kb/privacy/privacy-rules.js';

/** Who had the telephone before a turn, and whom the patient lets hear. */
export interface Speaker {
  /** The last signal of who is on the line; undefined before any. */
  readonly person: SignalId | undefined;
  /** Relations or names that may hear about the patient: "daughter", "carter". */
  readonly permitted: readonly string[];
  readonly optedOut: boolean;
}

/** Signals of somebody else than the person called for. */
export const otherPeople: ReadonlySet<SignalId> = new Set([
  'not-there',
  'relative',
  'minor',
  'claims-permission',
]);

/** Whether a signal says who has the telephone. */
export function isPerson(signal: SignalId): boolean {
  return ['voicemail', 'wrong-person', 'patient-back'].includes(signal) || otherPeople.has(signal);
}

/** Somebody who is neither the patient nor permitted has the telephone. */
export function isAnother({ person }: Speaker): boolean {
  return person !== undefined && person !== 'patient-back';
}
