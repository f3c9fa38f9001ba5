import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startSpecialists } from '../agents/specialists.js';
import { loadProtocols } from '../clinical-kb/protocols/load.js';
import { fixedSentences } from '../orchestrator/primary/dialogue/fixed-sentences.js';
import { createDialogueAgent } from '../orchestrator/primary/dialogue-agent.js';
import { openChartFolder } from '../orchestrator/chart/chart-folder.js';
import { openConfiguredDatabase } from './database.js';
import { startOrchestrator } from '../orchestrator/server.js';
import { systemClock } from '../platform/clock.js';
import { packageRoot } from '../platform/package-root.js';
import { openHearing } from '../voice-gateway/hearing/open-hearing.js';
import { startGateway } from '../voice-gateway/server.js';
import { openVoice } from '../voice-gateway/speaking/open-voice.js';
import { specialistNames, type Configuration } from './configuration.js';
import type { Part } from './parts.js';

export interface Constellation {
  /** One line per part that was started, with where it listens. */
  readonly addresses: readonly string[];
  /** Base URL of the gateway, for example http://127.0.0.1:8080; undefined when it was not started. */
  readonly gatewayUrl: string | undefined;
  readonly orchestratorAddress: string;
  /** Stops everything that was started, in reverse order. Idempotent. */
  close(): Promise<void>;
}

/**
 * Starts parts of the constellation in this process. Parts that are started together find each other
 * on free loopback ports; the others are looked for where the configuration says.
 * @throws AsterismError MODEL_MISSING, DATABASE_UNREACHABLE, SPECIALIST_UNREACHABLE, KNOWLEDGE_INVALID, …
 */
export async function startConstellation(
  configuration: Configuration,
  wanted: readonly Part[],
): Promise<Constellation> {
  const together = wanted.length > 1;
  const closers: (() => Promise<void>)[] = [];
  const addresses: string[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    let agentAddresses = configuration.agentAddresses;
    let orchestratorAddress = configuration.orchestratorAddress;
    let gatewayUrl: string | undefined;

    // Models load in worker threads while everything else starts.
    const speech = wanted.includes('gateway') ? openSpeech(configuration) : undefined;
    speech?.catch(() => undefined); // awaited below; until then no unhandled rejection

    if (wanted.includes('agents')) {
      const specialists = await startSpecialists({
        names: specialistNames,
        ...(together ? {} : { addresses: configuration.agentAddresses }),
      });
      agentAddresses = Object.fromEntries(
        Object.entries(specialists).map(([name, { address }]) => [name, address]),
      );
      for (const [name, specialist] of Object.entries(specialists)) {
        closers.push(() => specialist.close());
        addresses.push(`specialist ${name} at ${specialist.address}`);
      }
    }

    if (wanted.includes('orchestrator')) {
      const database = await openConfiguredDatabase(configuration);
      closers.push(() => database.close());
      const protocols = loadProtocols();
      const orchestrator = await startOrchestrator({
        address: together ? '127.0.0.1:0' : configuration.orchestratorAddress,
        specialists: agentAddresses,
        database,
        charts: openChartFolder(configuration.chartsFolder),
        primary: createDialogueAgent({ protocols, ...configuration.callingFor }),
        clock: systemClock,
        versions: {
          asterism: softwareVersion(),
          ...Object.fromEntries(
            Object.values(protocols).map((protocol) => [`protocol ${protocol.id}`, protocol.version]),
          ),
        },
      });
      closers.push(() => orchestrator.close());
      orchestratorAddress = orchestrator.address;
      addresses.push(`orchestrator at ${orchestratorAddress}`);
    }

    if (speech) {
      const { hearing, voice } = await speech;
      closers.push(
        () => hearing.close(),
        () => voice.close(),
      );
      const gateway = await startGateway({
        host: configuration.host,
        port: configuration.port,
        hearing,
        voice,
        orchestratorAddress,
        callsFolder: configuration.callsFolder,
        ...(configuration.publicUrl === undefined ? {} : { publicUrl: configuration.publicUrl }),
        ...(configuration.apiToken === undefined ? {} : { apiToken: configuration.apiToken }),
        twilio: configuration.twilio,
        maxCalls: configuration.maxCalls,
        clock: systemClock,
      });
      closers.push(() => gateway.close());
      gatewayUrl = gateway.url;
      addresses.push(`gateway at ${gateway.url} (Media Streams: /twilio/media, PCM: /pcm)`);
    }
    return { addresses, gatewayUrl, orchestratorAddress, close };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

async function openSpeech(configuration: Configuration): Promise<{
  hearing: Awaited<ReturnType<typeof openHearing>>;
  voice: Awaited<ReturnType<typeof openVoice>>;
}> {
  const [hearing, voice] = await Promise.all([
    openHearing({ model: configuration.speechModel }),
    openVoice({}),
  ]);
  await Promise.all([hearing.ready, voice.ready]);
  // Slow once; afterwards the approved wording is read from the cache folder.
  await voice.prepare(
    Object.values(loadProtocols()).flatMap((protocol) =>
      fixedSentences(protocol, undefined, configuration.callingFor),
    ),
  );
  return { hearing, voice };
}

function softwareVersion(): string {
  const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
    version: string;
  };
  return version;
}
