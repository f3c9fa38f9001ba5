import type { AsterismError, ErrorCode } from '../../platform/errors.js';

/** WebSocket close codes (the private range 4000-4999) for errors that end a media socket. */
const closeCodes: Partial<Record<ErrorCode, number>> = {
  FRAME_MALFORMED: 4400,
  TOKEN_INVALID: 4401,
  SIGNATURE_INVALID: 4403,
  STREAM_NOT_STARTED: 4408,
  STREAM_ALREADY_STARTED: 4409,
  NO_MEDIA: 4410,
  FRAME_TOO_LARGE: 4413,
  CODEC_UNSUPPORTED: 4415,
  MEDIA_TOO_FAST: 4420,
  CALLS_AT_LIMIT: 4429,
};

/** For codes without a number of their own. */
const otherError = 4500;

/** RFC 6455: a close frame's reason is at most 123 bytes. */
const reasonBytes = 123;

/** The close code and reason of an error: the reason begins with the error's code, for example `NO_MEDIA: …`. */
export function closeOf(error: AsterismError): { code: number; reason: string } {
  const reason = Buffer.from(error.message, 'utf8')
    .subarray(0, reasonBytes)
    .toString('utf8')
    .replace(/�+$/, '');
  return { code: closeCodes[error.code] ?? otherError, reason };
}
