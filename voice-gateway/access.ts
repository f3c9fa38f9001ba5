import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Headers that a proxy adds: what came through one is not local, whatever its address says. */
const proxyHeaders = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'] as const;

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Whether a request surely comes from this machine: a loopback address, no trace of a proxy, a loopback name in
 * Host (a page that rebinds its own name to 127.0.0.1 does not have one), and no page of another origin.
 * @param behindProxy a public URL is configured, so that a proxy's requests look local: nothing is trusted then
 */
export function isLocal(request: IncomingMessage, behindProxy: boolean): boolean {
  if (behindProxy) return false;
  const address = request.socket.remoteAddress ?? '';
  const loopback = address === '::1' || /^(::ffff:)?127\./.test(address);
  if (!loopback || proxyHeaders.some((name) => request.headers[name] !== undefined)) return false;
  const host = request.headers.host ?? '';
  return loopbackNames.has(host.replace(/:\d+$/, '').toLowerCase()) && isSameOrigin(request);
}

/** Whether no page of another origin sent the request; programs and carriers send no Origin. */
export function isSameOrigin(request: IncomingMessage): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined) return true;
  const match = /^https?:\/\/(.+)$/.exec(origin);
  return match !== null && match[1] === host;
}

/** Whether the request carries `Authorization: Bearer <token>`; compared in constant time. */
export function hasBearer(request: IncomingMessage, token: string | undefined): boolean {
  if (!token) return false;
  const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hashOf(given), hashOf(token));
}
