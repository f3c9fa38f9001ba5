import type { Medication } from '../../protos/generated/asterism/v1/patient.js';
import { fullDate } from './dates.js';
import { regimenOf, type Regimen } from './dosage.js';
import { nameOf, type Concept, type Dosage, type Read } from './fhir-schemas.js';
import { readMedicineName } from './medicine-name.js';
import type { Resources } from './resources.js';

type MedicineType = 'MedicationRequest' | 'MedicationStatement';

const ORDERS = new Set(['order', 'original-order', 'reflex-order', 'filler-order', 'instance-order']);

/**
 * What the patient is to take now: active orders, and what is known from statements beyond them. Two entries of one
 * medicine that disagree keep the name and lose dose and frequency: which of them holds is for a nurse.
 * @param today YYYY-MM-DD
 */
export function medicinesOf(resources: Resources, today: string): Medication[] {
  const orders = resources
    .ours('MedicationRequest')
    .filter(
      ({ status, intent, doNotPerform }) =>
        status === 'active' && ORDERS.has(intent ?? '') && doNotPerform !== true,
    )
    .flatMap((order) =>
      medicineOf(resources, 'MedicationRequest', order, order.dosageInstruction ?? [], today),
    );
  const statements = resources
    .ours('MedicationStatement')
    .filter(({ status }) => status === 'active')
    .flatMap((told) => medicineOf(resources, 'MedicationStatement', told, told.dosage ?? [], today));
  const byName = new Map<string, Medication>();
  for (const order of orders) {
    const before = byName.get(order.name.toLowerCase());
    byName.set(order.name.toLowerCase(), before ? joined(resources, before, order) : order);
  }
  for (const told of statements) {
    const key = told.name.toLowerCase();
    const order = byName.get(key);
    if (!order) byName.set(key, told);
    else if (!sameRegimen(order, told) && told.dose !== '') {
      warnOf(resources, told, 'dosage', 'differs from the order of the same medicine; the order counts');
    }
  }
  return [...byName.values()];
}

function medicineOf(
  resources: Resources,
  type: MedicineType,
  resource: Read<MedicineType>,
  dosages: readonly Dosage[],
  today: string,
): Medication[] {
  const field = type === 'MedicationRequest' ? 'dosageInstruction' : 'dosage';
  const concept = conceptOf(resources, resource);
  const written = nameOf(concept);
  if (written === '') {
    const missing = resource.medicationReference ? 'medicationReference' : 'medicationCodeableConcept';
    resources.warn(type, resource.id, missing, 'names no medicine; left out');
    return [];
  }
  if (dosages.length > 0 && dosages.every((dosage) => hasEnded(dosage, today))) return [];
  const { name, strength } = readMedicineName(written);
  const regimen = regimenOfAll(dosages, strength);
  if (dosages.length > 1 && regimen.dose === '') {
    resources.warn(type, resource.id, field, 'several dosages; dose and frequency are not read');
  } else if (dosages.length > 0 && (regimen.dose === '' || regimen.frequency === '')) {
    resources.warn(type, resource.id, field, 'dose or frequency is not said plainly');
  }
  return [
    { name, ...regimen, purpose: purposeOf(dosages, resource.reasonCode), source: `${type}/${resource.id}` },
  ];
}

/** A medicine's name in place, in a contained resource, or in one of the bundle. */
function conceptOf(resources: Resources, resource: Read<MedicineType>): Concept | undefined {
  const { medicationCodeableConcept, medicationReference, contained } = resource;
  if (medicationCodeableConcept) return medicationCodeableConcept;
  const reference = medicationReference?.reference;
  const code = reference?.startsWith('#')
    ? contained?.find(({ resourceType, id }) => resourceType === 'Medication' && id === reference.slice(1))
        ?.code
    : resources.find('Medication', reference)?.code;
  return (
    code ?? (medicationReference?.display === undefined ? undefined : { text: medicationReference.display })
  );
}

function regimenOfAll(dosages: readonly Dosage[], strength: string): Regimen {
  const [first, ...others] = dosages.map((dosage) => regimenOf(dosage, strength));
  if (!first || others.some((other) => !sameRegimen(first, other))) return { dose: '', frequency: '' };
  return first;
}

function hasEnded({ timing }: Dosage, today: string): boolean {
  const end = fullDate(timing?.repeat?.boundsPeriod?.end);
  return end !== undefined && end < today;
}

/** In the patient's words where the record has them, else the reason when it is one plain phrase. */
function purposeOf(dosages: readonly Dosage[], reasons: readonly Concept[] | undefined): string {
  const told = dosages.map(({ patientInstruction }) => patientInstruction?.trim() ?? '');
  const purpose = told.find((text) => /^(?:to|for) [a-z ,]+$/.test(text));
  if (purpose !== undefined) return purpose;
  const reason = nameOf(reasons?.[0]);
  return /^[A-Z]?[a-z ]+$/.test(reason) ? `for ${reason.toLowerCase()}` : '';
}

function joined(resources: Resources, one: Medication, other: Medication): Medication {
  if (sameRegimen(one, other)) return one;
  warnOf(
    resources,
    other,
    'dosageInstruction',
    'differs from another order of the same medicine; neither dose is used',
  );
  return { ...one, dose: '', frequency: '' };
}

function sameRegimen(one: Regimen, other: Regimen): boolean {
  return one.dose === other.dose && one.frequency === other.frequency;
}

function warnOf(resources: Resources, { source = '' }: Medication, field: string, problem: string): void {
  const [type, id = ''] = source.split('/');
  resources.warn(type === 'MedicationRequest' ? type : 'MedicationStatement', id, field, problem);
}
