import { workerData } from 'node:worker_threads';
import { Tensor } from 'onnxruntime-node';
import { VAD_WINDOW } from '../hearing/voice-window.js';
import { floats, openSession } from '../../models/inference/onnx-session.js';
import { serveModel } from '../../models/inference/serve-model.js';

export interface VadWorkerData {
  modelFile: string;
}

/** One window of one call, in order; or the end of a call, which frees its state. */
export type VadTask =
  { kind: 'window'; callId: number; samples: Float32Array } | { kind: 'forget'; callId: number };

/** Probability from 0 to 1 that the window holds speech; 0 for a forgotten call. */
export type VadResult = number;

/** Silero wants the last samples of the window before, too. */
const CONTEXT = 64;
const STATE_DIMS = [2, 1, 128] as const;

// Silero's recurrent state drifts in long stretches without speech until it misses the words that
// follow. It is cleared about every two seconds, but only in a run of clearly quiet windows.
const RESET_AFTER_WINDOWS = 62;
const QUIET_PROBABILITY = 0.1;
const QUIET_RUN_WINDOWS = 5;

interface CallState {
  state: Float32Array;
  context: Float32Array;
  windowsSinceReset: number;
  quietRun: number;
}

await serveModel<VadTask, never, VadResult>(loadVad, { brief: true });

async function loadVad(): Promise<(task: VadTask) => Promise<VadResult>> {
  const { modelFile } = workerData as VadWorkerData;
  const session = await openSession(modelFile, 1);
  const sampleRate = new Tensor('int64', BigInt64Array.of(16_000n), []);
  const calls = new Map<number, CallState>();

  return async (task) => {
    if (task.kind === 'forget') {
      calls.delete(task.callId);
      return 0;
    }
    const call = calls.get(task.callId) ?? freshState();
    calls.set(task.callId, call);
    const input = new Float32Array(CONTEXT + VAD_WINDOW);
    input.set(call.context);
    input.set(task.samples.subarray(0, VAD_WINDOW), CONTEXT);
    const outputs = await session.run({
      input: new Tensor('float32', input, [1, input.length]),
      state: new Tensor('float32', call.state, STATE_DIMS),
      sr: sampleRate,
    });
    call.state = floats(outputs, 'stateN');
    call.context = input.slice(-CONTEXT);
    const probability = floats(outputs, 'output')[0] ?? 0;
    call.windowsSinceReset += 1;
    call.quietRun = probability < QUIET_PROBABILITY ? call.quietRun + 1 : 0;
    if (call.windowsSinceReset >= RESET_AFTER_WINDOWS && call.quietRun >= QUIET_RUN_WINDOWS) {
      call.state = freshState().state;
      call.windowsSinceReset = 0;
    }
    return probability;
  };
}

function freshState(): CallState {
  return {
    state: new Float32Array(STATE_DIMS[0] * STATE_DIMS[1] * STATE_DIMS[2]),
    context: new Float32Array(CONTEXT),
    windowsSinceReset: 0,
    quietRun: 0,
  };
}
