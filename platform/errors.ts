/**
 * Every error that leaves a part has a code from this registry. docs/errors.md has a paragraph for
 * each, and a test fails when the two disagree. Messages say what happened, where, and what mends it,
 * and never hold health information.
 */
export const errorCodes = {
  // models
  MODEL_MISSING: 'A model file is not in the cache.',
  MODEL_CHECKSUM: 'A model file does not have the expected SHA-256.',
  MODEL_FETCH: 'A model package could not be fetched.',
  MODEL_PREPARE: 'A model could not be converted into the form that runs here.',
  MODEL_UNKNOWN: 'The manifest has no model of this name.',
  // inference
  WORKER_FAILED: 'An inference worker stopped or refused a task.',
  CANCELLED: 'The work was cancelled before it finished.',
  // wire
  FRAME_MALFORMED: 'A message on a media socket could not be understood.',
  FRAME_TOO_LARGE: 'A message on a media socket is larger than any valid one.',
  CODEC_UNSUPPORTED: 'The media socket announced a codec other than the supported one.',
  STREAM_NOT_STARTED: 'Media arrived but no start message followed.',
  STREAM_ALREADY_STARTED: 'A second start message arrived on a running stream.',
  NO_MEDIA: 'A started stream sent no media for too long.',
  MEDIA_TOO_FAST: 'A media socket sends audio much faster than it can have been spoken.',
  SIGNATURE_INVALID: "The carrier's signature does not match.",
  TOKEN_INVALID: 'The call token is missing, used or expired.',
  CARRIER_REFUSED: "The telephone carrier's interface did not do what was asked.",
  CALLS_AT_LIMIT: 'The server already holds as many calls as it may.',
  // conversation
  CONVERSATION_PROTOCOL: 'A conversation stream broke the contract.',
  CHART_NOT_FOUND: 'No chart has this patient identifier.',
  CHART_INVALID: 'A chart does not have the expected shape.',
  PATIENT_DECEASED: 'The record says that the patient has died.',
  RECORD_UNREACHABLE: "The patient's record could not be reached.",
  CALL_NOT_FOUND: 'No call has this identifier.',
  RECORD_CORRUPT: "A call's log does not fold into a state.",
  // knowledge
  KNOWLEDGE_INVALID: 'A knowledge-base file does not pass its schema or contradicts another.',
  PROTOCOL_INVALID: 'A care protocol does not pass its schema or cannot reach its end.',
  // set-up
  DATABASE_UNREACHABLE: 'The database cannot be opened.',
  SPECIALIST_UNREACHABLE: 'A specialist does not answer at its address.',
  CONFIGURATION_INVALID: 'A setting has a value that cannot be used.',
  INPUT_INVALID: 'A file or option given to a command does not have the expected shape.',
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** The one error class of the project. */
export class AsterismError extends Error {
  readonly code: ErrorCode;

  /**
   * @param detail what happened, where, and what mends it; no health information
   */
  constructor(code: ErrorCode, detail: string, options?: { cause?: unknown }) {
    super(`${code}: ${detail}`, options);
    this.name = 'AsterismError';
    this.code = code;
  }
}

/** The message of anything thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
