/** The date that a clock on the wall shows, YYYY-MM-DD. */
export function localDay(at: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(at.getFullYear()).padStart(4, '0')}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/**
 * The IANA zone that this process runs in; empty for UTC, which is most often no choice but a server's default and
 * tells nothing about where a patient's clock hangs.
 */
export function localZone(): string {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return /^(?:Etc\/)?(?:UTC|UCT|GMT|Universal|Zulu)$/i.test(timeZone) ? '' : timeZone;
}
