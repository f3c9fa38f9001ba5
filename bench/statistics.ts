/** The value below which a share of the values lies (nearest rank); undefined for none. */
export function percentile(values: readonly number[], share: number): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

/** Median, 95th percentile and count on one line. */
export function summary(values: readonly number[], unit = 'ms'): string {
  const show = (share: number): string =>
    percentile(values, share)?.toFixed(values.some((value) => value < 50) ? 1 : 0) ?? '–';
  return `median ${show(0.5)} ${unit}, 95th percentile ${show(0.95)} ${unit}, n = ${String(values.length)}`;
}
