import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AsterismError } from '../../platform/errors.js';
import type { WriteBackReply, WriteBackRequest } from '../../protos/generated/asterism/v1/record_summary.js';
import { TestConstellation, type FakeLeg } from './conversation.fixture.js';

describe('writing a call back', () => {
  let constellation: TestConstellation;
  let answer: () => Promise<WriteBackReply>;
  const received: WriteBackRequest[] = [];
  const recipient = {
    writeBack: (request: WriteBackRequest) => {
      received.push(request);
      return answer();
    },
  };
  beforeAll(async () => {
    constellation = await TestConstellation.start(['escalation'], {}, {}, recipient);
  }, 60_000);
  // Closing twice does nothing more: the last test closes it itself.
  afterAll(() => constellation.close());

  let calls = 0;
  /** A call from its beginning to its end, with a record that answers so. */
  async function wholeCall(patientId: string, answers: () => Promise<WriteBackReply>): Promise<FakeLeg> {
    answer = answers;
    received.length = 0;
    calls += 1;
    const leg = constellation.call(`write-back-${String(calls)}`);
    leg.start(patientId);
    await leg.until((one) => one.all('listen').length + one.all('hangUp').length > 0);
    leg.end();
    await leg.until((one) => one.ended);
    return leg;
  }

  const written = (leg: FakeLeg) => constellation.eventsOf(leg.callId, 'record-written');

  it('begins when it has ended, and its log says that it was written', async () => {
    const leg = await wholeCall('pat', () => Promise.resolve({ file: 'x', posted: true, resources: 2 }));
    await expect.poll(() => written(leg)).toMatchObject([{ written: true, resources: 2, posted: true }]);
    expect(received).toMatchObject([
      { callId: leg.callId, patientId: 'pat', verified: false, softwareVersion: 'test' },
    ]);
  });

  it('that fails is a task for a nurse and neither an error nor a word in the call', async () => {
    const leg = await wholeCall('pat', () =>
      Promise.reject(new AsterismError('RECORD_UNREACHABLE', 'no server')),
    );
    expect(leg.error).toBeUndefined();
    await expect
      .poll(() => written(leg))
      .toMatchObject([{ written: false, detail: 'RECORD_UNREACHABLE: no server' }]);
    const tasks = await constellation.eventsOf(leg.callId, 'nurse-task-added');
    expect(tasks).toMatchObject([
      { reason: expect.stringContaining('not written into the record') as string },
    ]);
  });

  it('that never comes back does not hold up the end', async () => {
    let release: (reply: WriteBackReply) => void = () => undefined;
    const leg = await wholeCall(
      'pat',
      () =>
        new Promise((resolve) => {
          release = resolve;
        }),
    );
    expect(leg.ended).toBe(true);
    expect(await written(leg)).toEqual([]);
    release({ file: '', posted: false, resources: 0 });
  });

  it('does not happen without a chart: nobody knows whose record it is', async () => {
    await wholeCall('nobody', () => Promise.resolve({ file: '', posted: false, resources: 0 }));
    expect(received).toEqual([]);
  });

  it('is waited for when the orchestrator closes', async () => {
    let done = false;
    await wholeCall('pat', async () => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      done = true;
      return { file: '', posted: false, resources: 0 };
    });
    await constellation.close();
    expect(done).toBe(true);
  });
});
