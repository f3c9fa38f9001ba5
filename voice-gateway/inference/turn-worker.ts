import { workerData } from 'node:worker_threads';
import { Tensor } from 'onnxruntime-node';
import { MEL_BANDS } from '../hearing/log-mel.js';
import { smartTurnFeatures } from '../hearing/smart-turn-features.js';
import { floats, openSession } from '../../models/inference/onnx-session.js';
import { serveModel } from '../../models/inference/serve-model.js';

export interface TurnWorkerData {
  modelFile: string;
}

export interface TurnTask {
  /** 16 kHz; the last 8 s count. */
  samples: Float32Array;
}

/** Probability from 0 to 1 that the speaker has finished. */
export type TurnResult = number;

await serveModel<TurnTask, never, TurnResult>(async () => {
  const { modelFile } = workerData as TurnWorkerData;
  const session = await openSession(modelFile, 1);
  return async ({ samples }) => {
    const mel = smartTurnFeatures(samples);
    const features = new Tensor('float32', mel, [1, MEL_BANDS, mel.length / MEL_BANDS]);
    const outputs = await session.run({ input_features: features });
    // The output is named logits, but the graph ends in a sigmoid.
    return floats(outputs, 'logits')[0] ?? 0;
  };
});
