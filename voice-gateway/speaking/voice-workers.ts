import { systemClock } from '../../platform/clock.js';
import { modelSource } from '../../models/manifest.js';
import { modelFile } from '../../models/resolve.js';
import { compiledModule } from '../../platform/package-root.js';
import { ModelWorker } from '../../models/inference/model-worker.js';
import type { PiperResult, PiperTask, PiperWorkerData } from '../inference/piper-worker.js';
import { ClauseSynthesiser, type VoiceSettings } from './clause-synthesiser.js';
import { loadLexicon } from './lexicon.js';
import { openPhonemizer } from './phonemizer.js';
import { SpeechFiles } from './speech-files.js';

/** The models of one voice, each in a thread of its own. */
export interface VoiceWorkers {
  /** Resolves when both models are loaded; rejects with WORKER_FAILED. */
  readonly ready: Promise<void>;
  /** What shapes the sound, by role. */
  readonly versions: Record<string, string>;
  /** A synthesiser with the given sound on these workers; resolves when it knows what is on disk. */
  synthesiser(settings: VoiceSettings, cacheEntries: number): Promise<ClauseSynthesiser>;
  close(): Promise<void>;
}

/** One thread: on two cores the second belongs to hearing and to the pacer. */
const INTRA_OP_THREADS = 1;

/** Starts Piper and the phonemizer. @throws AsterismError MODEL_MISSING or KNOWLEDGE_INVALID */
export async function openVoiceWorkers(): Promise<VoiceWorkers> {
  const [modelPath, configPath, lexicon] = await Promise.all([
    modelFile('piper-joe'),
    modelFile('piper-joe-config'),
    loadLexicon(),
  ]);
  const workerData: PiperWorkerData = { modelPath, configPath, intraOpThreads: INTRA_OP_THREADS };
  const piper = new ModelWorker<PiperTask, never, PiperResult>(
    compiledModule('voice-gateway/inference/piper-worker'),
    workerData,
  );
  const closing = new AbortController();
  const phonemizer = openPhonemizer(systemClock);
  const versions = {
    voice: `piper en_US-joe-medium ${modelSource('piper-joe').sha256.slice(0, 12)}`,
    phonemizer: phonemizer.version,
    lexicon: lexicon.version,
  };
  const ready = Promise.all([piper.ready, phonemizer.ready]).then(() => undefined);
  ready.catch(() => undefined); // whoever awaits ready sees it; nobody awaiting is no crash
  return {
    ready,
    versions,
    async synthesiser(settings, cacheEntries) {
      const files = new SpeechFiles({ ...versions, settings: JSON.stringify(settings) });
      await files.open();
      return new ClauseSynthesiser({
        piper,
        phonemizer,
        lexicon,
        files,
        settings,
        clock: systemClock,
        closing: closing.signal,
        cacheEntries,
      });
    },
    async close() {
      closing.abort();
      await Promise.all([piper.close(), phonemizer.close()]);
    },
  };
}
