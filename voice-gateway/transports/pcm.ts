import type { WebSocket } from 'ws';
import type { AsterismError } from '../../platform/errors.js';
import { systemClock, type Clock } from '../../platform/clock.js';
import { log } from '../../platform/log.js';
import { SAMPLE_RATE_HZ } from '../audio/frame.js';
import { createResampler, type Resampler } from '../audio/resampler.js';
import { EarlyMessages } from './early-messages.js';
import { InboundAudio } from './inbound-audio.js';
import { MediaSocket } from './media-socket.js';
import { decodePcm16, encodePcm16, parsePcmMessage, type PcmMessage, type PcmStart } from './pcm-messages.js';
import {
  socketLimits,
  type CallEndReason,
  type SocketLimits,
  type Transport,
  type TransportEvents,
} from './transport.js';

/** Sample rates that a program may choose, in Hz. */
const sampleRatesHz: readonly number[] = [8_000, 16_000, 24_000, 32_000, 48_000];

interface Stream {
  readonly sampleRateHz: number;
  readonly inbound: InboundAudio;
  readonly toGateway: Resampler;
  readonly toProgram: Resampler;
}

type Early = { readonly audio: Buffer } | Exclude<PcmMessage, { event: 'start' }>;

/**
 * One call over plain PCM: a start message, then 16-bit audio in real time both ways. The stream has no time
 * stamps, so a program sends silence as silence.
 */
export class PcmTransport implements Transport {
  readonly #socket: MediaSocket;
  readonly #events: TransportEvents;
  readonly #early: EarlyMessages<Early>;
  #state: 'none' | 'opening' | 'open' | 'over' = 'none';
  #stream: Stream | undefined;
  /** Half of a sample that was split between two binary frames. */
  #oddByte: Buffer = Buffer.alloc(0);
  #receivedSamples = 0;

  constructor(
    socket: WebSocket,
    events: TransportEvents,
    { clock = systemClock, limits = socketLimits }: { clock?: Clock; limits?: SocketLimits } = {},
  ) {
    this.#events = events;
    this.#early = new EarlyMessages(limits.bufferedBytes);
    this.#socket = new MediaSocket(socket, clock, limits, {
      text: (text) => this.#receive(text),
      binary: (data) => {
        if (this.#state === 'open') this.#audio(data);
        else {
          this.#socket.media(0);
          this.#early.keep({ audio: data }, data.length);
        }
      },
      ended: (reason) => {
        this.#release();
        events.stop(reason);
      },
    });
  }

  write(frame: Float32Array): void {
    if (!this.#stream) return;
    const samples = this.#stream.toProgram.process(frame);
    if (samples.length > 0) this.#socket.send(encodePcm16(samples));
  }

  flush(): void {
    this.#stream?.toProgram.flush();
    this.#socket.send(JSON.stringify({ event: 'clear' }));
  }

  mark(name: string): void {
    this.#socket.send(JSON.stringify({ event: 'mark', name }));
  }

  close(reason: CallEndReason | AsterismError): void {
    this.#socket.close(reason);
    this.#release();
  }

  #receive(text: string): void {
    const parsed = parsePcmMessage(text);
    switch (parsed.kind) {
      case 'unknown':
        this.#socket.junk(text.length);
        return;
      case 'malformed':
        this.#socket.malformed(parsed.field, text.length);
        return;
      case 'message':
        if (parsed.message.event === 'start') this.#start(parsed.message);
        else if (this.#state === 'open') this.#dispatch(parsed.message);
        else this.#early.keep(parsed.message, text.length);
        return;
    }
  }

  #dispatch(message: Early): void {
    if ('audio' in message) {
      this.#audio(message.audio);
      return;
    }
    switch (message.event) {
      case 'dtmf':
        this.#events.dtmf(message.digit);
        return;
      case 'mark':
        this.#events.played(message.name);
        return;
      case 'stop':
        if (this.#socket.closed) return;
        this.#socket.close('patient-hung-up');
        this.#release();
        this.#events.stop('patient-hung-up');
        return;
    }
  }

  #start(message: PcmStart): void {
    if (this.#state !== 'none') {
      this.#socket.fail('STREAM_ALREADY_STARTED', 'a second start message on one socket');
      return;
    }
    if (!sampleRatesHz.includes(message.sampleRateHz)) {
      this.#socket.fail('CODEC_UNSUPPORTED', `sampleRateHz is one of ${sampleRatesHz.join(', ')}`);
      return;
    }
    this.#state = 'opening';
    this.#open(message).catch((error: unknown) => {
      log.error({ err: error }, 'a PCM stream could not be opened');
      this.#socket.fail('WORKER_FAILED', 'the stream could not be opened; try again');
    });
  }

  async #open({ sampleRateHz, callSid, patientId, protocolId, token }: PcmStart): Promise<void> {
    const toGateway = await createResampler(sampleRateHz, SAMPLE_RATE_HZ);
    const toProgram = await createResampler(SAMPLE_RATE_HZ, sampleRateHz);
    if (this.#socket.closed || this.#state === 'over') {
      toGateway.close();
      toProgram.close();
      return;
    }
    const inbound = new InboundAudio(sampleRateHz, toGateway, (frame, mediaMs) => {
      if (this.#state === 'open') this.#events.frame(frame, mediaMs);
    });
    this.#stream = { sampleRateHz, inbound, toGateway, toProgram };
    this.#state = 'open';
    this.#socket.started();
    this.#events.start({ transport: 'pcm', carrierCallId: callSid, patientId, protocolId, token });
    for (const early of this.#early.take()) this.#dispatch(early);
  }

  #audio(data: Buffer): void {
    const stream = this.#stream;
    if (!stream) return;
    const bytes = this.#oddByte.length > 0 ? Buffer.concat([this.#oddByte, data]) : data;
    const even = bytes.length & ~1;
    this.#oddByte = Buffer.from(bytes.subarray(even));
    this.#receivedSamples += even / 2;
    this.#socket.media((this.#receivedSamples * 1_000) / stream.sampleRateHz);
    if (even > 0 && !this.#socket.closed) stream.inbound.push(decodePcm16(bytes.subarray(0, even)));
  }

  #release(): void {
    this.#state = 'over';
    this.#stream?.toGateway.close();
    this.#stream?.toProgram.close();
    this.#stream = undefined;
    this.#early.take();
  }
}
