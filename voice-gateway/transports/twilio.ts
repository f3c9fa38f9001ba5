import type { WebSocket } from 'ws';
import type { AsterismError } from '../../platform/errors.js';
import { systemClock, type Clock } from '../../platform/clock.js';
import { log } from '../../platform/log.js';
import { SAMPLE_RATE_HZ } from '../audio/frame.js';
import { decodeMuLaw, encodeMuLaw } from '../audio/g711.js';
import { createResampler, type Resampler } from '../audio/resampler.js';
import { EarlyMessages } from './early-messages.js';
import { InboundAudio } from './inbound-audio.js';
import { MediaSocket } from './media-socket.js';
import { MediaTimeline } from './media-timeline.js';
import {
  socketLimits,
  type CallEndReason,
  type SocketLimits,
  type Transport,
  type TransportEvents,
} from './transport.js';
import {
  clearMessage,
  markMessage,
  mediaMessage,
  parseTwilioMessage,
  type TwilioMedia,
  type TwilioMessage,
  type TwilioStart,
} from './twilio-messages.js';

/** Samples per second of G.711 telephony. */
const TELEPHONE_RATE_HZ = 8_000;

interface Stream {
  readonly streamSid: string;
  readonly inbound: InboundAudio;
  readonly fromTelephone: Resampler;
  readonly toTelephone: Resampler;
}

/**
 * One call over Twilio Media Streams. Unknown events are ignored, media before start is kept for it, and a
 * message that breaks the protocol ends this socket with a coded close.
 */
export class TwilioTransport implements Transport {
  readonly #socket: MediaSocket;
  readonly #events: TransportEvents;
  readonly #timeline = new MediaTimeline();
  readonly #early: EarlyMessages<TwilioMessage>;
  /** none until a start message; opening while its resamplers are made. */
  #state: 'none' | 'opening' | 'open' | 'over' = 'none';
  #stream: Stream | undefined;

  constructor(
    socket: WebSocket,
    events: TransportEvents,
    { clock = systemClock, limits = socketLimits }: { clock?: Clock; limits?: SocketLimits } = {},
  ) {
    this.#events = events;
    this.#early = new EarlyMessages(limits.bufferedBytes);
    this.#socket = new MediaSocket(socket, clock, limits, {
      text: (message) => this.#receive(message),
      binary: () => this.#socket.fail('FRAME_MALFORMED', 'a binary frame; Media Streams are text frames'),
      ended: (reason) => {
        this.#release();
        events.stop(reason);
      },
    });
  }

  write(frame: Float32Array): void {
    if (!this.#stream) return;
    const payload = encodeMuLaw(this.#stream.toTelephone.process(frame));
    if (payload.length > 0) this.#socket.send(mediaMessage(this.#stream.streamSid, payload));
  }

  flush(): void {
    if (!this.#stream) return;
    this.#stream.toTelephone.flush();
    this.#socket.send(clearMessage(this.#stream.streamSid));
  }

  mark(name: string): void {
    if (this.#stream) this.#socket.send(markMessage(this.#stream.streamSid, name));
  }

  close(reason: CallEndReason | AsterismError): void {
    this.#socket.close(reason);
    this.#release();
  }

  #receive(text: string): void {
    const parsed = parseTwilioMessage(text);
    switch (parsed.kind) {
      case 'unknown':
        this.#socket.junk(text.length);
        return;
      case 'malformed':
        this.#socket.malformed(parsed.field, text.length);
        return;
      case 'message':
        this.#handle(parsed.message, text.length);
        return;
    }
  }

  #handle(message: TwilioMessage, bytes: number): void {
    switch (message.event) {
      case 'connected':
        this.#socket.junk(bytes);
        return;
      case 'start':
        this.#start(message);
        return;
      case 'stop':
        this.#stop();
        return;
      case 'media':
      case 'dtmf':
      case 'mark':
        if (this.#state === 'open') this.#dispatch(message);
        else this.#keep(message, bytes);
        return;
    }
  }

  #keep(message: TwilioMessage, bytes: number): void {
    if (message.event === 'media') this.#socket.media(0);
    this.#early.keep(message, bytes);
  }

  #dispatch(message: Exclude<TwilioMessage, { event: 'connected' | 'start' | 'stop' }>): void {
    switch (message.event) {
      case 'media':
        this.#media(message);
        return;
      case 'dtmf':
        this.#events.dtmf(message.dtmf.digit);
        return;
      case 'mark':
        this.#events.played(message.mark.name);
        return;
    }
  }

  #start(message: TwilioStart): void {
    if (this.#state !== 'none') {
      this.#socket.fail('STREAM_ALREADY_STARTED', 'a second start message on one socket');
      return;
    }
    const { encoding, sampleRate, channels } = message.start.mediaFormat;
    if (encoding !== 'audio/x-mulaw' || sampleRate !== TELEPHONE_RATE_HZ || channels !== 1) {
      this.#socket.fail('CODEC_UNSUPPORTED', 'only audio/x-mulaw at 8000 Hz with one channel is spoken here');
      return;
    }
    this.#state = 'opening';
    this.#open(message).catch((error: unknown) => {
      log.error({ err: error }, 'a Twilio stream could not be opened');
      this.#socket.fail('WORKER_FAILED', 'the stream could not be opened; try again');
    });
  }

  async #open(message: TwilioStart): Promise<void> {
    const fromTelephone = await createResampler(TELEPHONE_RATE_HZ, SAMPLE_RATE_HZ);
    const toTelephone = await createResampler(SAMPLE_RATE_HZ, TELEPHONE_RATE_HZ);
    if (this.#socket.closed || this.#state === 'over') {
      fromTelephone.close();
      toTelephone.close();
      return;
    }
    this.#stream = {
      streamSid: message.streamSid,
      fromTelephone,
      toTelephone,
      inbound: new InboundAudio(TELEPHONE_RATE_HZ, fromTelephone, (frame, mediaMs) => {
        if (this.#state === 'open') this.#events.frame(frame, mediaMs);
      }),
    };
    this.#state = 'open';
    this.#socket.started();
    const { patientId = '', protocolId = '', token = '' } = message.start.customParameters;
    this.#events.start({
      transport: 'twilio',
      carrierCallId: message.start.callSid,
      patientId,
      protocolId,
      token,
    });
    for (const early of this.#early.take()) {
      if (early.event === 'stop') this.#stop();
      else if (early.event !== 'start' && early.event !== 'connected') this.#dispatch(early);
    }
  }

  #media({ media }: TwilioMedia): void {
    const stream = this.#stream;
    if (!stream || media.track.startsWith('outbound')) return;
    const codes = Buffer.from(media.payload, 'base64');
    const durationMs = (codes.length * 1_000) / TELEPHONE_RATE_HZ;
    const placement = this.#timeline.place({ stampMs: media.timestamp, chunk: media.chunk, durationMs });
    // Even a repeated piece shows that the line is alive.
    this.#socket.media(this.#timeline.positionMs);
    if (!placement.accept || this.#socket.closed) return;
    stream.inbound.pushSilence(placement.silenceMs);
    stream.inbound.push(decodeMuLaw(codes));
  }

  #stop(): void {
    if (this.#state === 'none') {
      this.#socket.fail('STREAM_NOT_STARTED', 'a stop message without a start message');
      return;
    }
    if (this.#state === 'opening') {
      this.#early.keep({ event: 'stop' }, 0);
      return;
    }
    if (this.#socket.closed) return;
    this.#socket.close('patient-hung-up');
    this.#release();
    this.#events.stop('patient-hung-up');
  }

  #release(): void {
    this.#state = 'over';
    this.#stream?.fromTelephone.close();
    this.#stream?.toTelephone.close();
    this.#stream = undefined;
    this.#early.take();
  }
}
