import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Server, ServerCredentials, status, type ServerDuplexStream } from '@grpc/grpc-js';
import WebSocket from 'ws';
import { systemClock } from '../platform/clock.js';
import {
  ConversationService,
  type GatewayCommand,
  type GatewayEvent,
} from '../protos/generated/asterism/v1/conversation.js';
import { RecordService } from '../protos/generated/asterism/v1/record.js';
import { ScriptedHearing, ScriptedVoice } from './leg/test-doubles.js';
import { startGateway, type Gateway, type GatewayOptions } from './server.js';

/** How long a test waits for something that must happen, in milliseconds. */
const WITHIN_MS = 4_000;

/** Waits until a condition holds. @throws Error naming what did not happen */
export async function until<Value>(
  what: string,
  probe: () => Value,
  withinMs = WITHIN_MS,
): Promise<Exclude<Value, undefined | false>> {
  const endMs = Date.now() + withinMs;
  for (;;) {
    const value = probe();
    if (value !== undefined && value !== false) return value as Exclude<Value, undefined | false>;
    if (Date.now() > endMs) throw new Error(`did not happen within ${withinMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

type EventCase = NonNullable<GatewayEvent['event']>['$case'];
type EventOf<Case extends EventCase> = Extract<NonNullable<GatewayEvent['event']>, { $case: Case }>['value'];

/** One conversation as the test's orchestrator sees it. */
export class TestConversation {
  readonly events: GatewayEvent[] = [];
  streamEnded = false;
  readonly #stream: ServerDuplexStream<GatewayEvent, GatewayCommand>;

  constructor(stream: ServerDuplexStream<GatewayEvent, GatewayCommand>) {
    this.#stream = stream;
    stream.on('data', (event: GatewayEvent) => this.events.push(event));
    stream.on('end', () => {
      this.streamEnded = true;
      stream.end();
    });
    stream.on('error', () => undefined);
  }

  send(command: NonNullable<GatewayCommand['command']>): void {
    this.#stream.write({ command });
  }

  speak(sentenceId: string, text: string, interruptible = true): void {
    this.send({ $case: 'speak', value: { sentenceId, turnId: '0', text, interruptible } });
  }

  all<Case extends EventCase>(name: Case): EventOf<Case>[] {
    return this.events.flatMap(({ event }) => (event?.$case === name ? [event.value as EventOf<Case>] : []));
  }

  async heard<Case extends EventCase>(name: Case): Promise<EventOf<Case>> {
    const [first] = await until(`a ${name} event`, () => {
      const [event] = this.all(name);
      return event !== undefined && [event];
    });
    return first;
  }
}

/** An orchestrator that does only what a test tells it to. */
export class TestOrchestrator {
  readonly conversations: TestConversation[] = [];
  readonly #server = new Server();
  address = '';

  async start(): Promise<this> {
    this.#server.addService(ConversationService, {
      converse: (stream: ServerDuplexStream<GatewayEvent, GatewayCommand>) => {
        this.conversations.push(new TestConversation(stream));
      },
    });
    this.#server.addService(RecordService, {
      listCalls: (_call: unknown, reply: (error: null, value: { calls: never[] }) => void) =>
        reply(null, { calls: [] }),
      readCall: (stream: {
        request: { callId: string };
        write(event: unknown): void;
        end(): void;
        emit(event: 'error', error: unknown): void;
      }) => {
        const { callId } = stream.request;
        const known = this.conversations.some(({ events }) => events[0]?.callId === callId);
        if (!known) {
          stream.emit('error', Object.assign(new Error('unknown call'), { code: status.NOT_FOUND }));
          return;
        }
        for (const sequence of [1, 2]) {
          const payloadJson = JSON.stringify({ type: 'dtmf-received', digit: `${sequence}` }, null, 1);
          stream.write({
            callId,
            sequence,
            recordedAt: '2026-01-01T00:00:00.000Z',
            type: 'dtmf-received',
            payloadJson,
          });
        }
        stream.end();
      },
    });
    const port = await new Promise<number>((resolve, reject) =>
      this.#server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
        error ? reject(error) : resolve(bound),
      ),
    );
    this.address = `127.0.0.1:${port}`;
    return this;
  }

  /** The conversation of the call that began as number index. */
  async conversation(index = 0): Promise<TestConversation> {
    const conversation = await until(`conversation ${index}`, () => this.conversations[index]);
    await conversation.heard('callStarted');
    return conversation;
  }

  /** Breaks off all conversations, as a crash would. */
  stop(): void {
    this.#server.forceShutdown();
  }
}

export interface TestGateway {
  readonly gateway: Gateway;
  readonly orchestrator: TestOrchestrator;
  readonly hearing: ScriptedHearing;
  readonly voice: ScriptedVoice;
  readonly callsFolder: string;
  close(): Promise<void>;
}

/** A real gateway on a free port, with scripted models and a scripted orchestrator behind real sockets. */
export async function startTestGateway(options: Partial<GatewayOptions> = {}): Promise<TestGateway> {
  const orchestrator = await new TestOrchestrator().start();
  const hearing = new ScriptedHearing();
  const voice = new ScriptedVoice(systemClock);
  const callsFolder = await mkdtemp(join(tmpdir(), 'asterism-calls-'));
  const gateway = await startGateway({
    host: '127.0.0.1',
    port: 0,
    hearing,
    voice,
    orchestratorAddress: orchestrator.address,
    callsFolder,
    maxCalls: 4,
    clock: systemClock,
    ...options,
  });
  return {
    gateway,
    orchestrator,
    hearing,
    voice,
    callsFolder,
    async close() {
      await gateway.close();
      orchestrator.stop();
    },
  };
}

/** A WebSocket that remembers what it was sent and how it was closed. */
export class TestSocket {
  readonly socket: WebSocket;
  readonly texts: { atMs: number; json: Record<string, unknown> }[] = [];
  readonly binaries: { atMs: number; data: Buffer }[] = [];
  closed: { code: number; reason: string } | undefined;
  refused: { status: number; body: string } | undefined;

  constructor(url: string, headers: Record<string, string> = {}) {
    this.socket = new WebSocket(url, { headers, maxPayload: 1 << 26 });
    this.socket.on('message', (data: Buffer, isBinary) => {
      const atMs = performance.now();
      if (isBinary) this.binaries.push({ atMs, data });
      else this.texts.push({ atMs, json: JSON.parse(data.toString()) as Record<string, unknown> });
    });
    this.socket.on('close', (code, reason) => (this.closed = { code, reason: reason.toString() }));
    this.socket.on('error', () => undefined);
    this.socket.on('unexpected-response', (request, response) => {
      let body = '';
      response.on('data', (part: Buffer) => (body += part.toString()));
      response.on('end', () => {
        this.refused = { status: response.statusCode ?? 0, body };
        request.destroy();
      });
    });
  }

  async opened(): Promise<this> {
    await until('the socket opens', () => this.socket.readyState === WebSocket.OPEN);
    return this;
  }

  sendJson(message: unknown): void {
    this.socket.send(JSON.stringify(message));
  }

  events(name: string): Record<string, unknown>[] {
    return this.texts.map(({ json }) => json).filter((json) => json['event'] === name);
  }

  async close(): Promise<{ code: number; reason: string }> {
    return until('the socket closes', () => this.closed, 3 * WITHIN_MS);
  }
}

/** A caller that speaks Twilio Media Streams, with one frame of noise per sendMedia. */
export class TwilioCaller extends TestSocket {
  readonly streamSid = 'MZ0123456789';
  #chunk = 0;
  #sequence = 1;
  #answersMarks = true;
  #timer: NodeJS.Timeout | undefined;

  constructor(url: string, headers: Record<string, string> = {}) {
    super(`${url.replace(/^http/, 'ws')}/twilio/media`, headers);
    this.socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as { event: string; mark?: { name: string } };
      if (message.event === 'mark' && this.#answersMarks) {
        setTimeout(
          () => this.sendIfOpen({ event: 'mark', streamSid: this.streamSid, mark: message.mark }),
          60,
        );
      }
    });
  }

  sendIfOpen(message: unknown): void {
    if (this.socket.readyState === WebSocket.OPEN) this.sendJson(message);
  }

  start({
    callSid = 'CA1',
    parameters = {},
    mediaFormat = { encoding: 'audio/x-mulaw', sampleRate: 8_000, channels: 1 },
  }: {
    callSid?: string;
    parameters?: Record<string, string>;
    mediaFormat?: Record<string, unknown>;
  } = {}): void {
    this.sendJson({ event: 'connected', protocol: 'Call', version: '1.0.0' });
    this.sendJson({
      event: 'start',
      sequenceNumber: String(this.#sequence++),
      streamSid: this.streamSid,
      start: {
        streamSid: this.streamSid,
        accountSid: 'AC1',
        callSid,
        tracks: ['inbound'],
        customParameters: parameters,
        mediaFormat,
      },
    });
  }

  /** @param bytes µ-law bytes, 160 are 20 ms */
  sendMedia(bytes: Uint8Array = new Uint8Array(160).fill(0xff)): void {
    const chunk = ++this.#chunk;
    this.sendIfOpen({
      event: 'media',
      sequenceNumber: String(this.#sequence++),
      streamSid: this.streamSid,
      media: {
        track: 'inbound',
        chunk: String(chunk),
        timestamp: String((chunk - 1) * 20),
        payload: Buffer.from(bytes).toString('base64'),
      },
    });
  }

  /** Sends silence in real time until the socket closes. */
  keepSending(): void {
    const startMs = performance.now();
    const from = this.#chunk;
    this.#timer = setInterval(() => {
      while (from + (performance.now() - startMs) / 20 > this.#chunk) this.sendMedia();
    }, 20);
    this.socket.on('close', () => clearInterval(this.#timer));
  }

  get mediaReceived(): { atMs: number; bytes: number }[] {
    return this.texts
      .filter(({ json }) => json['event'] === 'media')
      .map(({ atMs, json }) => {
        const { payload } = json['media'] as { payload: string };
        return { atMs, bytes: Buffer.from(payload, 'base64').length };
      });
  }
}
