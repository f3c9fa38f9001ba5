import { readFile } from 'node:fs/promises';
import { workerData } from 'node:worker_threads';
import { Tensor } from 'onnxruntime-node';
import { floats, openSession } from '../../models/inference/onnx-session.js';
import { serveModel } from '../../models/inference/serve-model.js';
import { meanOfTokens } from './mean-of-tokens.js';
import { WordPiece } from './word-piece.js';

export interface EmbeddingWorkerData {
  modelFile: string;
  tokenizerFile: string;
  /** Threads for one operator. */
  threads: number;
}

export interface EmbeddingTask {
  text: string;
}

/** 384 numbers of unit length. */
export type EmbeddingResult = Float32Array;

/** As the model's authors set it; a sentence has 10 to 20, a passage under 200. */
const MAX_TOKENS = 256;

await serveModel<EmbeddingTask, never, EmbeddingResult>(
  async () => {
    const { modelFile, tokenizerFile, threads } = workerData as EmbeddingWorkerData;
    const [session, tokenizer] = await Promise.all([
      openSession(modelFile, threads),
      readFile(tokenizerFile, 'utf8').then((text) => new WordPiece(JSON.parse(text))),
    ]);
    const embed = async (text: string): Promise<EmbeddingResult> => {
      const ids = BigInt64Array.from(tokenizer.encode(text, MAX_TOKENS), BigInt);
      const shape = [1, ids.length];
      const outputs = await session.run({
        input_ids: new Tensor('int64', ids, shape),
        attention_mask: new Tensor('int64', new BigInt64Array(ids.length).fill(1n), shape),
        token_type_ids: new Tensor('int64', new BigInt64Array(ids.length), shape),
      });
      return meanOfTokens(floats(outputs, 'last_hidden_state'), ids.length);
    };
    await embed('The first run allocates; it belongs to loading.');
    return ({ text }) => embed(text);
  },
  { brief: true },
);
