import type { Clock } from '../../platform/clock.js';
import type { ModelWorker } from '../../models/inference/model-worker.js';
import type { PiperResult, PiperTask } from '../inference/piper-worker.js';
import { ANSWER_WITHIN_MS, askWorker, PREPARED_WITHIN_MS } from './ask-worker.js';
import type { Clause, ClauseEnd } from './clauses.js';
import type { Lexicon } from './lexicon.js';
import { LruCache } from '../../platform/lru-cache.js';
import { normalise } from './normalise.js';
import type { Phonemizer } from './phonemizer.js';
import { PriorityQueue } from './priority-queue.js';
import { pronounce } from './pronunciation.js';
import type { SpeechFiles } from './speech-files.js';
import { trimSilence, type TrimmedSpeech } from './trim-silence.js';

/** What is spoken first when several clauses wait: a first clause is what a patient is waiting for. */
export const priorities = { firstClause: 0, laterClause: 1, prepared: 2 } as const;

/** How the voice sounds; see PiperTask. */
export type VoiceSettings = Omit<PiperTask, 'phonemes'>;

const PAUSE_MS: Readonly<Record<ClauseEnd, number>> = { sentence: 250, comma: 120, none: 0 };

/** Makes speech of clauses: remembers, looks on disk, else asks the models, one clause at a time by priority. */
export class ClauseSynthesiser {
  readonly #piper: Pick<ModelWorker<PiperTask, never, PiperResult>, 'run'>;
  readonly #phonemizer: Phonemizer;
  readonly #lexicon: Lexicon;
  readonly #files: SpeechFiles;
  readonly #settings: VoiceSettings;
  readonly #clock: Clock;
  readonly #closing: AbortSignal;
  readonly #memory: LruCache<TrimmedSpeech>;
  readonly #queue = new PriorityQueue();

  constructor(parts: {
    piper: Pick<ModelWorker<PiperTask, never, PiperResult>, 'run'>;
    phonemizer: Phonemizer;
    lexicon: Lexicon;
    files: SpeechFiles;
    settings: VoiceSettings;
    clock: Clock;
    /** Aborts when the workers are closed. */
    closing: AbortSignal;
    cacheEntries: number;
  }) {
    this.#piper = parts.piper;
    this.#phonemizer = parts.phonemizer;
    this.#lexicon = parts.lexicon;
    this.#files = parts.files;
    this.#settings = parts.settings;
    this.#clock = parts.clock;
    this.#closing = parts.closing;
    this.#memory = new LruCache(parts.cacheEntries);
  }

  /**
   * The speech of a clause with its pause. A clause that the model has begun is finished and remembered even
   * when nobody waits for it any more.
   * @throws AsterismError CANCELLED or WORKER_FAILED
   */
  async synthesise(clause: Clause, priority: number, signal?: AbortSignal): Promise<TrimmedSpeech> {
    const key = keyOf(clause);
    const known = this.#memory.get(key);
    if (known) return known;
    const kept = await this.#files.read(key);
    if (kept) {
      this.#memory.set(key, kept);
      return kept;
    }
    const withinMs = priority === priorities.prepared ? PREPARED_WITHIN_MS : ANSWER_WITHIN_MS;
    const phonemizer: Phonemizer = { phonemes: (text) => this.#phonemizer.phonemes(text, withinMs) };
    const phonemes = await pronounce(normalise(clause.text), phonemizer, this.#lexicon);
    return this.#queue.run(priority, signal, async () => {
      const madeMeanwhile = this.#memory.get(key);
      if (madeMeanwhile) return madeMeanwhile;
      const task = { phonemes, ...this.#settings };
      const { samples } = await askWorker(
        this.#clock,
        this.#closing,
        (overdue) => this.#piper.run(task, { signal: overdue }),
        withinMs,
      );
      const speech = trimSilence(samples, PAUSE_MS[clause.end]);
      this.#memory.set(key, speech);
      return speech;
    });
  }

  /** As synthesise, and keeps the speech on disk for the next run. */
  async keep(clause: Clause, priority: number, signal?: AbortSignal): Promise<TrimmedSpeech> {
    const speech = await this.synthesise(clause, priority, signal);
    await this.#files.keep(keyOf(clause), speech);
    return speech;
  }
}

/** The pause is part of the speech, so the way a clause ends is part of its name. */
function keyOf(clause: Clause): string {
  return `${clause.end}:${clause.text}`;
}
