import type { Clock } from '../../platform/clock.js';
import { modelSource } from '../../models/manifest.js';
import { modelFile } from '../../models/resolve.js';
import { CallEar, type Ear, type EarEvents } from './ear.js';
import { HearingWorkers, STT_THREADS } from './hearing-workers.js';

/** The models that hear, shared by all calls of a process. */
export interface HearingModels {
  /** Resolves when every model is loaded; rejects with WORKER_FAILED when one cannot be. */
  ready: Promise<void>;
  /** Which models hear, by role, for the record of a call. */
  versions: Record<string, string>;
  createEar(events: EarEvents, clock: Clock): Ear;
  close(): Promise<void>;
  /** Tasks sent to each model and not answered yet. */
  queueLengths(): Record<string, number>;
}

/**
 * Opens voice activity, end of turn and speech to text in worker threads.
 * @throws AsterismError MODEL_MISSING
 */
export async function openHearing(options: { model: 'base' | 'tiny.en' }): Promise<HearingModels> {
  const whisper = options.model === 'base' ? 'whisper-base' : 'whisper-tiny-en';
  const [vad, smartTurn, encoderFile, decoderFile, tokenizerFile] = await Promise.all([
    modelFile('silero-vad'),
    modelFile('smart-turn'),
    modelFile(`${whisper}-encoder`),
    modelFile(`${whisper}-decoder`),
    modelFile(`${whisper}-tokenizer`),
  ]);
  const workers = new HearingWorkers({
    vad: { modelFile: vad },
    turn: { modelFile: smartTurn },
    stt: {
      encoderFile,
      decoderFile,
      tokenizerFile,
      multilingual: options.model === 'base',
      threads: STT_THREADS,
    },
  });
  let calls = 0;
  return {
    ready: workers.ready,
    versions: {
      'voice-activity': versionOf('silero-vad'),
      'end-of-turn': versionOf('smart-turn'),
      'speech-to-text': versionOf(`${whisper}-weights`),
    },
    createEar: (events, clock) => new CallEar(events, clock, workers, ++calls),
    close: () => workers.close(),
    queueLengths: () => workers.queueLengths(),
  };
}

/** Name and content of a model: two runs with the same version heard with the same weights. */
function versionOf(sourceId: string): string {
  const { file, sha256 } = modelSource(sourceId);
  return `${file} sha256:${sha256.slice(0, 12)}`;
}
