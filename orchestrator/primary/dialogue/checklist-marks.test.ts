import { describe, expect, it } from 'vitest';
import { Fact, Verdict, type Review } from '../../../protos/generated/asterism/v1/specialist.js';
import { review, verifiedCall } from '../testing/scripted-call.js';

/** What the checklist specialist says it heard, as "item mark answer". */
function heard(...marks: readonly string[]): { readonly reviews: readonly Review[] } {
  const facts = marks.map((mark) => {
    const [itemId = '', what = '', severity = ''] = mark.split(' ');
    return Fact.fromPartial({ kind: 'checklist', subjects: [itemId, what], severity });
  });
  return { reviews: [review('checklist', Verdict.ADVISE, '', { facts })] };
}

describe('an answer given ahead', () => {
  it('is written down, and its question is not asked', async () => {
    const call = await verifiedCall();
    await call.patient('Fine, and I sleep with the same pillows.', heard('sleeping covered no'));
    expect(call.said).toMatch(/breathing any harder/);
    expect(await call.patient('No.')).toMatch(/new swelling/);
    expect(call.state.items['sleeping']).toMatchObject({
      status: 'done',
      value: { answer: 'no', volunteered: true },
    });
  });

  it('leaves the nurse the task that the answer calls for', async () => {
    const call = await verifiedCall();
    await call.patient('Not good, my ankles are swollen.', heard('swelling covered yes'));
    expect(call.tasks).toContain('reports new swelling');
  });

  it('answers nothing when it was only half said', async () => {
    const call = await verifiedCall();
    await call.patient('Fine, I sleep.', heard('sleeping partial'));
    expect(await call.patient('No.')).toMatch(/more pillows/);
  });

  it('never closes a question by which the call may be escalated', async () => {
    const call = await verifiedCall();
    await call.patient('Fine.', heard('chest-pain-now covered no'));
    expect(call.state.items['chest-pain-now']).toBeUndefined();
  });
});

describe('a question that the patient puts off', () => {
  it('is asked when everything else is through, and goes to a nurse when it is put off again', async () => {
    const call = await verifiedCall();
    await call.patient('Fine, thank you.');
    await call.patient('Can we do that later?', heard('breathing deferred'));
    expect(call.said).toMatch(/come back to that|do that later/);
    expect(call.state.items['breathing']?.status).toBe('postponed');
    const seen: string[] = [];
    for (let turn = 0; turn < 60 && call.then === 'listen'; turn++) {
      seen.push(call.said);
      if (/breathing any harder/.test(call.said)) {
        await call.patient('Can we do that later?', heard('breathing deferred'));
        expect(call.state.items['breathing']?.status).toBe('deferred');
      } else await call.patient(/questions|anything else/i.test(call.said) ? 'No.' : 'No, nothing.');
    }
    expect(seen.filter((said) => /breathing any harder/.test(said))).toHaveLength(1);
    expect(call.then).toBe('hang-up completed');
    expect(call.tasks).toContain('ask about your breathing: the patient put it off twice');
  });
});

describe('a question that the patient refuses', () => {
  it('is not asked again', async () => {
    const call = await verifiedCall();
    await call.patient('Fine, thank you.');
    await call.patient('That is nothing I care to share.', heard('breathing refused'));
    expect(call.said).toMatch(/skip that.*pillows/);
    expect(call.state.items['breathing']?.status).toBe('refused');
  });

  it('stays open when the refusal is of another item', async () => {
    const call = await verifiedCall();
    await call.patient('Fine, thank you.');
    await call.patient('No, it is the same.', heard('salt refused'));
    expect(call.state.items['breathing']?.status).toBe('done');
    expect(call.state.items['salt']).toBeUndefined();
  });
});
