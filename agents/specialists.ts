import { AsterismError } from '../platform/errors.js';
import { serveSpecialist, type RunningSpecialist } from './serve-specialist.js';
import { join } from 'node:path';
import { packageRoot } from '../platform/package-root.js';
import type { RecordSettings } from './record-summary/record-settings.js';
import type { AnySpecialist } from './specialist.js';

/** What specialists need besides their knowledge. */
export interface SpecialistSettings {
  readonly records: RecordSettings;
  /** The organisation's documents; left out: the sample hospital's. */
  readonly policyFolder?: string;
  /** The organisation's own limits of laboratory values; left out: those of the knowledge base. */
  readonly labLimitsPath?: string | undefined;
}

/** The synthetic patients that come with Asterism. */
const sampleRecords = join(packageRoot, 'evaluation', 'charts');

/** How each specialist is made; its code and knowledge are loaded only when it is asked for. */
const creators = {
  escalation: async () => (await import('./escalation/escalation.js')).createEscalation(),
  'privacy-compliance': async () =>
    (await import('./privacy-compliance/privacy-compliance.js')).createPrivacyCompliance(),
  guard: async () => {
    const [{ createGuard }, { guardSettings }, { openEmbedder }] = await Promise.all([
      import('./guard/guard.js'),
      import('./guard/guard-settings.js'),
      import('./embedding/embedder.js'),
    ]);
    return createGuard(guardSettings(), await openEmbedder());
  },
  medication: async () => (await import('./medication/medication.js')).createMedication(),
  'labs-vitals': async ({ labLimitsPath }) =>
    (await import('./labs-vitals/labs-vitals.js')).createLabsVitals({ limitsPath: labLimitsPath }),
  policy: async ({ policyFolder }) =>
    (await import('./policy/policy.js')).createPolicy({ folder: policyFolder }),
  nutrition: async () => (await import('./nutrition/nutrition.js')).createNutrition(),
  checklist: async () => (await import('./checklist/checklist.js')).createChecklist(),
  'record-summary': async ({ records }) =>
    (await import('./record-summary/record-summary.js')).createRecordSummary(records),
} as const satisfies Record<string, (settings: SpecialistSettings) => Promise<AnySpecialist>>;

export type SpecialistName = keyof typeof creators;

/** Every specialist there is, in the order in which their verdicts are merged. */
export const specialistNames = Object.keys(creators) as readonly SpecialistName[];

export function isSpecialistName(name: string): name is SpecialistName {
  return Object.hasOwn(creators, name);
}

/** Loads a specialist without serving it. @throws AsterismError KNOWLEDGE_INVALID when its knowledge is refused, MODEL_MISSING */
export async function createSpecialist(
  name: SpecialistName,
  settings: SpecialistSettings = { records: { folder: sampleRecords } },
): Promise<AnySpecialist> {
  return creators[name](settings);
}

export interface StartOptions {
  readonly names: readonly SpecialistName[];
  /** Where each listens, host:port; those not named take a free loopback port. */
  readonly addresses?: Readonly<Partial<Record<SpecialistName, string>>>;
  /** Left out: the synthetic patients that come with Asterism. */
  readonly settings?: SpecialistSettings;
}

/**
 * Starts specialists, each as a gRPC server on a socket of its own. When one cannot start, none stays.
 * @throws AsterismError KNOWLEDGE_INVALID, MODEL_MISSING or CONFIGURATION_INVALID
 */
export async function startSpecialists(
  options: StartOptions,
): Promise<Partial<Record<SpecialistName, RunningSpecialist>>> {
  const started = await Promise.allSettled(
    options.names.map(async (name) => {
      const logic = await createSpecialist(name, options.settings);
      if (logic.description.specialist !== name) {
        throw new AsterismError(
          'CONFIGURATION_INVALID',
          `the specialist ${name} calls itself ${logic.description.specialist}`,
        );
      }
      const address = options.addresses?.[name] ?? '127.0.0.1:0';
      return [name, await serveSpecialist(logic, { address })] as const;
    }),
  );
  const running = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const failure = started.find((one) => one.status === 'rejected');
  if (failure) {
    await Promise.all(running.map(([, specialist]) => specialist.close()));
    throw failure.reason;
  }
  return Object.fromEntries(running);
}
