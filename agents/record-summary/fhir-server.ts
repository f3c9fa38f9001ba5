import { AsterismError } from '../../platform/errors.js';
import { fhirRequest } from './fhir-request.js';
import { isObject } from './json.js';
import type { FhirServerSettings } from './record-settings.js';
import type { FoundRecord, RecordSource } from './record-source.js';

/** Pages of one search; a record with more is not read to its end, and the brief says so. */
const MAX_PAGES = 20;
/** FHIR's alphabet for identifiers. */
const PATIENT_ID = /^[A-Za-z0-9.-]{1,64}$/;

/** What is asked of a server. Without the needed ones a brief would hide a danger, so it is not made. */
const searches: readonly { readonly type: string; readonly query: string; readonly needed: boolean }[] = [
  { type: 'Condition', query: 'patient={id}', needed: true },
  { type: 'AllergyIntolerance', query: 'patient={id}', needed: true },
  { type: 'MedicationRequest', query: 'patient={id}&_include=MedicationRequest:medication', needed: true },
  {
    type: 'MedicationStatement',
    query: 'patient={id}&_include=MedicationStatement:medication',
    needed: false,
  },
  { type: 'Observation', query: 'patient={id}&_sort=-date&_count=200', needed: false },
  { type: 'Encounter', query: 'patient={id}', needed: false },
  { type: 'CarePlan', query: 'patient={id}&status=active', needed: false },
  { type: 'Appointment', query: 'patient={id}&_include=Appointment:actor', needed: false },
];

/** Records on a FHIR R4 server, by its search interface. */
export function openFhirServer({ url, token }: FhirServerSettings): RecordSource {
  const base = url.replace(/\/+$/, '');
  /** Every page of a search. @throws AsterismError RECORD_UNREACHABLE, CHART_INVALID */
  const search = async (
    type: string,
    query: string,
    signal: AbortSignal,
    needed = true,
  ): Promise<FoundRecord> => {
    const entries: unknown[] = [];
    let next: string | undefined = `${base}/${type}?${query}`;
    for (let page = 0; next !== undefined; page++) {
      if (page === MAX_PAGES) {
        const warning = `${type}: more than ${String(MAX_PAGES)} pages; the rest is not read`;
        if (needed) throw new AsterismError('CHART_INVALID', warning);
        return { bundle: entries, warnings: [warning] };
      }
      const reply = await fhirRequest({ url: next, token }, signal);
      if (!isObject(reply) || reply['resourceType'] !== 'Bundle') {
        throw new AsterismError('CHART_INVALID', `${type}: the server's reply is no Bundle`);
      }
      if (Array.isArray(reply['entry'])) entries.push(...(reply['entry'] as unknown[]));
      next = nextPage(reply, base);
    }
    return { bundle: entries, warnings: [] };
  };

  return {
    async find(patientId, signal) {
      if (!PATIENT_ID.test(patientId)) throw notFound();
      const person = await search(
        'Patient',
        `_id=${patientId}&_include=Patient:general-practitioner`,
        signal,
      );
      const parts = await Promise.all(
        searches.map(({ type, query, needed }) =>
          search(type, query.replace('{id}', patientId), signal, needed).catch(
            (thrown: unknown): FoundRecord => {
              if (needed || !(thrown instanceof AsterismError)) throw thrown;
              return { bundle: [], warnings: [`${type}: the server does not give it`] };
            },
          ),
        ),
      );
      const found = [person, ...parts];
      return {
        bundle: { resourceType: 'Bundle', type: 'collection', entry: withoutRepeats(found) },
        warnings: found.flatMap(({ warnings }) => warnings),
      };
    },
  };
}

/** Resources that several searches include, once. */
function withoutRepeats(found: readonly FoundRecord[]): unknown[] {
  const seen = new Set<string>();
  return found
    .flatMap(({ bundle }) => (Array.isArray(bundle) ? (bundle as unknown[]) : []))
    .filter((entry) => {
      const resource = isObject(entry) ? entry['resource'] : undefined;
      if (!isObject(resource)) return true;
      const key = `${String(resource['resourceType'])}/${String(resource['id'])}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
}

/** The next page, if it is on the same server: the token goes nowhere else. */
function nextPage(bundle: Readonly<Record<string, unknown>>, base: string): string | undefined {
  const links = Array.isArray(bundle['link']) ? (bundle['link'] as unknown[]) : [];
  const next = links.find((link) => isObject(link) && link['relation'] === 'next');
  const address = isObject(next) ? next['url'] : undefined;
  if (typeof address !== 'string') return undefined;
  const there = new URL(address, `${base}/`);
  if (there.origin !== new URL(base).origin) {
    throw new AsterismError('CHART_INVALID', 'the next page of a search is on another server');
  }
  return there.href;
}

function notFound(): AsterismError {
  return new AsterismError('CHART_NOT_FOUND', 'the FHIR server has no patient with this identifier');
}
