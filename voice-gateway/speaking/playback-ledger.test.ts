import { describe, expect, it } from 'vitest';
import {
  addMark,
  closeSentence,
  confirmMark,
  emptyLedger,
  flush,
  playedNow,
  progress,
  queueClause,
  sendSamples,
  unsentSamples,
  type PlaybackLedger,
} from './playback-ledger.js';

const FRAME = 320;
const SECOND = 16_000;

/** One sentence of two clauses, 1 s and 2 s, the last 0.25 s of it pause. */
const queued = (ledger: PlaybackLedger = emptyLedger(), sentenceId = 's1'): PlaybackLedger =>
  queueClause(
    queueClause(ledger, { sentenceId, text: 'Please take it,', sampleCount: SECOND, last: false }),
    {
      sentenceId,
      text: 'twice a day with your meals.',
      sampleCount: 2 * SECOND,
      speechSamples: 1.75 * SECOND,
      last: true,
    },
  );

/** Sends frames at 20 ms each, from a time on. */
const paced = (ledger: PlaybackLedger, fromMs: number, frames: number): PlaybackLedger => {
  let next = ledger;
  for (let n = 0; n < frames; n++) next = sendSamples(next, FRAME, fromMs + 20 * n);
  return next;
};

describe('the playback ledger', () => {
  it('says that nothing was played of what was only queued', () => {
    const { played, ledger } = flush(queued(), 10_000);
    expect(played).toEqual([
      { sentenceId: 's1', playedText: '', playedMs: 0, playedSamples: 0, complete: false },
    ]);
    expect(unsentSamples(ledger)).toBe(0);
  });

  it('counts what is left to send', () => {
    const ledger = queued(queued(), 's2');
    expect(unsentSamples(ledger)).toBe(6 * SECOND);
    expect(unsentSamples(sendSamples(ledger, SECOND, 0))).toBe(5 * SECOND);
    expect(unsentSamples(sendSamples(ledger, 99 * SECOND, 0))).toBe(0);
  });

  it('bounds by the wall clock what was sent ahead of time', () => {
    const sentAtOnce = sendSamples(queued(), 3 * SECOND, 1_000);
    expect(playedNow(sentAtOnce, 's1', 1_500)?.playedMs).toBe(500);
    expect(playedNow(sentAtOnce, 's1', 60_000)?.playedMs).toBe(3_000);
  });

  it('never counts more than was sent', () => {
    const ledger = paced(queued(), 0, 10);
    expect(playedNow(ledger, 's1', 5_000)?.playedMs).toBe(200);
  });

  it('starts counting afresh after the far end ran dry', () => {
    const first = paced(queued(), 0, 50); // 1 s, played until 1,000
    const second = paced(first, 3_000, 50); // synthesis was late
    expect(playedNow(second, 's1', 2_000)?.playedMs).toBe(1_000);
    expect(playedNow(second, 's1', 3_500)?.playedMs).toBe(1_500);
  });

  it('learns the delay of the line from a mark and holds to the last confirmed one', () => {
    const { ledger, name } = addMark(paced(queued(), 0, 25)); // 500 ms of audio
    expect(name).toBe('s1:500');
    const answered = confirmMark(paced(ledger, 500, 25), name, 650); // 150 ms later than without delay
    expect(answered.delayMs).toBe(150);
    expect(playedNow(answered, 's1', 650)?.playedMs).toBe(500);
    expect(playedNow(answered, 's1', 850)?.playedMs).toBe(700);
    expect(playedNow(answered, 's1', 9_000)?.playedMs).toBe(1_000); // no more was sent
  });

  it('is finished when the last mark comes back, with its whole text', () => {
    const { ledger, name } = addMark(paced(queued(), 0, 150));
    expect(progress(ledger, 3_100).finished).toEqual([]);
    const after = progress(confirmMark(ledger, name, 3_120), 3_120);
    expect(after.finished).toEqual([
      {
        sentenceId: 's1',
        playedText: 'Please take it, twice a day with your meals.',
        playedMs: 3_000,
        playedSamples: 3 * SECOND,
        complete: true,
      },
    ]);
    expect(after.ledger.sentences).toEqual([]);
  });

  it('takes a mark that never comes back for lost, not for an endless sentence', () => {
    const { ledger } = addMark(paced(queued(), 0, 150));
    expect(progress(ledger, 4_900).finished).toEqual([]);
    expect(progress(ledger, 5_001).finished).toMatchObject([{ sentenceId: 's1', complete: true }]);
  });

  it('goes by the clock where the far end sends no marks', () => {
    const ledger = paced(queued(emptyLedger({ confirmation: 'clock', assumedDelayMs: 60 })), 0, 150);
    expect(progress(ledger, 3_050).finished).toEqual([]);
    expect(progress(ledger, 3_060).finished).toMatchObject([{ complete: true }]);
  });

  it('says once that a sentence has begun', () => {
    const first = progress(paced(queued(), 0, 5), 0);
    expect(first.started).toEqual([]); // sent, not yet heard
    const second = progress(first.ledger, 30);
    expect(second.started).toEqual(['s1']);
    expect(progress(second.ledger, 60).started).toEqual([]);
  });

  it('does not finish a sentence whose later clauses are still being made', () => {
    const open = queueClause(emptyLedger({ confirmation: 'clock' }), {
      sentenceId: 's1',
      text: 'Please take it,',
      sampleCount: FRAME,
      last: false,
    });
    const sent = sendSamples(open, FRAME, 0);
    expect(progress(sent, 5_000).finished).toEqual([]);
    expect(progress(closeSentence(sent, 's1'), 5_000).finished).toMatchObject([
      { playedText: 'Please take it,' },
    ]);
  });

  it('does not take a mark that a cleared buffer returns for heard', () => {
    const { ledger, name } = addMark(paced(queued(), 0, 150));
    const flushed = flush(ledger, 1_200);
    expect(flushed.played).toMatchObject([
      { playedMs: 1_200, complete: false, playedText: 'Please take it,' },
    ]);
    const late = confirmMark(flushed.ledger, name, 1_250);
    expect(late).toBe(flushed.ledger);
    expect(progress(late, 9_000)).toMatchObject({ started: [], finished: [] });
  });

  it('does not take an old mark of a sentence that goes on after a false alarm for a new one', () => {
    const { ledger, name } = addMark(paced(queued(), 0, 50));
    const again = queueClause(flush(ledger, 200).ledger, {
      sentenceId: 's1',
      text: 'take it,',
      sampleCount: SECOND,
      last: true,
    });
    const marked = addMark(paced(again, 500, 50));
    expect(name).toBe('s1:1000');
    expect(marked.name).toBe('s1:1000#1');
    const confirmed = confirmMark(marked.ledger, name, 520);
    expect(progress(confirmed, 530).finished).toEqual([]);
    expect(playedNow(confirmed, 's1', 700)?.playedMs).toBe(200);
  });

  it('answers for every sentence of a flush: played, cut, and never begun', () => {
    let ledger = queueClause(emptyLedger(), {
      sentenceId: 'a',
      text: 'Thank you.',
      sampleCount: SECOND,
      last: true,
    });
    ledger = queued(ledger, 'b');
    ledger = queueClause(ledger, { sentenceId: 'c', text: 'Goodbye.', sampleCount: SECOND, last: true });
    const { played } = flush(paced(ledger, 0, 125), 2_500);
    expect(played.map(({ sentenceId, playedMs, complete }) => [sentenceId, playedMs, complete])).toEqual([
      ['a', 1_000, true],
      ['b', 1_500, false],
      ['c', 0, false],
    ]);
    expect(played[1]?.playedText).toBe('Please take it, twice a');
  });

  it('counts a sentence as complete when only its pause was cut', () => {
    const { played } = flush(paced(queued(), 0, 150), 2_800);
    expect(played).toMatchObject([
      { complete: true, playedText: 'Please take it, twice a day with your meals.' },
    ]);
  });

  it('ignores marks it never sent', () => {
    const ledger = paced(queued(), 0, 10);
    expect(confirmMark(ledger, 's9:100', 50)).toBe(ledger);
    expect(confirmMark(ledger, '', 50)).toBe(ledger);
  });

  it('takes an earlier mark as answered by a later one', () => {
    const first = addMark(paced(queued(), 0, 10));
    const second = addMark(paced(first.ledger, 200, 10));
    const confirmed = confirmMark(second.ledger, second.name, 420);
    expect(confirmed.outstandingMarks).toEqual([]);
    expect(confirmMark(confirmed, first.name, 430)).toBe(confirmed);
  });

  it('stays small in a long sentence with late frames', () => {
    let ledger = queueClause(emptyLedger(), {
      sentenceId: 's1',
      text: 'long',
      sampleCount: 60 * SECOND,
      last: true,
    });
    for (let n = 0; n < 3_000; n++) {
      ledger = sendSamples(ledger, FRAME, 20 * n + (n % 7));
      if (n % 10 === 9) {
        const marked = addMark(ledger);
        ledger = confirmMark(marked.ledger, marked.name, 20 * n + 60);
      }
    }
    expect(ledger.runs.length).toBeLessThan(20);
    expect(playedNow(ledger, 's1', 61_000)?.playedMs).toBe(60_000);
  });
});
