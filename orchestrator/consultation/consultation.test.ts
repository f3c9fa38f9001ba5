import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../platform/clock.js';
import { Pass, Review, ReviewRequest, Verdict } from '../../protos/generated/asterism/v1/specialist.js';
import { Consultation, type Member } from './consultation.js';
import type { Answer } from './review-stream.js';

/** A specialist whose answers a test gives by hand, one per time it is asked. */
class HandChannel {
  readonly asked: {
    readonly waited: boolean;
    readonly answer: (answer: Answer) => void;
    readonly signal: AbortSignal;
  }[] = [];

  review(
    _request: ReviewRequest,
    options: { waitForConnection: boolean },
    signal: AbortSignal,
  ): Promise<Answer> {
    return new Promise((answer) => {
      this.asked.push({ waited: options.waitForConnection, answer, signal });
    });
  }

  pass(specialist: string): void {
    this.asked.at(-1)?.answer({ review: Review.fromPartial({ specialist, verdict: Verdict.PASS }) });
  }
}

function consult(): {
  clock: ManualClock;
  consultation: Consultation;
  gate: HandChannel;
  monitor: HandChannel;
} {
  const clock = new ManualClock();
  const gate = new HandChannel();
  const monitor = new HandChannel();
  const members: Member[] = [
    { specialist: 'medication', gate: true, channel: gate },
    { specialist: 'nutrition', gate: false, channel: monitor },
  ];
  const request = ReviewRequest.fromPartial({ pass: Pass.HEARD });
  return { clock, gate, monitor, consultation: new Consultation(members, () => request, 1500, clock) };
}

describe('a consultation', () => {
  it('ends as soon as everyone has answered', async () => {
    const { clock, consultation, gate, monitor } = consult();
    const looks = consultation.wait('everyone', 250);
    await clock.advance(3);
    gate.pass('medication');
    monitor.pass('nutrition');
    await clock.advance(0);
    expect((await looks).map((look) => [look.specialist, look.status, look.elapsedMs])).toEqual([
      ['medication', 'answered', 3],
      ['nutrition', 'answered', 3],
    ]);
  });

  it('calls those late who have not answered by the deadline, even when their connection hangs', async () => {
    const { clock, consultation, gate } = consult();
    const looks = consultation.wait('everyone', 250);
    gate.pass('medication');
    await clock.advance(250);
    expect((await looks).map((look) => look.status)).toEqual(['answered', 'late']);
  });

  it('waits for gates only, until the second deadline', async () => {
    const { clock, consultation, gate } = consult();
    const first = consultation.wait('everyone', 250);
    await clock.advance(250);
    expect((await first).map((look) => look.status)).toEqual(['late', 'late']);
    const second = consultation.wait('gates', 1500);
    await clock.advance(700);
    gate.pass('medication');
    await clock.advance(0);
    expect((await second).map((look) => [look.status, look.elapsedMs])).toEqual([
      ['answered', 950],
      ['late', 950],
    ]);
    expect(consultation.open).toBe(false);
  });

  it('counts the second deadline from the beginning', async () => {
    const { clock, consultation } = consult();
    await clock.advance(1400);
    let over = false;
    void consultation.wait('gates', 1500).then(() => (over = true));
    await clock.advance(99);
    expect(over).toBe(false);
    await clock.advance(1);
    expect(over).toBe(true);
  });

  it('asks a gate that cannot be reached again, waiting for its return', async () => {
    const { clock, consultation, gate, monitor } = consult();
    const first = consultation.wait('everyone', 250);
    gate.asked[0]?.answer({ none: 'unavailable', detail: 'UNAVAILABLE' });
    monitor.pass('nutrition');
    await clock.advance(0);
    expect((await first).map((look) => look.status)).toEqual(['failed', 'answered']);
    expect(gate.asked.map(({ waited }) => waited)).toEqual([false, true]);
    expect(consultation.open).toBe(true);
    const second = consultation.wait('gates', 1500);
    await clock.advance(600);
    gate.pass('medication');
    await clock.advance(0);
    expect((await second)[0]).toMatchObject({ status: 'answered', elapsedMs: 600 });
  });

  it('does not ask a monitor again', async () => {
    const { clock, consultation, monitor } = consult();
    monitor.asked[0]?.answer({ none: 'unavailable', detail: 'UNAVAILABLE' });
    await clock.advance(0);
    expect(monitor.asked).toHaveLength(1);
    expect(consultation.looks()[1]?.status).toBe('failed');
  });

  it.each<[string, Answer, string]>([
    ['an error', { none: 'failed', detail: 'INTERNAL' }, 'failed'],
    ['bytes that are no reply', { none: 'unreadable', detail: 'INTERNAL' }, 'invalid'],
    ['no review', { review: undefined }, 'invalid'],
    [
      'the name of another',
      { review: Review.fromPartial({ specialist: 'escalation', verdict: Verdict.PASS }) },
      'invalid',
    ],
  ])('takes %s for no answer, and nothing better is waited for', async (_what, answer, status) => {
    const { clock, consultation, gate } = consult();
    gate.asked[0]?.answer(answer);
    await clock.advance(0);
    expect(consultation.looks()[0]).toMatchObject({ status, review: undefined });
    expect(consultation.open).toBe(false);
  });

  it('lets everyone go when it is cancelled', async () => {
    const { clock, consultation, gate } = consult();
    const looks = consultation.wait('everyone', 250);
    consultation.cancel();
    await clock.advance(0);
    expect((await looks).map((look) => look.status)).toEqual(['late', 'late']);
    expect(gate.asked[0]?.signal.aborted).toBe(true);
  });
});
