import { Disposition } from '../../protos/generated/asterism/v1/specialist.js';

const mildestFirst: readonly Disposition[] = [
  Disposition.UNSPECIFIED,
  Disposition.NONE,
  Disposition.ROUTINE,
  Disposition.WITHIN_DAYS,
  Disposition.SAME_DAY,
  Disposition.URGENT_NURSE,
  Disposition.CALL_988,
  Disposition.CALL_911,
];

/** How urgent a disposition is; higher is more urgent. A value this version does not know counts as none. */
export function urgency(disposition: Disposition): number {
  return Math.max(0, mildestFirst.indexOf(disposition));
}

/** The more urgent of two dispositions; the first when they are equal. */
export function moreUrgent(one: Disposition, other: Disposition): Disposition {
  return urgency(other) > urgency(one) ? other : one;
}

/** True from same-day on: a nurse must act on it after the call at the latest. */
export function needsNurse(disposition: Disposition): boolean {
  return urgency(disposition) >= urgency(Disposition.SAME_DAY);
}

/** True for 911 and 988: the instruction goes to the patient whatever else happens. */
export function isEmergency(disposition: Disposition): boolean {
  return disposition === Disposition.CALL_911 || disposition === Disposition.CALL_988;
}
