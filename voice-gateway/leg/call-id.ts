import { randomBytes } from 'node:crypto';

const DIGITS = 36;
const TIME_DIGITS = 9;

/**
 * A call's identifier: `call-`, the time in base 36 so that names sort by it, and 80 random bits.
 * @param epochMs milliseconds since 1970 in UTC
 */
export function newCallId(epochMs: number): string {
  const time = Math.floor(epochMs).toString(DIGITS).padStart(TIME_DIGITS, '0');
  return `call-${time}-${randomBytes(10).toString('hex')}`;
}

/** Whether a text from outside has the form of a call's identifier; such a text is safe in a path. */
export function isCallId(text: string): boolean {
  return /^call-[0-9a-z]{9}-[0-9a-f]{20}$/.test(text);
}
