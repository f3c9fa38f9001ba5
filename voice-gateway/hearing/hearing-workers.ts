import { availableParallelism } from 'node:os';
import { AsterismError } from '../../platform/errors.js';
import { compiledModule } from '../../platform/package-root.js';
import { ModelWorker } from '../../models/inference/model-worker.js';
import type { WhisperFiles } from '../inference/whisper-model.js';
import type { TurnResult, TurnTask, TurnWorkerData } from '../inference/turn-worker.js';
import type { VadResult, VadTask, VadWorkerData } from '../inference/vad-worker.js';
import type { RecognitionRequest } from './recognise.js';
import type { Recognition } from './recognition.js';

/** Threads of one recognition worker: two halve the encoder's time, more help little. */
export const STT_THREADS = 2;

/** What an ear needs of the models; the worker threads in a server, something scripted in a test. */
export interface HearingInference {
  /** Probability of speech in one window of a call; windows of a call come in order. */
  voiceProbability(callId: number, samples: Float32Array): Promise<number>;
  /** Frees what is kept for a call. */
  forget(callId: number): void;
  /** Probability that the speaker has finished. */
  finishedProbability(samples: Float32Array, signal: AbortSignal): Promise<number>;
  /** @throws AsterismError CANCELLED or WORKER_FAILED */
  recognise(request: RecognitionRequest, signal: AbortSignal): Promise<Recognition>;
}

/** The worker threads that all calls of a process share. */
export class HearingWorkers implements HearingInference {
  readonly #vad: ModelWorker<VadTask, never, VadResult>;
  readonly #turn: ModelWorker<TurnTask, never, TurnResult>;
  readonly #stt: readonly ModelWorker<RecognitionRequest, never, Recognition>[];

  constructor(files: { vad: VadWorkerData; turn: TurnWorkerData; stt: WhisperFiles }) {
    this.#vad = new ModelWorker(compiledModule('voice-gateway/inference/vad-worker'), files.vad);
    this.#turn = new ModelWorker(compiledModule('voice-gateway/inference/turn-worker'), files.turn);
    // Memory for one more model buys nothing while its threads would wait for the same cores.
    const count = Math.max(1, Math.floor(availableParallelism() / (2 * STT_THREADS)));
    this.#stt = Array.from(
      { length: count },
      () => new ModelWorker(compiledModule('voice-gateway/inference/stt-worker'), files.stt),
    );
  }

  get ready(): Promise<void> {
    return Promise.all([this.#vad.ready, this.#turn.ready, ...this.#stt.map((worker) => worker.ready)]).then(
      () => undefined,
    );
  }

  voiceProbability(callId: number, samples: Float32Array): Promise<number> {
    return this.#vad.run({ kind: 'window', callId, samples });
  }

  forget(callId: number): void {
    // A worker that is gone has forgotten by itself.
    this.#vad.run({ kind: 'forget', callId }).catch(() => undefined);
  }

  finishedProbability(samples: Float32Array, signal: AbortSignal): Promise<number> {
    return this.#turn.run({ samples }, { signal });
  }

  /** Recognises in the worker with the shortest queue. */
  recognise(request: RecognitionRequest, signal: AbortSignal): Promise<Recognition> {
    const [first, ...others] = this.#stt;
    if (!first) return Promise.reject(new AsterismError('WORKER_FAILED', 'there is no recognition worker'));
    const worker = others.reduce((best, each) => (each.queueLength < best.queueLength ? each : best), first);
    return worker.run(request, { signal });
  }

  /** Tasks sent and not answered, by model. */
  queueLengths(): Record<string, number> {
    const stt = this.#stt.reduce((sum, worker) => sum + worker.queueLength, 0);
    return { vad: this.#vad.queueLength, turn: this.#turn.queueLength, stt };
  }

  async close(): Promise<void> {
    await Promise.all([this.#vad, this.#turn, ...this.#stt].map((worker) => worker.close()));
  }
}
