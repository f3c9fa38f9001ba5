import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../platform/clock.js';
import { AsterismError } from '../../platform/errors.js';
import { ANSWER_WITHIN_MS, askWorker, PREPARED_WITHIN_MS, RESTART_MS } from './ask-worker.js';

const open = new AbortController().signal;
const failed = (): Promise<never> => Promise.reject(new AsterismError('WORKER_FAILED', 'the worker ended'));
const silent = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) =>
    signal.addEventListener('abort', () => reject(new AsterismError('CANCELLED', 'overdue'))),
  );

describe('asking a speech worker', () => {
  it('asks again once it was started anew', async () => {
    const clock = new ManualClock();
    let asked = 0;
    const answer = askWorker(clock, open, () => (asked++ === 0 ? failed() : Promise.resolve('spoken')));
    await clock.advance(RESTART_MS - 1);
    expect(asked).toBe(1);
    await clock.advance(1);
    expect(await answer).toBe('spoken');
  });

  it('waits as long as it is told to where nobody waits', async () => {
    const clock = new ManualClock();
    const slow = (): Promise<string> =>
      new Promise((done) => clock.after(PREPARED_WITHIN_MS - 1, () => done('made')));
    const answer = askWorker(clock, open, slow, PREPARED_WITHIN_MS);
    await clock.advance(PREPARED_WITHIN_MS);
    expect(await answer).toBe('made');
  });

  it('does not wait for ever on one that is silent', async () => {
    const clock = new ManualClock();
    const answer = askWorker(clock, open, silent);
    const refused = expect(answer).rejects.toMatchObject({ code: 'WORKER_FAILED' });
    await clock.advance(2 * ANSWER_WITHIN_MS + RESTART_MS);
    await refused;
  });

  it('gives up after the second failure', async () => {
    const clock = new ManualClock();
    const refused = expect(askWorker(clock, open, failed)).rejects.toMatchObject({ code: 'WORKER_FAILED' });
    await clock.advance(RESTART_MS);
    await refused;
  });

  it('asks no worker again that was closed', async () => {
    const clock = new ManualClock();
    let asked = 0;
    const answer = askWorker(clock, AbortSignal.abort(), () => (asked++, failed()));
    await expect(answer).rejects.toMatchObject({ code: 'WORKER_FAILED' });
    expect(asked).toBe(1);
  });
});
