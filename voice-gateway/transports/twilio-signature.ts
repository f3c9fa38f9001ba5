import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * The signature that Twilio puts in X-Twilio-Signature: base64 of HMAC-SHA1 over the full URL followed by
 * the POST parameters, sorted by name, each name directly followed by its value.
 * Source: https://www.twilio.com/docs/usage/webhooks/webhooks-security
 * @param url exactly as Twilio wrote it, with its query
 * @param parameters of a form POST; empty for a GET or a WebSocket handshake
 */
export function twilioSignature(
  authToken: string,
  url: string,
  parameters: ReadonlyMap<string, readonly string[]> = new Map(),
): string {
  const signed = [...parameters]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .reduce(
      (text, [name, values]) =>
        text +
        [...new Set(values)]
          .sort()
          .map((value) => name + value)
          .join(''),
      url,
    );
  return createHmac('sha1', authToken).update(signed, 'utf8').digest('base64');
}

/**
 * Checks a signature in constant time. Twilio sometimes signs with the scheme's standard port written out
 * or with a slash at the end of the path, so those spellings of the same URL are accepted too.
 * @param signature the header's value; undefined when it was not sent
 */
export function signatureMatches(
  authToken: string,
  signature: string | undefined,
  url: string,
  parameters?: ReadonlyMap<string, readonly string[]>,
): boolean {
  if (signature === undefined) return false;
  let matches = false;
  for (const spelling of spellingsOf(url)) {
    if (equalInConstantTime(signature, twilioSignature(authToken, spelling, parameters))) matches = true;
  }
  return matches;
}

function spellingsOf(url: string): string[] {
  const [, scheme = '', host = '', rest = ''] = /^(https?|wss?):\/\/([^/?]+)(.*)$/.exec(url) ?? [];
  if (host === '') return [url];
  const standardPort = scheme === 'https' || scheme === 'wss' ? ':443' : ':80';
  const hasPort = /:\d+$/.test(host);
  const hosts = [host];
  if (!hasPort) hosts.push(host + standardPort);
  else if (host.endsWith(standardPort)) hosts.push(host.slice(0, -standardPort.length));
  const paths = rest.includes('?') || rest.endsWith('/') ? [rest] : [rest, `${rest}/`];
  return hosts.flatMap((each) => paths.map((path) => `${scheme}://${each}${path}`));
}

function equalInConstantTime(given: string, expected: string): boolean {
  const a = Buffer.from(given, 'utf8');
  const b = Buffer.from(expected, 'utf8');
  return a.length === b.length && timingSafeEqual(a, b);
}
