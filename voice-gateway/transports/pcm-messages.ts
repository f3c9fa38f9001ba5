import { z } from 'zod';

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
const anyMessage = z.object({ event: z.string() });

export type PcmMessage = z.infer<typeof message>;
export type PcmStart = z.infer<typeof start>;

/** A text frame, understood or not. */
export type ParsedPcmMessage =
  | { readonly kind: 'message'; readonly message: PcmMessage }
  /** A message of an event that is not known: to be ignored. */
  | { readonly kind: 'unknown' }
  /** field: the first field that is wrong; its value is not repeated. */
  | { readonly kind: 'malformed'; readonly field: string };

/** Parses one text frame of the socket. Never throws. */
export function parsePcmMessage(text: string): ParsedPcmMessage {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { kind: 'malformed', field: 'not JSON' };
  }
  const event = anyMessage.safeParse(json);
  if (!event.success) return { kind: 'malformed', field: 'event' };
  if (!knownEvents.has(event.data.event)) return { kind: 'unknown' };
  const parsed = message.safeParse(json);
  if (parsed.success) return { kind: 'message', message: parsed.data };
  return { kind: 'malformed', field: parsed.error.issues[0]?.path.join('.') ?? event.data.event };
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
