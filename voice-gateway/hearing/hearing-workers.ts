import { availableParallelism } from 'node:os';
import { compiledModule } from '../../platform/package-root.js';
import { ModelWorker } from '../inference/model-worker.js';
import type { SttResult, SttTask, SttWorkerData } from '../inference/stt-worker.js';
import type { TurnResult, TurnTask, TurnWorkerData } from '../inference/turn-worker.js';
import type { VadResult, VadTask, VadWorkerData } from '../inference/vad-worker.js';

/** Threads of one recognition worker: two halve the encoder's time, more help little. */
export const STT_THREADS = 2;

/** The worker threads that all calls of a process share. */
export class HearingWorkers {
  readonly vad: ModelWorker<VadTask, never, VadResult>;
  readonly turn: ModelWorker<TurnTask, never, TurnResult>;
  readonly #stt: readonly ModelWorker<SttTask, never, SttResult>[];

  constructor(files: { vad: VadWorkerData; turn: TurnWorkerData; stt: SttWorkerData }) {
    this.vad = new ModelWorker(compiledModule('voice-gateway/inference/vad-worker'), files.vad);
    this.turn = new ModelWorker(compiledModule('voice-gateway/inference/turn-worker'), files.turn);
    // Memory for one more model buys nothing while its threads would wait for the same cores.
    const count = Math.max(1, Math.floor(availableParallelism() / (2 * STT_THREADS)));
    this.#stt = Array.from(
      { length: count },
      () => new ModelWorker(compiledModule('voice-gateway/inference/stt-worker'), files.stt),
    );
  }

  get ready(): Promise<void> {
    return Promise.all([this.vad.ready, this.turn.ready, ...this.#stt.map((worker) => worker.ready)]).then(
      () => undefined,
    );
  }

  /** Recognises in the worker with the shortest queue. */
  recognise(task: SttTask, signal: AbortSignal): Promise<SttResult> {
    const [first, ...others] = this.#stt;
    if (!first) return Promise.reject(new RangeError('there is no recognition worker'));
    const worker = others.reduce((best, each) => (each.queueLength < best.queueLength ? each : best), first);
    return worker.run(task, { signal });
  }

  /** Tasks sent and not answered, by model. */
  queueLengths(): Record<string, number> {
    const stt = this.#stt.reduce((sum, worker) => sum + worker.queueLength, 0);
    return { vad: this.vad.queueLength, turn: this.turn.queueLength, stt };
  }

  async close(): Promise<void> {
    await Promise.all([this.vad, this.turn, ...this.#stt].map((worker) => worker.close()));
  }
}
