import { readFile } from 'node:fs/promises';
import { workerData } from 'node:worker_threads';
import { Tensor } from 'onnxruntime-node';
import { SAMPLE_RATE_HZ } from '../audio/frame.js';
import { concatenate, createResampler, type Resampler } from '../audio/resampler.js';
import { openSession } from '../../models/inference/onnx-session.js';
import { parsePiperConfig, phonemeIds } from './phoneme-ids.js';
import { serveModel } from '../../models/inference/serve-model.js';

export interface PiperWorkerData {
  modelPath: string;
  configPath: string;
  /** Threads inside one operator: 1 leaves the other core to hearing. */
  intraOpThreads: number;
}

/** One clause to be spoken. */
export interface PiperTask {
  /** IPA with punctuation. */
  phonemes: string;
  /** Spread of the voice's timbre from run to run: 0 is the same every time. */
  noiseScale: number;
  /** Spread of the sounds' lengths from run to run: 0 is the same every time. */
  noiseW: number;
  /** Length of every sound: above 1 is slower. */
  lengthScale: number;
  /** Played faster by this factor after synthesis, which raises pitch and formants; 1 leaves the voice as it is. */
  pitch: number;
}

export interface PiperResult {
  /** 16 kHz mono float32 as the model made it, silence at both ends included. */
  samples: Float32Array;
}

const { modelPath, configPath, intraOpThreads } = workerData as PiperWorkerData;

await serveModel<PiperTask, never, PiperResult>(async () => {
  const config = parsePiperConfig(await readFile(configPath, 'utf8'));
  const session = await openSession(modelPath, intraOpThreads);
  const resamplers = new Map<number, Resampler>();
  const resamplerFor = async (pitch: number): Promise<Resampler> => {
    const known = resamplers.get(pitch);
    if (known) return known;
    const made = await createResampler(Math.round(config.audio.sample_rate * pitch), SAMPLE_RATE_HZ);
    resamplers.set(pitch, made);
    return made;
  };

  const speak = async (task: PiperTask): Promise<PiperResult> => {
    const ids = phonemeIds(task.phonemes, config.phoneme_id_map);
    const outputs = await session.run({
      input: new Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]),
      input_lengths: new Tensor('int64', BigInt64Array.of(BigInt(ids.length)), [1]),
      scales: new Tensor('float32', Float32Array.of(task.noiseScale, task.lengthScale, task.noiseW), [3]),
    });
    const data = outputs[session.outputNames[0] ?? 'output']?.data;
    if (!(data instanceof Float32Array)) throw new Error('the voice model gave no float32 audio');
    const resampler = await resamplerFor(task.pitch);
    return { samples: concatenate([resampler.process(data), resampler.flush()]) };
  };

  // The first runs allocate; they belong to loading.
  await speak({ phonemes: 'θˈæŋk juː.', noiseScale: 0.667, noiseW: 0.8, lengthScale: 1, pitch: 1 });
  return (task) => speak(task);
});
