import { AsterismError } from '../../platform/errors.js';
import { isReadType, schemas, type Read, type ReadType } from './fhir-schemas.js';
import { isObject } from './json.js';

/** A patient's resources, parsed; what could not be read is in warnings (resource and field, never a value). */
export interface Resources {
  readonly patient: Read<'Patient'>;
  all<T extends ReadType>(type: T): readonly Read<T>[];
  /** The resource a reference points at, by type/id, at the end of a URL, or by the entry's fullUrl. */
  find<T extends ReadType>(type: T, reference: string | undefined): Read<T> | undefined;
  /** Those of the patient; one whose subject is missing or cannot be found is left out and named. */
  ours<T extends OwnedType>(type: T): readonly Read<T>[];
  /** Names what could not be used. @param field as a path, never with a value */
  warn(type: ReadType, id: string, field: string, problem: string): void;
  readonly warnings: readonly string[];
}

/** Resources that belong to a patient by their subject. */
export type OwnedType = Exclude<
  ReadType,
  'Patient' | 'Medication' | 'Practitioner' | 'Location' | 'Appointment'
>;

/** More entries than any honest bundle for one call. */
const MAX_ENTRIES = 20_000;
/** Warnings beyond these say nothing new. */
const MAX_WARNINGS = 200;

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
  const note = (warning: string): void => {
    if (warnings.length < MAX_WARNINGS) warnings.push(warning);
  };
  const read = new Map<string, unknown[]>();
  const byReference = new Map<string, unknown>();
  const brokenPatients: string[] = [];
  for (const [index, entry] of (entries as unknown[]).entries()) {
    const resource = isObject(entry) ? entry['resource'] : undefined;
    if (!isObject(entry) || !isObject(resource) || typeof resource['resourceType'] !== 'string') {
      note(`Bundle.entry[${String(index)}].resource: is missing or no resource`);
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
      else note(problem);
      continue;
    }
    const key = `${type}/${id}`;
    const url = entry['fullUrl'];
    if (byReference.has(key)) {
      note(`${type}/${shown(id)}: occurs twice; the first counts`);
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
  const warn: Resources['warn'] = (type, id, field, problem) => {
    note(`${type}/${shown(id)}.${field}: ${problem}`);
  };
  return {
    patient,
    all,
    find,
    ours: (type) =>
      all(type).filter((resource) => {
        const field = type === 'AllergyIntolerance' ? 'patient' : 'subject';
        const { reference } = ownerOf(resource) ?? {};
        const whose = find('Patient', reference);
        if (whose === undefined) {
          const problem = reference === undefined ? 'is missing' : 'points at no patient of the bundle';
          warn(type, resource.id, field, `${problem}; left out`);
        }
        return whose?.id === patient.id;
      }),
    warn,
    warnings,
  };
}

function ownerOf(resource: Read<OwnedType>): Read<'Condition'>['subject'] {
  return 'patient' in resource ? resource.patient : 'subject' in resource ? resource.subject : undefined;
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

/** An identifier that is fit for a message: FHIR's own alphabet, else left out. */
function shown(id: string): string {
  return /^[A-Za-z0-9.[\]-]{1,64}$/.test(id) ? id : '?';
}
