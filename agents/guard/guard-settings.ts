import { isAbsolute, resolve } from 'node:path';

/** Settings of the guard; docs/guard.md explains each. */
export interface GuardSettings {
  /** Absolute path of a clinic's own taxonomy; the one that comes with Asterism when left out. */
  readonly taxonomy?: string;
}

/** Reads ASTERISM_GUARD_TAXONOMY; an empty variable is an unset one. */
export function guardSettings(environment: NodeJS.ProcessEnv = process.env): GuardSettings {
  const taxonomy = environment['ASTERISM_GUARD_TAXONOMY'];
  if (taxonomy === undefined || taxonomy === '') return {};
  return { taxonomy: isAbsolute(taxonomy) ? taxonomy : resolve(taxonomy) };
}
