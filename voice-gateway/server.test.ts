import { readdir } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { Utterance } from '../protos/generated/asterism/v1/hearing.js';
import { SAFE_SENTENCE } from './leg/leg-state.js';
import type { GatewayOptions } from './server.js';
import { MS_PER_CHARACTER } from './leg/test-doubles.js';
import { startTestGateway, TestSocket, TwilioCaller, until, type TestGateway } from './test-gateway.js';
import { socketLimits } from './transports/transport.js';

let running: TestGateway | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

async function start(options: Partial<GatewayOptions> = {}): Promise<TestGateway> {
  running = await startTestGateway(options);
  return running;
}

/** A call in progress over Twilio's protocol. */
async function startCall(
  test: TestGateway,
  index = 0,
  parameters: Record<string, string> = { patientId: 'p1', protocolId: 'heart-failure-discharge' },
): Promise<{
  caller: TwilioCaller;
  conversation: Awaited<ReturnType<TestGateway['orchestrator']['conversation']>>;
}> {
  const caller = await new TwilioCaller(test.gateway.url).opened();
  caller.start({ callSid: `CA${index}`, parameters });
  caller.keepSending();
  return { caller, conversation: await test.orchestrator.conversation(index) };
}

const quick = { ...socketLimits, startWithinMs: 300, mediaWithinMs: 300 };

describe('a call over Twilio Media Streams', () => {
  it('tells the conversation who calls, and numbers its events from 1', async () => {
    const test = await start();
    const { conversation } = await startCall(test);
    expect(conversation.events[0]).toMatchObject({
      sequence: 1,
      mediaMs: 0,
      event: {
        value: {
          patientId: 'p1',
          protocolId: 'heart-failure-discharge',
          transport: 'twilio',
          carrierCallId: 'CA0',
          modelVersions: { 'speech-to-text': 'scripted 1', voice: 'scripted 1' },
        },
      },
    });
    expect(conversation.events[0]?.callId).toMatch(/^call-[0-9a-z]{9}-[0-9a-f]{20}$/);
  });

  it('says a sentence at the pace of speech, tells what was played, and hangs up after it', async () => {
    const test = await start();
    const { caller, conversation } = await startCall(test);
    conversation.speak('s1', 'twenty characters ..');
    conversation.send({ $case: 'hangUp', value: { reason: 'done' } });
    expect(await caller.close()).toEqual({ code: 1000, reason: 'agent-hung-up' });
    const media = caller.mediaReceived;
    const bytes = media.reduce((sum, { bytes: each }) => sum + each, 0);
    expect(bytes).toBeGreaterThan(7_900);
    expect(bytes).toBeLessThanOrEqual(8_000);
    // 80 ms of lead, the rest in real time.
    const spanMs = (media.at(-1)?.atMs ?? 0) - (media[0]?.atMs ?? 0);
    expect(spanMs).toBeGreaterThan(800);
    await until('the stream ends', () => conversation.streamEnded);
    expect(conversation.all('played')).toMatchObject([
      { sentenceId: 's1', started: true },
      {
        sentenceId: 's1',
        started: false,
        complete: true,
        playedText: 'twenty characters ..',
        playedMs: 1_000,
      },
    ]);
    expect(conversation.all('callEnded')).toEqual([{ reason: 'agent-hung-up' }]);
    expect(conversation.events.map(({ sequence }) => sequence)).toEqual(
      conversation.events.map((_, i) => i + 1),
    );
  });

  it('stops within 200 ms when the patient speaks over it, and clears what is buffered', async () => {
    const test = await start();
    const { caller, conversation } = await startCall(test);
    conversation.speak('s1', 'A long sentence that goes on and on and on and on.');
    conversation.speak('s2', 'And another one.');
    await until('half a second is played', () => caller.mediaReceived.length > 30);
    const ear = test.hearing.ears[0];
    ear?.events.speechStarted({ mediaMs: (ear.frames.at(-1)?.mediaMs ?? 0) - 100 });
    const { yieldMs, sentenceId, playedMs } = await conversation.heard('bargeIn');
    expect(sentenceId).toBe('s1');
    expect(yieldMs).toBeGreaterThan(90);
    expect(yieldMs).toBeLessThan(200);
    expect(playedMs).toBeGreaterThan(300);
    await until('the buffer is cleared', () => caller.events('clear').length === 1);
    const received = caller.mediaReceived.length;
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(caller.mediaReceived).toHaveLength(received);
    const ended = conversation.all('played').filter(({ started }) => !started);
    expect(ended).toMatchObject([
      { sentenceId: 's1', complete: false },
      { sentenceId: 's2', complete: false, playedMs: 0, playedText: '' },
    ]);
  });

  it('carries what was heard, and measures the turn on one clock', async () => {
    const test = await start();
    const { conversation } = await startCall(test);
    const ear = await until('a second is heard', () => {
      const first = test.hearing.ears[0];
      return (first?.frames.length ?? 0) > 20 && first;
    });
    const nowMs = ear.frames.at(-1)?.mediaMs ?? 0;
    const utterance = Utterance.fromPartial({ utteranceId: 'u1', text: 'I feel fine.', confidence: 0.9 });
    ear.events.final({
      utterance,
      endOfTurnReason: 'complete',
      lastVoicedMs: nowMs - 200,
      endOfTurnMs: nowMs - 20,
      finalTextMs: nowMs,
    });
    expect((await conversation.heard('heardFinal')).utterance).toEqual(utterance);
    conversation.speak('s1', 'Good.');
    const timing = await conversation.heard('turnTiming');
    expect(timing.utteranceId).toBe('u1');
    expect(timing.endOfTurnMs).toBeCloseTo(180, 0);
    expect(timing.finalTextMs).toBeCloseTo(200, 0);
    expect(timing.voiceToVoiceMs).toBeGreaterThan(200);
    expect(timing.voiceToVoiceMs).toBeLessThan(500);
  });

  it('hands on what to listen for and digits that are pressed', async () => {
    const test = await start();
    const { caller, conversation } = await startCall(test);
    conversation.send({
      $case: 'listen',
      value: { awaited: 'AWAITED_ANSWER_DATE' as never, vocabulary: ['March'], patience: 0 },
    });
    const listening = await until('the ear listens', () => test.hearing.ears[0]?.listenings[0]);
    expect(listening).toEqual({ awaited: 'AWAITED_ANSWER_DATE', vocabulary: ['March'], patience: 1 });
    caller.sendJson({
      event: 'dtmf',
      streamSid: caller.streamSid,
      dtmf: { track: 'inbound_track', digit: '5' },
    });
    expect(await conversation.heard('dtmf')).toEqual({ digit: '5' });
  });

  it('ends when the carrier says stop', async () => {
    const test = await start();
    const { caller, conversation } = await startCall(test);
    caller.sendJson({ event: 'stop', streamSid: caller.streamSid, stop: { callSid: 'CA0' } });
    expect(await conversation.heard('callEnded')).toEqual({ reason: 'patient-hung-up' });
    await until('the conversation ends', () => conversation.streamEnded);
  });

  it('stores no audio before it is allowed', async () => {
    const test = await start();
    const { caller, conversation } = await startCall(test);
    await until('a while is heard', () => (test.hearing.ears[0]?.frames.length ?? 0) > 20);
    expect(await readdir(test.callsFolder)).toEqual([]);
    conversation.send({ $case: 'recording', value: { allowed: true } });
    await until('more is heard', () => (test.hearing.ears[0]?.frames.length ?? 0) > 50);
    caller.sendJson({ event: 'stop', streamSid: caller.streamSid });
    await conversation.heard('callEnded');
    expect(await readdir(test.callsFolder)).toEqual([conversation.events[0]?.callId]);
  });
});

describe('a media socket that is given bad input', () => {
  it('ignores events it does not know, and malformed messages up to a limit', async () => {
    const test = await start();
    const { caller, conversation } = await startCall(test);
    caller.sendJson({ event: 'user_speech_start', timestamp_ms: 12 });
    for (const bad of [
      '{',
      '[]',
      '"text"',
      '{"event":7}',
      '{"event":"media"}',
      '{"event":"media","media":{"payload":"é"}}',
    ]) {
      caller.socket.send(bad);
    }
    caller.sendJson({ event: 'dtmf', dtmf: { digit: '1' } });
    expect(await conversation.heard('dtmf')).toEqual({ digit: '1' });
    for (let n = 0; n < 60; n++) caller.socket.send('not JSON');
    expect((await caller.close()).code).toBe(4400);
    expect(caller.closed?.reason).toMatch(/^FRAME_MALFORMED: /);
    expect(await conversation.heard('callEnded')).toEqual({ reason: 'protocol-error' });
  });

  const coded: { name: string; code: number; reason: string; act: (caller: TwilioCaller) => void }[] = [
    {
      name: 'a codec other than µ-law',
      code: 4415,
      reason: 'CODEC_UNSUPPORTED',
      act: (caller) =>
        caller.start({ mediaFormat: { encoding: 'audio/l16', sampleRate: 16_000, channels: 1 } }),
    },
    {
      name: 'a binary frame',
      code: 4400,
      reason: 'FRAME_MALFORMED',
      act: (caller) => caller.socket.send(Buffer.alloc(320)),
    },
    {
      name: 'media without start',
      code: 4408,
      reason: 'STREAM_NOT_STARTED',
      act: (caller) => caller.keepSending(),
    },
    { name: 'nothing at all', code: 4408, reason: 'STREAM_NOT_STARTED', act: () => undefined },
    { name: 'a start and then no media', code: 4410, reason: 'NO_MEDIA', act: (caller) => caller.start() },
    {
      name: 'a second start',
      code: 4409,
      reason: 'STREAM_ALREADY_STARTED',
      act: (caller) => {
        caller.start();
        caller.start();
      },
    },
    {
      name: 'a stop without start',
      code: 4408,
      reason: 'STREAM_NOT_STARTED',
      act: (caller) => caller.sendJson({ event: 'stop' }),
    },
  ];
  it.each(coded)('closes with $reason after $name', async ({ code, reason, act }) => {
    const test = await start({ socketLimits: quick });
    const caller = await new TwilioCaller(test.gateway.url).opened();
    act(caller);
    expect((await caller.close()).code).toBe(code);
    expect(caller.closed?.reason.split(':')[0]).toBe(reason);
    expect(await callsActive(test)).toBe(0);
  });

  it('ends the call of a stream without media as no-media', async () => {
    const test = await start({ socketLimits: quick });
    const caller = await new TwilioCaller(test.gateway.url).opened();
    caller.start();
    const conversation = await test.orchestrator.conversation();
    expect(await conversation.heard('callEnded')).toEqual({ reason: 'no-media' });
  });

  it('tells what was played when the socket is cut in mid-word', async () => {
    const test = await start();
    const { caller, conversation } = await startCall(test);
    conversation.speak('s1', 'A long sentence that goes on and on and on and on.');
    await until('some is played', () => caller.mediaReceived.length > 10);
    caller.socket.terminate();
    expect(await conversation.heard('callEnded')).toEqual({ reason: 'connection-lost' });
    const [, ended] = conversation.all('played');
    expect(ended).toMatchObject({ sentenceId: 's1', complete: false, started: false });
    expect(ended?.playedMs).toBeGreaterThan(50);
  });

  it('keeps media that came before start', async () => {
    const test = await start();
    const caller = await new TwilioCaller(test.gateway.url).opened();
    for (let n = 0; n < 5; n++) caller.sendMedia();
    caller.start();
    await test.orchestrator.conversation();
    const ear = await until('the early media is heard', () => {
      const first = test.hearing.ears[0];
      return (first?.frames.length ?? 0) >= 4 && first;
    });
    expect(ear.frames.map(({ mediaMs }) => mediaMs).slice(0, 4)).toEqual([0, 20, 40, 60]);
  });

  it('fills a gap of the stamps with silence', async () => {
    const test = await start();
    const caller = await new TwilioCaller(test.gateway.url).opened();
    caller.start();
    const media = (chunk: number, timestamp: number): void =>
      caller.sendJson({
        event: 'media',
        media: {
          chunk: String(chunk),
          timestamp: String(timestamp),
          payload: Buffer.alloc(160, 0x80).toString('base64'),
        },
      });
    media(1, 0);
    media(2, 20);
    media(12, 220);
    await test.orchestrator.conversation();
    await until('twelve frames are heard', () => (test.hearing.ears[0]?.frames.length ?? 0) >= 11);
  });

  const floods: { name: string; code: number; send: (caller: TwilioCaller) => void }[] = [
    {
      name: 'one message of 40 MB',
      code: 1009,
      send: (caller) => caller.socket.send(`{"event":"${'x'.repeat(40_000_000)}"}`),
    },
    {
      name: '40 MB of unknown events',
      code: 4413,
      send: (caller) => {
        for (let n = 0; n < 1_000; n++) caller.sendJson({ event: 'junk', data: 'x'.repeat(40_000) });
      },
    },
    {
      name: '40 MB of media at once',
      code: 4420,
      send: (caller) => {
        for (let n = 0; n < 1_000; n++) caller.sendMedia(new Uint8Array(30_000));
      },
    },
  ];
  it.each(floods)('closes after $name while another call goes on undisturbed', async ({ code, send }) => {
    const test = await start();
    const { caller: other, conversation } = await startCall(test);
    const flooder = await new TwilioCaller(test.gateway.url).opened();
    flooder.start({ callSid: 'CA9' });
    await test.orchestrator.conversation(1);
    send(flooder);
    expect((await flooder.close()).code).toBe(code);
    conversation.speak('s1', 'Are you there?');
    await until('the other call is spoken to', () =>
      conversation.all('played').find(({ started, complete }) => !started && complete),
    );
    expect(other.closed).toBeUndefined();
    const ended = await test.orchestrator.conversation(1);
    expect(await ended.heard('callEnded')).toEqual({ reason: 'protocol-error' });
  });
});

async function callsActive(test: TestGateway): Promise<number> {
  const response = await fetch(`${test.gateway.url}/healthz`);
  return ((await response.json()) as { callsActive: number }).callsActive;
}

describe('a gateway whose conversation fails', () => {
  it('says the safe sentence and hangs up when the orchestrator crashes in mid-call', async () => {
    const test = await start();
    const { caller, conversation } = await startCall(test);
    conversation.speak('s1', 'A long sentence that goes on and on and on and on.');
    await until('some is played', () => caller.mediaReceived.length > 10);
    test.orchestrator.stop();
    await until('the safe sentence', () => test.voice.spoken.includes(SAFE_SENTENCE));
    expect(await caller.close()).toEqual({ code: 1000, reason: 'agent-hung-up' });
    const spokenMs = caller.mediaReceived.reduce((sum, { bytes }) => sum + bytes / 8, 0);
    expect(spokenMs).toBeGreaterThan(SAFE_SENTENCE.length * MS_PER_CHARACTER);
    expect(test.voice.prepared).toEqual([SAFE_SENTENCE]);
  });

  it('says it also when there is no orchestrator', async () => {
    const test = await start({ orchestratorAddress: '127.0.0.1:1' });
    const caller = await new TwilioCaller(test.gateway.url).opened();
    caller.start();
    caller.keepSending();
    await until('the safe sentence', () => test.voice.spoken.includes(SAFE_SENTENCE));
    await until('it is audible', () => caller.mediaReceived.length > 10);
  });
});

describe('a gateway that stops', () => {
  it('ends its calls with server-stopping', async () => {
    const test = await start();
    const { caller, conversation } = await startCall(test);
    await test.gateway.close();
    expect(await conversation.heard('callEnded')).toEqual({ reason: 'server-stopping' });
    expect(await caller.close()).toEqual({ code: 1000, reason: 'server-stopping' });
  });
});

describe('the plain PCM socket', () => {
  it('carries audio both ways at 16 kHz, with marks and clear', async () => {
    const test = await start();
    const program = await new TestSocket(`${test.gateway.url.replace('http', 'ws')}/pcm`).opened();
    program.sendJson({ event: 'start', sampleRateHz: 16_000, patientId: 'p1' });
    const pcm = Buffer.alloc(1_001, 1);
    program.socket.send(pcm);
    program.socket.send(pcm.subarray(0, 999));
    const conversation = await test.orchestrator.conversation();
    expect((await conversation.heard('callStarted')).transport).toBe('pcm');
    await until('three frames are heard', () => test.hearing.ears[0]?.frames.length === 3);
    expect(test.hearing.ears[0]?.frames[2]?.frame[319]).toBeCloseTo(0x0101 / 32_768, 6);
    conversation.speak('s1', 'Hello to you.');
    await until('audio comes back', () => program.binaries.length >= 20);
    expect(program.binaries[0]?.data).toHaveLength(640);
    expect(program.events('mark').length).toBeGreaterThan(0);
    conversation.send({ $case: 'stop', value: { reason: 'test' } });
    await until('it is cleared', () => program.events('clear').length === 1);
    program.sendJson({ event: 'stop' });
    expect(await conversation.heard('callEnded')).toEqual({ reason: 'patient-hung-up' });
  });

  it('refuses a rate it does not speak', async () => {
    const test = await start();
    const program = await new TestSocket(`${test.gateway.url.replace('http', 'ws')}/pcm`).opened();
    program.sendJson({ event: 'start', sampleRateHz: 11_025 });
    expect((await program.close()).code).toBe(4415);
  });
});
