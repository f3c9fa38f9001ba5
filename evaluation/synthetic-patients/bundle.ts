import type {
  Bundle,
  CodeableConcept,
  Dosage,
  FhirResource,
  MedicationRequest,
  Reference,
  TimingRepeat,
} from 'fhir/r4.js';
import type { SyntheticMedicine, SyntheticPatient } from './patient-schema.js';

/** The day on which the sample bundles are written; a reader moves their dates to the day of the call. */
export const WRITTEN_ON = '2026-01-15';
const DAY_MS = 86_400_000;

/** A FHIR R4 bundle of an invented patient, with every date as of WRITTEN_ON. */
export function bundleOf(patient: SyntheticPatient): Bundle {
  const subject: Reference = { reference: `Patient/${patient.id}` };
  const doctor = practitioner(patient.doctor);
  const resources: FhirResource[] = [
    {
      resourceType: 'Patient',
      id: patient.id,
      active: true,
      name: [{ use: 'official', family: patient.family, given: [patient.given] }],
      telecom: [{ system: 'phone', use: 'mobile', value: patient.telephone }],
      gender: patient.sex,
      birthDate: patient.born,
      generalPractitioner: [{ reference: `Practitioner/${doctor.id ?? ''}` }],
    },
    doctor,
    ...patient.conditions.map(({ name, code }): FhirResource => ({
      resourceType: 'Condition',
      id: idOf('condition', name),
      clinicalStatus: status('condition-clinical', 'active'),
      verificationStatus: status('condition-ver-status', 'confirmed'),
      code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code }], text: name },
      subject,
    })),
    ...patient.allergies.map((name): FhirResource => ({
      resourceType: 'AllergyIntolerance',
      id: idOf('allergy', name),
      clinicalStatus: status('allergyintolerance-clinical', 'active'),
      verificationStatus: status('allergyintolerance-verification', 'confirmed'),
      code: { text: name },
      patient: subject,
    })),
    ...patient.medicines.map((medicine) => medicationRequest(medicine, subject)),
    ...patient.stopped.map((name): FhirResource => ({
      resourceType: 'MedicationRequest',
      id: idOf('medicine', name),
      status: 'stopped',
      intent: 'order',
      medicationCodeableConcept: { text: name },
      subject,
    })),
    ...patient.results.map(({ name, loinc, value, unit, day }): FhirResource => ({
      resourceType: 'Observation',
      id: idOf('result', `${name}${day}`),
      status: 'final',
      code: { coding: [{ system: 'http://loinc.org', code: loinc }], text: name },
      subject,
      effectiveDateTime: dateOf(day),
      valueQuantity: { value, unit, system: 'http://unitsofmeasure.org', code: unit },
    })),
    ...stayOf(patient, subject),
    {
      resourceType: 'CarePlan',
      id: idOf('plan', patient.programme),
      status: 'active',
      intent: 'plan',
      title: patient.programme,
      subject,
      ...(patient.protocol === undefined
        ? {}
        : { instantiatesUri: [`urn:asterism:protocol:${patient.protocol}`] }),
    },
    ...patient.visits.flatMap((visit) => visitResources(visit, subject)),
  ];
  const unique = [...new Map(resources.map((one) => [`${one.resourceType}/${one.id ?? ''}`, one])).values()];
  return {
    resourceType: 'Bundle',
    meta: { tag: [{ system: 'urn:asterism:sample', code: 'moves-with-today' }] },
    type: 'collection',
    timestamp: `${WRITTEN_ON}T12:00:00Z`,
    entry: unique.map((resource) => ({
      fullUrl: `https://example.org/fhir/${resource.resourceType}/${resource.id ?? ''}`,
      resource,
    })),
  };
}

function medicationRequest(medicine: SyntheticMedicine, subject: Reference): MedicationRequest {
  const { name, dose, times, everyHours, weekday, when, asNeeded, endsOn, purpose } = medicine;
  const amount = /^(\d+(?:\.\d+)?) ([a-z]+)$/.exec(dose);
  const repeat: TimingRepeat = {
    ...(times === undefined ? {} : { frequency: times, period: 1, periodUnit: 'd' }),
    ...(everyHours === undefined ? {} : { frequency: 1, period: everyHours, periodUnit: 'h' }),
    ...(weekday === undefined ? {} : { dayOfWeek: [weekday] }),
    ...(when === undefined ? {} : { when: [when] }),
    ...(endsOn === undefined ? {} : { boundsPeriod: { end: dateOf(endsOn) } }),
  };
  const often = times === undefined ? '' : ['', ' once a day', ' twice a day', ' three times a day'][times];
  const dosage: Dosage = {
    // A dose of two ingredients is no FHIR quantity: it stands in the text alone.
    ...(amount === null ? { text: `Take ${dose} by mouth${often ?? ''}` } : {}),
    patientInstruction: purpose,
    ...(asNeeded === undefined ? {} : { asNeededBoolean: asNeeded }),
    ...(amount === null || Object.keys(repeat).length === 0 ? {} : { timing: { repeat } }),
    ...(amount === null
      ? {}
      : { doseAndRate: [{ doseQuantity: { value: Number(amount[1]), unit: amount[2] ?? '' } }] }),
  };
  if (amount === null && endsOn !== undefined)
    dosage.timing = { repeat: { boundsPeriod: { end: dateOf(endsOn) } } };
  return {
    resourceType: 'MedicationRequest',
    id: idOf('medicine', name),
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: { text: name },
    subject,
    dosageInstruction: [dosage],
  };
}

function stayOf({ stay }: SyntheticPatient, subject: Reference): FhirResource[] {
  if (!stay) return [];
  return [
    {
      resourceType: 'Encounter',
      id: idOf('stay', stay.reason),
      status: 'finished',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'IMP' },
      subject,
      period: { start: dateOf(stay.from), end: dateOf(stay.to) },
      reasonCode: [{ text: stay.reason }],
    },
  ];
}

function visitResources(visit: SyntheticPatient['visits'][number], subject: Reference): FhirResource[] {
  const clinician = practitioner(visit.with);
  const location: FhirResource = {
    resourceType: 'Location',
    id: idOf('place', visit.place),
    name: visit.place,
  };
  return [
    clinician,
    location,
    {
      resourceType: 'Appointment',
      id: idOf('visit', visit.field),
      status: 'booked',
      specialty: [{ text: visit.field }],
      // The offset is the place's own: the time of day is the one on the patient's clock.
      start: `${dateOf(visit.day)}T${visit.at}:00-05:00`,
      participant: [
        { actor: subject, status: 'accepted' },
        { actor: { reference: `Practitioner/${clinician.id ?? ''}` }, status: 'accepted' },
        { actor: { reference: `Location/${location.id ?? ''}` }, status: 'accepted' },
      ],
    },
  ];
}

function practitioner(family: string): FhirResource {
  return { resourceType: 'Practitioner', id: idOf('doctor', family), name: [{ family, prefix: ['Dr.'] }] };
}

function status(system: string, code: string): CodeableConcept {
  return { coding: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code }] };
}

function dateOf(day: number): string {
  return new Date(Date.parse(WRITTEN_ON) + day * DAY_MS).toISOString().slice(0, 10);
}

function idOf(kind: string, name: string): string {
  return `${kind}-${name}`
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/-$/, '')
    .slice(0, 64);
}
