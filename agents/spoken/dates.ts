import { sayNumber } from './digits.js';

// Made once: making one takes milliseconds.
const weekday = new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', weekday: 'long' });
const month = new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', month: 'long' });

const ones = [
  '',
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
  'eleventh',
  'twelfth',
  'thirteenth',
  'fourteenth',
  'fifteenth',
  'sixteenth',
  'seventeenth',
  'eighteenth',
  'nineteenth',
];
/** A calendar day taken apart for speech. */
export interface SpokenDay {
  readonly weekday: string;
  readonly month: string;
  /** "first", "twenty-third". */
  readonly ordinal: string;
}

/** @param date ISO 8601 local date, with or without a time; undefined when it is none */
export function spokenDay(date: string): SpokenDay | undefined {
  const [, year, monthNumber, day] = /^(\d{4})-(\d{2})-(\d{2})/.exec(date) ?? [];
  if (year === undefined) return undefined;
  const at = new Date(Date.UTC(Number(year), Number(monthNumber) - 1, Number(day)));
  if (!at.toISOString().startsWith(date.slice(0, 10))) return undefined;
  return { weekday: weekday.format(at), month: month.format(at), ordinal: sayOrdinal(Number(day)) };
}

/**
 * "2026-12-01" → "Tuesday, December first".
 * @param today a day of another year is said with its year; empty: never
 */
export function sayDay(date: string, today: string): string {
  const day = spokenDay(date);
  if (!day) return '';
  const year = date.slice(0, 4);
  const other = today !== '' && year !== today.slice(0, 4);
  return `${day.weekday}, ${day.month} ${day.ordinal}${other ? `, ${year}` : ''}`;
}

/** "2026-12-01T10:30" → "ten thirty in the morning"; empty without a time of day. */
export function sayTime(start: string): string {
  const [, hour, minute] = /T(\d{2}):(\d{2})/.exec(start) ?? [];
  if (hour === undefined || minute === undefined) return '';
  const [at, past] = [Number(hour), Number(minute)];
  if (at === 12 && past === 0) return 'noon';
  const part = at < 12 ? 'in the morning' : at < 17 ? 'in the afternoon' : 'in the evening';
  const hour12 = at % 12 === 0 ? 12 : at % 12;
  return [sayNumber(hour12), minutes(past), part].filter((word) => word !== '').join(' ');
}

/** The name of a month from 1 to 12: "January". */
export function monthName(number: number): string {
  return month.format(Date.UTC(2000, number - 1, 1));
}

/** A day of a month from 1 to 31: "first", "twenty-third". */
export function sayOrdinal(day: number): string {
  if (day < 20) return ones[day] ?? '';
  const tens = day < 30 ? 'twent' : 'thirt';
  return day % 10 === 0 ? `${tens}ieth` : `${tens}y-${ones[day % 10] ?? ''}`;
}

function minutes(past: number): string {
  if (past === 0) return '';
  return past < 10 ? `oh ${sayNumber(past)}` : sayNumber(past);
}
