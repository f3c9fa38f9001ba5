import { createHash } from 'node:crypto';
import type { CallState } from './state.js';

/** SHA-256 (hex) of a state's canonical JSON: keys sorted, undefined left out. Equal states have equal digests. */
export function digest(state: CallState): string {
  return createHash('sha256').update(canonicalJson(state)).digest('hex');
}

/** JSON with object keys in code-unit order and undefined members left out. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((member) => canonicalJson(member ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}
