import { describe, expect, it } from 'vitest';
import { ManualClock, systemClock, type Clock } from '../../platform/clock.js';
import { Pass, Review, Verdict, type ReviewRequest } from '../../protos/generated/asterism/v1/specialist.js';
import { Consultation } from './consultation.js';
import { rehearse, rehearseOn, REHEARSAL } from './rehearsal.js';
import type { Answer } from './review-stream.js';

const passes: Answer = {
  review: Review.fromPartial({ specialist: 'medication', verdict: Verdict.PASS, confidence: 1 }),
};

/** Rehearses with one specialist that answers as given. @returns every request it got */
async function rehearsed(
  answer: (request: ReviewRequest) => Promise<Answer>,
  clock: Clock,
): Promise<readonly ReviewRequest[]> {
  const requests: ReviewRequest[] = [];
  const review = (request: ReviewRequest): Promise<Answer> => {
    requests.push(request);
    return answer(request);
  };
  const members = [{ specialist: 'medication', gate: true, channel: { review } }];
  await rehearse((requestFor, deadlineMs) => new Consultation(members, requestFor, deadlineMs, clock), clock);
  return requests;
}

describe('a rehearsal', () => {
  it('asks for both looks, in a call that no log knows', async () => {
    const requests = await rehearsed(() => Promise.resolve(passes), systemClock);
    expect(requests.length).toBeGreaterThan(2);
    expect(requests.length).toBeLessThanOrEqual(80);
    expect(new Set(requests.map(({ pass }) => pass))).toEqual(new Set([Pass.HEARD, Pass.DRAFT]));
    expect(requests.every(({ callId }) => callId === REHEARSAL)).toBe(true);
    expect(requests.every(({ pass, draft }) => (draft === '') === (pass === Pass.HEARD))).toBe(true);
  });

  it('ends with the first look that fails, and does not fail itself', async () => {
    const broken: Answer = { none: 'failed', detail: 'INTERNAL' };
    expect(await rehearsed(() => Promise.resolve(broken), systemClock)).toHaveLength(1);
  });

  it('never waits longer than 400 ms for a specialist that hangs', async () => {
    const clock = new ManualClock();
    const done = rehearsed(() => new Promise(() => undefined), clock);
    await clock.advance(400);
    expect(await done).toHaveLength(1);
  });
});

describe('the rehearsal that goes on while calls come', () => {
  async function goingOn(
    minutes: number,
    options: { sinceLookMs?: () => number; answer?: Answer; abortAtMs?: number },
  ): Promise<{ readonly asked: number; readonly over: boolean }> {
    const clock = new ManualClock();
    const { sinceLookMs = (): number => Infinity, answer = passes, abortAtMs } = options;
    const closing = new AbortController();
    if (abortAtMs !== undefined) clock.after(abortAtMs, () => closing.abort());
    let asked = 0;
    const review = (): Promise<Answer> => {
      asked++;
      return Promise.resolve(answer);
    };
    const members = [{ specialist: 'medication', gate: true, channel: { review } }];
    let over = false;
    void rehearseOn(
      (requestFor, deadlineMs) => new Consultation(members, requestFor, deadlineMs, clock),
      clock,
      [],
      sinceLookMs,
      closing.signal,
    ).then(() => (over = true));
    await clock.advance(minutes * 60_000);
    return { asked, over };
  }

  it('comes to an end by itself', async () => {
    expect(await goingOn(2, {})).toEqual({ asked: 500, over: true });
  });

  it('keeps away while a call asks the specialists', async () => {
    expect(await goingOn(1, { sinceLookMs: () => 999 })).toEqual({ asked: 0, over: false });
  });

  it('ends when the connections are closed, or a specialist fails', async () => {
    expect(await goingOn(1, { abortAtMs: 100 })).toMatchObject({ asked: 2, over: true });
    expect(await goingOn(1, { answer: { none: 'failed', detail: 'INTERNAL' } })).toEqual({
      asked: 1,
      over: true,
    });
  });
});
