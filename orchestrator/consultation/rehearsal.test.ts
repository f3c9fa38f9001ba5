import { describe, expect, it } from 'vitest';
import { ManualClock, systemClock, type Clock } from '../../platform/clock.js';
import { Pass, Review, Verdict, type ReviewRequest } from '../../protos/generated/asterism/v1/specialist.js';
import { Consultation } from './consultation.js';
import { rehearse, REHEARSAL } from './rehearsal.js';
import type { Answer } from './specialist-channel.js';

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
