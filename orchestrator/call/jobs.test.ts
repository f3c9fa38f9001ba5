import { describe, expect, it } from 'vitest';
import { Disposition, Review, Verdict } from '../../protos/generated/asterism/v1/specialist.js';
import { PATIENT_SPOKE_FIRST, type CallEvent } from './events.js';
import { dueFollowUps, jobOf, runningJobs } from './jobs.js';
import { initialState, reduce } from './reduce.js';
import type { CallState } from './state.js';

const { PASS, ADVISE, SAY, ASK, REWRITE, BLOCK, ESCALATE } = Verdict;

function review(verdict: Verdict, say = '', more: Partial<Review> = {}): Review {
  return Review.fromPartial({ specialist: 'medication', verdict, say, reason: 'two of a kind', ...more });
}

const started = (sentenceId = '', jobId = 'list'): CallEvent => ({
  type: 'job-started',
  turnId: '1',
  specialist: 'medication',
  jobId,
  sentenceId,
  reason: 'twelve medicines',
  disposition: Disposition.NONE,
});
const ended = (result?: Review, jobId = 'list'): CallEvent => ({
  type: 'job-ended',
  specialist: 'medication',
  jobId,
  status: result ? 'answered' : 'failed',
  review: result,
  elapsedMs: 10,
});
const late = (result: Review, sentenceId: string): CallEvent => ({
  type: 'follow-up-due',
  turnId: '1',
  specialist: result.specialist,
  sentenceId,
  review: result,
});
const drafted = (sentenceId: string, text: string): CallEvent => ({
  type: 'sentence-drafted',
  turnId: '1',
  sentenceId,
  text,
});
const released = (sentenceId: string, text: string): CallEvent => ({
  type: 'sentence-released',
  turnId: '1',
  sentenceId,
  text,
  interruptible: true,
  source: 'draft',
});
const played = (sentenceId: string, playedText: string): CallEvent => ({
  type: 'sentence-played',
  sentenceId,
  mediaMs: 1,
  playedText,
  playedMs: 1,
  complete: true,
});
const withheld = (sentenceId: string, reason: string): CallEvent => ({
  type: 'sentence-withheld',
  turnId: '1',
  sentenceId,
  reason,
});

function after(...events: readonly CallEvent[]): CallState {
  return events.reduce(reduce, initialState('c'));
}

describe('long work', () => {
  it('runs from its start to its end', () => {
    expect(runningJobs(after(started()))).toHaveLength(1);
    const progressed = after(started(), {
      type: 'job-progressed',
      specialist: 'medication',
      jobId: 'list',
      progress: 0.5,
    });
    expect(jobOf(progressed, 'medication', 'list')?.progress).toBe(0.5);
    expect(runningJobs(after(started(), ended()))).toEqual([]);
  });

  it('begins once under one name, and ends once', () => {
    expect(after(started(), started()).jobs).toHaveLength(1);
    expect(after(started(), started('', 'other')).jobs).toHaveLength(2);
    const twice = after(started(), ended(review(SAY, 'First.')), ended(review(SAY, 'Second.')));
    expect(dueFollowUps(twice).map(({ review: { say } }) => say)).toEqual(['First.']);
    expect(after(ended(review(SAY, 'Never begun.'))).followUps).toEqual([]);
  });
});

describe('what the patient hears of a result', () => {
  it.each<[string, readonly CallEvent[], readonly string[]]>([
    ['nothing to say', [started(), ended(review(PASS))], []],
    ['a hint', [started(), ended(review(ADVISE, 'A hint.'))], []],
    ['no result', [started(), ended()], []],
    [
      'words about what the patient said',
      [started(), ended(review(SAY, 'Two of them are the same.'))],
      ['I looked at your whole list of medicines. Two of them are the same.'],
    ],
    [
      'words that say themselves what was done',
      [started(), ended(review(SAY, 'I compared your medicines. All of them fit.'))],
      ['I compared your medicines. All of them fit.'],
    ],
    [
      'a question',
      [started(), ended(review(ASK, 'Do you still take both?'))],
      ['I looked at your whole list of medicines. Do you still take both?'],
    ],
    [
      'a nurse today',
      [
        started(),
        ended(review(ESCALATE, 'A nurse will call you today.', { disposition: Disposition.SAME_DAY })),
      ],
      ['I looked at your whole list of medicines. A nurse will call you today.'],
    ],
    [
      'an emergency, which waits for no turn',
      [started(), ended(review(ESCALATE, 'Call 911 now.', { disposition: Disposition.CALL_911 }))],
      [],
    ],
    [
      'another specialist’s words',
      [
        { ...started(), specialist: 'policy' } as CallEvent,
        {
          ...ended(review(SAY, 'Visiting ends at eight.', { specialist: 'policy' })),
          specialist: 'policy',
        } as CallEvent,
      ],
      ['I have checked something for you. Visiting ends at eight.'],
    ],
    [
      'a rewrite of a sentence that was heard',
      [
        released('1.1', 'Take both.'),
        started('1.1'),
        played('1.1', 'Take both.'),
        ended(review(REWRITE, 'Take one.')),
      ],
      ['I need to correct something I said earlier. Take one.'],
    ],
    [
      'a rewrite of a sentence of which nothing was heard',
      [released('1.1', 'Take both.'), started('1.1'), played('1.1', ''), ended(review(REWRITE, 'Take one.'))],
      [],
    ],
    [
      'a block without other words',
      [released('1.1', 'Take both.'), played('1.1', 'Take'), late(review(BLOCK), '1.1')],
      [
        'I need to correct something I said earlier. I am no longer sure that it was right. Please wait until a nurse has gone over it with you before you act on it.',
      ],
    ],
    ['a block of nothing that was said', [late(review(BLOCK), '')], []],
    [
      'late words of a monitor',
      [late(review(SAY, 'That soup is salty.', { specialist: 'nutrition' }), '')],
      ['I want to add something. That soup is salty.'],
    ],
  ])('%s', (_, events, expected) => {
    expect(dueFollowUps(after(...events)).map(({ text }) => text)).toEqual(expected);
  });

  it('waits for the sentence that it takes back to be heard', () => {
    const before = [released('1.1', 'Take both.'), late(review(REWRITE, 'Take one.'), '1.1')];
    expect(dueFollowUps(after(...before))).toEqual([]);
    expect(dueFollowUps(after(...before, played('1.1', 'Take both.')))).toHaveLength(1);
  });

  const text = 'I looked at your whole list of medicines. All of them fit.';
  const due = [started(), ended(review(SAY, 'All of them fit.'))];

  it('is due until it is released', () => {
    expect(dueFollowUps(after(...due))).toHaveLength(1);
    expect(dueFollowUps(after(...due, released('2.1', 'Something else.')))).toHaveLength(1);
    expect(dueFollowUps(after(...due, released('2.1', text)))).toEqual([]);
  });

  it('is tried twice when it was stopped, and again whenever the patient spoke first', () => {
    const tried = (id: string, reason: string): CallEvent[] => [drafted(id, text), withheld(id, reason)];
    const once = after(...due, ...tried('2.1', 'privacy'));
    expect(dueFollowUps(once)).toHaveLength(1);
    const twice = after(...due, ...tried('2.1', 'privacy'), ...tried('3.1', 'privacy'));
    expect(twice.followUps[0]?.stage).toBe('stopped');
    const spoken = ['2', '3', '4'].flatMap((turn) => tried(`${turn}.1`, PATIENT_SPOKE_FIRST));
    expect(dueFollowUps(after(...due, ...spoken))).toHaveLength(1);
  });

  it('is due once, however often it is found', () => {
    expect(
      after(...due, started('', 'again'), ended(review(SAY, 'All of them fit.'), 'again')).followUps,
    ).toHaveLength(1);
  });
});
