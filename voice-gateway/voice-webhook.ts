import type { IncomingMessage, ServerResponse } from 'node:http';
import { log } from '../platform/log.js';
import type { Switchboard } from './switchboard.js';
import { connectStreamTwiml, sayAndHangUpTwiml } from './transports/twiml.js';
import { signatureMatches } from './transports/twilio-signature.js';

/** What a caller hears, in the carrier's voice, when all lines are taken. */
export const BUSY_SENTENCE =
  'All of our lines are busy right now. Please call again in a few minutes. If this is an emergency, hang up and dial 9 1 1.';

/** Twilio's form posts are a few kilobytes. */
const BODY_BYTES = 65_536;

/** A body beyond this is cut off. */
const DRAINED_BYTES = 1_048_576;

const IDENTIFIER_LENGTH = 256;

export interface VoiceWebhookParts {
  readonly switchboard: Switchboard;
  readonly publicUrl: URL | undefined;
  /** With it the post must carry Twilio's signature. */
  readonly authToken: string | undefined;
}

/** Answers POST /twilio/voice: TwiML that connects the call to the media socket, with a one-use token. */
export async function answerVoiceWebhook(
  { switchboard, publicUrl, authToken }: VoiceWebhookParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request);
  if (body === undefined) {
    response.writeHead(413, { 'content-type': 'application/json', connection: 'close' });
    response.end(
      JSON.stringify({ code: 'FRAME_TOO_LARGE', message: `a body is at most ${BODY_BYTES} bytes` }),
    );
    return;
  }
  const path = request.url ?? '/';
  const host = request.headers.host ?? 'localhost';
  const base = publicUrl ? publicUrl.origin + publicUrl.pathname.replace(/\/$/, '') : `http://${host}`;
  const form = new URLSearchParams(body);
  const header = request.headers['x-twilio-signature'];
  const signature = Array.isArray(header) ? header[0] : header;
  if (authToken && !signatureMatches(authToken, signature, base + path, groupedByName(form))) {
    log.warn({ code: 'SIGNATURE_INVALID' }, 'a webhook was refused');
    response.writeHead(403, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({
        code: 'SIGNATURE_INVALID',
        message: 'X-Twilio-Signature is missing or does not match',
      }),
    );
    return;
  }
  const query = new URLSearchParams(path.split('?')[1] ?? '');
  const parameter = (name: string): string =>
    (query.get(name) ?? form.get(name) ?? '').slice(0, IDENTIFIER_LENGTH);
  const patientId = parameter('patientId');
  const protocolId = parameter('protocolId');
  const token = switchboard.expect(patientId, protocolId);
  const twiml =
    token === undefined
      ? sayAndHangUpTwiml(BUSY_SENTENCE)
      : connectStreamTwiml(`${base.replace(/^http/, 'ws')}/twilio/media`, { token, patientId, protocolId });
  response.writeHead(200, { 'content-type': 'text/xml; charset=utf-8', 'cache-control': 'no-store' });
  response.end(twiml);
}

function groupedByName(form: URLSearchParams): Map<string, string[]> {
  const grouped = new Map<string, string[]>();
  for (const [name, value] of form) grouped.set(name, [...(grouped.get(name) ?? []), value]);
  return grouped;
}

/** The body as text; undefined when it is too large. A little more is read, and forgotten, so that the answer arrives. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes <= BODY_BYTES) parts.push(part);
    else parts.length = 0;
    if (bytes > DRAINED_BYTES) return undefined;
  }
  return bytes > BODY_BYTES ? undefined : Buffer.concat(parts).toString('utf8');
}
