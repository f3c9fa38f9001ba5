import type { AsterismError } from '../../platform/errors.js';

/** Why a call ended, as in protos/asterism/v1/conversation.proto (CallEnded). */
export type CallEndReason =
  | 'patient-hung-up'
  | 'agent-hung-up'
  | 'transferred'
  | 'connection-lost'
  | 'no-media'
  | 'protocol-error'
  | 'server-stopping';

/** Why the far side's part of a call is over. */
export type StopReason = Extract<
  CallEndReason,
  'patient-hung-up' | 'connection-lost' | 'no-media' | 'protocol-error'
>;

/** What the carrier or program said of a call when it began. */
export interface TransportStart {
  readonly transport: 'twilio' | 'pcm';
  /** The carrier's own identifier, for example Twilio's callSid; empty when there is none. */
  readonly carrierCallId: string;
  /** Which chart the call is about; empty when unknown. */
  readonly patientId: string;
  /** Which care protocol to follow; empty: the chart's own. */
  readonly protocolId: string;
  /** The one-use token that POST /twilio/voice minted; empty when none was sent. */
  readonly token: string;
}

/** What a transport tells its call. `start` comes first and once, `stop` last and once. */
export interface TransportEvents {
  start(meta: TransportStart): void;
  /**
   * One frame of the patient's audio.
   * @param frame FRAME_SAMPLES float32 at 16 kHz, owned by the receiver
   * @param mediaMs media time of its first sample; frames follow each other without gaps: 0, 20, 40, …
   */
  frame(frame: Float32Array, mediaMs: number): void;
  /** @param digit one of 0-9, *, #, A-D */
  dtmf(digit: string): void;
  /** Everything written before this mark has been played (or was flushed, when flush came after the mark). */
  played(mark: string): void;
  /** The far side is gone. Not called after the call's own close(). */
  stop(reason: StopReason): void;
}

/** One way of carrying a call's audio: everything above it sees the same few operations. */
export interface Transport {
  /**
   * Puts one frame on the wire at once; the caller paces.
   * @param frame FRAME_SAMPLES float32 at 16 kHz
   */
  write(frame: Float32Array): void;
  /** Empties what the far side has not played yet. */
  flush(): void;
  /** Asks for `played(name)` when everything written so far has been played. */
  mark(name: string): void;
  /** Ends the connection: normally, or with the code of an error. Idempotent; nothing is told afterwards. */
  close(reason: CallEndReason | AsterismError): void;
}

/** Limits that keep one bad socket from hurting the process or other calls. */
export interface SocketLimits {
  /** Wait for the start message, in milliseconds; then STREAM_NOT_STARTED. */
  readonly startWithinMs: number;
  /** Wait for media on a started stream, in milliseconds; then NO_MEDIA. */
  readonly mediaWithinMs: number;
  /** Messages that could not be understood; one more ends the socket with FRAME_MALFORMED. */
  readonly malformedMessages: number;
  /** Bytes of messages that carried nothing, above a leak of junkLeakBytesPerMs; then FRAME_TOO_LARGE. */
  readonly junkBytes: number;
  readonly junkLeakBytesPerMs: number;
  /** Audio kept while waiting for the start message, in bytes; the oldest goes first. */
  readonly bufferedBytes: number;
  /** How far received audio may run ahead of the clock, in milliseconds; then MEDIA_TOO_FAST. */
  readonly aheadMs: number;
  /** Bytes waiting for a far side that does not read; then the connection counts as lost. */
  readonly unsentBytes: number;
}

export const socketLimits: SocketLimits = {
  startWithinMs: 10_000,
  mediaWithinMs: 10_000,
  malformedMessages: 50,
  junkBytes: 1_048_576,
  junkLeakBytesPerMs: 16,
  bufferedBytes: 160_000,
  aheadMs: 15_000,
  unsentBytes: 1_048_576,
};
