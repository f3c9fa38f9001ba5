import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../platform/clock.js';
import type { GatewayCommand } from '../../protos/generated/asterism/v1/conversation.js';
import { Utterance } from '../../protos/generated/asterism/v1/hearing.js';
import { FRAME_MS, FRAME_SAMPLES } from '../audio/frame.js';
import type { CarrierControl } from '../transports/carrier-control.js';
import { CallLeg } from './call-leg.js';
import type { ConversationListener } from './conversation-link.js';
import { SAFE_SENTENCE, SAFE_SENTENCE_ID, type ToldEvent } from './leg-state.js';
import { scriptedPace, ScriptedEar, ScriptedTransport, ScriptedVoice, tone } from './test-doubles.js';

/** A call on a test's clock: the patient's frames come every 20 ms while time is moved by `pass`. */
function setUp({ synthesisMs = 100 } = {}): ReturnType<typeof build> {
  return build(synthesisMs);
}

function build(synthesisMs: number) {
  const clock = new ManualClock();
  const transport = new ScriptedTransport(clock);
  const voice = new ScriptedVoice(clock, synthesisMs);
  const told: { event: ToldEvent; mediaMs: number }[] = [];
  const order: string[] = [];
  const recorded: { side: string; mediaMs: number }[] = [];
  let ear: ScriptedEar | undefined;
  let listener: ConversationListener | undefined;
  let finished = false;
  const carrier: CarrierControl = {
    hangUp: (carrierCallId) => Promise.resolve(void order.push(`hang up ${carrierCallId}`)),
    transfer: (carrierCallId, destination) => {
      order.push(`transfer ${carrierCallId} to ${destination}`);
      return Promise.resolve(true);
    },
  };
  const leg = new CallLeg({
    callId: 'call-1',
    meta: { transport: 'twilio', carrierCallId: 'CA1', patientId: 'p1', protocolId: '', token: '' },
    transport: Object.assign(transport, {
      close: (reason: string) => {
        if (!order.includes(`close ${reason}`)) order.push(`close ${reason}`);
      },
    }),
    createEar: (events) => (ear = new ScriptedEar(events)),
    voice,
    openConversation: (_callId, opened) => {
      listener = opened;
      return {
        tell: (event, mediaMs) => told.push({ event, mediaMs }),
        finish: () => (finished = true),
      };
    },
    openRecording: () =>
      Promise.resolve({
        append: (side: 'left' | 'right', _samples: Float32Array, mediaMs: number) =>
          recorded.push({ side, mediaMs }),
        close: () => Promise.resolve(),
      }),
    carrier,
    pace: scriptedPace(clock),
    modelVersions: { voice: 'scripted 1' },
    clock,
    onEnded: (reason) => order.push(`ended ${reason}`),
  });
  transport.onPlayed = (mark) => leg.played(mark);
  let mediaMs = 0;
  return {
    clock,
    transport,
    voice,
    leg,
    told,
    order,
    recorded,
    /** Moves time; a frame arrives at the end of each 20 ms. */
    async pass(durationMs: number, loud = false): Promise<void> {
      for (let passed = 0; passed < durationMs; passed += FRAME_MS) {
        await clock.advance(FRAME_MS);
        leg.frame(loud ? tone(FRAME_MS) : new Float32Array(FRAME_SAMPLES), mediaMs);
        mediaMs += FRAME_MS;
      }
    },
    command(command: NonNullable<GatewayCommand['command']>): void {
      listener?.command(command);
    },
    speak(sentenceId: string, text: string, interruptible = true): void {
      listener?.command({ $case: 'speak', value: { sentenceId, turnId: '1', text, interruptible } });
    },
    lose(): void {
      listener?.lost();
    },
    get ear(): ScriptedEar {
      if (!ear) throw new Error('no ear was made');
      return ear;
    },
    get finished(): boolean {
      return finished;
    },
    cases: (): string[] => told.map(({ event }) => event.$case),
    find<Case extends ToldEvent['$case']>(
      name: Case,
    ): { event: Extract<ToldEvent, { $case: Case }>; mediaMs: number } {
      const found = told.find(({ event }) => event.$case === name);
      if (!found) throw new Error(`${name} was not told`);
      return found as { event: Extract<ToldEvent, { $case: Case }>; mediaMs: number };
    },
  };
}

const heard = (
  text: string,
  lastVoicedMs: number,
  nowMs: number,
): Parameters<ScriptedEar['events']['final']>[0] => ({
  utterance: Utterance.fromPartial({ utteranceId: 'u1', text }),
  endOfTurnReason: 'complete',
  lastVoicedMs,
  endOfTurnMs: nowMs - 100,
  finalTextMs: nowMs,
});

describe('a call leg', () => {
  it('tells every step of a turn from the last voiced sample, by one clock', async () => {
    const call = setUp({ synthesisMs: 150 });
    await call.pass(1_000, true);
    await call.pass(400);
    // Voice activity says 1,024 where the sound ended at 1,000.
    call.ear.events.final(heard('I feel fine', 1_024, 1_400));
    await call.clock.advance(30);
    call.speak('s1', 'Good.');
    await call.clock.advance(200);
    expect(call.find('turnTiming').event.value).toEqual({
      utteranceId: 'u1',
      endOfTurnMs: 300,
      finalTextMs: 400,
      responseMs: 30,
      firstAudioMs: 150,
      voiceToVoiceMs: 580,
    });
    expect(call.find('played').mediaMs).toBe(1_580);
  });

  it('yields when the patient speaks over it, and tells how quickly and what was heard', async () => {
    const call = setUp();
    call.speak('s1', 'one two three four five six seven eight nine ten');
    await call.pass(1_000);
    await call.pass(140, true);
    call.ear.events.speechStarted({ mediaMs: 1_024 });
    expect(call.transport.flushedAtMs).toEqual([1_140]);
    const { value } = call.find('bargeIn').event;
    expect(value).toMatchObject({ sentenceId: 's1', yieldMs: 140 });
    expect(value.playedMs).toBeGreaterThan(900);
    const last = call.told.at(-1)?.event;
    expect(last).toMatchObject({ $case: 'played', value: { complete: false, started: false } });
    await call.pass(500);
    expect(call.transport.written.every(({ atMs }) => atMs <= 1_140)).toBe(true);
  });

  it('tells 8 seconds of silence after the agent has finished', async () => {
    const call = setUp();
    call.speak('s1', 'Hello.');
    await call.pass(8_000);
    expect(call.cases()).not.toContain('silenceElapsed');
    await call.pass(1_000);
    const { silenceMs } = call.find('silenceElapsed').event.value;
    expect(silenceMs).toBeGreaterThanOrEqual(8_000);
    expect(silenceMs).toBeLessThan(8_300);
  });

  it('transfers through the carrier after the last word and before its socket closes', async () => {
    const call = setUp();
    call.speak('s1', 'Please hold.');
    call.command({ $case: 'transfer', value: { destination: 'nurse-line', sbar: '' } });
    await call.pass(400);
    expect(call.order).toEqual([]);
    await call.pass(1_000);
    expect(call.order).toEqual(['transfer CA1 to nurse-line', 'close transferred', 'ended transferred']);
    expect(call.cases().at(-1)).toBe('callEnded');
    expect(call.finished).toBe(true);
  });

  it("ends the carrier's call when it hangs up", async () => {
    const call = setUp();
    call.command({ $case: 'hangUp', value: { reason: 'done' } });
    await call.pass(20);
    expect(call.order).toEqual(['close agent-hung-up', 'hang up CA1', 'ended agent-hung-up']);
    expect(call.ear.closed).toBe(true);
  });

  it('says the safe sentence to its end when the conversation is lost, and tells nothing any more', async () => {
    const call = setUp();
    call.speak('s1', 'one two three four five six seven eight nine ten');
    await call.pass(500);
    call.lose();
    const before = call.told.length;
    expect(call.transport.flushedAtMs).toHaveLength(1);
    await call.pass(1_000);
    call.ear.events.speechStarted({ mediaMs: 1_400 });
    await call.pass(6_000);
    expect(call.voice.spoken.at(-1)).toBe(SAFE_SENTENCE);
    expect(call.transport.marks.some((mark) => mark.startsWith(SAFE_SENTENCE_ID))).toBe(true);
    expect(call.order).toContain('ended agent-hung-up');
    expect(call.told).toHaveLength(before);
  });

  it('ends although neither voice nor conversation work any more', async () => {
    const call = setUp();
    const broken = { next: () => Promise.reject(new Error('the voice is gone too')) };
    call.voice.speak = () => ({ [Symbol.asyncIterator]: () => broken });
    call.lose();
    await call.pass(1_000);
    expect(call.order).toContain('ended agent-hung-up');
  });

  it('records both sides once allowed, the agent only as far as it was played', async () => {
    const call = setUp();
    await call.pass(200);
    call.command({ $case: 'recording', value: { allowed: true } });
    await call.pass(20);
    call.speak('s1', 'one two three four five six seven eight nine ten');
    await call.pass(600);
    call.ear.events.speechStarted({ mediaMs: 700 });
    await call.pass(1_000);
    const left = call.recorded.filter(({ side }) => side === 'left');
    const right = call.recorded.filter(({ side }) => side === 'right');
    expect(left[0]?.mediaMs).toBeGreaterThanOrEqual(200);
    expect(left).toHaveLength(81);
    expect(right[0]?.mediaMs).toBe(320);
    expect(right.at(-1)?.mediaMs).toBeLessThan(820);
    expect(right.length).toBe(25);
  });

  it('takes no patience for ordinary patience', async () => {
    const call = setUp();
    call.command({
      $case: 'listen',
      value: { awaited: 'AWAITED_ANSWER_YES_NO' as never, vocabulary: [], patience: 0 },
    });
    expect(call.ear.listenings).toEqual([{ awaited: 'AWAITED_ANSWER_YES_NO', vocabulary: [], patience: 1 }]);
  });

  it('ends once, whatever happens at the same time', async () => {
    const call = setUp();
    call.leg.stop('connection-lost');
    call.leg.stop('patient-hung-up');
    call.lose();
    await call.leg.close();
    expect(call.order.filter((each) => each.startsWith('ended'))).toEqual(['ended connection-lost']);
    expect(call.cases()).toEqual(['callStarted', 'callEnded']);
  });
});
