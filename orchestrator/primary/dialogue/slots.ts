import type { Patient } from '../../../protos/generated/asterism/v1/patient.js';
import type { Slots } from './phrasing.js';
import { daysAgoInWords, telephoneInWords } from './spoken-forms.js';

/** On whose behalf the agent calls. */
export interface CallingFor {
  /** As it introduces itself; must tell a stranger nothing about anybody's health. */
  readonly organisation?: string;
  /** E.164 number at which a person answers; left out of the wording when empty. */
  readonly telephone?: string;
}

/** The slots that are the same in the whole call. */
export function slotsFor(
  { organisation, telephone }: CallingFor,
  patient: Patient | undefined,
  now: Date,
): Slots {
  return {
    organisation: organisation ?? 'your care organization',
    telephone: telephone === undefined || telephone === '' ? undefined : telephoneInWords(telephone),
    givenName: patient?.givenName,
    daysSinceDischarge: patient ? daysAgoInWords(patient.dischargeDate, now) : undefined,
  };
}
