import type { Clock } from '../../platform/clock.js';
import { AsterismError } from '../../platform/errors.js';

/** Longer than any clause takes on a busy machine; an answer that is later will not come. */
export const ANSWER_WITHIN_MS = 6_000;

/** Where nobody waits, while models load and wording is prepared, a busy machine gets so long. */
export const PREPARED_WITHIN_MS = 60_000;

/** A worker that ended is started again after at most a second. */
export const RESTART_MS = 1_200;

/**
 * Asks a model worker, and once more when it failed or gave no answer: a sentence that comes late is better than
 * one that a patient never hears.
 * @param closing aborts when the worker is closed on purpose: then nothing is asked again
 * @param ask sends the task; its signal aborts when the answer is overdue
 * @param withinMs how long one answer may take
 * @throws AsterismError WORKER_FAILED after the second failure
 */
export async function askWorker<Result>(
  clock: Clock,
  closing: AbortSignal,
  ask: (signal: AbortSignal) => Promise<Result>,
  withinMs = ANSWER_WITHIN_MS,
): Promise<Result> {
  try {
    return await askOnce(clock, ask, withinMs);
  } catch (thrown) {
    if (closing.aborted) throw thrown;
    await new Promise<void>((resolve) => clock.after(RESTART_MS, resolve));
    closing.throwIfAborted();
    return askOnce(clock, ask, withinMs);
  }
}

async function askOnce<Result>(
  clock: Clock,
  ask: (signal: AbortSignal) => Promise<Result>,
  withinMs: number,
): Promise<Result> {
  const overdue = new AbortController();
  const cancelTimer = clock.after(withinMs, () => overdue.abort());
  try {
    return await ask(overdue.signal);
  } catch (thrown) {
    if (overdue.signal.aborted)
      throw new AsterismError('WORKER_FAILED', 'a speech worker gave no answer in time');
    throw thrown;
  } finally {
    cancelTimer();
  }
}
