import { AsterismError } from '../../platform/errors.js';
import { isReadType, schemas, type Read, type ReadType } from './fhir-schemas.js';

/** A patient's resources, parsed; what could not be read is in warnings (resource and field, never a value). */
export interface Resources {
  readonly patient: Read<'Patient'>;
  all<T extends ReadType>(type: T): readonly Read<T>[];
  /** The resource a reference points at, by type/id, at the end of a URL, or by the entry's fullUrl. */
  find<T extends ReadType>(type: T, reference: string | undefined): Read<T> | undefined;
  /** Whether a subject is this patient; a resource without a subject counts as theirs. */
  isOurs(reference: string | undefined): boolean;
  readonly warnings: string[];
}

/** More entries than any honest bundle for one call. */
const MAX_ENTRIES = 50_000;

/**
 * Reads the entries of a bundle.
 * @param json a FHIR R4 Bundle
 * @param patientId which Patient, when the bundle has several; empty: its only one
 * @throws AsterismError CHART_INVALID, CHART_NOT_FOUND
 */
export function readResources(json: unknown, patientId: string): Resources {
  if (!isObject(json) || json['resourceType'] !== 'Bundle') {
    throw new AsterismError('CHART_INVALID', 'resourceType: must be Bundle');
  }
  const entries = json['entry'] ?? [];
  if (!Array.isArray(entries)) throw new AsterismError('CHART_INVALID', 'Bundle.entry: must be an array');
  if (entries.length > MAX_ENTRIES) {
    throw new AsterismError('CHART_INVALID', `Bundle.entry: more than ${String(MAX_ENTRIES)} entries`);
  }
  const warnings: string[] = [];
  const read = new Map<string, unknown[]>();
  const byReference = new Map<string, unknown>();
  const brokenPatients: string[] = [];
  for (const [index, entry] of (entries as unknown[]).entries()) {
    const resource = isObject(entry) ? entry['resource'] : undefined;
    if (!isObject(entry) || !isObject(resource) || typeof resource['resourceType'] !== 'string') {
      warnings.push(`Bundle.entry[${String(index)}].resource: is missing or no resource`);
      continue;
    }
    const type = resource['resourceType'];
    if (!isReadType(type)) continue;
    const parsed = schemas[type].safeParse(resource);
    const id = typeof resource['id'] === 'string' ? resource['id'] : `entry[${String(index)}]`;
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      const problem = `${type}/${shown(id)}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}`;
      if (type === 'Patient') brokenPatients.push(problem);
      else warnings.push(problem);
      continue;
    }
    const key = `${type}/${id}`;
    const url = entry['fullUrl'];
    if (byReference.has(key)) {
      warnings.push(`${type}/${shown(id)}: occurs twice; the first counts`);
      continue;
    }
    byReference.set(key, parsed.data);
    if (typeof url === 'string') byReference.set(`${type} ${url}`, parsed.data);
    const others = read.get(type);
    if (others) others.push(parsed.data);
    else read.set(type, [parsed.data]);
  }
  function all<T extends ReadType>(type: T): readonly Read<T>[] {
    return (read.get(type) ?? []) as Read<T>[];
  }
  function find<T extends ReadType>(type: T, reference: string | undefined): Read<T> | undefined {
    if (reference === undefined) return undefined;
    const [, id] = new RegExp(`(?:^|/)${type}/([^/]+)(?:/_history/.*)?$`).exec(reference) ?? [];
    const found = byReference.get(`${type} ${reference}`) ?? byReference.get(`${type}/${id ?? ''}`);
    return found as Read<T> | undefined;
  }
  const patient = onlyPatient(all('Patient'), patientId, brokenPatients);
  return {
    patient,
    all,
    find,
    isOurs: (reference) => reference === undefined || find('Patient', reference)?.id === patient.id,
    warnings,
  };
}

function onlyPatient(
  patients: readonly Read<'Patient'>[],
  patientId: string,
  broken: readonly string[],
): Read<'Patient'> {
  const candidates = patientId === '' ? patients : patients.filter(({ id }) => id === patientId);
  const [first, second] = candidates;
  if (second) throw new AsterismError('CHART_INVALID', 'Patient: the bundle has several; say which');
  if (first) return first;
  if (broken[0] !== undefined) throw new AsterismError('CHART_INVALID', broken[0]);
  throw new AsterismError('CHART_NOT_FOUND', 'Patient: the bundle has none with this identifier');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An identifier that is fit for a message: FHIR's own alphabet, else left out. */
function shown(id: string): string {
  return /^[A-Za-z0-9.[\]-]{1,64}$/.test(id) ? id : '?';
}
