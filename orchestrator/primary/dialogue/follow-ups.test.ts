import { describe, expect, it } from 'vitest';
import { Verdict } from '../../../protos/generated/asterism/v1/specialist.js';
import { review, verifiedCall } from '../testing/scripted-call.js';

const list = 'I looked at your whole list of medicines.';

describe('what long work came to, in the dialogue', () => {
  it('is said before the conversation goes on, and the answer of this turn counts', async () => {
    const call = await verifiedCall();
    await call.patient('Fine, thank you.');
    await call.patient('No, it is the same.', {
      followUps: [review('medication', Verdict.SAY, `${list} All of them fit together.`)],
    });
    expect(call.said).toMatch(/list of medicines\. All of them fit together\..*pillows/);
    expect(call.state.items['breathing']?.status).toBe('done');
  });

  it('is asked after the answer of this turn was taken, which is not asked for again', async () => {
    const call = await verifiedCall();
    await call.patient('Fine, thank you.');
    await call.patient('No, it is the same.', {
      followUps: [review('medication', Verdict.ASK, `${list} Do you still take both water pills?`)],
    });
    expect(call.said).toMatch(/Do you still take both water pills\?$/);
    expect(call.state.items['breathing']?.status).toBe('done');
    expect(await call.patient('No, just the one.')).toMatch(/pillows/);
    expect(call.said).not.toMatch(/breathing any harder/);
  });

  it('is announced when the patient asked for it, and the question is not passed on as unknown', async () => {
    const call = await verifiedCall();
    await call.patient('Can you check all my medicines together?', {
      reviews: [
        review('medication', Verdict.DEFER, 'I will check everything you told me against your whole list.'),
      ],
    });
    expect(call.said).toMatch(/^I will check everything you told me against your whole list\./);
    expect(call.said).not.toMatch(/do not know/);
    expect(call.tasks).toEqual([]);
  });

  it('is not told to somebody who leaves', async () => {
    const call = await verifiedCall();
    await call.patient('Stop calling me.', {
      followUps: [review('medication', Verdict.SAY, `${list} All of them fit together.`)],
    });
    expect(call.said).not.toContain('fit together');
    expect(call.then).toBe('hang-up opted-out');
  });
});
