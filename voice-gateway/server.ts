import {
  createServer,
  STATUS_CODES,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { credentials } from '@grpc/grpc-js';
import { WebSocketServer } from 'ws';
import { AsterismError, messageOf, type ErrorCode } from '../platform/errors.js';
import type { Clock } from '../platform/clock.js';
import { log } from '../platform/log.js';
import { RecordClient } from '../protos/generated/asterism/v1/record.js';
import { hasBearer, isLocal, isSameOrigin } from './access.js';
import { sendCallEvents } from './call-events.js';
import type { HearingModels } from './hearing/open-hearing.js';
import { isCallId } from './leg/call-id.js';
import { connectConversations } from './leg/conversation-link.js';
import { prometheusText } from './metrics.js';
import type { Voice } from './speaking/voice.js';
import { Switchboard } from './switchboard.js';
import { noCarrierControl, twilioCarrierControl } from './transports/carrier-control.js';
import { PcmTransport } from './transports/pcm.js';
import type { SocketLimits } from './transports/transport.js';
import { TwilioTransport } from './transports/twilio.js';
import { signatureMatches } from './transports/twilio-signature.js';
import { answerVoiceWebhook } from './voice-webhook.js';

export interface TwilioOptions {
  /** With it every webhook and every media handshake must carry Twilio's signature. */
  readonly authToken?: string;
  /** With it and the auth token calls are ended and transferred through Twilio's REST API. */
  readonly accountSid?: string;
  /** Telephone numbers (E.164) by destination name of a transfer. */
  readonly transferNumbers?: Readonly<Record<string, string>>;
}

export interface GatewayOptions {
  /** Address to listen on, for example 127.0.0.1. */
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly hearing: HearingModels;
  readonly voice: Voice;
  /** host:port of the orchestrator's gRPC server (Conversation and Record). */
  readonly orchestratorAddress: string;
  /** Recordings go to <callsFolder>/<callId>/recording.wav. */
  readonly callsFolder: string;
  /** The URL under which the outside reaches this server, for example https://calls.example.org; undefined on loopback. */
  readonly publicUrl?: string;
  /** Lets programs elsewhere use /pcm and /calls with `Authorization: Bearer`; without it they are for this machine only. */
  readonly apiToken?: string;
  readonly twilio?: TwilioOptions;
  /** Most calls at one time. */
  readonly maxCalls: number;
  readonly clock: Clock;
  /** For tests: shorter waits than socketLimits. */
  readonly socketLimits?: SocketLimits;
}

export interface Gateway {
  /** http://host:port */
  readonly url: string;
  readonly port: number;
  /** Ends all calls with server-stopping and stops listening. Idempotent. */
  close(): Promise<void>;
}

/** Largest message on each media socket, in bytes; a larger one ends the socket with code 1009. */
const TWILIO_MESSAGE_BYTES = 65_536;
const PCM_MESSAGE_BYTES = 1_048_576;

/** Sockets that may wait for their start message beyond the calls there can be. */
const EXTRA_WAITING_SOCKETS = 32;

const REQUEST_TIMEOUT_MS = 10_000;

/**
 * Starts the voice gateway once its models are ready.
 * @throws AsterismError CONFIGURATION_INVALID, or what made the models unready
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const publicUrl = options.publicUrl === undefined ? undefined : parsePublicUrl(options.publicUrl);
  await Promise.all([options.hearing.ready, options.voice.ready]);
  const conversations = connectConversations(options.orchestratorAddress);
  const record = new RecordClient(options.orchestratorAddress, credentials.createInsecure(), {
    'grpc.enable_http_proxy': 0,
  });
  const switchboard = new Switchboard({
    ...options,
    openConversation: conversations.open,
    carrier: carrierOf(options.twilio),
  });
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS, headersTimeout: REQUEST_TIMEOUT_MS });
  server.on('request', (request, response) => {
    serve({ options, publicUrl, switchboard, record }, request, response).catch((error: unknown) => {
      log.error({ error: messageOf(error) }, 'a request failed');
      refuse(response, 500, 'CONFIGURATION_INVALID', 'the request could not be served');
    });
  });
  acceptSockets(server, { options, publicUrl, switchboard });
  await listen(server, options.host, options.port);
  const { port } = server.address() as AddressInfo;
  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    const stopped = new Promise<void>((resolve) => server.close(() => resolve()));
    await switchboard.close();
    conversations.close();
    record.close();
    server.closeAllConnections();
    await stopped;
  };
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  return { url: `http://${host}:${port}`, port, close: () => (closed ??= close()) };
}

interface Serving {
  readonly options: GatewayOptions;
  readonly publicUrl: URL | undefined;
  readonly switchboard: Switchboard;
}

async function serve(
  { options, publicUrl, switchboard, record }: Serving & { readonly record: RecordClient },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const pathname = pathOf(request);
  const route = `${request.method ?? ''} ${pathname}`;
  if (route === 'POST /twilio/voice') {
    await answerVoiceWebhook(
      { switchboard, publicUrl, authToken: options.twilio?.authToken },
      request,
      response,
    );
    return;
  }
  if (route === 'GET /healthz') {
    const { callsActive, callsLimit } = switchboard.figures;
    sendJson(response, 200, { status: callsActive < callsLimit ? 'ok' : 'full', callsActive, callsLimit });
    return;
  }
  if (route === 'GET /metrics') {
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' });
    response.end(prometheusText(switchboard.figures));
    return;
  }
  const [, carrierCallId] = /^GET \/calls\/by-carrier\/([^/]{1,256})$/.exec(route) ?? [];
  const [, callId] = /^GET \/calls\/([^/]{1,256})\/events$/.exec(route) ?? [];
  if (carrierCallId === undefined && callId === undefined) {
    refuse(response, 404, 'INPUT_INVALID', 'no such path');
    return;
  }
  // Calls hold what patients said.
  if (!isLocal(request, publicUrl !== undefined) && !hasBearer(request, options.apiToken)) {
    refuse(
      response,
      401,
      'TOKEN_INVALID',
      'calls may be read on this machine, or with the API token as Bearer',
    );
    return;
  }
  if (carrierCallId !== undefined) {
    const found = switchboard.callIdOf(decoded(carrierCallId));
    if (found === undefined)
      refuse(response, 404, 'CALL_NOT_FOUND', 'no call of the carrier has this identifier');
    else sendJson(response, 200, { callId: found });
    return;
  }
  if (callId === undefined || !isCallId(callId)) {
    refuse(response, 404, 'CALL_NOT_FOUND', 'no call has this identifier');
    return;
  }
  const seen = Number(request.headers['last-event-id'] ?? 0);
  sendCallEvents(record, callId, Number.isSafeInteger(seen) ? seen : 0, response);
}

function acceptSockets(server: Server, { options, publicUrl, switchboard }: Serving): void {
  const { clock, apiToken, twilio } = options;
  const settings = options.socketLimits ? { clock, limits: options.socketLimits } : { clock };
  const accepting = { noServer: true, perMessageDeflate: false };
  const twilioSockets = new WebSocketServer({ ...accepting, maxPayload: TWILIO_MESSAGE_BYTES });
  const pcmSockets = new WebSocketServer({ ...accepting, maxPayload: PCM_MESSAGE_BYTES });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const pathname = pathOf(request);
    const local = isLocal(request, publicUrl !== undefined);
    if (!isSameOrigin(request)) {
      refuseUpgrade(socket, 403, 'SIGNATURE_INVALID', 'pages of other origins may not open a call');
    } else if (switchboard.waiting >= options.maxCalls + EXTRA_WAITING_SOCKETS) {
      refuseUpgrade(socket, 503, 'CALLS_AT_LIMIT', 'too many sockets wait for their start message');
    } else if (pathname === '/twilio/media') {
      const signature = request.headers['x-twilio-signature'];
      const given = Array.isArray(signature) ? signature[0] : signature;
      const authToken = twilio?.authToken;
      if (authToken && !signatureMatches(authToken, given, handshakeUrl(request, publicUrl))) {
        refuseUpgrade(socket, 403, 'SIGNATURE_INVALID', 'X-Twilio-Signature is missing or does not match');
        return;
      }
      twilioSockets.handleUpgrade(request, socket, head, (media) =>
        switchboard.answer(local, (events) => new TwilioTransport(media, events, settings)),
      );
    } else if (pathname === '/pcm') {
      if (!local && !hasBearer(request, apiToken)) {
        refuseUpgrade(socket, 401, 'TOKEN_INVALID', 'programs elsewhere send the API token as Bearer');
        return;
      }
      pcmSockets.handleUpgrade(request, socket, head, (media) =>
        switchboard.answer(true, (events) => new PcmTransport(media, events, settings)),
      );
    } else {
      refuseUpgrade(socket, 404, 'INPUT_INVALID', 'media sockets are /twilio/media and /pcm');
    }
  });
}

/** The path without its query; whatever was sent, never an error. */
function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?')[0] ?? '/';
}

/** The URL of the handshake as Twilio wrote it. */
function handshakeUrl(request: IncomingMessage, publicUrl: URL | undefined): string {
  const path = request.url ?? '/';
  if (!publicUrl) return `ws://${request.headers.host ?? ''}${path}`;
  return `${publicUrl.protocol === 'http:' ? 'ws:' : 'wss:'}//${publicUrl.host}${prefixOf(publicUrl)}${path}`;
}

function prefixOf(publicUrl: URL): string {
  return publicUrl.pathname.replace(/\/$/, '');
}

function carrierOf(twilio: TwilioOptions | undefined): ReturnType<typeof twilioCarrierControl> {
  if (!twilio?.accountSid || !twilio.authToken) return noCarrierControl;
  const { accountSid, authToken, transferNumbers = {} } = twilio;
  return twilioCarrierControl({ accountSid, authToken, transferNumbers });
}

function parsePublicUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === '') return url;
  throw new AsterismError('CONFIGURATION_INVALID', 'the public URL must be like https://calls.example.org');
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) =>
      reject(
        new AsterismError(
          'CONFIGURATION_INVALID',
          `cannot listen on ${host}:${port}: ${messageOf(cause)}; choose another port`,
          { cause },
        ),
      ),
    );
    server.listen(port, host, () => resolve());
  });
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function sendJson(response: ServerResponse, httpStatus: number, body: unknown): void {
  response.writeHead(httpStatus, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}

function refuse(response: ServerResponse, httpStatus: number, code: ErrorCode, message: string): void {
  if (response.headersSent) response.end();
  else sendJson(response, httpStatus, { code, message });
}

function refuseUpgrade(socket: Duplex, httpStatus: number, code: ErrorCode, message: string): void {
  const body = JSON.stringify({ code, message });
  socket.end(
    `HTTP/1.1 ${httpStatus} ${STATUS_CODES[httpStatus] ?? ''}\r\nconnection: close\r\n` +
      `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
