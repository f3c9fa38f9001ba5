import { workerData } from 'node:worker_threads';
import { recognise, type RecognitionRequest } from '../hearing/recognise.js';
import type { Recognition } from '../hearing/recognition.js';
import { serveModel } from './serve-model.js';
import { openWhisper, type WhisperFiles } from './whisper-model.js';

export type SttWorkerData = WhisperFiles;
export type SttTask = RecognitionRequest;
export type SttResult = Recognition;

await serveModel<SttTask, never, SttResult>(async () => {
  const model = await openWhisper(workerData as SttWorkerData);
  return (task, { signal }) => recognise(model, task, signal);
});
