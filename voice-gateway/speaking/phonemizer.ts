import type { Clock } from '../../platform/clock.js';
import { compiledModule } from '../../platform/package-root.js';
import { ModelWorker } from '../../models/inference/model-worker.js';
import type { PhonemeResult, PhonemeTask } from '../inference/phoneme-worker.js';
import { askWorker } from './ask-worker.js';
import { LruCache } from '../../platform/lru-cache.js';

/** Turns words into sounds. The one place where the engine can be exchanged. */
export interface Phonemizer {
  /**
   * @param text words without punctuation
   * @param withinMs how long an answer may take; left out, as long as a patient can wait
   * @returns IPA with stress marks, words parted by spaces, as Piper's voices were trained on
   */
  phonemes(text: string, withinMs?: number): Promise<string>;
}

/** A phonemizer that owns a worker thread. */
export interface PhonemizerWorker extends Phonemizer {
  readonly ready: Promise<void>;
  readonly version: string;
  close(): Promise<void>;
}

const CACHE_ENTRIES = 4_000;

/** Starts the phoneme worker. What was asked before is answered from memory. */
export function openPhonemizer(clock: Clock): PhonemizerWorker {
  const worker = new ModelWorker<PhonemeTask, never, PhonemeResult>(
    compiledModule('voice-gateway/inference/phoneme-worker'),
    undefined,
  );
  const closing = new AbortController();
  const cache = new LruCache<Promise<string>>(CACHE_ENTRIES);
  return {
    ready: worker.ready,
    version: 'espeak-ng (phonemizer 1.2.1, en-us)',
    phonemes(text, withinMs) {
      const known = cache.get(text);
      if (known) return known;
      const asked = askWorker(
        clock,
        closing.signal,
        (overdue) => worker.run({ text }, { signal: overdue }),
        withinMs,
      ).then(({ phonemes }) => phonemes);
      cache.set(text, asked);
      // A failure is not remembered: the worker is started again and may answer next time.
      asked.catch(() => cache.delete(text));
      return asked;
    },
    async close() {
      closing.abort();
      await worker.close();
    },
  };
}
