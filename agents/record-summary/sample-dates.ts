import { fullDate } from './dates.js';
import { isObject } from './json.js';

/** Marks a bundle whose dates stand for days before and after the call, counted from Bundle.timestamp. */
const MOVES_WITH_TODAY = 'moves-with-today';
const TAGS = 'urn:asterism:sample';
const DAY_MS = 86_400_000;
const DATE = /^\d{4}-\d{2}-\d{2}(?=$|T)/;

/**
 * A sample record never grows old: its dates move by as many days as have passed since it was written. Birth dates
 * stay. A bundle without the tag is returned as it is.
 * @param today YYYY-MM-DD
 */
export function moveSampleDates(bundle: unknown, today: string): unknown {
  const writtenOn = sampleDay(bundle);
  if (writtenOn === undefined) return bundle;
  const days = Math.round((Date.parse(today) - Date.parse(writtenOn)) / DAY_MS);
  return moved(bundle, days);
}

function sampleDay(bundle: unknown): string | undefined {
  if (!isObject(bundle) || !isObject(bundle['meta']) || typeof bundle['timestamp'] !== 'string')
    return undefined;
  const { tag } = bundle['meta'];
  const tagged =
    Array.isArray(tag) &&
    tag.some((one) => isObject(one) && one['system'] === TAGS && one['code'] === MOVES_WITH_TODAY);
  return tagged ? fullDate(bundle['timestamp']) : undefined;
}

function moved(value: unknown, days: number): unknown {
  if (typeof value === 'string') return movedDate(value, days);
  if (Array.isArray(value)) return value.map((one) => moved(one, days));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, key === 'birthDate' ? member : moved(member, days)]),
  );
}

function movedDate(text: string, days: number): string {
  const date = DATE.exec(text)?.[0];
  if (date === undefined || fullDate(date) === undefined) return text;
  const there = new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);
  return `${there}${text.slice(date.length)}`;
}
