import { InferenceSession } from 'onnxruntime-node';

/**
 * Opens a model for CPU inference inside a worker thread.
 * Spinning is off: idle threads of one session would otherwise burn the core that another session needs.
 * @param threads threads for one operator; more than there are cores only hurts
 */
export function openSession(file: string, threads: number): Promise<InferenceSession> {
  return InferenceSession.create(file, {
    executionProviders: ['cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
    extra: { session: { intra_op: { allow_spinning: '0' }, inter_op: { allow_spinning: '0' } } },
  });
}

/** The float32 data of a named output. @throws TypeError when the model gave none or another type */
export function floats(outputs: InferenceSession.OnnxValueMapType, name: string): Float32Array {
  const data: unknown = outputs[name]?.data;
  if (!(data instanceof Float32Array)) throw new TypeError(`the model gave no float32 output named ${name}`);
  return data;
}
