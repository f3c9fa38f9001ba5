import { Disposition } from '../../protos/generated/asterism/v1/specialist.js';

const mildestFirst: readonly Disposition[] = [
  Disposition.NONE,
  Disposition.ROUTINE,
  Disposition.WITHIN_DAYS,
  Disposition.SAME_DAY,
  Disposition.URGENT_NURSE,
];

/** 0 for nothing to do, rising with how soon somebody must see it. */
export function rankOf(disposition: Disposition): number {
  return Math.max(0, mildestFirst.indexOf(disposition));
}

/** The soonest of several; NONE of none. */
export function gravest(dispositions: readonly Disposition[]): Disposition {
  return dispositions.reduce(
    (worst, each) => (rankOf(each) > rankOf(worst) ? each : worst),
    Disposition.NONE,
  );
}
