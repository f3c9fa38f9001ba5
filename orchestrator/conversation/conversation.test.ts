import { credentials } from '@grpc/grpc-js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  RecordClient,
  type CallSummary,
  type RecordedEvent,
} from '../../protos/generated/asterism/v1/record.js';
import { Disposition, Pass, Verdict, Verification } from '../../protos/generated/asterism/v1/specialist.js';
import { replay } from '../call/replay.js';
import { localDate } from '../../platform/local-date.js';
import { approvedPhrases } from '../consultation/approved-phrases.js';
import { never, saying, TestConstellation, type FakeLeg } from './conversation.fixture.js';

/** Short deadlines keep the tests quick; the rules do not depend on their length. */
const deadlines = { firstDeadlineMs: 150, secondDeadlineMs: 600, draftDeadlineMs: 400, maxUncheckedTurns: 2 };
const names = ['escalation', 'privacy-compliance', 'medication', 'labs-vitals', 'nutrition'];

let constellation: TestConstellation;
let calls = 0;

beforeAll(async () => {
  constellation = await TestConstellation.start(names, deadlines);
}, 60_000);
afterAll(() => constellation.close());
afterEach(() => {
  constellation.reset();
});

/** A call whose opening was spoken. */
async function answeredCall(): Promise<FakeLeg> {
  calls++;
  constellation.primary.answer = () => saying('Hello.');
  const leg = constellation.call(`call-${String(calls)}`);
  leg.start();
  await leg.until(() => leg.all('listen').length === 1);
  return leg;
}

async function ended(leg: FakeLeg, reason?: string): Promise<void> {
  leg.end(reason);
  await leg.until(() => leg.ended);
}

describe('a conversation', () => {
  it('speaks the opening, answers what was heard, and replays to the state it had', async () => {
    const leg = await answeredCall();
    constellation.primary.answer = () => saying('Thank you.', 'How do you feel?');
    leg.says('yes this is she');
    await leg.until(() => leg.all('listen').length === 2);
    await ended(leg);

    expect(leg.spoken).toEqual(['Hello.', 'Thank you.', 'How do you feel?']);
    const again = await replay(leg.callId, constellation.calls);
    expect(again.digestMatches).toBe(true);
    expect(again.transcript.map((line) => [line.speaker, line.text])).toEqual([
      ['agent', 'Hello.'],
      ['patient', 'yes this is she'],
      ['agent', 'Thank you.'],
      ['agent', 'How do you feel?'],
    ]);
    expect(again.state.ended).toEqual({ reason: 'patient-hung-up', outcome: 'stopped-early' });
    expect(again.state.versions).toMatchObject({ asterism: 'test', ear: '7', 'specialist medication': '1' });
  });

  it('logs every look of every sentence before the sentence is released', async () => {
    const leg = await answeredCall();
    constellation.primary.answer = () => saying('One.', 'Two.');
    leg.says('hello');
    await leg.until(() => leg.all('listen').length === 2);
    await ended(leg);

    const events = await constellation.events(leg.callId);
    for (const released of events.filter((event) => event.type === 'sentence-released')) {
      const at = events.indexOf(released);
      const before = events.slice(0, at);
      const reviews = before.filter(
        (event) => event.type === 'review-given' && event.sentenceId === released.sentenceId,
      );
      expect(reviews.map((review) => review.type === 'review-given' && review.specialist).sort()).toEqual(
        [...names].sort(),
      );
      expect(
        before.some(
          (event) =>
            event.type === 'decision-made' &&
            event.sentenceId === released.sentenceId &&
            event.unansweredGates.length === 0,
        ),
      ).toBe(true);
    }
    expect(
      (await constellation.eventsOf(leg.callId, 'review-given')).filter((e) => e.pass === Pass.HEARD),
    ).toHaveLength(names.length);
  });

  it('shows the specialists the whole turn beside each of its sentences', async () => {
    const leg = await answeredCall();
    constellation.primary.answer = () => saying('One.', 'Two.');
    leg.says('hello');
    await leg.until(() => leg.all('listen').length === 2);
    await ended(leg);
    const { requests } = constellation.specialist('medication');
    expect(
      requests.slice(-3).map(({ pass, draft, context }) => [pass, draft, context?.turnSentences]),
    ).toEqual([
      [Pass.HEARD, '', []],
      [Pass.DRAFT, 'One.', ['One.', 'Two.']],
      [Pass.DRAFT, 'Two.', ['One.', 'Two.']],
    ]);
  });

  it("says whose words a sentence is, and that the primary agent's are its own", async () => {
    const leg = await answeredCall();
    constellation.primary.answer = () => saying('Please wait.', 'How are you?');
    constellation.specialist('nutrition').behave = ({ pass }) =>
      pass === Pass.HEARD ? { verdict: Verdict.ADVISE, say: 'Please wait.' } : {};
    leg.says('hello');
    await leg.until(() => leg.all('listen').length === 2);
    await ended(leg);
    const drafts = constellation.specialist('medication').requests.filter(({ pass }) => pass === Pass.DRAFT);
    expect(drafts.slice(-2).map(({ draft, context }) => [draft, context?.wordingOf])).toEqual([
      ['Please wait.', 'nutrition'],
      ['How are you?', ''],
    ]);
  });

  it('releases sentences in order although their looks run at once', async () => {
    const leg = await answeredCall();
    constellation.primary.answer = () => saying('Slow one.', 'Quick one.');
    constellation.specialist('medication').behave = async (request) => {
      if (request.draft === 'Slow one.') await new Promise((resolve) => setTimeout(resolve, 80));
      return {};
    };
    leg.says('hello');
    await leg.until(() => leg.spoken.length === 3);
    expect(leg.spoken).toEqual(['Hello.', 'Slow one.', 'Quick one.']);
    await ended(leg);
  });

  it('judges a sentence as the call will stand when it is heard, once identity is verified by the same turn', async () => {
    const leg = await answeredCall();
    constellation.primary.answer = ({ turnId }) => ({
      ...saying('Your heart failure is why I call.'),
      events: [
        {
          type: 'verification-changed',
          turnId,
          verification: Verification.VERIFIED,
          reason: 'two identifiers',
        },
        { type: 'recording-consent', turnId, granted: true },
      ],
    });
    constellation.specialist('privacy-compliance').behave = ({ pass, context }) =>
      pass === Pass.DRAFT && context?.verification !== Verification.VERIFIED
        ? { verdict: Verdict.BLOCK }
        : {};
    leg.says('Margaret Ellis, March fourth 1954');
    await leg.until(() => leg.all('listen').length === 2);
    expect(leg.spoken.at(-1)).toBe('Your heart failure is why I call.');
    expect(leg.all('recording')).toEqual([{ allowed: true }]);
    await ended(leg);
    expect((await replay(leg.callId, constellation.calls)).state.verification).toBe(Verification.VERIFIED);
  });

  it('tells specialists the date of the call, as its log holds it', async () => {
    const before = localDate(new Date());
    const leg = await answeredCall();
    leg.says('hello');
    await leg.until(() => leg.all('listen').length === 2);
    await ended(leg);
    const today = constellation.specialist('medication').requests.at(-1)?.context?.today;
    expect([before, localDate(new Date())]).toContain(today);
    expect((await replay(leg.callId, constellation.calls)).state.localDate).toBe(today);
  });

  it('gives specialists the call as it was played, and their earlier findings', async () => {
    const leg = await answeredCall();
    const fact = {
      kind: 'symptom',
      subjects: ['swelling'],
      severity: '',
      text: 'Swollen ankles.',
      citation: 'x',
    };
    constellation.specialist('labs-vitals').behave = ({ pass }) =>
      pass === Pass.HEARD ? { relevant: true, facts: [fact] } : {};
    constellation.primary.answer = () => saying('I see.');
    leg.says('my ankles are swollen');
    await leg.until(() => leg.all('listen').length === 2);
    leg.says('and my feet');
    await leg.until(() => leg.all('listen').length === 3);
    const last = constellation.specialist('medication').requests.findLast(({ pass }) => pass === Pass.HEARD);
    expect(last?.context?.findings).toEqual([fact]);
    expect(last?.context?.history.map(({ text }) => text)).toEqual([
      'Hello.',
      'my ankles are swollen',
      'I see.',
    ]);
    expect(last?.heard?.text).toBe('and my feet');
    await ended(leg);
    expect(await constellation.eventsOf(leg.callId, 'findings-noted')).toHaveLength(1);
  });

  it('speaks a rewrite instead of the draft, after a look of its own', async () => {
    const leg = await answeredCall();
    constellation.primary.answer = () => saying('You can take ibuprofen.');
    constellation.specialist('medication').behave = ({ draft }) =>
      draft.includes('can take ibuprofen')
        ? { verdict: Verdict.REWRITE, say: 'Please do not take ibuprofen.', reason: 'heart failure' }
        : {};
    leg.says('can I take ibuprofen');
    await leg.until(() => leg.all('listen').length === 2);
    expect(leg.spoken.slice(1)).toEqual(['Please do not take ibuprofen.']);
    await ended(leg);
    const reviewed = await constellation.eventsOf(leg.callId, 'decision-made');
    expect(
      reviewed.filter((decision) => decision.pass === Pass.DRAFT && decision.turnId === '1'),
    ).toHaveLength(2);
    expect(await constellation.eventsOf(leg.callId, 'sentence-withheld')).toMatchObject([
      { sentenceId: '1.1' },
    ]);
  });

  it('lets a nurse confirm when a specialist objects to the wording of another', async () => {
    const leg = await answeredCall();
    constellation.primary.answer = () => saying('Take two.', 'And rest.');
    constellation.specialist('medication').behave = ({ draft }) =>
      draft === 'Take two.' ? { verdict: Verdict.REWRITE, say: 'Take one.' } : {};
    constellation.specialist('labs-vitals').behave = ({ draft }) =>
      draft === 'Take one.' ? { verdict: Verdict.BLOCK, reason: 'potassium' } : {};
    leg.says('how many');
    await leg.until(() => leg.all('listen').length === 2);
    expect(leg.spoken.slice(1)).toEqual([approvedPhrases.nurseConfirms]);
    await ended(leg);
    expect((await replay(leg.callId, constellation.calls)).state.nurseTasks).toHaveLength(1);
  });

  it('says what must be said before the draft, and once', async () => {
    const leg = await answeredCall();
    constellation.primary.answer = () => saying('First.', 'Second.');
    constellation.specialist('medication').behave = ({ pass }) =>
      pass === Pass.DRAFT ? { verdict: Verdict.SAY, say: 'Please do not take ibuprofen.' } : {};
    leg.says('hello');
    await leg.until(() => leg.all('listen').length === 2);
    expect(leg.spoken.slice(1)).toEqual(['Please do not take ibuprofen.', 'First.', 'Second.']);
    await ended(leg);
  });

  it('puts a question first and leaves the rest of the draft for later', async () => {
    const leg = await answeredCall();
    constellation.primary.answer = () => saying('Fine.', 'Next question?');
    constellation.specialist('medication').behave = ({ draft }) =>
      draft === 'Fine.' ? { verdict: Verdict.ASK, say: 'Did you say metoprolol?' } : {};
    leg.says('I take the metropole');
    await leg.until(() => leg.all('listen').length === 2);
    expect(leg.spoken.slice(1)).toEqual(['Did you say metoprolol?']);
    leg.says('yes');
    await leg.until(() => leg.all('listen').length === 3);
    const answers = names.map((name) => {
      const request = constellation.specialist(name).requests.findLast(({ pass }) => pass === Pass.HEARD);
      return [name, request?.context?.answeringOwnQuestion];
    });
    expect(answers.filter(([, own]) => own).map(([name]) => name)).toEqual(['medication']);
    await ended(leg);
  });

  it('goes on when a specialist needs longer, and a nurse gets the open question', async () => {
    const leg = await answeredCall();
    constellation.primary.answer = () => saying('That is fine.');
    constellation.specialist('medication').behave = ({ pass }) =>
      pass === Pass.DRAFT ? { verdict: Verdict.DEFER, jobId: 'j1', reason: 'twelve medicines' } : {};
    leg.says('is that fine');
    await leg.until(() => leg.all('listen').length === 2);
    expect(leg.spoken.slice(1)).toEqual(['That is fine.']);
    await ended(leg);
    expect((await replay(leg.callId, constellation.calls)).state.nurseTasks).toEqual([
      { turnId: '1', reason: 'twelve medicines', disposition: Disposition.SAME_DAY },
    ]);
  });

  it('tells the patient that a nurse can help when everything was blocked', async () => {
    const leg = await answeredCall();
    constellation.primary.answer = () => saying('Your husband takes warfarin.');
    constellation.specialist('privacy-compliance').behave = ({ pass }) =>
      pass === Pass.DRAFT ? { verdict: Verdict.BLOCK, reason: 'another person' } : {};
    leg.says('what does my husband take');
    await leg.until(() => leg.all('listen').length === 2);
    expect(leg.spoken.slice(1)).toEqual([approvedPhrases.notOnThisCall]);
    await ended(leg);
  });
});

describe('a gate that is slow', () => {
  it('costs a holding phrase, and the answer comes when it has answered', async () => {
    const leg = await answeredCall();
    constellation.primary.answer = () => saying('All good.');
    constellation.specialist('medication').behave = async ({ pass }) => {
      if (pass === Pass.DRAFT) await new Promise((resolve) => setTimeout(resolve, 300));
      return {};
    };
    leg.says('hello');
    await leg.until(() => leg.all('listen').length === 2);
    expect(leg.spoken.slice(1)).toEqual([approvedPhrases.holding, 'All good.']);
    expect(leg.all('hold')).toHaveLength(1);
    await ended(leg);
  });

  it('that never answers fails closed: a nurse confirms, nothing drafted is spoken', async () => {
    const leg = await answeredCall();
    constellation.primary.answer = () => saying('All good.', 'Bye.');
    constellation.specialist('medication').behave = ({ pass }) => (pass === Pass.DRAFT ? never() : {});
    leg.says('hello');
    await leg.until(() => leg.all('listen').length === 2);
    expect(leg.spoken.slice(1)).toEqual([approvedPhrases.holding, approvedPhrases.nurseConfirms]);
    await ended(leg);
    const decisions = await constellation.eventsOf(leg.callId, 'decision-made');
    expect(decisions.at(-1)).toMatchObject({
      unansweredGates: ['medication'],
      winner: '',
      verdict: Verdict.BLOCK,
    });
    const { state } = await replay(leg.callId, constellation.calls);
    expect(state.unansweredGates).toBe(1);
    expect(state.nurseTasks[0]?.reason).toContain('medication');
  });

  it('on the first look fails closed too, with the way to 911 when escalation is the silent one', async () => {
    const leg = await answeredCall();
    constellation.specialist('escalation').behave = ({ pass }) => (pass === Pass.HEARD ? never() : {});
    leg.says('hello');
    await leg.until(() => leg.all('listen').length === 2);
    expect(leg.spoken.slice(1)).toEqual([
      approvedPhrases.holding,
      approvedPhrases.nurseConfirms,
      approvedPhrases.emergencyReminder,
    ]);
    expect(constellation.primary.inputs).toHaveLength(1);
    await ended(leg);
  });

  it('turn after turn ends the call with a call-back instead of guessing', async () => {
    const leg = await answeredCall();
    constellation.specialist('medication').behave = () => never();
    leg.says('hello');
    await leg.until(() => leg.all('listen').length === 2);
    leg.says('are you there');
    await leg.until(() => leg.all('hangUp').length === 1);
    expect(leg.spoken.at(-1)).toBe(approvedPhrases.cannotContinue);
    await ended(leg, 'agent-hung-up');
    const [end] = await constellation.eventsOf(leg.callId, 'call-ended');
    expect(end?.outcome).toBe('stopped-early');
  });

  it('does not matter when it is a monitor: the turn goes on, and its facts count on the next', async () => {
    const leg = await answeredCall();
    constellation.primary.answer = () => saying('Go on.');
    const fact = { kind: 'food', subjects: ['salt'], severity: '', text: 'Much salt.', citation: 'x' };
    constellation.specialist('nutrition').behave = async ({ pass }) => {
      if (pass === Pass.DRAFT) return {};
      await new Promise((resolve) => setTimeout(resolve, 250));
      return { relevant: true, facts: [fact] };
    };
    leg.says('I had soup');
    await leg.until(() => leg.all('listen').length === 2);
    expect(leg.spoken.slice(1)).toEqual(['Go on.']);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await ended(leg);
    const late = (await constellation.eventsOf(leg.callId, 'review-given')).filter(
      (e) => e.specialist === 'nutrition',
    );
    expect(
      late.filter((e) => e.turnId === '1').map((e) => [e.pass, e.status, e.review !== undefined]),
    ).toEqual([
      [Pass.HEARD, 'late', false],
      [Pass.DRAFT, 'answered', true],
      [Pass.HEARD, 'late', true],
    ]);
    expect(await constellation.eventsOf(leg.callId, 'findings-noted')).toHaveLength(1);
  });
});

describe('a gate that answers wrongly', () => {
  it.each([
    ['with an error', () => Promise.reject(new Error('broken'))],
    ['in the name of another', () => ({ specialist: 'escalation' })],
    ['without a verdict', () => ({ verdict: Verdict.UNSPECIFIED })],
    ['with nothing to say in a SAY', () => ({ verdict: Verdict.SAY })],
  ])('%s counts as silent', async (_how, behave) => {
    const leg = await answeredCall();
    constellation.primary.answer = () => saying('All good.');
    constellation.specialist('labs-vitals').behave = (request) =>
      request.pass === Pass.DRAFT ? behave() : {};
    leg.says('hello');
    await leg.until(() => leg.all('listen').length === 2);
    // Nothing better can come, so nobody is asked to wait.
    expect(leg.spoken.slice(1)).toEqual([approvedPhrases.nurseConfirms]);
    await ended(leg);
  });
});

describe('a gate that crashes', () => {
  it('is written down once, stops what it cannot check, and the call goes on when it is back', async () => {
    const leg = await answeredCall();
    const medication = constellation.specialist('medication');
    constellation.primary.answer = () => saying('All good.');
    medication.crash();
    leg.says('hello');
    await leg.until(() => leg.all('listen').length === 2);
    expect(leg.spoken.at(-1)).toBe(approvedPhrases.nurseConfirms);

    await medication.start();
    leg.says('and now');
    await leg.until(() => leg.all('listen').length === 3);
    expect(leg.spoken.at(-1)).toBe('All good.');
    await ended(leg);
    const events = await constellation.events(leg.callId);
    expect(events.filter((event) => event.type === 'specialist-lost')).toMatchObject([
      { specialist: 'medication', gate: true },
    ]);
    expect(events.filter((event) => event.type === 'specialist-back')).toHaveLength(1);
    expect((await replay(leg.callId, constellation.calls)).digestMatches).toBe(true);
  });

  it('can come back before the second deadline, and nothing is lost', async () => {
    const leg = await answeredCall();
    const medication = constellation.specialist('medication');
    constellation.primary.answer = () => saying('All good.');
    medication.crash();
    setTimeout(() => void medication.start(), 100);
    leg.says('hello');
    await leg.until(() => leg.all('listen').length === 2);
    expect(leg.spoken.at(-1)).toBe('All good.');
    await ended(leg);
  });
});

describe('an emergency', () => {
  const call911 = {
    verdict: Verdict.ESCALATE,
    disposition: Disposition.CALL_911,
    say: 'Please hang up and call 911 now.',
    reason: 'chest pain',
    relevant: true,
  };

  it('is spoken first, cannot be interrupted, and is not said twice', async () => {
    const leg = await answeredCall();
    constellation.specialist('escalation').behave = () => call911;
    constellation.primary.answer = () =>
      saying('Please hang up and call 911 now.', 'I will tell your nurse.');
    leg.says('my chest hurts');
    await leg.until(() => leg.all('listen').length === 2);
    expect(leg.all('speak').slice(1)).toMatchObject([
      { text: 'Please hang up and call 911 now.', interruptible: false },
      { text: 'I will tell your nurse.', interruptible: true },
    ]);
    await ended(leg);
    const { state } = await replay(leg.callId, constellation.calls);
    expect(state.escalations).toHaveLength(1);
    expect(state.ended?.outcome).toBe('escalated');
  });

  it('is spoken when the primary agent throws', async () => {
    const leg = await answeredCall();
    constellation.specialist('escalation').behave = () => call911;
    constellation.primary.answer = () => Promise.reject(new Error('broken'));
    leg.says('my chest hurts');
    await leg.until(() => leg.all('listen').length === 2);
    expect(leg.spoken.slice(1)).toEqual(['Please hang up and call 911 now.']);
    await ended(leg);
  });

  it('is spoken when another gate is dead and privacy says block', async () => {
    const leg = await answeredCall();
    constellation.specialist('escalation').behave = () => call911;
    constellation.specialist('medication').behave = () => never();
    constellation.specialist('privacy-compliance').behave = () => ({
      verdict: Verdict.BLOCK,
      reason: 'unverified',
    });
    constellation.primary.answer = () => saying('Something else.');
    leg.says('my chest hurts');
    await leg.until(() => leg.all('listen').length === 2);
    expect(leg.spoken.slice(1)).toEqual(['Please hang up and call 911 now.']);
    await ended(leg);
  });

  it('is not stopped by the patient speaking on', async () => {
    const leg = await answeredCall();
    leg.playsAtOnce = false;
    constellation.specialist('escalation').behave = ({ heard }) =>
      heard?.text.includes('chest') ? call911 : {};
    constellation.primary.answer = () => ({});
    leg.says('my chest hurts');
    await leg.until(() => leg.all('listen').length === 2);
    leg.says('what should I do');
    await leg.until(() => leg.all('listen').length === 3);
    expect(leg.spoken.slice(1)).toEqual(['Please hang up and call 911 now.']);
    expect(leg.all('stop')).toHaveLength(0);
    await ended(leg);
  });
});

describe('the primary agent', () => {
  it('that throws costs an apology and a line in the record, not the call', async () => {
    const leg = await answeredCall();
    constellation.primary.answer = () => Promise.reject(new Error('broken'));
    leg.says('hello');
    await leg.until(() => leg.all('listen').length === 2);
    expect(leg.spoken.slice(1)).toEqual([approvedPhrases.sayAgain]);
    constellation.primary.answer = () => saying('Here again.');
    leg.says('hello');
    await leg.until(() => leg.all('listen').length === 3);
    expect(leg.spoken.at(-1)).toBe('Here again.');
    await ended(leg);
    expect((await replay(leg.callId, constellation.calls)).state.nurseTasks).toHaveLength(1);
  });

  it('that takes too long is not waited for, and the specialists’ own words are spoken', async () => {
    const leg = await answeredCall();
    constellation.primary.answer = () => never();
    constellation.specialist('medication').behave = ({ pass }) =>
      pass === Pass.HEARD ? { verdict: Verdict.SAY, say: 'Please do not take ibuprofen.' } : {};
    leg.says('I take ibuprofen');
    await leg.until(() => leg.all('listen').length === 2);
    expect(leg.spoken.slice(1)).toEqual(['Please do not take ibuprofen.']);
    await ended(leg);
  });

  it('cannot write events that are not its own', async () => {
    const leg = await answeredCall();
    constellation.primary.answer = ({ turnId }) => ({
      ...saying('Hm.'),
      events: [{ type: 'call-ended', reason: 'forged', outcome: 'completed', stateDigest: turnId }],
    });
    leg.says('hello');
    await leg.until(() => leg.all('listen').length === 2);
    await ended(leg);
    expect(await constellation.eventsOf(leg.callId, 'call-ended')).toMatchObject([
      { reason: 'patient-hung-up' },
    ]);
  });
});

describe('a patient who speaks over the agent', () => {
  it('hears nothing more of that turn, and the history holds what was played', async () => {
    const leg = await answeredCall();
    leg.playsAtOnce = false;
    constellation.primary.answer = ({ stimulus }) =>
      stimulus.kind === 'heard' && stimulus.utterance.text === 'wait'
        ? saying('Yes?')
        : saying('A long story.', 'It goes on.');
    constellation.specialist('medication').behave = async ({ draft }) => {
      if (draft === 'It goes on.') await new Promise((resolve) => setTimeout(resolve, 120));
      return {};
    };
    leg.says('tell me');
    await leg.until(() => leg.spoken.length === 2);
    const sentenceId = leg.all('speak').at(-1)?.sentenceId ?? '';
    leg.send({ $case: 'bargeIn', value: { sentenceId, playedMs: 300, yieldMs: 120 } });
    leg.play(sentenceId, 'A long', false);
    leg.says('wait');
    await leg.until(() => leg.all('listen').length === 2);
    expect(leg.spoken.slice(1)).toEqual(['A long story.', 'Yes?']);
    expect(leg.all('stop')).toHaveLength(0);
    await ended(leg);
    const { transcript, state } = await replay(leg.callId, constellation.calls);
    expect(transcript.map(({ text, complete }) => [text, complete])).toContainEqual(['A long', false]);
    expect(state.sentences['1.2']?.status).toBe('withheld');
  });

  it('is answered once for two utterances that came before any answer', async () => {
    const leg = await answeredCall();
    constellation.primary.answer = () => saying('I see.');
    constellation.specialist('medication').behave = async ({ heard }) => {
      if (heard?.text === 'my chest') await new Promise((resolve) => setTimeout(resolve, 100));
      return {};
    };
    leg.says('my chest');
    leg.says('is fine today');
    await leg.until(() => leg.all('listen').length === 2);
    expect(leg.spoken.slice(1)).toEqual(['I see.']);
    expect(constellation.primary.inputs.at(-1)?.stimulus).toMatchObject({
      utterance: { text: 'my chest is fine today' },
    });
    await ended(leg);
    expect(await constellation.eventsOf(leg.callId, 'utterance-heard')).toHaveLength(2);
  });

  it('and only says mm-hm does not stop it', async () => {
    const leg = await answeredCall();
    leg.playsAtOnce = false;
    constellation.primary.answer = () => saying('A long story.');
    leg.says('tell me');
    await leg.until(() => leg.all('listen').length === 2);
    leg.says('Mm-hm.');
    leg.play('1.1');
    await ended(leg);
    expect(leg.all('stop')).toHaveLength(0);
    expect(leg.spoken.slice(1)).toEqual(['A long story.']);
  });

  /** A turn of two sentences that was said and waits to be played. */
  async function speaking(...texts: string[]): Promise<FakeLeg> {
    const leg = await answeredCall();
    leg.playsAtOnce = false;
    constellation.primary.answer = ({ stimulus }) =>
      stimulus.kind === 'heard' && stimulus.utterance.text === 'tell me'
        ? saying(...texts)
        : saying('I see.');
    leg.says('tell me');
    await leg.until(() => leg.all('listen').length === 2);
    return leg;
  }

  function bargesIn(leg: FakeLeg, cut: readonly (readonly [sentenceId: string, playedText: string])[]): void {
    const sentenceId = cut[0]?.[0] ?? '';
    leg.send({ $case: 'bargeIn', value: { sentenceId, playedMs: 300, yieldMs: 120 } });
    for (const [id, playedText] of cut) leg.play(id, playedText, false);
  }

  it('with no more than mm-hm hears the cut sentence and what follows it again', async () => {
    const leg = await speaking('First.', 'A long story.', 'Do you see?');
    leg.play('1.1');
    bargesIn(leg, [
      ['1.2', 'A long'],
      ['1.3', ''],
    ]);
    const asked = constellation.primary.inputs.length;
    leg.says('Mm-hm.');
    await leg.until(() => leg.spoken.length === 6);
    expect(leg.spoken.slice(-2)).toEqual(['A long story.', 'Do you see?']);
    expect(leg.all('speak').slice(-2)).toMatchObject([
      { sentenceId: '1.4', turnId: '1' },
      { sentenceId: '1.5', turnId: '1' },
    ]);
    await leg.until(() => leg.all('listen').length === 3);
    leg.play('1.4');
    bargesIn(leg, [['1.5', 'Do']]);
    leg.says('uh-huh');
    await leg.until(() => leg.spoken.length === 7);
    expect(leg.spoken.at(-1)).toBe('Do you see?');
    expect(constellation.primary.inputs).toHaveLength(asked);
    leg.play('1.6');
    await leg.until(() => leg.all('listen').length === 4);
    await ended(leg);
    const decided = await constellation.eventsOf(leg.callId, 'decision-made');
    expect(decided.map(({ sentenceId }) => sentenceId)).toEqual(
      expect.arrayContaining(['1.4', '1.5', '1.6']) as string[],
    );
    const { digestMatches, transcript } = await replay(leg.callId, constellation.calls);
    expect(digestMatches).toBe(true);
    expect(transcript.map(({ text }) => text)).toContain('Mm-hm.');
  });

  it('with mm-hm over a question that was mostly heard has answered it', async () => {
    const leg = await speaking('Do you take it every day?');
    bargesIn(leg, [['1.1', 'Do you take it every']]);
    leg.says('Mm-hm.');
    await leg.until(() => leg.spoken.at(-1) === 'I see.');
    await ended(leg);
  });

  it('with mm-hm over a goodbye hears it again, and then the call ends', async () => {
    const leg = await answeredCall();
    leg.playsAtOnce = false;
    constellation.primary.answer = () => ({
      ...saying('Goodbye.'),
      then: { kind: 'hang-up', reason: 'completed' },
    });
    leg.says('that is all');
    await leg.until(() => leg.all('listen').length === 2);
    bargesIn(leg, [['1.1', 'Good']]);
    leg.says('Mm-hm.');
    await leg.until(() => leg.all('listen').length === 3);
    leg.play('1.2');
    await leg.until(() => leg.all('hangUp').length === 1);
    await ended(leg, 'agent-hung-up');
  });

  it('stops a goodbye: the call does not hang up on them', async () => {
    const leg = await answeredCall();
    leg.playsAtOnce = false;
    constellation.primary.answer = ({ stimulus }) =>
      stimulus.kind === 'heard' && stimulus.utterance.text === 'wait'
        ? saying('Yes?')
        : { ...saying('Goodbye.'), then: { kind: 'hang-up', reason: 'completed' } };
    leg.says('that is all');
    await leg.until(() => leg.spoken.length === 2);
    leg.send({ $case: 'bargeIn', value: { sentenceId: '1.1', playedMs: 300, yieldMs: 120 } });
    leg.play('1.1', '', false);
    leg.says('wait');
    await leg.until(() => leg.spoken.length === 3);
    expect(leg.all('hangUp')).toHaveLength(0);
    await ended(leg);
  });
});

describe('the end of a call', () => {
  it('follows the last sentence, and is completed when the protocol says so', async () => {
    const leg = await answeredCall();
    leg.playsAtOnce = false;
    constellation.primary.answer = () => ({
      ...saying('Goodbye.'),
      then: { kind: 'hang-up', reason: 'completed' },
    });
    leg.says('that is all');
    await leg.until(() => leg.all('listen').length === 2);
    expect(leg.all('hangUp')).toHaveLength(0);
    leg.play('1.1');
    await leg.until(() => leg.all('hangUp').length === 1);
    await ended(leg, 'agent-hung-up');
    expect(await constellation.eventsOf(leg.callId, 'call-ended')).toMatchObject([{ outcome: 'completed' }]);
  });

  it('hands over with an SBAR', async () => {
    const leg = await answeredCall();
    constellation.primary.answer = () => ({
      ...saying('I connect you.'),
      then: { kind: 'transfer', destination: 'nurse-line' },
    });
    leg.says('I want a nurse');
    await leg.until(() => leg.all('transfer').length === 1);
    expect(leg.all('transfer')[0]?.destination).toBe('nurse-line');
    expect(leg.all('transfer')[0]?.sbar).toMatch(
      /^Situation: Pat .*\nBackground: .*\nAssessment: .*\nRecommendation: /,
    );
    await ended(leg, 'transferred');
    expect(await constellation.eventsOf(leg.callId, 'call-ended')).toMatchObject([
      { outcome: 'transferred' },
    ]);
  });

  it('is written down when the line is cut', async () => {
    const leg = await answeredCall();
    leg.cut();
    await expect
      .poll(async () => (await constellation.eventsOf(leg.callId, 'call-ended')).map((event) => event.reason))
      .toEqual(['connection-lost']);
  });

  it('comes at once, with a call-back, when there is no chart', async () => {
    const leg = constellation.call('call-without-chart');
    leg.start('nobody');
    await leg.until(() => leg.all('hangUp').length === 1);
    expect(leg.spoken).toEqual([approvedPhrases.noRecord]);
    expect(constellation.primary.inputs).toHaveLength(0);
    await ended(leg, 'agent-hung-up');
  });
});

describe('a stream that breaks the contract', () => {
  it('is refused when it does not begin with call_started', async () => {
    const leg = constellation.call('call-unstarted');
    leg.says('hello');
    await leg.until(() => leg.ended);
    expect(leg.error?.message).toContain('CONVERSATION_PROTOCOL');
  });

  it('is refused when it takes the name of another call', async () => {
    const first = await answeredCall();
    const second = constellation.call(first.callId);
    second.start();
    await second.until(() => second.ended);
    expect(second.error?.message).toContain('CONVERSATION_PROTOCOL');
    await ended(first);
    expect((await replay(first.callId, constellation.calls)).digestMatches).toBe(true);
  });
});

describe('a cough over the agent', () => {
  it('does not swallow words that were not answered yet', async () => {
    const leg = await answeredCall();
    constellation.primary.answer = () => saying('I hear you.');
    constellation.specialist('escalation').behave = async ({ pass }) => {
      if (pass === Pass.HEARD) await new Promise((resolve) => setTimeout(resolve, 300));
      return {};
    };
    leg.says('my chest hurts');
    await leg.until(() => leg.spoken.at(-1) === approvedPhrases.holding);
    leg.send({ $case: 'bargeIn', value: { sentenceId: '1.1', playedMs: 100, yieldMs: 90 } });
    await leg.until(() => leg.all('listen').length === 2);
    expect(leg.spoken.at(-1)).toBe('I hear you.');
    await ended(leg);
  });
});

describe('the record over gRPC', () => {
  it('lists calls and reads one, with following until its end', async () => {
    const leg = await answeredCall();
    const client = new RecordClient(constellation.address, credentials.createInsecure());
    const types: string[] = [];
    const following = (async () => {
      for await (const recorded of client.readCall({ callId: leg.callId, follow: true })) {
        types.push((recorded as RecordedEvent).type);
      }
    })();
    await expect.poll(() => types).toContain('sentence-played');
    await ended(leg);
    await following;
    expect(types.at(-1)).toBe('call-ended');

    const listed = await new Promise<CallSummary[]>((resolve, reject) => {
      client.listCalls({ limit: 1 }, (error, reply) => {
        if (error) reject(error);
        else resolve(reply.calls);
      });
    });
    expect(listed).toMatchObject([{ callId: leg.callId, patientId: 'pat', endReason: 'patient-hung-up' }]);

    const unknown = (async () => {
      for await (const _event of client.readCall({ callId: 'nobody', follow: false }));
    })();
    await expect(unknown).rejects.toThrow('CALL_NOT_FOUND');
    client.close();
  });
});

describe('silence', () => {
  it('lets the primary agent speak, and counts', async () => {
    const leg = await answeredCall();
    constellation.primary.answer = () => saying('Are you still there?');
    for (const count of [1, 2]) {
      leg.send({ $case: 'silenceElapsed', value: { silenceMs: 8000 } });
      await leg.until(() => leg.all('listen').length === count + 1);
      expect(constellation.primary.inputs.at(-1)?.stimulus).toEqual({
        kind: 'silence',
        silenceMs: 8000,
        count,
      });
    }
    await ended(leg);
  });
});
