import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isObject } from './json.js';

/** How the double answers a request: a status and a body, or undefined to answer as usual. */
export type Deviation = (
  request: IncomingMessage,
) =>
  { readonly status: number; readonly body: string; readonly headers?: Record<string, string> } | undefined;

/** A FHIR R4 server over real HTTP on loopback: searches by patient, pages, and takes transactions. */
export interface TestFhirServer {
  readonly url: string;
  /** "GET /fhir/Condition?patient=pat", in the order of arrival. */
  readonly requests: readonly string[];
  readonly tokens: readonly (string | undefined)[];
  /** Type/id → resource, as of the last write. */
  readonly store: ReadonlyMap<string, Record<string, unknown>>;
  /** How many writes changed a resource. */
  changes(): number;
  deviate(how: Deviation): void;
  close(): Promise<void>;
}

/** @param pageSize entries a page of a search */
export async function startTestFhirServer(
  resources: readonly Record<string, unknown>[],
  pageSize = 50,
): Promise<TestFhirServer> {
  const store = new Map(resources.map((one) => [`${String(one['resourceType'])}/${String(one['id'])}`, one]));
  const requests: string[] = [];
  const tokens: (string | undefined)[] = [];
  let changes = 0;
  let deviation: Deviation = () => undefined;
  let base = '';

  const search = (url: URL): Record<string, unknown> => {
    const type = url.pathname.split('/').at(-1) ?? '';
    const id = url.searchParams.get('_id');
    const patient = url.searchParams.get('patient');
    const found = [...store.values()].filter(
      (one) =>
        one['resourceType'] === type &&
        (id === null || one['id'] === id) &&
        (patient === null || JSON.stringify(one).includes(`"Patient/${patient}"`)),
    );
    const from = Number(url.searchParams.get('from') ?? 0);
    const included = from === 0 ? includedOf(found, url.searchParams.get('_include'), store) : [];
    const next = new URL(url);
    next.searchParams.set('from', String(from + pageSize));
    return {
      resourceType: 'Bundle',
      type: 'searchset',
      entry: [...found.slice(from, from + pageSize), ...included].map((resource) => ({ resource })),
      link: found.length > from + pageSize ? [{ relation: 'next', url: next.href }] : [],
    };
  };

  const transact = (bundle: unknown): Record<string, unknown> => {
    const entries = isObject(bundle) && Array.isArray(bundle['entry']) ? (bundle['entry'] as unknown[]) : [];
    for (const entry of entries) {
      if (!isObject(entry) || !isObject(entry['resource']) || !isObject(entry['request'])) continue;
      const key = String(entry['request']['url']);
      if (JSON.stringify(store.get(key)) === JSON.stringify(entry['resource'])) continue;
      store.set(key, entry['resource']);
      changes += 1;
    }
    return { resourceType: 'Bundle', type: 'transaction-response' };
  };

  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    requests.push(`${request.method ?? ''} ${request.url ?? ''}`);
    tokens.push(request.headers.authorization);
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const other = deviation(request);
      if (other) {
        response.writeHead(other.status, other.headers ?? {}).end(other.body);
        return;
      }
      const url = new URL(request.url ?? '/', base);
      const body =
        request.method === 'POST'
          ? transact(JSON.parse(Buffer.concat(chunks).toString('utf8')))
          : search(url);
      response.writeHead(200, { 'content-type': 'application/fhir+json' }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/fhir`;
  return {
    url: base,
    requests,
    tokens,
    store,
    changes: () => changes,
    deviate: (how) => {
      deviation = how;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}

function includedOf(
  found: readonly Record<string, unknown>[],
  include: string | null,
  store: ReadonlyMap<string, Record<string, unknown>>,
): Record<string, unknown>[] {
  if (include === null) return [];
  const text = JSON.stringify(found);
  return [...store]
    .filter(([key]) => !key.startsWith('Patient/') && text.includes(`"${key}"`))
    .map(([, resource]) => resource);
}
