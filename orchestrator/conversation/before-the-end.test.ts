import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { parseProtocol } from '../../clinical-kb/protocols/load.js';
import { ItemProgress, Pass, Verdict, Verification } from '../../protos/generated/asterism/v1/specialist.js';
import type { CallEvent } from '../call/events.js';
import { replay } from '../call/replay.js';
import type { Draft } from '../primary/primary-agent.js';
import { saying, TestConstellation, type FakeLeg } from './conversation.fixture.js';

const deadlines = { firstDeadlineMs: 150, secondDeadlineMs: 600, draftDeadlineMs: 400 };

const item = (id: string, more = ''): string => `
  - id: ${id}
    kind: open
    topic: your ${id}
    ask: [How is your ${id}?]
    clarify: [Tell me about it., In a few words please.]
${more}`;

const protocol = parseProtocol(
  'test.yaml',
  `
id: test
title: A short call
version: '1'
author: tests
approval: { by: nobody yet, date: '2026-11-25', status: 'sample, not clinically approved' }
sources: { made-up: { source: made up for tests, written: '2026-11-25' } }
cite: [made-up]
purpose: [I call about you.]
items:${item('sleep')}${item('mood')}${item('garden', '    required: false')}
closing: { next: [Thank you.], nurseWillCall: [A nurse will call.], safety: [Take care.] }
`,
);

let constellation: TestConstellation;
let calls = 0;

beforeAll(async () => {
  constellation = await TestConstellation.start(['escalation', 'checklist'], deadlines, { test: protocol });
}, 60_000);
afterAll(() => constellation.close());
afterEach(() => {
  constellation.reset();
});

const verified: CallEvent = {
  type: 'verification-changed',
  turnId: '1',
  verification: Verification.VERIFIED,
  reason: 'two identifiers',
};
const done = (itemId: string, turnId = '1'): CallEvent => ({
  type: 'item-changed',
  turnId,
  itemId,
  status: 'done',
  value: {},
});
const goodbye = (reason = 'completed'): Partial<Draft> => ({
  ...saying('Goodbye.'),
  then: { kind: 'hang-up', reason },
});

/** A call that the patient has answered once, with these events drafted in that turn. */
async function callWith(...events: CallEvent[]): Promise<FakeLeg> {
  calls++;
  constellation.primary.answer = () => saying('Hello.');
  const leg = constellation.call(`end-${String(calls)}`);
  leg.start();
  await leg.until(() => leg.all('listen').length === 1);
  constellation.primary.answer = () => ({ ...saying('Thank you.'), events });
  leg.says('Pat Smith');
  await leg.until(() => leg.all('listen').length === 2);
  return leg;
}

async function ended(leg: FakeLeg): Promise<readonly CallEvent[]> {
  leg.end();
  await leg.until(() => leg.ended);
  expect((await replay(leg.callId, constellation.calls)).digestMatches).toBe(true);
  return constellation.events(leg.callId);
}

describe('what specialists know of the care protocol', () => {
  it('is each item as it stands, and why the call would end', async () => {
    const leg = await callWith(verified, done('sleep'));
    constellation.primary.answer = () => goodbye('wrong-person');
    leg.says('hello');
    await leg.until(() => leg.all('hangUp').length === 1);
    const contexts = constellation
      .specialist('checklist')
      .requests.map(({ pass, context }) => ({ pass, context }));
    const heard = contexts.findLast(({ pass }) => pass === Pass.HEARD)?.context;
    expect(heard).toMatchObject({ protocolId: 'test', closingReason: '' });
    expect(heard?.checklist.map(({ itemId, progress, required }) => [itemId, progress, required])).toEqual([
      ['sleep', ItemProgress.COVERED, true],
      ['mood', ItemProgress.OPEN, true],
      ['garden', ItemProgress.OPEN, false],
    ]);
    expect(heard?.checklist[0]).toMatchObject({ topic: 'your sleep', evidenceTurnIds: ['1'] });
    expect(contexts.at(-1)?.context?.closingReason).toBe('wrong-person');
    await ended(leg);
  });
});

describe('the end of a call', () => {
  it('waits for a question of the checklist, and keeps what was answered', async () => {
    const leg = await callWith(verified);
    const question = 'Before we finish, there is one more thing. How is your mood?';
    constellation.specialist('checklist').behave = ({ pass, context }) =>
      pass === Pass.DRAFT && context?.closingReason === 'completed'
        ? {
            verdict: Verdict.ASK,
            say: question,
            relevant: true,
            facts: [
              { kind: 'checklist', subjects: ['mood', 'brought-back'], severity: '', text: '', citation: '' },
            ],
          }
        : {};
    constellation.primary.answer = ({ turnId }) => ({ ...goodbye(), events: [done('sleep', turnId)] });
    leg.says('I sleep well');
    await leg.until(() => leg.all('listen').length === 3);
    expect(leg.spoken.at(-1)).toBe(question);
    expect(leg.all('hangUp')).toEqual([]);

    constellation.specialist('checklist').behave = () => ({});
    leg.says('good');
    await leg.until(() => leg.all('hangUp').length === 1);
    const last = constellation.specialist('checklist').requests.findLast(({ pass }) => pass === Pass.HEARD);
    expect(last?.context?.answeringOwnQuestion).toBe(true);
    expect(last?.context?.checklist[0]?.progress).toBe(ItemProgress.COVERED);
    expect(last?.context?.findings.map(({ subjects }) => subjects)).toContainEqual(['mood', 'brought-back']);
    await ended(leg);
  });

  it('leaves its omissions in the log, with one task for a nurse', async () => {
    const leg = await callWith(verified, done('sleep'));
    const events = await ended(leg);
    expect(events).toContainEqual({
      type: 'omissions-noted',
      items: [{ itemId: 'mood', topic: 'your mood', progress: ItemProgress.OPEN }],
    });
    const { state } = await replay(leg.callId, constellation.calls);
    expect(state.omissions).toEqual([{ itemId: 'mood', topic: 'your mood' }]);
    expect(state.nurseTasks.map(({ reason }) => reason)).toEqual(['not covered in this call: your mood']);
  });

  it('counts an answer that only the checklist heard', async () => {
    const leg = await callWith(verified, done('sleep'));
    constellation.specialist('checklist').behave = ({ pass }) =>
      pass === Pass.HEARD
        ? {
            relevant: true,
            facts: [
              { kind: 'checklist', subjects: ['mood', 'covered'], severity: '', text: '', citation: '' },
            ],
          }
        : {};
    constellation.primary.answer = () => goodbye();
    leg.says('and my mood is fine');
    await leg.until(() => leg.all('hangUp').length === 1);
    expect((await ended(leg)).filter(({ type }) => type === 'omissions-noted')).toEqual([]);
  });

  it('has no task about them when the patient does not want these calls', async () => {
    const leg = await callWith(verified);
    constellation.primary.answer = () => goodbye('opted-out');
    leg.says('stop calling me');
    await leg.until(() => leg.all('hangUp').length === 1);
    const events = await ended(leg);
    expect(events.some(({ type }) => type === 'omissions-noted')).toBe(true);
    expect(events.some(({ type }) => type === 'nurse-task-added')).toBe(false);
  });

  it('has none when the protocol never began', async () => {
    const events = await ended(await callWith());
    expect(events.some(({ type }) => type === 'omissions-noted')).toBe(false);
  });
});
