import { specialistNames, startSpecialists } from '../../agents/specialists.js';
import type { Configuration } from '../configuration.js';
import type { RunningPart } from './part.js';

export interface AgentsPart extends RunningPart {
  /** host:port by specialist. */
  readonly addresses: Readonly<Record<string, string>>;
}

/**
 * Every specialist, each on a socket of its own.
 * @param addresses host:port by specialist; those left out take a free loopback port
 * @throws AsterismError KNOWLEDGE_INVALID or MODEL_MISSING
 */
export async function startAgents(
  configuration: Configuration,
  addresses: Readonly<Record<string, string>>,
): Promise<AgentsPart> {
  const { records, policyFolder, labLimitsPath } = configuration;
  const settings = { records, labLimitsPath, ...(policyFolder === undefined ? {} : { policyFolder }) };
  const specialists = Object.entries(await startSpecialists({ names: specialistNames, addresses, settings }));
  return {
    addresses: Object.fromEntries(specialists.map(([name, { address }]) => [name, address])),
    lines: specialists.map(([name, { address }]) => `specialist ${name} at ${address}`),
    async close() {
      await Promise.all(specialists.map(([, specialist]) => specialist.close()));
    },
  };
}
