const DATE = /^(\d{4})-(\d{2})-(\d{2})/;
const START = /^(\d{4}-\d{2}-\d{2})T((?:[01]\d|2[0-3]):[0-5]\d)(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?$/;

/** The full date at the start of a FHIR date or dateTime; undefined for 1954 or 1954-03 or what is no date. */
export function fullDate(text: string | undefined): string | undefined {
  const [date = '', year, month, day] = DATE.exec(text ?? '') ?? [];
  if (date === '') return undefined;
  const real = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return real.toISOString().startsWith(date) ? date : undefined;
}

/**
 * A start as the patient's clock shows it, YYYY-MM-DDTHH:MM. An offset other than UTC is the place's own, so the
 * written time is local; UTC needs the zone.
 * @param timeZone IANA; empty when unknown
 */
export function localStart(text: string | undefined, timeZone: string): string | undefined {
  const [, date, time, offset] = START.exec(text ?? '') ?? [];
  if (date === undefined || time === undefined || fullDate(date) === undefined) return undefined;
  if (!/^(?:Z|[+-]00:00)$/.test(offset ?? '')) return `${date}T${time}`;
  if (timeZone === '') return undefined;
  try {
    const shown = new Intl.DateTimeFormat('sv-SE', {
      timeZone,
      dateStyle: 'short',
      timeStyle: 'short',
    }).format(new Date(text ?? ''));
    return shown.replace(' ', 'T');
  } catch {
    return undefined;
  }
}

/** Completed years. @param birthDate and @param today YYYY-MM-DD; 0 when the birth lies after today */
export function yearsBetween(birthDate: string, today: string): number {
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return Math.max(0, years - (today.slice(5) < birthDate.slice(5) ? 1 : 0));
}
