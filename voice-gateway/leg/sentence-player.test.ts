import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../platform/clock.js';
import { FRAME_MS } from '../audio/frame.js';
import type { PlayedSentence } from '../speaking/playback-ledger.js';
import { LEAD_MS, SentencePlayer, type PlayerSentence } from './sentence-player.js';
import { scriptedPace, ScriptedTransport, ScriptedVoice } from './test-doubles.js';

function setUp({ synthesisMs = 0, answersMarks = true } = {}): {
  clock: ManualClock;
  transport: ScriptedTransport;
  voice: ScriptedVoice;
  player: SentencePlayer;
  finished: PlayedSentence[];
  audible: { sentenceId: string; atMs: number }[];
} {
  const clock = new ManualClock();
  const transport = new ScriptedTransport(clock, answersMarks);
  const voice = new ScriptedVoice(clock, synthesisMs);
  const finished: PlayedSentence[] = [];
  const audible: { sentenceId: string; atMs: number }[] = [];
  const player = new SentencePlayer({
    voice,
    transport,
    clock,
    pace: scriptedPace(clock),
    events: {
      firstAudio: () => undefined,
      firstAudible: (sentenceId, atMs) => audible.push({ sentenceId, atMs }),
      finished: (played) => finished.push(played),
      wrote: () => undefined,
      flushed: () => undefined,
    },
  });
  transport.onPlayed = (mark) => player.played(mark);
  return { clock, transport, voice, player, finished, audible };
}

const sentence = (sentenceId: string, text: string, interruptible = true): PlayerSentence => ({
  sentenceId,
  text,
  interruptible,
});

/** 20 characters, so that the scripted voice says it in one second. */
const ONE_SECOND = 'twenty characters ..';

describe('sentence player', () => {
  it('puts the first frame on the wire as soon as it is synthesised, without waiting for a slot', async () => {
    const { clock, player, audible } = setUp();
    await clock.advance(7);
    player.say(sentence('s1', ONE_SECOND));
    await clock.advance(0);
    expect(audible).toEqual([{ sentenceId: 's1', atMs: 7 }]);
  });

  it('never supplies the far side further ahead than the lead', async () => {
    const { clock, transport, player } = setUp();
    player.say(sentence('s1', ONE_SECOND));
    for (let n = 0; n < 60; n++) {
      await clock.advance(FRAME_MS);
      expect(transport.aheadMs).toBeLessThanOrEqual(LEAD_MS);
    }
    expect(transport.written).toHaveLength(1_000 / FRAME_MS);
  });

  it('reports a sentence as played when the mark behind it comes back', async () => {
    const { clock, player, finished } = setUp();
    player.say(sentence('s1', ONE_SECOND));
    await clock.advance(990);
    expect(finished).toEqual([]);
    await clock.advance(30);
    expect(finished).toMatchObject([
      { sentenceId: 's1', playedText: ONE_SECOND, playedMs: 1_000, complete: true },
    ]);
  });

  it('reports it too when the far side never returns a mark', async () => {
    const { clock, player, finished } = setUp({ answersMarks: false });
    player.say(sentence('s1', ONE_SECOND));
    await clock.advance(3_100);
    expect(finished).toMatchObject([{ sentenceId: 's1', complete: true }]);
  });

  it('plays sentences in order without a gap, the next one synthesised meanwhile', async () => {
    const { clock, transport, player, finished } = setUp({ synthesisMs: 300 });
    player.say(sentence('s1', ONE_SECOND));
    player.say(sentence('s2', ONE_SECOND));
    await clock.advance(2_400);
    expect(finished.map((played) => played.sentenceId)).toEqual(['s1', 's2']);
    const times = transport.written.map((write) => write.atMs);
    expect(times.at(-1)).toBeLessThanOrEqual(300 + 2_000);
  });

  it('cuts: takes back what was not heard and tells how much was', async () => {
    const { clock, transport, player } = setUp();
    player.say(sentence('s1', 'one two three four five six seven eight'));
    player.say(sentence('s2', ONE_SECOND));
    await clock.advance(1_000);
    const played = player.cut(() => false);
    expect(transport.flushedAtMs).toEqual([1_000]);
    expect(played[0]).toMatchObject({ sentenceId: 's1', complete: false });
    expect(played[0]?.playedMs).toBeGreaterThan(900);
    expect(played[0]?.playedMs).toBeLessThanOrEqual(1_000);
    expect('one two three four five six seven eight').toContain(played[0]?.playedText);
    expect(played[0]?.playedText).not.toBe('');
    expect(played[1]).toMatchObject({ sentenceId: 's2', playedMs: 0, playedText: '', complete: false });
    const framesBefore = transport.written.length;
    await clock.advance(1_000);
    expect(transport.written).toHaveLength(framesBefore);
  });

  it('plays on at once, from its beginning, what a cut keeps', async () => {
    const { clock, player, finished } = setUp();
    player.say(sentence('s1', ONE_SECOND));
    player.say(sentence('emergency', ONE_SECOND, false));
    await clock.advance(960);
    expect(player.cut(({ interruptible }) => !interruptible)).toHaveLength(1);
    await clock.advance(1_100);
    expect(finished).toMatchObject([{ sentenceId: 'emergency', playedMs: 1_000, complete: true }]);
  });

  it('is not misled by marks that a cleared buffer returns', async () => {
    const { clock, player, finished } = setUp();
    player.say(sentence('s1', ONE_SECOND));
    await clock.advance(500);
    player.cut(() => false);
    player.say(sentence('s1-again', ONE_SECOND));
    await clock.advance(200);
    expect(finished).toEqual([]);
    await clock.advance(900);
    expect(finished).toMatchObject([{ sentenceId: 's1-again', complete: true }]);
  });

  it('lets no interruptible sentence begin while the floor is held, and begins when it is freed', async () => {
    const { clock, player, audible } = setUp();
    player.holdFloor(true);
    player.say(sentence('s1', ONE_SECOND));
    await clock.advance(500);
    expect(audible).toEqual([]);
    player.holdFloor(false);
    expect(audible).toEqual([{ sentenceId: 's1', atMs: 500 }]);
  });

  it('says an emergency instruction although the floor is held', async () => {
    const { clock, player, audible } = setUp();
    player.holdFloor(true);
    player.say(sentence('emergency', ONE_SECOND, false));
    await clock.advance(100);
    expect(audible.map((each) => each.sentenceId)).toEqual(['emergency']);
  });

  it('reports a sentence that cannot be synthesised as not played, and goes on', async () => {
    const { clock, player, finished } = setUp();
    player.say(sentence('s1', '[broken]'));
    player.say(sentence('s2', ONE_SECOND));
    await clock.advance(1_200);
    expect(finished).toMatchObject([
      { sentenceId: 's1', playedText: '', playedMs: 0, complete: false },
      { sentenceId: 's2', complete: true },
    ]);
  });

  it('reports a sentence whose later clause fails as incomplete', async () => {
    const { clock, player, finished } = setUp();
    player.say(sentence('s1', 'The first clause, [broken]'));
    await clock.advance(2_000);
    expect(finished).toMatchObject([{ sentenceId: 's1', playedText: 'The first clause,', complete: false }]);
  });

  it('gives up a synthesis that hangs, and goes on', async () => {
    const { clock, player, finished } = setUp();
    player.say(sentence('s1', '[never]'));
    player.say(sentence('s2', ONE_SECOND));
    await clock.advance(12_000);
    expect(finished.map(({ sentenceId, complete }) => [sentenceId, complete])).toEqual([
      ['s1', false],
      ['s2', true],
    ]);
  });

  it('does not make up a stretch in which the process stood still', async () => {
    const clock = new ManualClock();
    const transport = new ScriptedTransport(clock, false);
    let slot = (): void => undefined;
    const player = new SentencePlayer({
      voice: new ScriptedVoice(clock),
      transport,
      clock,
      pace: (onSlot) => {
        slot = () => onSlot({ index: 0, skipped: 0, dueMs: clock.nowMs(), nowMs: clock.nowMs() });
        return () => undefined;
      },
      events: {
        firstAudio: () => undefined,
        firstAudible: () => undefined,
        finished: () => undefined,
        wrote: () => undefined,
        flushed: () => undefined,
      },
    });
    player.say(sentence('s1', ONE_SECOND));
    await clock.advance(500);
    const before = transport.written.length;
    slot();
    expect(transport.written.length - before).toBe(LEAD_MS / FRAME_MS);
  });

  it('is silent after close', async () => {
    const { clock, transport, player, finished } = setUp();
    player.say(sentence('s1', ONE_SECOND));
    await clock.advance(200);
    player.close();
    const before = transport.written.length;
    await clock.advance(2_000);
    expect(transport.written).toHaveLength(before);
    expect(finished).toEqual([]);
  });
});
