import { describe, expect, it } from 'vitest';
import { Utterance } from '../../protos/generated/asterism/v1/hearing.js';
import type { PlayedSentence } from '../speaking/playback-ledger.js';
import {
  ABANDONED_MS,
  FLOOR_WITHIN_MS,
  initialLegState,
  legStep,
  SAFE_SENTENCE,
  SAFE_SENTENCE_ID,
  STOP_WITHIN_MS,
  type LegEffect,
  type LegInput,
  type LegState,
} from './leg-state.js';

/** Runs inputs from a fresh leg and gives the last state and every effect, a list per input. */
function run(...inputs: LegInput[]): { state: LegState; effects: LegEffect[][] } {
  let state = initialLegState(0);
  const effects = inputs.map((input) => {
    const step = legStep(state, input);
    state = step.state;
    return [...step.effects];
  });
  return { state, effects };
}

/** What a step did, in short: the cases of told events, and the types of other effects. */
function short(effects: readonly LegEffect[] | undefined): string[] {
  return (effects ?? []).map((effect) => {
    switch (effect.type) {
      case 'tell':
        return effect.event.$case;
      case 'hold-floor':
        return effect.held ? 'hold-floor' : 'free-floor';
      case 'end':
        return `end ${effect.reason}`;
      default:
        return effect.type;
    }
  });
}

const speak = (sentenceId: string, interruptible = true, nowMs = 1_000): LegInput => ({
  type: 'speak',
  sentenceId,
  text: `Text of ${sentenceId}.`,
  interruptible,
  nowMs,
});
const audible = (sentenceId: string, atMs = 2_000): LegInput => ({ type: 'first-audible', sentenceId, atMs });
const played = (sentenceId: string, playedMs = 1_000, complete = true): PlayedSentence => ({
  sentenceId,
  playedText: complete ? `Text of ${sentenceId}.` : 'Text',
  playedMs,
  playedSamples: playedMs * 16,
  complete,
});
const finished = (sentenceId: string, nowMs = 3_000): LegInput => ({
  type: 'finished',
  played: played(sentenceId),
  nowMs,
});
const speechStarted = (voicedAtMs: number): LegInput => ({ type: 'speech-started', voicedAtMs });
const speechEnded = (voicedUntilMs: number): LegInput => ({ type: 'speech-ended', voicedUntilMs });
const final = (text: string, at = { voicedUntilMs: 900, nowMs: 1_000 }): LegInput => ({
  type: 'heard-final',
  utterance: Utterance.fromPartial({ utteranceId: 'u1', text }),
  endOfTurnReason: 'complete',
  voicedUntilMs: at.voicedUntilMs,
  endOfTurnAtMs: at.voicedUntilMs + 60,
  finalTextAtMs: at.nowMs,
  nowMs: at.nowMs,
});
const tick = (nowMs: number): LegInput => ({ type: 'tick', nowMs });

describe('a leg when the patient speaks over the agent', () => {
  it('cuts an interruptible sentence at once', () => {
    const { effects } = run(speak('s1'), audible('s1'), speechStarted(2_500));
    expect(short(effects.at(-1))).toEqual(['speechStarted', 'cut']);
    expect(effects.at(-1)?.[1]).toMatchObject({ keepUninterruptible: true, cause: { kind: 'barge-in' } });
  });

  it('tells the barge-in with its yield, then what was played of every sentence', () => {
    const { effects, state } = run(speak('s1'), speak('s2'), audible('s1'), speechStarted(2_500), {
      type: 'taken-back',
      cause: { kind: 'barge-in', voicedAtMs: 2_500 },
      played: [played('s1', 650, false), { ...played('s2', 0, false), playedText: '' }],
      nowMs: 2_650,
    });
    expect(effects.at(-1)).toEqual([
      { type: 'tell', event: { $case: 'bargeIn', value: { sentenceId: 's1', playedMs: 650, yieldMs: 150 } } },
      {
        type: 'tell',
        event: {
          $case: 'played',
          value: { sentenceId: 's1', playedText: 'Text', playedMs: 650, complete: false, started: false },
        },
      },
      {
        type: 'tell',
        event: {
          $case: 'played',
          value: { sentenceId: 's2', playedText: '', playedMs: 0, complete: false, started: false },
        },
      },
    ]);
    expect(state.sentences).toEqual([]);
  });

  it('counts the yield from the first audible agent sample when the patient spoke first', () => {
    const { effects } = run(speak('s1'), audible('s1', 2_600), speechStarted(2_500), {
      type: 'taken-back',
      cause: { kind: 'barge-in', voicedAtMs: 2_500 },
      played: [played('s1', 50, false)],
      nowMs: 2_650,
    });
    expect(effects.at(-1)?.[0]).toMatchObject({ event: { value: { yieldMs: 50 } } });
  });

  it('tells no barge-in when the sentence had already been played whole', () => {
    const { effects } = run(speak('s1'), audible('s1'), speechStarted(2_500), {
      type: 'taken-back',
      cause: { kind: 'barge-in', voicedAtMs: 2_500 },
      played: [played('s1')],
      nowMs: 2_650,
    });
    expect(short(effects.at(-1))).toEqual(['played']);
  });

  it('goes on with a sentence that may not be interrupted', () => {
    const { effects } = run(speak('s1', false), audible('s1'), speechStarted(2_500));
    expect(short(effects.at(-1))).not.toContain('cut');
  });

  it('says its last words to the end once the call is ending', () => {
    const { effects } = run(speak('bye'), { type: 'hang-up' }, audible('bye'), speechStarted(2_500));
    expect(short(effects.at(-1))).toEqual(['speechStarted']);
  });
});

describe('a leg when the patient goes on before the answer is audible', () => {
  const waiting: LegInput[] = [final('my date of birth is'), speak('s1'), speechStarted(1_200)];

  it('holds the answer back', () => {
    expect(short(run(...waiting).effects.at(-1))).toEqual(['speechStarted', 'hold-floor']);
  });

  const further = final('March fourth', { voicedUntilMs: 2_000, nowMs: 2_300 });

  it('forgets the answer when the conversation stops it, and says the next one at once', () => {
    const { effects } = run(
      ...waiting,
      further,
      { type: 'stop' },
      { type: 'taken-back', cause: { kind: 'stopped' }, played: [played('s1', 0, false)], nowMs: 2_310 },
      speak('s2', true, 2_320),
    );
    expect(effects.slice(3).map(short)).toEqual([['heardFinal'], ['cut', 'free-floor'], ['played'], ['say']]);
  });

  it('gives the answer after all when the conversation lets it stand, as after "mm-hm"', () => {
    const { effects, state } = run(
      ...waiting,
      further,
      tick(2_300 + STOP_WITHIN_MS - 1),
      tick(2_300 + STOP_WITHIN_MS),
    );
    expect(effects.slice(3).map(short)).toEqual([['heardFinal'], [], ['free-floor']]);
    expect(state.sentences).toHaveLength(1);
  });

  it('does not hold the answer to what was heard last', () => {
    const { effects } = run(...waiting, further, speak('s2', true, 2_320));
    expect(short(effects.at(-1))).toEqual(['free-floor', 'say']);
  });

  it('gives the answer after a while when no text comes', () => {
    const { effects } = run(...waiting, speechEnded(1_500), tick(1_500 + FLOOR_WITHIN_MS));
    expect(short(effects.at(-1))).toEqual(['free-floor']);
  });

  it('lets the patient say hello before the opening', () => {
    const { effects } = run(
      speechStarted(500),
      speak('opening'),
      final('Hello?', { voicedUntilMs: 900, nowMs: 1_200 }),
      tick(1_200 + STOP_WITHIN_MS),
    );
    expect(effects.map(short)).toEqual([
      ['speechStarted'],
      ['hold-floor', 'say'],
      ['heardFinal'],
      ['free-floor'],
    ]);
  });
});

describe('a leg that measures a turn', () => {
  it('tells all figures with the first audible sample, once', () => {
    const { effects } = run(
      final('I feel fine', { voicedUntilMs: 10_000, nowMs: 10_400 }),
      speak('s1', true, 10_420),
      { type: 'first-audio', atMs: 10_600 },
      audible('s1', 10_610),
      finished('s1', 12_000),
      speak('s2', true, 12_010),
      audible('s2', 12_100),
    );
    expect(effects[3]?.[1]).toEqual({
      type: 'tell',
      atMs: 10_610,
      event: {
        $case: 'turnTiming',
        value: {
          utteranceId: 'u1',
          endOfTurnMs: 60,
          finalTextMs: 400,
          responseMs: 20,
          firstAudioMs: 180,
          voiceToVoiceMs: 610,
        },
      },
    });
    expect(short(effects[6])).toEqual(['played']);
  });

  it('does not take an older sentence for the answer', () => {
    const { effects } = run(
      speak('old'),
      { type: 'first-audio', atMs: 1_100 },
      final('wait'),
      audible('old'),
    );
    expect(short(effects.at(-1))).toEqual(['played']);
  });
});

describe('a leg in silence', () => {
  it('tells 8, 16 and 24 seconds of it, each once', () => {
    const { effects } = run(
      speak('s1'),
      audible('s1'),
      finished('s1', 3_000),
      ...[10_900, 11_000, 11_250, 19_000, 27_000, 60_000].map(tick),
    );
    const told = effects.slice(3).map(short);
    expect(told).toEqual([[], ['silenceElapsed'], [], ['silenceElapsed'], ['silenceElapsed'], []]);
  });

  it('begins to count anew when the patient has spoken', () => {
    const { effects } = run(
      speak('s1'),
      finished('s1', 3_000),
      tick(11_000),
      speechStarted(12_000),
      speechEnded(13_000),
      final('hm', { voicedUntilMs: 13_000, nowMs: 13_300 }),
      tick(20_900),
      tick(21_000),
    );
    expect(effects.slice(-2).map(short)).toEqual([[], ['silenceElapsed']]);
  });

  it('does not count a wait that was announced', () => {
    const { effects } = run(
      speak('s1'),
      finished('s1', 3_000),
      { type: 'hold', untilMs: 9_000 },
      tick(16_000),
    );
    expect(short(effects.at(-1))).toEqual([]);
  });

  it('does not count before the agent has spoken', () => {
    expect(short(run(tick(20_000)).effects[0])).toEqual([]);
  });

  it('ends a call in which nothing happens any more', () => {
    expect(short(run(tick(ABANDONED_MS)).effects[0])).toEqual(['callEnded', 'end agent-hung-up']);
  });
});

describe('a leg that ends', () => {
  it('hangs up once everything queued was played', () => {
    const { effects } = run(speak('bye'), { type: 'hang-up' }, audible('bye'), finished('bye'));
    expect(short(effects[1])).toEqual([]);
    expect(short(effects[3])).toEqual(['played', 'callEnded', 'end agent-hung-up']);
  });

  it('hangs up at once when nothing is queued', () => {
    expect(short(run({ type: 'hang-up' }).effects[0])).toEqual(['callEnded', 'end agent-hung-up']);
  });

  it('transfers after the last word', () => {
    const { effects } = run(speak('s1'), { type: 'transfer', destination: 'nurse-line' }, finished('s1'));
    expect(short(effects[2])).toEqual(['played', 'transfer', 'callEnded', 'end transferred']);
  });

  const abrupt: { name: string; input: LegInput; reason: string }[] = [
    {
      name: 'the patient hangs up',
      input: { type: 'far-side-stopped', reason: 'patient-hung-up' },
      reason: 'patient-hung-up',
    },
    {
      name: 'the connection is lost',
      input: { type: 'far-side-stopped', reason: 'connection-lost' },
      reason: 'connection-lost',
    },
    { name: 'the server stops', input: { type: 'server-stopping' }, reason: 'server-stopping' },
  ];
  it.each(abrupt)('says what was played, then why it ended, when $name', ({ input, reason }) => {
    const { effects, state } = run(speak('s1'), audible('s1'), input, {
      type: 'taken-back',
      cause: { kind: 'stopped' },
      played: [played('s1', 300, false)],
      nowMs: 2_300,
    });
    expect(short(effects[2])).toEqual(['cut']);
    expect(short(effects[3])).toEqual(['played', 'callEnded', `end ${reason}`]);
    expect(state.phase).toBe('ended');
  });

  it('does nothing any more once it has ended', () => {
    const { effects } = run({ type: 'hang-up' }, speak('late'), speechStarted(1), tick(1e6));
    expect(effects.slice(1)).toEqual([[], [], []]);
  });
});

describe('a leg that loses its conversation', () => {
  it('says the safe sentence, which nothing interrupts, and hangs up', () => {
    const { effects, state } = run(
      speak('s1'),
      audible('s1'),
      { type: 'conversation-lost', nowMs: 2_100 },
      {
        type: 'taken-back',
        cause: { kind: 'stopped' },
        played: [played('s1', 100, false)],
        nowMs: 2_100,
      },
      audible(SAFE_SENTENCE_ID),
      speechStarted(2_500),
      finished(SAFE_SENTENCE_ID),
    );
    expect(short(effects[2])).toEqual(['free-floor', 'cut', 'say']);
    expect(effects[2]?.[2]).toMatchObject({ text: SAFE_SENTENCE, interruptible: false });
    expect(short(effects[5])).toEqual(['speechStarted']);
    expect(short(effects[6])).toEqual(['played', 'callEnded', 'end agent-hung-up']);
    expect(state.conversationLost).toBe(true);
  });

  it('finishes what it was told when the conversation closes after hanging up', () => {
    const { effects } = run(
      speak('bye'),
      { type: 'hang-up' },
      { type: 'conversation-lost', nowMs: 1_100 },
      finished('bye'),
    );
    expect(short(effects[2])).toEqual([]);
    expect(short(effects[3])).toContain('end agent-hung-up');
  });
});
