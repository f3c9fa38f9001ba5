import { z } from 'zod';
import { parseMessage, type ParsedMessage } from './parse-message.js';

/**
 * The messages of Twilio Media Streams, both ways. Numbers travel as strings; a number is taken too,
 * because clones of the protocol send some. Unknown fields are ignored.
 * Source: https://www.twilio.com/docs/voice/media-streams/websocket-messages
 */

/** A whole number from 0, as a string or a number. */
const count = z
  .union([z.string().regex(/^\d{1,15}$/), z.number().int().nonnegative()])
  .transform((value) => Number(value));

const connected = z.object({ event: z.literal('connected') });

const start = z.object({
  event: z.literal('start'),
  streamSid: z.string().min(1).max(256),
  start: z.object({
    callSid: z.string().max(256).default(''),
    customParameters: z.record(z.string(), z.string().max(4_096)).default({}),
    mediaFormat: z.object({
      encoding: z.string().max(64),
      sampleRate: count,
      channels: count.default(1),
    }),
  }),
});

const media = z.object({
  event: z.literal('media'),
  media: z.object({
    /** inbound is the patient; outbound is a copy of what the agent said. */
    track: z.string().max(32).default('inbound'),
    chunk: count.optional(),
    /** Milliseconds since the stream began. */
    timestamp: count.optional(),
    /** µ-law bytes without a file header, in base64. */
    payload: z.string().regex(/^[A-Za-z0-9+/]+={0,2}$/),
  }),
});

const dtmf = z.object({
  event: z.literal('dtmf'),
  dtmf: z.object({ digit: z.string().regex(/^[0-9*#A-D]$/) }),
});

const mark = z.object({ event: z.literal('mark'), mark: z.object({ name: z.string().max(256) }) });

const stop = z.object({ event: z.literal('stop') });

const message = z.discriminatedUnion('event', [connected, start, media, dtmf, mark, stop]);

export type TwilioMessage = z.infer<typeof message>;
export type TwilioStart = z.infer<typeof start>;
export type TwilioMedia = z.infer<typeof media>;

const knownEvents = new Set<string>(message.options.map((option) => option.shape.event.value));

/** Parses one text frame of the socket. Never throws. */
export function parseTwilioMessage(text: string): ParsedMessage<TwilioMessage> {
  return parseMessage(text, message, knownEvents);
}

/** @param payload µ-law bytes at 8 kHz */
export function mediaMessage(streamSid: string, payload: Uint8Array): string {
  const encoded = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString('base64');
  return JSON.stringify({ event: 'media', streamSid, media: { payload: encoded } });
}

export function markMessage(streamSid: string, name: string): string {
  return JSON.stringify({ event: 'mark', streamSid, mark: { name } });
}

export function clearMessage(streamSid: string): string {
  return JSON.stringify({ event: 'clear', streamSid });
}
