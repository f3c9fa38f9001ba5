import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { RecordSettings } from '../agents/record-summary/record-settings.js';
import { AsterismError } from '../platform/errors.js';
import { packageRoot } from '../platform/package-root.js';

/** The specialists of a full constellation, with the port each takes when it runs as a process of its own. */
export const specialistPorts = {
  escalation: 50_053,
  'privacy-compliance': 50_054,
  medication: 50_051,
  'labs-vitals': 50_052,
  nutrition: 50_055,
  'record-summary': 50_056,
  checklist: 50_057,
  policy: 50_058,
  guard: 50_059,
} as const;

type SpecialistName = keyof typeof specialistPorts;
const specialistNames = Object.keys(specialistPorts) as SpecialistName[];

const port = z.coerce.number().int().min(0).max(65_535);

const addresses = z.string().transform((text, context): Record<string, string> => {
  const pairs = text.split(',').map((pair) => pair.trim().split('='));
  for (const [name, address] of pairs) {
    if (!name || !address || !(name in specialistPorts)) {
      context.addIssue({
        code: 'custom',
        message: `expected name=host:port, separated by commas; names: ${specialistNames.join(', ')}`,
      });
      return z.NEVER;
    }
  }
  return Object.fromEntries(pairs as [string, string][]);
});

const environment = z.object({
  ASTERISM_HOST: z.string().default('127.0.0.1'),
  ASTERISM_PORT: port.default(8080),
  ASTERISM_PUBLIC_URL: z.url().optional(),
  ASTERISM_DATA_DIR: z.string().default('.asterism'),
  ASTERISM_CALLS_DIR: z.string().default('calls'),
  ASTERISM_RECORDS_DIR: z.string().default(join(packageRoot, 'evaluation', 'charts')),
  ASTERISM_FHIR_URL: z.url({ protocol: /^https?$/ }).optional(),
  ASTERISM_FHIR_TOKEN: z.string().optional(),
  ASTERISM_POLICY_DIR: z.string().optional(),
  ASTERISM_LAB_LIMITS: z.string().optional(),
  ASTERISM_ORCHESTRATOR_ADDRESS: z.string().default('127.0.0.1:50050'),
  ASTERISM_AGENT_ADDRESSES: addresses.optional(),
  ASTERISM_SPEECH_MODEL: z.enum(['base', 'tiny.en']).default('base'),
  ASTERISM_MAX_CALLS: z.coerce.number().int().positive().default(10),
  ASTERISM_API_TOKEN: z.string().optional(),
  ASTERISM_ORGANISATION: z.string().default('Riverside Community Health'),
  ASTERISM_TELEPHONE: z.string().optional(),
  DATABASE_URL: z.string().optional(),
  TWILIO_AUTH_TOKEN: z.string().optional(),
  TWILIO_ACCOUNT_SID: z.string().optional(),
});

/** The environment variables that are read. */
export const settingNames = Object.keys(environment.shape);

/** Every setting of the constellation; docs/configuration.md explains each. */
export interface Configuration {
  readonly host: string;
  readonly port: number;
  readonly publicUrl: string | undefined;
  /** Folder of the embedded database. */
  readonly databaseFolder: string;
  readonly databaseUrl: string | undefined;
  readonly callsFolder: string;
  readonly records: RecordSettings;
  /** The organisation's documents; undefined: the sample hospital's. */
  readonly policyFolder: string | undefined;
  /** The organisation's own limits of laboratory values; undefined: those of the knowledge base. */
  readonly labLimitsPath: string | undefined;
  readonly orchestratorAddress: string;
  /** Where each specialist listens when it is not in this process. */
  readonly agentAddresses: Readonly<Record<string, string>>;
  readonly speechModel: 'base' | 'tiny.en';
  readonly maxCalls: number;
  readonly apiToken: string | undefined;
  /** On whose behalf the agent calls, and the number at which a patient reaches a person. */
  readonly callingFor: { readonly organisation: string; readonly telephone?: string };
  readonly twilio: { readonly authToken?: string; readonly accountSid?: string };
}

/** @throws AsterismError CONFIGURATION_INVALID naming the setting */
export function readConfiguration(variables: NodeJS.ProcessEnv = process.env): Configuration {
  // An empty variable is an unset one, as in most shells' habits.
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) throw new AsterismError('CONFIGURATION_INVALID', z.prettifyError(parsed.error));
  const settings = parsed.data;
  return {
    host: settings.ASTERISM_HOST,
    port: settings.ASTERISM_PORT,
    publicUrl: settings.ASTERISM_PUBLIC_URL,
    databaseFolder: resolve(settings.ASTERISM_DATA_DIR, 'database'),
    databaseUrl: settings.DATABASE_URL,
    callsFolder: resolve(settings.ASTERISM_CALLS_DIR),
    labLimitsPath:
      settings.ASTERISM_LAB_LIMITS === undefined ? undefined : resolve(settings.ASTERISM_LAB_LIMITS),
    records: {
      folder: resolve(settings.ASTERISM_RECORDS_DIR),
      callsFolder: resolve(settings.ASTERISM_CALLS_DIR),
      ...(settings.ASTERISM_FHIR_URL === undefined
        ? {}
        : { fhirServer: { url: settings.ASTERISM_FHIR_URL, token: settings.ASTERISM_FHIR_TOKEN } }),
    },
    policyFolder:
      settings.ASTERISM_POLICY_DIR === undefined ? undefined : resolve(settings.ASTERISM_POLICY_DIR),
    orchestratorAddress: settings.ASTERISM_ORCHESTRATOR_ADDRESS,
    agentAddresses:
      settings.ASTERISM_AGENT_ADDRESSES ??
      Object.fromEntries(
        Object.entries(specialistPorts).map(([name, number]) => [name, `127.0.0.1:${String(number)}`]),
      ),
    speechModel: settings.ASTERISM_SPEECH_MODEL,
    maxCalls: settings.ASTERISM_MAX_CALLS,
    apiToken: settings.ASTERISM_API_TOKEN,
    callingFor: {
      organisation: settings.ASTERISM_ORGANISATION,
      ...(settings.ASTERISM_TELEPHONE === undefined ? {} : { telephone: settings.ASTERISM_TELEPHONE }),
    },
    twilio: {
      ...(settings.TWILIO_AUTH_TOKEN === undefined ? {} : { authToken: settings.TWILIO_AUTH_TOKEN }),
      ...(settings.TWILIO_ACCOUNT_SID === undefined ? {} : { accountSid: settings.TWILIO_ACCOUNT_SID }),
    },
  };
}
