import { workerData } from 'node:worker_threads';
import { recognise, type RecognitionRequest } from '../hearing/recognise.js';
import type { Recognition } from '../hearing/recognition.js';
import { serveModel } from '../../models/inference/serve-model.js';
import { openWhisper, type WhisperFiles } from './whisper-model.js';

await serveModel<RecognitionRequest, never, Recognition>(async () => {
  const model = await openWhisper(workerData as WhisperFiles);
  return (request, { signal }) => recognise(model, request, signal);
});
