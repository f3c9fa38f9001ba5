import { isAbsolute, resolve } from 'node:path';
import { z } from 'zod';
import { AsterismError } from '../../platform/errors.js';

/** Where a guard model is asked: an endpoint that speaks OpenAI's chat completions. */
export interface GuardEndpoint {
  /** Base URL, for example http://127.0.0.1:8000/v1. */
  readonly url: URL;
  readonly model: string;
  /** Bearer token. */
  readonly key?: string;
}

/** Settings of the guard; docs/guard.md explains each. */
export interface GuardSettings {
  /** Absolute path of a clinic's own taxonomy; the one that comes with Asterism when left out. */
  readonly taxonomy?: string;
  /** Without one, rules and examples decide alone. */
  readonly endpoint?: GuardEndpoint;
}

const environmentSchema = z
  .object({
    ASTERISM_GUARD_TAXONOMY: z.string().optional(),
    ASTERISM_GUARD_URL: z.url({ protocol: /^https?$/ }).optional(),
    ASTERISM_GUARD_MODEL: z.string().optional(),
    ASTERISM_GUARD_KEY: z.string().optional(),
  })
  .superRefine((given, context) => {
    if (given.ASTERISM_GUARD_URL !== undefined && given.ASTERISM_GUARD_MODEL === undefined) {
      context.addIssue({
        code: 'custom',
        path: ['ASTERISM_GUARD_MODEL'],
        message: 'is needed with ASTERISM_GUARD_URL',
      });
    }
    if (given.ASTERISM_GUARD_URL === undefined && given.ASTERISM_GUARD_MODEL !== undefined) {
      context.addIssue({
        code: 'custom',
        path: ['ASTERISM_GUARD_URL'],
        message: 'is needed with ASTERISM_GUARD_MODEL: without it no guard model would be asked',
      });
    }
  });

/**
 * Reads the ASTERISM_GUARD_ variables; an empty one is an unset one.
 * @throws AsterismError CONFIGURATION_INVALID naming the setting, never its value
 */
export function guardSettings(environment: NodeJS.ProcessEnv = process.env): GuardSettings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) throw new AsterismError('CONFIGURATION_INVALID', z.prettifyError(parsed.error));
  const {
    ASTERISM_GUARD_TAXONOMY: taxonomy,
    ASTERISM_GUARD_URL: url,
    ASTERISM_GUARD_MODEL: model,
    ASTERISM_GUARD_KEY: key,
  } = parsed.data;
  return {
    ...(taxonomy === undefined ? {} : { taxonomy: isAbsolute(taxonomy) ? taxonomy : resolve(taxonomy) }),
    ...(url === undefined || model === undefined
      ? {}
      : { endpoint: { url: new URL(url), model, ...(key === undefined ? {} : { key }) } }),
  };
}
