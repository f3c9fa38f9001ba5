import { AsterismError, messageOf } from '../../platform/errors.js';
import { log } from '../../platform/log.js';
import { priorities, type ClauseSynthesiser, type VoiceSettings } from './clause-synthesiser.js';
import { splitIntoClauses, type Clause } from './clauses.js';
import { openVoiceWorkers } from './voice-workers.js';
import type { SpokenClause, Voice } from './voice.js';

export interface VoiceOptions {
  /** Length of every sound: above 1 is slower. Default 1. */
  lengthScale?: number;
  /** Clauses remembered in memory; one of 2 s takes 128 kB. Default 500. */
  cacheEntries?: number;
}

/** The voice's trained defaults. */
const trained: VoiceSettings = { noiseScale: 0.667, noiseW: 0.8, lengthScale: 1, pitch: 1 };

/**
 * Opens text to speech: Piper and the phonemizer, each in a worker thread of its own. Await `ready` before the
 * first call for the first sentence to be quick.
 * @throws AsterismError MODEL_MISSING or KNOWLEDGE_INVALID
 */
export async function openVoice(options: VoiceOptions = {}): Promise<Voice> {
  const workers = await openVoiceWorkers();
  const settings: VoiceSettings = { ...trained, lengthScale: options.lengthScale ?? trained.lengthScale };
  const synthesiser = await workers.synthesiser(settings, options.cacheEntries ?? 500);
  const closing = new AbortController();
  let preparing: Promise<void> = Promise.resolve();

  const ready = (async () => {
    await workers.ready;
    await synthesiser.synthesise(
      { text: 'Thank you.', end: 'sentence' },
      priorities.prepared,
      closing.signal,
    );
  })();
  ready.catch(() => undefined); // whoever awaits ready sees it; nobody awaiting is no crash

  return {
    ready,
    versions: workers.versions,
    speak: (text, signal) => speakClauses(synthesiser, splitIntoClauses(text), signal),
    prepare(texts) {
      const clauses = texts.flatMap(splitIntoClauses);
      preparing = preparing.then(() => prepareClauses(synthesiser, clauses, ready, closing.signal));
      return preparing;
    },
    async close() {
      closing.abort();
      await Promise.all([workers.close(), preparing]);
    },
  };
}

async function* speakClauses(
  synthesiser: ClauseSynthesiser,
  clauses: readonly Clause[],
  signal: AbortSignal,
): AsyncGenerator<SpokenClause> {
  const aborted = (): boolean => signal.aborted;
  if (aborted()) return;
  const stop = new AbortController();
  const abort = (): void => stop.abort();
  signal.addEventListener('abort', abort, { once: true });
  const stopped = new Promise<undefined>((resolve) => {
    stop.signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  try {
    const made = clauses.map((clause, index) => {
      const priority = index === 0 ? priorities.firstClause : priorities.laterClause;
      const speech = synthesiser.synthesise(clause, priority, stop.signal);
      speech.catch(() => undefined); // awaited below, unless the sentence is stopped before
      return { clause, speech };
    });
    for (const [index, { clause, speech }] of made.entries()) {
      const spoken = await Promise.race([speech, stopped]).catch((thrown: unknown) => {
        if (isCancelled(thrown)) return undefined;
        throw thrown;
      });
      if (!spoken || aborted()) return;
      yield { text: clause.text, ...spoken, last: index === made.length - 1 };
      if (aborted()) return;
    }
  } finally {
    signal.removeEventListener('abort', abort);
    stop.abort();
  }
}

async function prepareClauses(
  synthesiser: ClauseSynthesiser,
  clauses: readonly Clause[],
  ready: Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  try {
    await ready;
    for (const clause of clauses) {
      if (signal.aborted) return;
      await synthesiser.keep(clause, priorities.prepared, signal);
    }
  } catch (thrown) {
    if (!signal.aborted) log.warn({ error: messageOf(thrown) }, 'sentences could not be prepared');
  }
}

function isCancelled(thrown: unknown): boolean {
  return thrown instanceof AsterismError && thrown.code === 'CANCELLED';
}
