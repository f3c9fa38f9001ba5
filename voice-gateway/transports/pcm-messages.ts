import { z } from 'zod';
import { parseMessage, type ParsedMessage } from './parse-message.js';

/** The text frames of the plain PCM socket at /pcm. Audio travels as binary frames: 16-bit little-endian mono. */

const start = z.object({
  event: z.literal('start'),
  /** Samples per second in both directions. */
  sampleRateHz: z.number().default(16_000),
  patientId: z.string().max(256).default(''),
  protocolId: z.string().max(256).default(''),
  /** The program's own name for the call; empty when it has none. */
  callSid: z.string().max(256).default(''),
  token: z.string().max(4_096).default(''),
});
const dtmf = z.object({ event: z.literal('dtmf'), digit: z.string().regex(/^[0-9*#A-D]$/) });
const mark = z.object({ event: z.literal('mark'), name: z.string().max(256) });
const stop = z.object({ event: z.literal('stop') });

const message = z.discriminatedUnion('event', [start, dtmf, mark, stop]);
const knownEvents = new Set<string>(message.options.map((option) => option.shape.event.value));

export type PcmMessage = z.infer<typeof message>;
export type PcmStart = z.infer<typeof start>;

/** Parses one text frame of the socket. Never throws. */
export function parsePcmMessage(text: string): ParsedMessage<PcmMessage> {
  return parseMessage(text, message, knownEvents);
}

const FULL_SCALE = 32_768;

/** @param bytes 16-bit little-endian samples, an even number of bytes */
export function decodePcm16(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from(
    { length: bytes.byteLength >> 1 },
    (_, i) => view.getInt16(2 * i, true) / FULL_SCALE,
  );
}

/** @param samples in [-1, 1]; what lies beyond is clipped, and not-a-number becomes silence */
export function encodePcm16(samples: Float32Array): Uint8Array {
  const bytes = new Uint8Array(2 * samples.length);
  const view = new DataView(bytes.buffer);
  samples.forEach((sample, i) => {
    const value = Math.round(sample * FULL_SCALE);
    view.setInt16(2 * i, Math.max(-FULL_SCALE, Math.min(FULL_SCALE - 1, value)) || 0, true);
  });
  return bytes;
}
