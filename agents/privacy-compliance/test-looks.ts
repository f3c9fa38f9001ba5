import {
  CallContext,
  Fact,
  Pass,
  ReviewRequest,
  Verification,
  type Review,
} from '../../protos/generated/asterism/v1/specialist.js';
import type { SpecialistLogic } from '../specialist.js';

export type Context = Partial<CallContext>;

/** Somebody with a chart, for tests. */
export const patient = {
  patientId: 'mh-20417',
  givenName: 'Margaret',
  familyName: 'Hayes',
  birthDate: '1950-03-04',
  telephone: '+15035550142',
  conditions: ['heart failure'],
  medications: [{ name: 'furosemide', dose: '40 mg', frequency: 'once a day', purpose: 'fluid' }],
  labs: [{ name: 'potassium', value: 4.6, unit: 'mmol/L', date: '2026-11-20', loinc: '' }],
};

export const unverified: Context = { verification: Verification.UNVERIFIED };
export const verified: Context = { verification: Verification.VERIFIED };
export const failed: Context = { verification: Verification.FAILED };
/** The name matched; the date of birth is still to come. */
export const oneIdentifier: Context = {
  ...unverified,
  history: [
    { speaker: 'agent', text: 'Please tell me your first and last name.', turnId: '2' },
    { speaker: 'patient', text: 'Margaret Hayes', turnId: '3' },
  ],
};
export const otherPerson: Context = { ...verified, findings: [identity('relative')] };
export const optedOut: Context = { ...verified, findings: [identity('opt-out')] };

/** What the specialist found earlier in the call. */
export function identity(...subjects: string[]): Fact {
  return Fact.fromPartial({ kind: 'identity', subjects });
}

/** First look. */
export function hear(
  privacy: SpecialistLogic,
  text: string,
  context: Context,
  whose: typeof patient = patient,
): Review {
  return privacy.review(
    ReviewRequest.fromPartial({
      pass: Pass.HEARD,
      heard: { text },
      patient: whose,
      context: CallContext.fromPartial(context),
    }),
  );
}

/** Second look. */
export function draft(privacy: SpecialistLogic, text: string, context: Context, heard = ''): Review {
  return privacy.review(
    ReviewRequest.fromPartial({
      pass: Pass.DRAFT,
      draft: text,
      heard: { text: heard },
      patient,
      context: CallContext.fromPartial(context),
    }),
  );
}
