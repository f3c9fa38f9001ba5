import { randomBytes } from 'node:crypto';
import { WebSocket, type RawData } from 'ws';
import { z } from 'zod';
import { AsterismError } from '../../platform/errors.js';
import { decodeMuLaw, encodeMuLaw } from '../../voice-gateway/audio/g711.js';
import { isAudible, rms } from '../../voice-gateway/audio/level.js';
import type { LineSent } from './exchange.js';

const frameBytes = 160;
const frameMs = 20;

const fromServer = z.discriminatedUnion('event', [
  z.object({ event: z.literal('media'), media: z.object({ payload: z.string() }) }),
  z.object({ event: z.literal('mark'), mark: z.object({ name: z.string() }) }),
  z.object({ event: z.literal('clear') }),
]);

export interface TelephoneOptions {
  /** The agent's Media Streams socket, for example ws://127.0.0.1:8080/twilio/media. */
  url: string;
  /** Custom parameters of the start message. */
  parameters: Readonly<Record<string, string>>;
  /** Called for every 20 ms slot, after its audio went both ways; nowMs is when the slot began. */
  onTick: (telephone: Telephone, nowMs: number) => void;
}

/**
 * A telephone on a Twilio Media Streams socket, in real time: sends a 20 ms µ-law frame per slot
 * (a line, or the line noise of a quiet room), plays what it receives at 8 kHz, echoes marks when
 * everything before them was played, and empties its queue on clear. Times are performance.now().
 */
export class Telephone {
  readonly carrierCallId = `CA${randomBytes(16).toString('hex')}`;
  readonly #streamSid = `MZ${randomBytes(16).toString('hex')}`;
  readonly #socket: WebSocket;
  readonly #onTick: TelephoneOptions['onTick'];
  readonly #queue: Buffer[] = [];
  #queuedBytes = 0;
  readonly #marks: { name: string; afterBytes: number }[] = [];
  #playedBytes = 0;
  #sequence = 1;
  #chunk = 0;
  #line: { readonly frames: Uint8Array; position: number } | undefined;
  #timer: NodeJS.Timeout | undefined;
  #startedMs = 0;
  #lastAudibleMs = 0;
  #noiseState = 1;
  readonly closed: Promise<string>;

  private constructor(socket: WebSocket, options: TelephoneOptions) {
    this.#socket = socket;
    this.#onTick = options.onTick;
    this.closed = new Promise((resolve) => {
      socket.on('close', (code, reason) => {
        clearTimeout(this.#timer);
        resolve(`${code} ${reason.toString()}`.trim());
      });
    });
    socket.on('message', (data, isBinary) => {
      if (!isBinary) this.#receive(data);
    });
    socket.on('error', () => undefined); // close follows
    this.#send({ event: 'connected', protocol: 'Call', version: '1.0.0' });
    this.#send({
      event: 'start',
      sequenceNumber: String(this.#sequence++),
      streamSid: this.#streamSid,
      start: {
        streamSid: this.#streamSid,
        accountSid: `AC${'0'.repeat(32)}`,
        callSid: this.carrierCallId,
        tracks: ['inbound'],
        customParameters: options.parameters,
        mediaFormat: { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 },
      },
    });
    this.#startedMs = performance.now();
    this.#schedule();
  }

  /** @throws AsterismError INPUT_INVALID when nothing answers at the address */
  static async dial(options: TelephoneOptions): Promise<Telephone> {
    const socket = new WebSocket(options.url);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', (error) =>
        reject(
          new AsterismError('INPUT_INVALID', `no call can be placed to ${options.url}: ${error.message}`),
        ),
      );
    });
    return new Telephone(socket, options);
  }

  /** Time of the last audible agent sample that left the loudspeaker; 0 before the first. */
  get lastAudibleMs(): number {
    return this.#lastAudibleMs;
  }

  get speaking(): boolean {
    return this.#line !== undefined;
  }

  /**
   * Says a line of 8 kHz samples in [-1, 1], from the next slot on. A line that is still being said is cut.
   * @returns when its voice will have been on the wire
   */
  say(samples: Float32Array): LineSent {
    const startedMs = this.#nextSlotMs();
    const voiced = voicedSpan(samples);
    this.#line = { frames: encodeMuLaw(padToFrames(samples)), position: 0 };
    return { firstVoicedMs: startedMs + voiced.firstMs, lastVoicedMs: startedMs + voiced.lastMs };
  }

  hangUp(): void {
    this.#send({
      event: 'stop',
      sequenceNumber: String(this.#sequence++),
      streamSid: this.#streamSid,
      stop: { accountSid: `AC${'0'.repeat(32)}`, callSid: this.carrierCallId },
    });
    this.#socket.close();
  }

  #nextSlotMs(): number {
    return this.#startedMs + (this.#chunk + 1) * frameMs;
  }

  #schedule(): void {
    this.#timer = setTimeout(
      () => {
        // A telephone network loses no time: late slots are made up for.
        while (this.#nextSlotMs() <= performance.now() && this.#socket.readyState === WebSocket.OPEN)
          this.#tick();
        if (this.#socket.readyState === WebSocket.OPEN) this.#schedule();
      },
      Math.max(0, this.#nextSlotMs() - performance.now()),
    );
  }

  #tick(): void {
    const slotMs = this.#nextSlotMs();
    this.#chunk++;
    this.#send({
      event: 'media',
      sequenceNumber: String(this.#sequence++),
      streamSid: this.#streamSid,
      media: {
        track: 'inbound',
        chunk: String(this.#chunk),
        timestamp: String(this.#chunk * frameMs),
        payload: this.#microphone().toString('base64'),
      },
    });
    this.#play(slotMs);
    this.#onTick(this, slotMs);
  }

  #microphone(): Buffer {
    const line = this.#line;
    if (!line) return this.#roomNoise();
    const frame = Buffer.from(line.frames.subarray(line.position, line.position + frameBytes));
    line.position += frameBytes;
    if (line.position >= line.frames.length) this.#line = undefined;
    return frame;
  }

  /** About -72 dBFS of repeatable noise: digital silence would be easier than any real line. */
  #roomNoise(): Buffer {
    const samples = new Float32Array(frameBytes);
    for (let index = 0; index < frameBytes; index++) {
      this.#noiseState = (Math.imul(this.#noiseState, 1_664_525) + 1_013_904_223) >>> 0;
      samples[index] = (this.#noiseState / 2 ** 31 - 1) * (14 / 32_768);
    }
    return Buffer.from(encodeMuLaw(samples));
  }

  #play(slotMs: number): void {
    const out = this.#take(frameBytes);
    this.#playedBytes += out.length;
    if (out.length > 0 && isAudible(decodeMuLaw(out))) this.#lastAudibleMs = slotMs;
    while (this.#marks[0] && this.#marks[0].afterBytes <= this.#playedBytes)
      this.#echoMark(this.#marks.shift()?.name ?? '');
  }

  #take(bytes: number): Buffer {
    const parts: Buffer[] = [];
    let missing = bytes;
    while (missing > 0 && this.#queue[0]) {
      const head = this.#queue[0];
      const part = head.subarray(0, missing);
      parts.push(part);
      missing -= part.length;
      if (part.length === head.length) this.#queue.shift();
      else this.#queue[0] = head.subarray(part.length);
    }
    this.#queuedBytes -= bytes - missing;
    return Buffer.concat(parts);
  }

  #receive(data: RawData): void {
    const parsed = fromServer.safeParse(
      JSON.parse(
        Buffer.isBuffer(data) ? data.toString('utf8') : Buffer.concat(data as Buffer[]).toString('utf8'),
      ),
    );
    if (!parsed.success) return;
    const message = parsed.data;
    switch (message.event) {
      case 'media': {
        const bytes = Buffer.from(message.media.payload, 'base64');
        this.#queue.push(bytes);
        this.#queuedBytes += bytes.length;
        return;
      }
      case 'mark':
        this.#marks.push({ name: message.mark.name, afterBytes: this.#playedBytes + this.#queuedBytes });
        return;
      case 'clear':
        this.#queue.length = 0;
        this.#queuedBytes = 0;
        for (const mark of this.#marks.splice(0)) this.#echoMark(mark.name);
        return;
    }
  }

  #echoMark(name: string): void {
    this.#send({
      event: 'mark',
      sequenceNumber: String(this.#sequence++),
      streamSid: this.#streamSid,
      mark: { name },
    });
  }

  #send(message: Record<string, unknown>): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }
}

function padToFrames(samples: Float32Array): Float32Array {
  const padded = new Float32Array(Math.ceil(samples.length / frameBytes) * frameBytes);
  padded.set(samples);
  return padded;
}

/** First and last 20 ms frame louder than -40 dBFS, in milliseconds from the line's beginning. */
function voicedSpan(samples: Float32Array): { firstMs: number; lastMs: number } {
  let firstMs = -1;
  let lastMs = 0;
  for (let start = 0; start + frameBytes <= samples.length; start += frameBytes) {
    if (rms(samples.subarray(start, start + frameBytes)) < 0.01) continue;
    if (firstMs < 0) firstMs = start / 8;
    lastMs = start / 8 + frameMs;
  }
  return { firstMs: Math.max(0, firstMs), lastMs };
}
