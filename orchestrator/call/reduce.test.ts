import { describe, expect, it } from 'vitest';
import { AwaitedAnswer, Utterance } from '../../protos/generated/asterism/v1/hearing.js';
import {
  Disposition,
  ItemProgress,
  Pass,
  Review,
  Verdict,
  Verification,
} from '../../protos/generated/asterism/v1/specialist.js';
import { canonicalJson, digest } from './digest.js';
import { callEvent, type CallEvent, type LoggedEvent } from './events.js';
import { initialState, reduce } from './reduce.js';
import { fold } from './replay.js';
import type { CallState } from './state.js';

const fact = {
  kind: 'vital',
  subjects: ['body weight'],
  severity: 'high',
  text: 'Up 5 lb.',
  citation: 'AHA 2022',
};

/** One of every kind of event, as a call could have them. */
const oneOfEach: readonly CallEvent[] = [
  {
    type: 'call-started',
    callId: 'c',
    patientId: 'pat',
    protocolId: 'heart-failure-discharge',
    transport: 'pcm',
    localDate: '2026-11-25',
    versions: { asterism: '1' },
    specialists: [{ specialist: 'medication', gate: true }],
  },
  { type: 'sentence-drafted', turnId: '0', sentenceId: '0.1', text: 'Hello.' },
  {
    type: 'sentence-released',
    turnId: '0',
    sentenceId: '0.1',
    text: 'Hello.',
    interruptible: true,
    source: 'draft',
  },
  {
    type: 'sentence-played',
    sentenceId: '0.1',
    mediaMs: 900,
    playedText: 'Hello.',
    playedMs: 700,
    complete: true,
  },
  {
    type: 'listening-changed',
    turnId: '0',
    awaited: AwaitedAnswer.NUMBER,
    vocabulary: ['lisinopril'],
    patience: 1.5,
  },
  {
    type: 'utterance-heard',
    turnId: '1',
    mediaMs: 3000,
    utterance: Utterance.fromPartial({
      utteranceId: 'u1',
      text: '187 pounds',
      confidence: 0.8,
      endedMs: 2800,
      words: [{ text: '187', confidence: 0.7, alternatives: [{ text: '178', confidence: 0.2 }] }],
    }),
    endOfTurnReason: 'smart-turn',
  },
  {
    type: 'review-given',
    turnId: '1',
    pass: Pass.HEARD,
    sentenceId: '',
    specialist: 'labs-vitals',
    gate: true,
    status: 'answered',
    review: Review.fromPartial({
      specialist: 'labs-vitals',
      verdict: Verdict.SAY,
      say: 'A nurse will call you today.',
      disposition: Disposition.SAME_DAY,
      facts: [fact],
      entities: [{ kind: 'vital', heard: '187', name: 'body weight', value: 187, unit: '[lb_av]' }],
    }),
    elapsedMs: 1.5,
  },
  {
    type: 'decision-made',
    turnId: '1',
    pass: Pass.HEARD,
    sentenceId: '',
    verdict: Verdict.ASK,
    disposition: Disposition.SAME_DAY,
    winner: 'medication',
    losers: [{ specialist: 'labs-vitals', verdict: Verdict.SAY, reason: 'weight' }],
    unansweredGates: [],
    elapsedMs: 2,
  },
  { type: 'findings-noted', turnId: '1', specialist: 'labs-vitals', facts: [fact] },
  {
    type: 'verification-changed',
    turnId: '1',
    verification: Verification.VERIFIED,
    reason: 'two identifiers',
  },
  { type: 'recording-consent', turnId: '1', granted: true },
  { type: 'item-changed', turnId: '1', itemId: 'weight', status: 'done', value: { pounds: 187 } },
  { type: 'item-changed', turnId: '1', itemId: 'swelling', status: 'asked', value: {} },
  { type: 'primary-moved', turnId: '1', position: { step: 4, stack: ['weight'] } },
  { type: 'sentence-drafted', turnId: '1', sentenceId: '1.1', text: 'Did you say metoprolol?' },
  {
    type: 'sentence-released',
    turnId: '1',
    sentenceId: '1.1',
    text: 'Did you say metoprolol?',
    interruptible: true,
    source: 'review',
  },
  { type: 'barged-in', sentenceId: '1.1', mediaMs: 5000, playedMs: 400, yieldMs: 180 },
  {
    type: 'sentence-played',
    sentenceId: '1.1',
    mediaMs: 5000,
    playedText: 'Did you',
    playedMs: 400,
    complete: false,
  },
  { type: 'sentence-drafted', turnId: '1', sentenceId: '1.2', text: 'Unsaid.' },
  { type: 'sentence-withheld', turnId: '1', sentenceId: '1.2', reason: 'the patient spoke first' },
  {
    type: 'turn-timed',
    utteranceId: 'u1',
    endOfTurnMs: 200,
    finalTextMs: 300,
    responseMs: 10,
    firstAudioMs: 150,
    voiceToVoiceMs: 500,
  },
  { type: 'dtmf-received', turnId: '2', mediaMs: 6000, digit: '0' },
  { type: 'silence-elapsed', turnId: '3', mediaMs: 14000, silenceMs: 8000 },
  {
    type: 'escalation-raised',
    turnId: '3',
    specialist: 'escalation',
    disposition: Disposition.URGENT_NURSE,
    reason: 'breathless',
  },
  { type: 'nurse-task-added', turnId: '3', reason: 'weight gain', disposition: Disposition.SAME_DAY },
  {
    type: 'omissions-noted',
    items: [{ itemId: 'weight', topic: 'your weight', progress: ItemProgress.ASKED }],
  },
  { type: 'specialist-lost', specialist: 'medication', gate: true, detail: 'gone' },
  {
    type: 'job-started',
    turnId: '3',
    specialist: 'medication',
    jobId: 'list',
    sentenceId: '',
    reason: 'twelve medicines',
    disposition: Disposition.NONE,
  },
  { type: 'job-progressed', specialist: 'medication', jobId: 'list', progress: 0.5 },
  {
    type: 'job-ended',
    specialist: 'medication',
    jobId: 'list',
    status: 'answered',
    review: Review.fromPartial({ specialist: 'medication', verdict: Verdict.SAY, say: 'All of them fit.' }),
    elapsedMs: 900,
  },
  {
    type: 'follow-up-due',
    turnId: '3',
    specialist: 'nutrition',
    sentenceId: '0.1',
    review: Review.fromPartial({ specialist: 'nutrition', verdict: Verdict.REWRITE, say: 'Less salt.' }),
  },
  { type: 'specialist-back', specialist: 'medication' },
  { type: 'hang-up-requested', turnId: '3', reason: 'completed' },
  { type: 'transfer-requested', turnId: '3', destination: 'nurse-line', sbar: 'Situation: …' },
  { type: 'record-written', written: true, resources: 8, posted: true, detail: '' },
  { type: 'call-ended', reason: 'agent-hung-up', outcome: 'completed', stateDigest: 'x' },
];

function after(...events: readonly CallEvent[]): CallState {
  return events.reduce(reduce, initialState('c'));
}

function released(turnId: string, sentenceId: string, source: 'draft' | 'holding' = 'draft'): CallEvent {
  return { type: 'sentence-released', turnId, sentenceId, text: 'Words.', interruptible: true, source };
}

function played(sentenceId: string, mediaMs: number, playedText = 'Words.'): CallEvent {
  return {
    type: 'sentence-played',
    sentenceId,
    mediaMs,
    playedText,
    playedMs: 1,
    complete: playedText === 'Words.',
  };
}

function heard(turnId: string, endedMs: number): CallEvent {
  const utterance = Utterance.fromPartial({ text: `said in ${turnId}`, endedMs });
  return {
    type: 'utterance-heard',
    turnId,
    mediaMs: endedMs + 300,
    utterance,
    endOfTurnReason: 'smart-turn',
  };
}

function decided(turnId: string, parts: Partial<Extract<CallEvent, { type: 'decision-made' }>>): CallEvent {
  return {
    type: 'decision-made',
    turnId,
    pass: Pass.HEARD,
    sentenceId: '',
    verdict: Verdict.PASS,
    disposition: Disposition.NONE,
    winner: '',
    losers: [],
    unansweredGates: [],
    elapsedMs: 1,
    ...parts,
  };
}

describe('the fold', () => {
  it('knows every kind of event', () => {
    const kinds = new Set(oneOfEach.map((event) => event.type));
    expect([...kinds].sort()).toEqual(callEvent.options.map((option) => option.shape.type.value).sort());
  });

  it('gives the same state from events that went through JSON and the schema', () => {
    let live = initialState('c');
    let restored = initialState('c');
    for (const event of oneOfEach) {
      live = reduce(live, event);
      restored = reduce(restored, callEvent.parse(JSON.parse(JSON.stringify(event))));
      expect(digest(restored)).toBe(digest(live));
    }
    expect(restored).toEqual(live);
  });

  it('does not change the state it was given', () => {
    let state = initialState('c');
    for (const event of oneOfEach) {
      const before = canonicalJson(state);
      const next = reduce(state, event);
      expect(canonicalJson(state)).toBe(before);
      state = next;
    }
  });

  it('holds what a whole call left behind', () => {
    const state = after(...oneOfEach);
    expect(state).toMatchObject({
      patientId: 'pat',
      verification: Verification.VERIFIED,
      recordingConsented: true,
      askedItemId: 'swelling',
      position: { step: 4, stack: ['weight'] },
      disposition: Disposition.URGENT_NURSE,
      silences: 1,
      listening: { awaited: AwaitedAnswer.NUMBER, vocabulary: ['lisinopril'], patience: 1.5 },
      ended: { reason: 'agent-hung-up', outcome: 'completed' },
    });
    expect(state.items['weight']).toEqual({
      itemId: 'weight',
      status: 'done',
      value: { pounds: 187 },
      evidence: ['1'],
    });
  });
});

describe('the transcript', () => {
  it('holds what was played, not what was meant', () => {
    const state = after(
      released('0', '0.1'),
      played('0.1', 500, 'Wor'),
      released('0', '0.2'),
      played('0.2', 500, ''),
    );
    expect(state.transcript.map((line) => line.text)).toEqual(['Wor']);
    expect(state.sentences['0.1']).toMatchObject({ status: 'cut', playedText: 'Wor', text: 'Words.' });
  });

  it('is in media order although the ends of sentences are reported late', () => {
    const state = after(released('0', '0.1'), heard('1', 2000), played('0.1', 1500), heard('2', 4000));
    expect(state.transcript.map((line) => line.mediaMs)).toEqual([1500, 2000, 4000]);
  });

  it('ignores the end of a sentence that was never released', () => {
    expect(after(played('9.9', 100)).transcript).toEqual([]);
  });
});

describe('a specialist’s question', () => {
  const asks = decided('1', { verdict: Verdict.ASK, winner: 'medication' });

  it('waits for an answer only once the patient heard something of its turn', () => {
    expect(after(heard('1', 1), asks).questionOf).toBe('');
    expect(after(heard('1', 1), asks, released('1', '1.1'), played('1.1', 500)).questionOf).toBe(
      'medication',
    );
    expect(after(heard('1', 1), asks, released('1', '1.1'), played('1.1', 500, '')).questionOf).toBe('');
  });

  it('is over when the next utterance was looked at', () => {
    const asked = [heard('1', 1), asks, released('1', '1.1'), played('1.1', 500)];
    expect(after(...asked, heard('2', 900)).questionOf).toBe('medication');
    expect(after(...asked, heard('2', 900), decided('2', {})).questionOf).toBe('');
  });
});

describe('turns that could not be checked', () => {
  const silent = (turnId: string, sentenceId = ''): CallEvent =>
    decided(turnId, { unansweredGates: ['medication'], verdict: Verdict.BLOCK, sentenceId });

  it('are counted once each, in a row, and a spoken answer ends the row', () => {
    expect(after(silent('1'), silent('1', '1.1')).uncheckedTurns).toBe(1);
    expect(after(silent('1'), silent('2')).uncheckedTurns).toBe(2);
    expect(after(silent('1'), released('2', '2.1'), silent('3')).uncheckedTurns).toBe(1);
  });

  it('are not ended by a holding phrase', () => {
    expect(after(silent('1'), released('1', '1.1', 'holding'), silent('2')).uncheckedTurns).toBe(2);
  });
});

describe('replaying', () => {
  const logged = (events: readonly CallEvent[]): LoggedEvent[] =>
    events.map((event, index) => ({ sequence: index + 1, recordedAtMs: 0, event }));

  it('says whether the log gives the state that the call saw', () => {
    const events = oneOfEach.slice(0, -1);
    const stateDigest = digest(after(...events));
    const end = { type: 'call-ended' as const, reason: 'x', outcome: 'completed' as const };
    expect(fold('c', logged([...events, { ...end, stateDigest }])).digestMatches).toBe(true);
    expect(fold('c', logged([...events.slice(1), { ...end, stateDigest }])).digestMatches).toBe(false);
    expect(fold('c', logged(events)).digestMatches).toBeUndefined();
  });

  it('refuses a log with a gap', () => {
    const [first, second, third] = logged(oneOfEach);
    if (!first || !second || !third) throw new Error('too few events');
    expect(() => fold('c', [first, third])).toThrow('RECORD_CORRUPT: event 2');
  });
});

describe('canonical JSON', () => {
  it.each([
    ['key order', { b: 1, a: [2, { d: 3, c: 4 }] }, '{"a":[2,{"c":4,"d":3}],"b":1}'],
    ['undefined members', { a: undefined, b: null }, '{"b":null}'],
    ['undefined elements', [undefined, 1], '[null,1]'],
    ['text', 'it’s "so"', '"it’s \\"so\\""'],
  ])('does not depend on %s', (_what, value, json) => {
    expect(canonicalJson(value)).toBe(json);
  });
});
