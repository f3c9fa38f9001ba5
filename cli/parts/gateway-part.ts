import { loadProtocols } from '../../clinical-kb/protocols/load.js';
import { fixedSentences } from '../../orchestrator/primary/dialogue/fixed-sentences.js';
import { systemClock } from '../../platform/clock.js';
import { openHearing, type HearingModels } from '../../voice-gateway/hearing/open-hearing.js';

import { startGateway } from '../../voice-gateway/server.js';
import { openVoice } from '../../voice-gateway/speaking/open-voice.js';
import type { Voice } from '../../voice-gateway/speaking/voice.js';
import type { Configuration } from '../configuration.js';
import type { RunningPart } from './part.js';

export interface GatewayPart extends RunningPart {
  /** For example http://127.0.0.1:8080. */
  readonly url: string;
}

/** What a gateway hears and speaks with. */
export interface Speech {
  readonly hearing: HearingModels;
  readonly voice: Voice;
}

/**
 * Loads the models and makes the approved wording audible. That takes a minute once; afterwards the sentences are
 * read from the cache folder.
 * @throws AsterismError MODEL_MISSING, WORKER_FAILED
 */
export async function openSpeech(configuration: Configuration): Promise<Speech> {
  const [hearing, voice] = await Promise.all([
    openHearing({ model: configuration.speechModel }),
    openVoice({}),
  ]);
  try {
    await Promise.all([hearing.ready, voice.ready]);
    const protocols = Object.values(loadProtocols());
    await voice.prepare(
      protocols.flatMap((protocol) => fixedSentences(protocol, undefined, configuration.callingFor)),
    );
    return { hearing, voice };
  } catch (thrown) {
    await closeSpeech({ hearing, voice });
    throw thrown;
  }
}

export async function closeSpeech({ hearing, voice }: Speech): Promise<void> {
  await Promise.all([hearing.close(), voice.close()]);
}

/** Opens the gateway's sockets. Its close also closes the speech. */
export async function startGatewayPart(
  configuration: Configuration,
  orchestratorAddress: string,
  speech: Speech,
): Promise<GatewayPart> {
  const gateway = await startGateway({
    host: configuration.host,
    port: configuration.port,
    ...speech,
    orchestratorAddress,
    callsFolder: configuration.callsFolder,
    ...(configuration.publicUrl === undefined ? {} : { publicUrl: configuration.publicUrl }),
    ...(configuration.apiToken === undefined ? {} : { apiToken: configuration.apiToken }),
    twilio: configuration.twilio,
    maxCalls: configuration.maxCalls,
    clock: systemClock,
  });
  return {
    url: gateway.url,
    lines: [`gateway at ${gateway.url} (Media Streams: /twilio/media, PCM: /pcm)`],
    async close() {
      await gateway.close();
      await closeSpeech(speech);
    },
  };
}
