/** A share of a count, with its 95 % Wilson score interval; all null when nothing was counted. */
export interface Share {
  readonly count: number;
  readonly of: number;
  readonly share: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** 97.5th percentile of the standard normal distribution. */
const Z = 1.959964;

/**
 * Wilson's score interval for a binomial proportion (E. B. Wilson, J. Am. Stat. Assoc. 22 (1927), 209–212):
 * (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n). Unlike p ± z·se it stays in [0, 1] and says something at
 * p = 0 and p = 1.
 */
export function shareOf(count: number, of: number): Share {
  if (of === 0) return { count, of, share: null, low: null, high: null };
  const p = count / of;
  const centre = p + Z ** 2 / (2 * of);
  const half = Z * Math.sqrt((p * (1 - p)) / of + Z ** 2 / (4 * of ** 2));
  const scale = 1 + Z ** 2 / of;
  return {
    count,
    of,
    share: p,
    low: Math.max(0, (centre - half) / scale),
    high: Math.min(1, (centre + half) / scale),
  };
}
