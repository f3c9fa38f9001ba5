import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { loadProtocols } from '../../clinical-kb/protocols/load.js';
import {
  Disposition,
  Fact,
  Pass,
  Verdict,
  type InvestigateUpdate,
  type Review,
} from '../../protos/generated/asterism/v1/specialist.js';
import type { CallEvent } from '../call/events.js';
import { replay } from '../call/replay.js';
import type { CallState } from '../call/state.js';
import { approvedPhrases } from '../consultation/approved-phrases.js';
import { spokenWordings } from '../consultation/merge.js';
import type { Draft, PrimaryInput } from '../primary/primary-agent.js';
import { never, reviewBy, saying, TestConstellation, type FakeLeg } from './conversation.fixture.js';

const deadlines = {
  firstDeadlineMs: 300,
  secondDeadlineMs: 1_500,
  draftDeadlineMs: 1_000,
  jobsBeforeEndMs: 400,
  jobDeadlineMs: 3_000,
};

let constellation: TestConstellation;
let calls = 0;

beforeAll(async () => {
  constellation = await TestConstellation.start(
    ['escalation', 'medication', 'nutrition'],
    deadlines,
    loadProtocols(),
  );
}, 60_000);
afterAll(() => constellation.close());
afterEach(() => {
  constellation.reset();
});

/** Says what specialists want said, and then its own. */
function echoing(...own: readonly string[]): (input: PrimaryInput) => Partial<Draft> {
  return ({ stimulus }) =>
    saying(
      ...(stimulus.kind === 'heard' ? spokenWordings(stimulus.decision).map(({ say }) => say) : []),
      ...own,
    );
}

async function answeredCall(): Promise<FakeLeg> {
  calls++;
  constellation.primary.answer = () => saying('Hello.');
  const leg = constellation.call(`job-${String(calls)}`);
  leg.start();
  await leg.until(() => leg.all('listen').length === 1);
  constellation.primary.answer = echoing('And then?');
  return leg;
}

/** The medication specialist defers what it hears to one job, which ends with this. */
function defersTo(work: () => AsyncIterable<Partial<InvestigateUpdate>>, pass = Pass.HEARD): void {
  const medication = constellation.specialist('medication');
  medication.behave = (request) =>
    request.pass === pass
      ? { verdict: Verdict.DEFER, jobId: 'list', reason: 'twelve medicines', relevant: true }
      : {};
  medication.investigate = work;
}

/** Work that waits for a sign. */
function gated(result: Partial<Review>): {
  readonly open: () => void;
  readonly work: () => AsyncIterable<Partial<InvestigateUpdate>>;
} {
  let open = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  return {
    open: () => {
      open();
    },
    async *work() {
      await gate;
      yield { progress: 1, review: reviewBy('medication', { relevant: true, ...result }) };
    },
  };
}

async function says(leg: FakeLeg, text: string): Promise<void> {
  const before = leg.all('listen').length;
  leg.says(text);
  await leg.until(() => leg.all('listen').length > before || leg.all('hangUp').length > 0);
}

async function ended(
  leg: FakeLeg,
): Promise<{ readonly state: CallState; readonly events: readonly CallEvent[] }> {
  leg.end();
  await leg.until(() => leg.ended);
  const again = await replay(leg.callId, constellation.calls);
  expect(again.digestMatches).toBe(true);
  return { state: again.state, events: await constellation.events(leg.callId) };
}

async function jobEnded(leg: FakeLeg): Promise<void> {
  const limit = Date.now() + 5_000;
  while ((await constellation.eventsOf(leg.callId, 'job-ended')).length === 0) {
    if (Date.now() > limit) throw new Error('the job did not end');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const hangUp: Pick<Draft, 'then'> = { then: { kind: 'hang-up', reason: 'completed' } };
const reasons = (state: CallState): string[] => state.nurseTasks.map(({ reason }) => reason);
const fits: Partial<Review> = {
  verdict: Verdict.SAY,
  say: 'All of them fit together.',
  reason: 'nothing against it',
};

describe('long work', () => {
  it('goes on beside the call, and its result is heard on a later turn, with what it is about', async () => {
    const leg = await answeredCall();
    const fact = Fact.fromPartial({
      kind: 'interaction',
      subjects: ['a', 'b'],
      text: 'None.',
      citation: 'label',
    });
    const job = gated({ ...fits, facts: [fact] });
    defersTo(job.work);
    await says(leg, 'here are my twelve medicines');
    expect(leg.spoken.at(-1)).toBe('And then?');
    await says(leg, 'well');
    expect(leg.spoken.slice(-1)).toEqual(['And then?']);
    job.open();
    await jobEnded(leg);
    await says(leg, 'go on');
    expect(leg.spoken.slice(-2)).toEqual([
      'I looked at your whole list of medicines. All of them fit together.',
      'And then?',
    ]);
    expect(constellation.specialist('medication').requests.at(-1)?.context?.findings).toEqual([fact]);
    await says(leg, 'fine');
    expect(leg.spoken.slice(-1)).toEqual(['And then?']);
    expect(leg.spoken.slice(-2, -1)).toEqual(['And then?']);

    const { events, state } = await ended(leg);
    expect(constellation.specialist('medication').investigations).toHaveLength(1);
    const about = constellation.specialist('medication').investigations[0]?.about;
    expect(about?.heard?.text).toBe('here are my twelve medicines');
    expect(events.filter(({ type }) => type.startsWith('job-')).map(({ type }) => type)).toEqual([
      'job-started',
      'job-ended',
    ]);
    // What it said had a second look of its own.
    const look = events.findIndex(
      (event) => event.type === 'sentence-released' && event.text.includes('fit together'),
    );
    expect(
      events
        .slice(0, look)
        .some((event) => event.type === 'sentence-drafted' && event.text.includes('fit together')),
    ).toBe(true);
    expect(reasons(state)).toEqual([]);
  });

  it('writes its progress down at every quarter at most', async () => {
    const leg = await answeredCall();
    defersTo(async function* () {
      for (let step = 1; step <= 20; step++) yield { progress: step / 20 };
      yield { review: reviewBy('medication', fits) };
    });
    await says(leg, 'hello');
    await jobEnded(leg);
    const { events } = await ended(leg);
    expect(events.flatMap((event) => (event.type === 'job-progressed' ? [event.progress] : []))).toEqual([
      0.25, 0.5, 0.75,
    ]);
  });

  it.each<[string, () => AsyncIterable<Partial<InvestigateUpdate>>, string]>([
    ['breaks', () => breaking(), 'failed'],
    ['ends without a review', () => ending({ progress: 0.5 }), 'failed'],
    ['answers for another', () => ending({ review: reviewBy('nutrition', fits) }), 'failed'],
    [
      'defers again',
      () => ending({ review: reviewBy('medication', { verdict: Verdict.DEFER, jobId: 'x' }) }),
      'failed',
    ],
    ['hangs', () => hanging(), 'timed-out'],
  ])('that %s becomes a task for a nurse', async (_, work, status) => {
    const leg = await answeredCall();
    defersTo(work);
    await says(leg, 'hello');
    await jobEnded(leg);
    const { state } = await ended(leg);
    expect(state.jobs[0]?.status).toBe(status);
    expect(state.nurseTasks).toEqual([
      { turnId: '1', reason: 'twelve medicines', disposition: Disposition.SAME_DAY },
    ]);
  });

  it('that is under way when the patient hangs up goes to a nurse', async () => {
    const leg = await answeredCall();
    defersTo(hanging);
    await says(leg, 'hello');
    const { state } = await ended(leg);
    expect(state.jobs[0]?.status).toBe('abandoned');
    expect(reasons(state)).toEqual(['twelve medicines']);
  });

  it('whose result the patient did not hear any more goes to a nurse', async () => {
    const leg = await answeredCall();
    defersTo(() => ending({ review: reviewBy('medication', fits) }));
    await says(leg, 'hello');
    await jobEnded(leg);
    const { state } = await ended(leg);
    expect(reasons(state)).toEqual(['the patient was not told what medication found: nothing against it']);
  });
});

describe('the ordinary end of a call', () => {
  it('waits for long work, and tells what it came to', async () => {
    const leg = await answeredCall();
    const job = gated(fits);
    defersTo(job.work);
    await says(leg, 'hello');
    constellation.specialist('medication').behave = () => ({});
    constellation.primary.answer = (input) => ({ ...echoing('Goodbye.')(input), ...hangUp });
    leg.says('that is all');
    await leg.until(() => leg.spoken.includes(approvedPhrases.stillChecking));
    job.open();
    await leg.until(() => leg.all('hangUp').length === 1);
    expect(leg.spoken.slice(-3)).toEqual([
      approvedPhrases.stillChecking,
      'I looked at your whole list of medicines. All of them fit together.',
      'Goodbye.',
    ]);
    const { state } = await ended(leg);
    expect(reasons(state)).toEqual([]);
    expect(state.ended?.outcome).toBe('completed');
  });

  it('does not wait for ever: a nurse gets what is not known by then', async () => {
    const leg = await answeredCall();
    defersTo(hanging);
    await says(leg, 'hello');
    constellation.specialist('medication').behave = () => ({});
    constellation.primary.answer = ({ state }) => ({
      ...saying(state.nurseTasks.length > 0 ? 'A nurse will call you. Goodbye.' : 'Goodbye.'),
      ...hangUp,
    });
    leg.says('that is all');
    await leg.until(() => leg.all('hangUp').length === 1);
    expect(leg.spoken.slice(-2)).toEqual([approvedPhrases.stillChecking, 'A nurse will call you. Goodbye.']);
    const { state } = await ended(leg);
    expect(state.jobs[0]?.status).toBe('abandoned');
    expect(reasons(state)).toEqual(['twelve medicines']);
  });

  it('is not held up when the call ends in another way', async () => {
    const leg = await answeredCall();
    defersTo(hanging);
    await says(leg, 'hello');
    constellation.primary.answer = () => ({
      ...saying('Goodbye.'),
      then: { kind: 'hang-up', reason: 'opted-out' },
    });
    await says(leg, 'stop calling me');
    expect(leg.spoken.at(-1)).toBe('Goodbye.');
    expect(leg.spoken).not.toContain(approvedPhrases.stillChecking);
    await ended(leg);
  });
});

describe('what was said wrong', () => {
  it('is taken back when the work on that sentence objects to it', async () => {
    const leg = await answeredCall();
    const job = gated({ verdict: Verdict.REWRITE, say: 'Take one of them.', reason: 'double' });
    constellation.primary.answer = () => saying('Take both.');
    defersTo(job.work, Pass.DRAFT);
    await says(leg, 'both?');
    expect(leg.spoken.at(-1)).toBe('Take both.');
    constellation.specialist('medication').behave = () => ({});
    job.open();
    await jobEnded(leg);
    constellation.primary.answer = echoing('And then?');
    await says(leg, 'okay');
    expect(leg.spoken.slice(-2)).toEqual([
      'I need to correct something I said earlier. Take one of them.',
      'And then?',
    ]);
    const { state } = await ended(leg);
    expect(reasons(state)).toEqual(['medication takes back what was said (sentence 1.1): double']);
  });

  it('is taken back when a monitor objects too late', async () => {
    const leg = await answeredCall();
    constellation.primary.answer = () => saying('Soup is fine.');
    constellation.specialist('nutrition').behave = async ({ pass }) => {
      if (pass === Pass.HEARD) return {};
      await new Promise((resolve) => setTimeout(resolve, deadlines.firstDeadlineMs + 150));
      return { verdict: Verdict.REWRITE, say: 'Canned soup is very salty.', reason: 'salt', relevant: true };
    };
    await says(leg, 'soup?');
    expect(leg.spoken.at(-1)).toBe('Soup is fine.');
    await new Promise((resolve) => setTimeout(resolve, 400));
    constellation.specialist('nutrition').behave = () => ({});
    constellation.primary.answer = echoing('And then?');
    await says(leg, 'okay');
    expect(leg.spoken.slice(-2)).toEqual([
      'I need to correct something I said earlier. Canned soup is very salty.',
      'And then?',
    ]);
    await ended(leg);
  });

  it('needs no correction when nothing of it was heard', async () => {
    const leg = await answeredCall();
    leg.playsAtOnce = false;
    const job = gated({ verdict: Verdict.REWRITE, say: 'Take one of them.', reason: 'double' });
    constellation.primary.answer = () => saying('Take both.');
    defersTo(job.work, Pass.DRAFT);
    await says(leg, 'both?');
    leg.play('1.1', '', false);
    constellation.specialist('medication').behave = () => ({});
    job.open();
    await jobEnded(leg);
    constellation.primary.answer = echoing('And then?');
    await says(leg, 'okay');
    expect(leg.spoken.at(-1)).toBe('And then?');
    expect(leg.spoken.join(' ')).not.toContain('correct something');
    await ended(leg);
  });
});

describe('an emergency that long work comes to', () => {
  const call911: Partial<Review> = {
    verdict: Verdict.ESCALATE,
    disposition: Disposition.CALL_911,
    say: 'Please hang up and call 911 now.',
    reason: 'a dangerous dose',
  };

  it('is said at once, while nobody speaks, and the primary agent goes on from it', async () => {
    const leg = await answeredCall();
    const job = gated(call911);
    defersTo(job.work);
    await says(leg, 'hello');
    constellation.primary.answer = ({ stimulus }) =>
      saying(stimulus.kind === 'emergency-found' ? 'Will you call 911 now?' : 'And then?');
    job.open();
    await leg.until(() => leg.spoken.includes('Will you call 911 now?'));
    expect(leg.spoken.slice(-2)).toEqual(['Please hang up and call 911 now.', 'Will you call 911 now?']);
    expect(leg.all('speak').at(-2)?.interruptible).toBe(false);
    const { state } = await ended(leg);
    expect(state.disposition).toBe(Disposition.CALL_911);
    expect(state.ended?.outcome).toBe('escalated');
  });

  it('waits for the end of the sentence that is being spoken, and takes the place of the rest', async () => {
    const leg = await answeredCall();
    const job = gated(call911);
    leg.playsAtOnce = false;
    constellation.primary.answer = () => saying('One.', 'Two.', 'Three.');
    defersTo(job.work);
    await says(leg, 'hello');
    job.open();
    await jobEnded(leg);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(leg.spoken.at(-1)).toBe('Three.');
    leg.play('1.1');
    await leg.until(() => leg.spoken.includes('Please hang up and call 911 now.'));
    expect(leg.all('stop')).toEqual([{ reason: 'emergency' }]);
    await ended(leg);
  });

  it('does not swallow what the patient said meanwhile', async () => {
    const leg = await answeredCall();
    const job = gated(call911);
    defersTo(job.work);
    await says(leg, 'hello');
    const asked = constellation.specialist('escalation');
    asked.behave = async ({ pass }) => {
      if (pass === Pass.HEARD) await new Promise((resolve) => setTimeout(resolve, 200));
      return {};
    };
    leg.says('my chest hurts');
    job.open();
    await leg.until(() => leg.spoken.includes('Please hang up and call 911 now.'));
    leg.says('hello?');
    await leg.until(() => asked.requests.some(({ heard }) => heard?.text === 'my chest hurts hello?'));
    await ended(leg);
  });
});

// eslint-disable-next-line require-yield
async function* breaking(): AsyncGenerator<Partial<InvestigateUpdate>> {
  await Promise.resolve();
  throw new Error('broken');
}

async function* ending(update: Partial<InvestigateUpdate>): AsyncGenerator<Partial<InvestigateUpdate>> {
  await Promise.resolve();
  yield update;
}

async function* hanging(): AsyncGenerator<Partial<InvestigateUpdate>> {
  yield { progress: 0.1 };
  await never();
}
