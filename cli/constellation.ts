import type { Configuration } from './configuration.js';
import { startAgents } from './parts/agents-part.js';
import { closeSpeech, openSpeech, startGatewayPart } from './parts/gateway-part.js';
import { startOrchestratorPart } from './parts/orchestrator-part.js';
import type { Part, RunningPart } from './parts/part.js';
import { startPartThread } from './parts/part-thread.js';

/** The whole constellation in one process. */
export interface Constellation extends RunningPart {
  /** Base URL of the gateway, for example http://127.0.0.1:8080. */
  readonly gatewayUrl: string;
}

/**
 * Starts everything in this process: the gateway on the main thread, which paces audio and does nothing else for
 * long, orchestrator and specialists in threads of their own on free loopback ports.
 * @throws AsterismError MODEL_MISSING, DATABASE_UNREACHABLE, KNOWLEDGE_INVALID, …
 */
export async function startConstellation(configuration: Configuration): Promise<Constellation> {
  const started: RunningPart[] = [];
  const closeAll = async (): Promise<void> => {
    for (const part of started.splice(0).reverse()) await part.close();
  };
  // The models load in their own threads while the other parts start.
  const loadingSpeech = openSpeech(configuration);
  try {
    const agents = await startPartThread({ part: 'agents', configuration });
    started.push(agents);
    const orchestrator = await startPartThread({
      part: 'orchestrator',
      configuration,
      agentAddresses: agents.addresses,
    });
    started.push(orchestrator);
    const gateway = await startGatewayPart(
      configuration,
      orchestrator.addresses['orchestrator'] ?? '',
      await loadingSpeech,
    );
    started.push(gateway);
    return { gatewayUrl: gateway.url, lines: started.flatMap(({ lines }) => lines), close: closeAll };
  } catch (thrown) {
    await loadingSpeech.then(closeSpeech, () => undefined);
    await closeAll();
    throw thrown;
  }
}

/** Starts one part in this process; the configuration says where it listens and where the others are. */
export async function startPart(configuration: Configuration, part: Part): Promise<RunningPart> {
  switch (part) {
    case 'agents':
      return startAgents(configuration, configuration.agentAddresses);
    case 'orchestrator':
      return startOrchestratorPart(
        configuration,
        configuration.orchestratorAddress,
        configuration.agentAddresses,
      );
    case 'gateway':
      return startGatewayPart(
        configuration,
        configuration.orchestratorAddress,
        await openSpeech(configuration),
      );
  }
}
