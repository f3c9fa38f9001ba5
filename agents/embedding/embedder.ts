import { ModelWorker } from '../../models/inference/model-worker.js';
import { modelFile } from '../../models/resolve.js';
import { compiledModule } from '../../platform/package-root.js';
import type { EmbeddingResult, EmbeddingTask, EmbeddingWorkerData } from './embedding-worker.js';
import { Remembered } from './remembered.js';

/** Length of an embedding. */
export const EMBEDDING_WIDTH = 384;

/**
 * Turns English text into a point: texts that mean the same lie close, whatever their words. A specialist that needs
 * one does not start without its model: what it decides was calibrated with it.
 */
export interface Embedder {
  /**
   * 384 numbers, unit length, so that a scalar product is the cosine. The array is shared with whoever asks for
   * the same text: read it only. Case and accents do not count; beyond 256 tokens the text is cut.
   * @throws AsterismError WORKER_FAILED
   */
  embed(text: string): Promise<Float32Array>;
  /** Lets go of the model; the last one who does ends its thread. Idempotent. */
  close(): Promise<void>;
}

/** Approved wording repeats, a patient's words hardly ever: 1.5 KB each. */
const REMEMBERED_TEXTS = 2_000;
/** A second thread shortens a sentence by a third; more have too little to do. */
const THREADS = 2;

/** The model with its thread, shared by all who opened it in this process. */
interface SharedModel {
  /** Counted from the moment of asking, so that nobody's model is closed while it is still loading. */
  users: number;
  readonly loaded: Promise<LoadedModel>;
}

interface LoadedModel {
  readonly worker: ModelWorker<EmbeddingTask, never, EmbeddingResult>;
  readonly embeddings: Remembered<Float32Array>;
}

let opened: SharedModel | undefined;

/**
 * The sentence embedder. Its model is loaded once for all who open it in this process, in a thread of its own.
 * @throws AsterismError MODEL_MISSING, or WORKER_FAILED when the model cannot be loaded
 */
export async function openEmbedder(): Promise<Embedder> {
  const shared = (opened ??= { users: 0, loaded: load() });
  shared.users += 1;
  let closing: Promise<void> | undefined;
  try {
    const { embeddings } = await shared.loaded;
    return {
      embed: (text) => embeddings.get(text),
      close: () => (closing ??= letGo(shared)),
    };
  } catch (thrown) {
    if (opened === shared) opened = undefined; // the next one may find the model fetched
    throw thrown;
  }
}

async function letGo(shared: SharedModel): Promise<void> {
  shared.users -= 1;
  if (shared.users > 0) return;
  if (opened === shared) opened = undefined;
  await (await shared.loaded).worker.close();
}

async function load(): Promise<LoadedModel> {
  const [model, tokenizer] = await Promise.all([modelFile('minilm'), modelFile('minilm-tokenizer')]);
  const data: EmbeddingWorkerData = { modelFile: model, tokenizerFile: tokenizer, threads: THREADS };
  const worker = new ModelWorker<EmbeddingTask, never, EmbeddingResult>(
    compiledModule('agents/embedding/embedding-worker'),
    data,
  );
  try {
    await worker.ready;
  } catch (thrown) {
    await worker.close();
    throw thrown;
  }
  return { worker, embeddings: new Remembered((text) => worker.run({ text }), REMEMBERED_TEXTS) };
}
