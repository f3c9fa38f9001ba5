const RELATIVE_DATE = /^today(?:([+-]\d{1,5}))?$/;
const RELATIVE_START = /^today(?:([+-]\d{1,5}))?T([01]\d|2[0-3]):([0-5]\d)$/;
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const START = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?$/;

/**
 * A date of a chart as YYYY-MM-DD. Sample charts may say today, today-2 or today+5.
 * @returns undefined when it is no date
 */
export function resolveDate(text: string, today: Date): string | undefined {
  const relative = RELATIVE_DATE.exec(text);
  if (relative) return localDate(today, Number(relative[1] ?? 0));
  return isDate(text) ? text : undefined;
}

/**
 * The start of an appointment as a local ISO 8601 date and time. Sample charts may say today+5T10:30.
 * @returns undefined when it is none
 */
export function resolveStart(text: string, today: Date): string | undefined {
  const relative = RELATIVE_START.exec(text);
  if (relative)
    return `${localDate(today, Number(relative[1] ?? 0))}T${relative[2] ?? ''}:${relative[3] ?? ''}`;
  const start = START.exec(text);
  return start?.[1] !== undefined && isDate(start[1]) ? text : undefined;
}

/** Completed years between two dates. @param birthDate YYYY-MM-DD */
export function ageAt(birthDate: string, today: Date): number {
  const [year = 0, month = 0, day = 0] = birthDate.split('-').map(Number);
  const before = today.getMonth() + 1 < month || (today.getMonth() + 1 === month && today.getDate() < day);
  return today.getFullYear() - year - (before ? 1 : 0);
}

function isDate(text: string): boolean {
  const [, year = '', month = '', day = ''] = DATE.exec(text) ?? [];
  if (year === '') return false;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.toISOString().startsWith(text);
}

/**
 * A local date as YYYY-MM-DD. Calendar arithmetic: a day is a date, not 24 hours.
 * @param days added to it; negative for the past
 */
export function localDate(today: Date, days = 0): string {
  const date = new Date(today.getFullYear(), today.getMonth(), today.getDate() + days);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
