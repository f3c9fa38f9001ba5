import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Pass, Verdict } from '../../protos/generated/asterism/v1/specialist.js';
import { replay } from '../call/replay.js';
import { approvedPhrases } from '../consultation/approved-phrases.js';
import { never, saying, TestConstellation, type FakeLeg } from './conversation.fixture.js';

const deadlines = { firstDeadlineMs: 150, secondDeadlineMs: 600, draftDeadlineMs: 400 };
let constellation: TestConstellation;
let calls = 0;

beforeAll(async () => {
  constellation = await TestConstellation.start(['escalation', 'medication'], deadlines);
}, 60_000);
afterAll(() => constellation.close());
afterEach(() => {
  constellation.reset();
});

async function answeredCall(): Promise<FakeLeg> {
  constellation.primary.answer = () => saying('Hello.');
  const leg = constellation.call(`early-${String(++calls)}`);
  leg.start();
  await leg.until(() => leg.all('listen').length === 1);
  constellation.primary.answer = () => saying('All good.');
  return leg;
}

/** What medication was asked about what was heard. */
const firstLooks = (): string[] =>
  constellation
    .specialist('medication')
    .requests.filter(({ pass }) => pass === Pass.HEARD)
    .map(({ heard }) => heard?.text ?? '');

const asked = (count: number): Promise<void> => expect.poll(() => firstLooks().length).toBe(count);

/** Lets the early answers come in, so that they are there when the turn ends. */
const answered = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 50));

describe('the first look at an utterance that was recognised in a pause', () => {
  it('is taken early, and counts when the patient does not go on', async () => {
    const leg = await answeredCall();
    constellation.specialist('medication').behave = ({ pass }) =>
      pass === Pass.HEARD ? { verdict: Verdict.SAY, say: 'Be careful.' } : {};
    const utterance = leg.pausesAfter('I took two of them');
    await asked(1);
    await answered();
    leg.finishes(utterance);
    await leg.until(() => leg.all('listen').length === 2);
    expect(firstLooks()).toEqual(['I took two of them']);
    leg.end();
    await leg.until(() => leg.ended);

    const looks = await constellation.eventsOf(leg.callId, 'review-given');
    expect(looks.filter(({ pass }) => pass === Pass.HEARD).map(({ specialist }) => specialist)).toEqual([
      'escalation',
      'medication',
    ]);
    const decisions = await constellation.eventsOf(leg.callId, 'decision-made');
    expect(decisions.find(({ pass }) => pass === Pass.HEARD)?.winner).toBe('medication');
    expect((await replay(leg.callId, constellation.calls)).digestMatches).toBe(true);
  });

  it('counts for nothing when the patient goes on, and nothing of it is in the log', async () => {
    const leg = await answeredCall();
    leg.pausesAfter('I took two');
    await asked(1);
    await answered();
    leg.says('I took two aspirin');
    await leg.until(() => leg.all('listen').length === 2);
    expect(firstLooks()).toEqual(['I took two', 'I took two aspirin']);
    leg.end();
    await leg.until(() => leg.ended);
    const looks = await constellation.eventsOf(leg.callId, 'review-given');
    expect(looks.filter(({ pass, turnId }) => pass === Pass.HEARD && turnId === '1')).toHaveLength(2);
  });

  it('is asked again when somebody has not answered, and a gate that stays silent stops the turn', async () => {
    const leg = await answeredCall();
    constellation.specialist('medication').behave = ({ pass }) => (pass === Pass.HEARD ? never() : {});
    const utterance = leg.pausesAfter('hello');
    await asked(1);
    await answered();
    leg.finishes(utterance);
    await leg.until(() => leg.all('listen').length === 2);
    expect(firstLooks()).toEqual(['hello', 'hello']);
    expect(leg.spoken.slice(1)).toEqual([approvedPhrases.holding, approvedPhrases.nurseConfirms]);
    leg.end();
    await leg.until(() => leg.ended);
  });

  it('is not taken of a mere mm-hm, nor while an answer is under way', async () => {
    const leg = await answeredCall();
    leg.pausesAfter('mm-hm');
    constellation.primary.answer = () => never();
    leg.says('hello');
    await asked(1);
    leg.pausesAfter('hello again');
    await answered();
    expect(firstLooks()).toEqual(['hello']);
    leg.end();
    await leg.until(() => leg.ended);
  });
});
