import type { RawData, WebSocket } from 'ws';
import { AsterismError, messageOf, type ErrorCode } from '../../platform/errors.js';
import type { Clock } from '../../platform/clock.js';
import { log } from '../../platform/log.js';
import { closeOf } from './close-codes.js';
import type { CallEndReason, SocketLimits, StopReason } from './transport.js';

/** What a protocol does with the messages of its socket. */
export interface MediaSocketHandler {
  text(message: string): void;
  binary(data: Buffer): void;
  /** The socket is over, by the far side or because it broke a limit. Not called after close(). */
  ended(reason: StopReason): void;
}

/** Close codes of a far side that ends on purpose: normal, going away, and a close frame without a code. */
const hangUpCodes: ReadonlySet<number> = new Set([1000, 1001, 1005]);

/** How often the waiting limits are looked at, in milliseconds. */
const WATCH_MS = 500;

/** A close that the far side does not answer is cut after this, in milliseconds. */
const CLOSE_WITHIN_MS = 2_000;

/**
 * One media WebSocket with the limits that every protocol shares. Whatever arrives, at most this socket
 * ends, with a coded close.
 */
export class MediaSocket {
  readonly #socket: WebSocket;
  readonly #clock: Clock;
  readonly #limits: SocketLimits;
  readonly #handler: MediaSocketHandler;
  #closed = false;
  #sawMediaBeforeStart = false;
  #started = false;
  #waitingSinceMs: number;
  #firstAudioMs: number | undefined;
  #malformed = 0;
  #junkBytes = 0;
  #junkAtMs: number;
  #cancelWatch: () => void = () => undefined;

  constructor(socket: WebSocket, clock: Clock, limits: SocketLimits, handler: MediaSocketHandler) {
    this.#socket = socket;
    this.#clock = clock;
    this.#limits = limits;
    this.#handler = handler;
    this.#waitingSinceMs = clock.nowMs();
    this.#junkAtMs = this.#waitingSinceMs;
    socket.on('message', (data, isBinary) => this.#receive(data, isBinary));
    socket.on('close', (code) => this.#end(hangUpCodes.has(code) ? 'patient-hung-up' : 'connection-lost'));
    socket.on('error', (error) => {
      // ws answers an oversized or broken frame with its own close code (1009, 1002, 1007).
      log.warn({ error: messageOf(error) }, 'a media socket failed');
      const broke = 'code' in error && String(error.code).startsWith('WS_ERR');
      this.#end(broke ? 'protocol-error' : 'connection-lost');
    });
    this.#watch();
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** From now on media is awaited instead of the start message. */
  started(): void {
    this.#started = true;
    this.#waitingSinceMs = this.#clock.nowMs();
  }

  /** Notes that media came, and how much there is by now. @param positionMs media time received so far */
  media(positionMs: number): void {
    const nowMs = this.#clock.nowMs();
    if (!this.#started) {
      this.#sawMediaBeforeStart = true;
      return;
    }
    this.#waitingSinceMs = nowMs;
    this.#firstAudioMs ??= nowMs;
    const aheadMs = positionMs - (nowMs - this.#firstAudioMs);
    if (aheadMs > this.#limits.aheadMs) {
      this.fail('MEDIA_TOO_FAST', `${Math.round(aheadMs)} ms ahead of the clock; send audio as it is spoken`);
    }
  }

  /** Counts a message that could not be understood. @param field where it is wrong, never its content */
  malformed(field: string, bytes: number): void {
    this.#malformed++;
    log.debug({ field }, 'a malformed message was ignored');
    if (this.#malformed > this.#limits.malformedMessages) {
      this.fail(
        'FRAME_MALFORMED',
        `${this.#malformed} messages could not be understood, the last at ${field}`,
      );
      return;
    }
    this.junk(bytes);
  }

  /** Counts bytes that carried nothing. */
  junk(bytes: number): void {
    const nowMs = this.#clock.nowMs();
    const leaked = (nowMs - this.#junkAtMs) * this.#limits.junkLeakBytesPerMs;
    this.#junkBytes = Math.max(0, this.#junkBytes - leaked) + bytes;
    this.#junkAtMs = nowMs;
    if (this.#junkBytes > this.#limits.junkBytes) {
      this.fail('FRAME_TOO_LARGE', 'too many bytes that carry nothing');
    }
  }

  send(data: string | Uint8Array): void {
    if (this.#closed || this.#socket.readyState !== this.#socket.OPEN) return;
    if (this.#socket.bufferedAmount > this.#limits.unsentBytes) {
      log.warn('a media socket does not read what it is sent');
      this.#socket.terminate();
      this.#end('connection-lost');
      return;
    }
    this.#socket.send(data);
  }

  /** Ends the socket with an error's code, and tells the handler. */
  fail(code: ErrorCode, detail: string): void {
    if (this.#closed) return;
    this.#shut(new AsterismError(code, detail));
    this.#handler.ended(code === 'NO_MEDIA' ? 'no-media' : 'protocol-error');
  }

  /** Ends the socket without telling the handler. Idempotent. */
  close(reason: CallEndReason | AsterismError): void {
    this.#shut(reason);
  }

  #receive(data: RawData, isBinary: boolean): void {
    if (this.#closed) return;
    const bytes = Array.isArray(data)
      ? Buffer.concat(data)
      : Buffer.isBuffer(data)
        ? data
        : Buffer.from(data);
    if (isBinary) this.#handler.binary(bytes);
    else this.#handler.text(bytes.toString('utf8'));
  }

  #watch(): void {
    this.#cancelWatch = this.#clock.after(WATCH_MS, () => {
      const waitedMs = this.#clock.nowMs() - this.#waitingSinceMs;
      if (this.#started && waitedMs >= this.#limits.mediaWithinMs) {
        this.fail('NO_MEDIA', `nothing for ${Math.round(waitedMs)} ms`);
      } else if (!this.#started && waitedMs >= this.#limits.startWithinMs) {
        const what = this.#sawMediaBeforeStart ? 'media but no start message' : 'no start message';
        this.fail('STREAM_NOT_STARTED', `${what} within ${this.#limits.startWithinMs} ms`);
      }
      if (!this.#closed) this.#watch();
    });
  }

  #shut(reason: CallEndReason | AsterismError): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#cancelWatch();
    if (reason instanceof AsterismError) {
      log.warn({ code: reason.code }, 'a media socket was closed with an error');
      const close = closeOf(reason);
      this.#socket.close(close.code, close.reason);
    } else {
      this.#socket.close(1000, reason);
    }
    // What still arrives must not be read into memory while the far side ignores the close.
    const cancelCut = this.#clock.after(CLOSE_WITHIN_MS, () => this.#socket.terminate());
    this.#socket.once('close', cancelCut);
  }

  #end(reason: StopReason): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#cancelWatch();
    this.#handler.ended(reason);
  }
}
