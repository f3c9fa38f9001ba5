import type { Patient } from '../../protos/generated/asterism/v1/patient.js';
import type { BriefLine, BriefReply } from '../../protos/generated/asterism/v1/record_summary.js';
import { fullDate, yearsBetween } from './dates.js';
import type { Read } from './fhir-schemas.js';
import { medicinesOf } from './medicines.js';
import { observationsOf } from './observations.js';
import { allergiesOf, conditionsOf } from './problems.js';
import { readResources, type Resources } from './resources.js';
import { moveSampleDates } from './sample-dates.js';
import { appointmentsOf, cliniciansOf, dischargeOf, protocolOf } from './visits.js';

/** For which day and place a brief is made. */
export interface BriefOptions {
  /** Patient.id. */
  readonly patientId: string;
  /** Local date of the call, YYYY-MM-DD. */
  readonly today: string;
  /** IANA zone of the clinic; empty when unknown. */
  readonly timeZone: string;
}

/**
 * The chart of one patient from a FHIR R4 bundle, each line with the resource that says so. What cannot be used is
 * left out and named in the warnings.
 * @throws AsterismError CHART_INVALID, CHART_NOT_FOUND
 */
export function briefOf(bundle: unknown, options: BriefOptions): BriefReply {
  const { today, timeZone } = options;
  const resources = readResources(moveSampleDates(bundle, today), options.patientId);
  const person = personOf(resources, today);
  const conditions = conditionsOf(resources);
  const allergies = allergiesOf(resources);
  const discharge = dischargeOf(resources, today);
  const protocol = protocolOf(resources);
  const clinicians = cliniciansOf(resources);
  const patient: Patient = {
    ...person,
    conditions: conditions.map(({ name }) => name),
    allergies: allergies.map(({ name }) => name),
    medications: medicinesOf(resources, today),
    labs: observationsOf(resources, today),
    appointments: appointmentsOf(resources, today, timeZone),
    dischargeDate: discharge.date,
    protocolId: protocol.protocolId,
    ...(clinicians.length > 0 ? { careTeam: { clinicians } } : {}),
  };
  const { deceasedBoolean, deceasedDateTime } = resources.patient;
  return {
    patient,
    lines: [
      ...personLines(patient),
      ...conditions.map(({ name, source }) => ({ text: `has ${name}`, source })),
      ...allergies.map(({ name, source }) => ({ text: `is allergic to ${name}`, source })),
      ...factLines(patient),
      ...(discharge.date === ''
        ? []
        : [{ text: `was discharged on ${discharge.date}`, source: discharge.source }]),
      ...(protocol.protocolId === ''
        ? []
        : [{ text: `is called by the protocol ${protocol.protocolId}`, source: protocol.source }]),
    ],
    warnings: [...resources.warnings],
    deceased: deceasedBoolean === true || deceasedDateTime !== undefined,
  };
}

type Person = Pick<
  Patient,
  'patientId' | 'givenName' | 'familyName' | 'birthDate' | 'age' | 'sex' | 'telephone'
>;

function personOf(resources: Resources, today: string): Person {
  const { id, name = [], birthDate, gender, telecom = [] } = resources.patient;
  const current = name.filter(({ use }) => use !== 'old' && use !== 'maiden');
  const best =
    current.find(({ use }) => use === 'official') ?? current.find(({ use }) => use === 'usual') ?? current[0];
  const born = fullDate(birthDate);
  const warn = (field: string, problem: string): void => {
    resources.warn('Patient', id, field, problem);
  };
  if (!best?.given?.[0]) warn('name.given', 'is missing');
  if (!best?.family) warn('name.family', 'is missing');
  if (birthDate !== undefined && born === undefined) warn('birthDate', 'is no full date');
  return {
    patientId: id,
    givenName: best?.given?.[0] ?? '',
    familyName: best?.family ?? '',
    birthDate: born ?? '',
    age: born === undefined ? 0 : yearsBetween(born, today),
    sex: gender === 'female' || gender === 'male' ? gender : 'unknown',
    telephone: telephoneOf(telecom, warn),
  };
}

function telephoneOf(
  telecom: NonNullable<Read<'Patient'>['telecom']>,
  warn: (field: string, problem: string) => void,
): string {
  const phones = telecom.filter(({ system, use }) => system === 'phone' && use !== 'old');
  const dialled = phones.map(({ value }) => (value ?? '').replace(/[\s().-]/g, ''));
  const found = dialled.find((value) => /^\+[1-9]\d{6,14}$/.test(value));
  if (phones.length > 0 && found === undefined) warn('telecom', 'no number with its country code');
  return found ?? '';
}

function personLines({ patientId, givenName, familyName, age, sex, careTeam }: Patient): BriefLine[] {
  const source = `Patient/${patientId}`;
  return [
    { text: `is ${givenName} ${familyName}`, source },
    ...(age > 0 ? [{ text: `is ${String(age)} years old, ${sex}`, source }] : []),
    ...(careTeam?.clinicians ?? []).map((one) => ({
      text: `is cared for by ${one.name} (${one.role})`,
      source: one.source,
    })),
  ];
}

function factLines({ medications, labs, appointments }: Patient): BriefLine[] {
  return [
    ...medications.map(({ name, dose, frequency, purpose, source = '' }) => ({
      text: ['takes', [name, dose, frequency, purpose].filter((part) => part !== '').join(', ')].join(' '),
      source,
    })),
    ...labs.map(({ name, value, unit, date, source = '' }) => ({
      text: `had ${name} ${String(value)} ${unit} on ${date}`,
      source,
    })),
    ...appointments.map((appointment) => ({
      text: `has a visit with ${appointment.with} at ${appointment.start}${appointment.place === '' ? '' : `, ${appointment.place}`}`,
      source: appointment.source ?? '',
    })),
  ];
}
