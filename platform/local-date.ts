/**
 * A local date as YYYY-MM-DD. Calendar arithmetic: a day is a date, not 24 hours.
 * @param days added to it; negative for the past
 */
export function localDate(today: Date, days = 0): string {
  const date = new Date(today.getFullYear(), today.getMonth(), today.getDate() + days);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/**
 * The IANA zone that this process runs in; empty for UTC, which is most often no choice but a server's default and
 * tells nothing about where a patient's clock hangs.
 */
export function localZone(): string {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return /^(?:Etc\/)?(?:UTC|UCT|GMT|Universal|Zulu)$/i.test(timeZone) ? '' : timeZone;
}
