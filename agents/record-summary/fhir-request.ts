import { AsterismError } from '../../platform/errors.js';
import type { FhirServerSettings } from './record-settings.js';

/** More than any honest reply. */
const MAX_REPLY_BYTES = 32 * 1024 * 1024;

/**
 * One request to a FHIR server. Follows no redirection: the token goes nowhere else.
 * @param to the whole address, and the token
 * @param resource posted when given
 * @returns the reply as parsed JSON; undefined when it is empty
 * @throws AsterismError RECORD_UNREACHABLE, CHART_NOT_FOUND, CHART_INVALID; none quotes a reply
 */
export async function fhirRequest(
  to: FhirServerSettings,
  signal: AbortSignal,
  resource?: unknown,
): Promise<unknown> {
  const { origin } = new URL(to.url);
  const response = await fetch(to.url, {
    method: resource === undefined ? 'GET' : 'POST',
    headers: {
      accept: 'application/fhir+json',
      ...(to.token === undefined ? {} : { authorization: `Bearer ${to.token}` }),
      ...(resource === undefined ? {} : { 'content-type': 'application/fhir+json' }),
    },
    ...(resource === undefined ? {} : { body: JSON.stringify(resource) }),
    redirect: 'error',
    signal,
  }).catch((thrown: unknown) => {
    throw unreachable(origin, thrown);
  });
  if (!response.ok) throw refused(response.status);
  const text = await bodyOf(response).catch((thrown: unknown) => {
    throw thrown instanceof AsterismError ? thrown : unreachable(origin, thrown);
  });
  return text.trim() === '' ? undefined : parse(text);
}

function unreachable(origin: string, cause: unknown): AsterismError {
  return new AsterismError('RECORD_UNREACHABLE', `${origin} does not answer; check ASTERISM_FHIR_URL`, {
    cause,
  });
}

async function bodyOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk as Uint8Array);
    bytes += (chunk as Uint8Array).byteLength;
    if (bytes > MAX_REPLY_BYTES) {
      throw new AsterismError(
        'CHART_INVALID',
        `the server's reply is larger than ${String(MAX_REPLY_BYTES)} bytes`,
      );
    }
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AsterismError('CHART_INVALID', "the server's reply is not JSON");
  }
}

function refused(status: number): AsterismError {
  if (status === 404 || status === 410) {
    return new AsterismError(
      'CHART_NOT_FOUND',
      `the FHIR server has no such record (HTTP ${String(status)})`,
    );
  }
  const why = status === 401 || status === 403 ? 'refuses; check ASTERISM_FHIR_TOKEN' : 'fails';
  return new AsterismError('RECORD_UNREACHABLE', `the FHIR server ${why} (HTTP ${String(status)})`);
}
