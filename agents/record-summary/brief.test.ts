import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadProtocols } from '../../clinical-kb/protocols/load.js';
import { packageRoot } from '../../platform/package-root.js';
import type { Patient } from '../../protos/generated/asterism/v1/patient.js';
import type { BriefReply } from '../../protos/generated/asterism/v1/record_summary.js';
import { briefOf } from './brief.js';
import { about, bundleWith, daily, order } from './test-bundles.js';

const options = { patientId: 'pat', today: '2026-03-01', timeZone: 'America/New_York' };

function brief(...resources: readonly Record<string, unknown>[]): BriefReply & { patient: Patient } {
  const made = briefOf(bundleWith(...resources), options);
  if (!made.patient) throw new Error('a brief without a patient');
  return { ...made, patient: made.patient };
}

const status = (code: string) => ({ coding: [{ code }] });
const weight = (parts: Record<string, unknown>) =>
  about('Observation', {
    status: 'final',
    code: { text: 'Body weight', coding: [{ system: 'http://loinc.org', code: '29463-7' }] },
    effectiveDateTime: '2026-02-27',
    valueQuantity: { value: 182, unit: 'lbs', code: '[lb_av]' },
    ...parts,
  });
const visit = (parts: Record<string, unknown>) => ({
  resourceType: 'Appointment',
  id: 'visit',
  status: 'booked',
  start: '2026-03-06T10:30:00-08:00',
  participant: [
    { actor: { reference: 'Patient/pat' } },
    { actor: { reference: 'Practitioner/1', display: 'Dr. Chen' } },
  ],
  ...parts,
});

describe('a brief', () => {
  it('leaves empty what the record does not hold', () => {
    const { patient, lines, warnings, deceased } = brief();
    expect(patient).toEqual({
      patientId: 'pat',
      givenName: 'Pat',
      familyName: 'Doe',
      birthDate: '1954-03-04',
      age: 71,
      sex: 'female',
      telephone: '',
      conditions: [],
      allergies: [],
      medications: [],
      labs: [],
      appointments: [],
      dischargeDate: '',
      protocolId: '',
    });
    expect(lines.every(({ source }) => source === 'Patient/pat')).toBe(true);
    expect(warnings).toEqual([]);
    expect(deceased).toBe(false);
  });

  it('says for each line which resource says so', () => {
    const { patient, lines } = brief(
      about('Condition', { id: 'c', clinicalStatus: status('active'), code: { text: 'heart failure' } }),
      order('furosemide', daily(40, 'mg', 1)),
      weight({ id: 'w' }),
      visit({}),
    );
    expect(lines.slice(2)).toEqual([
      { text: 'has heart failure', source: 'Condition/c' },
      { text: 'takes furosemide, 40 mg, once a day', source: 'MedicationRequest/furosemide' },
      { text: 'had body weight 182 [lb_av] on 2026-02-27', source: 'Observation/w' },
      { text: 'has a visit with Dr. Chen at 2026-03-06T10:30', source: 'Appointment/visit' },
    ]);
    expect(patient.medications[0]?.source).toBe('MedicationRequest/furosemide');
    expect(patient.labs[0]?.source).toBe('Observation/w');
    expect(patient.appointments[0]?.source).toBe('Appointment/visit');
  });

  it('tells that the patient died', () => {
    const dead = { resourceType: 'Patient', id: 'pat', deceasedDateTime: '2026-01-01' };
    expect(briefOf({ resourceType: 'Bundle', entry: [{ resource: dead }] }, options).deceased).toBe(true);
  });
});

describe('what does not count any more', () => {
  it.each<[string, Record<string, unknown>]>([
    ['a stopped order', order('x', daily(1, 'mg', 1), { status: 'stopped' })],
    ['an order on hold', order('x', daily(1, 'mg', 1), { status: 'on-hold' })],
    ['an order entered in error', order('x', daily(1, 'mg', 1), { status: 'entered-in-error' })],
    ['a plan that is no order', order('x', daily(1, 'mg', 1), { intent: 'proposal' })],
    ['an order not to give', order('x', daily(1, 'mg', 1), { doNotPerform: true })],
    ['a course that is over', order('x', { timing: { repeat: { boundsPeriod: { end: '2026-02-20' } } } })],
    [
      'a statement of the past',
      about('MedicationStatement', { status: 'completed', medicationCodeableConcept: { text: 'x' } }),
    ],
    ['a resolved condition', about('Condition', { clinicalStatus: status('resolved'), code: { text: 'x' } })],
    [
      'a refuted condition',
      about('Condition', {
        clinicalStatus: status('active'),
        verificationStatus: status('refuted'),
        code: { text: 'x' },
      }),
    ],
    [
      'a suspected condition',
      about('Condition', {
        clinicalStatus: status('active'),
        verificationStatus: status('differential'),
        code: { text: 'x' },
      }),
    ],
    [
      'no known allergy',
      {
        ...about('AllergyIntolerance', {
          clinicalStatus: status('active'),
          code: { text: 'No known allergies' },
        }),
        patient: { reference: 'Patient/pat' },
      },
    ],
    ['a preliminary result', weight({ status: 'preliminary' })],
    ['a result entered in error', weight({ status: 'entered-in-error' })],
    ['a cancelled visit', visit({ status: 'cancelled' })],
    ['a visit of yesterday', visit({ start: '2026-02-28T10:30:00-05:00' })],
    [
      'an outpatient encounter',
      about('Encounter', { status: 'finished', class: { code: 'AMB' }, period: { end: '2026-02-27' } }),
    ],
    [
      'a revoked plan',
      about('CarePlan', { status: 'revoked', instantiatesUri: ['urn:asterism:protocol:x'] }),
    ],
  ])('%s is left out without a word', (_what, resource) => {
    expect(brief(resource)).toMatchObject({ patient: brief().patient, warnings: [] });
  });
});

describe('what cannot be used', () => {
  it.each<[string, Record<string, unknown>, string]>([
    [
      'a wrong type',
      weight({ valueQuantity: { value: 'secret' } }),
      'Observation/one: valueQuantity.value: ',
    ],
    [
      'a wrong type of a list',
      order('x', undefined, { dosageInstruction: 'secret' }),
      'MedicationRequest/x: dosageInstruction: ',
    ],
    [
      'a unit that is none',
      weight({ valueQuantity: { value: 4, unit: 'secret' } }),
      'Observation/one.valueQuantity.code: is no UCUM unit; left out',
    ],
    [
      'a value without a unit',
      weight({ valueQuantity: { value: 4 } }),
      'Observation/one.valueQuantity.code: is no UCUM unit; left out',
    ],
    [
      'a bound instead of a result',
      weight({ valueQuantity: { value: 4, comparator: '<', code: 'kg' } }),
      'Observation/one.valueQuantity.comparator: ',
    ],
    [
      'a month instead of a day',
      weight({ effectiveDateTime: '2026-02' }),
      'Observation/one.effectiveDateTime: is no full date; left out',
    ],
    [
      'a result of tomorrow',
      weight({ effectiveDateTime: '2026-03-02' }),
      'Observation/one.effectiveDateTime: lies after today; left out',
    ],
    ['a result without a name', weight({ code: {} }), 'Observation/one.code: names nothing; left out'],
    [
      'a subject that is not there',
      weight({ subject: { reference: 'Patient/secret' } }),
      'Observation/one.subject: points at no patient of the bundle; left out',
    ],
    ['no subject', weight({ subject: undefined }), 'Observation/one.subject: is missing; left out'],
    [
      'a medicine that is not there',
      order('x', undefined, {
        medicationCodeableConcept: undefined,
        medicationReference: { reference: 'Medication/secret' },
      }),
      'MedicationRequest/x.medicationReference: names no medicine; left out',
    ],
    [
      'a medicine that contains itself',
      order('x', undefined, {
        medicationCodeableConcept: undefined,
        medicationReference: { reference: '#x' },
        contained: [{ resourceType: 'MedicationRequest', id: 'x' }],
      }),
      'MedicationRequest/x.medicationReference: names no medicine; left out',
    ],
    [
      'a condition that is only a code',
      about('Condition', { clinicalStatus: status('active'), code: { coding: [{ code: 'secret' }] } }),
      'Condition/one.code: has neither text nor display; left out',
    ],
    [
      'a visit in UTC of a place unknown',
      visit({ start: 'tomorrow' }),
      'Appointment/visit.start: gives no local time of day; left out',
    ],
    [
      'a visit of nobody',
      visit({ participant: [] }),
      'Appointment/visit.participant: names no patient of the bundle; left out',
    ],
    [
      'an identifier with words in it',
      { resourceType: 'Location', id: 'a secret place', name: 4 },
      'Location/?: name: ',
    ],
  ])('%s is left out and named, without its value', (_what, resource, warning) => {
    const { patient, warnings } = brief(resource);
    expect(warnings).toEqual([
      expect.stringMatching(new RegExp(`^${warning.replace(/[.?+*[\]()]/g, '\\$&')}`)),
    ]);
    expect(warnings.join()).not.toContain('secret');
    expect(patient).toEqual(brief().patient);
  });

  it('is also an entry without a resource, a resource that comes twice, and one of a type that is not read', () => {
    const bundle = bundleWith(weight({}), weight({ valueQuantity: { value: 999, code: 'kg' } }));
    const entry = [...(bundle['entry'] as unknown[]), {}, 'text', { resource: { resourceType: 'Basic' } }];
    const { warnings, patient } = briefOf({ ...bundle, entry }, options);
    expect(warnings).toEqual([
      'Observation/one: occurs twice; the first counts',
      'Bundle.entry[3].resource: is missing or no resource',
      'Bundle.entry[4].resource: is missing or no resource',
    ]);
    expect(patient?.labs).toMatchObject([{ value: 182 }]);
  });

  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'CHART_INVALID: resourceType'],
    ['a text', 'Bundle', 'CHART_INVALID: resourceType'],
    ['another resource', { resourceType: 'Patient', id: 'pat' }, 'CHART_INVALID: resourceType'],
    ['entries that are no list', { resourceType: 'Bundle', entry: {} }, 'CHART_INVALID: Bundle.entry'],
    ['no patient', { resourceType: 'Bundle' }, 'CHART_NOT_FOUND'],
    [
      'another patient',
      { resourceType: 'Bundle', entry: [{ resource: { resourceType: 'Patient', id: 'other' } }] },
      'CHART_NOT_FOUND',
    ],
    [
      'a patient of wrong types',
      {
        resourceType: 'Bundle',
        entry: [{ resource: { resourceType: 'Patient', id: 'pat', name: 'secret' } }],
      },
      'CHART_INVALID: Patient/pat: name',
    ],
    [
      'too many entries',
      { resourceType: 'Bundle', entry: Array(20_001).fill({}) },
      'CHART_INVALID: Bundle.entry',
    ],
  ])('%s is refused by a code', (_what, json, message) => {
    expect(() => briefOf(json, options)).toThrow(message);
    expect(() => briefOf(json, options)).not.toThrow('secret');
  });
});

describe('medicines', () => {
  const taken = (...resources: readonly Record<string, unknown>[]): string[] =>
    brief(...resources).patient.medications.map(({ name, dose, frequency }) =>
      [name, dose, frequency].join(' | '),
    );

  it.each<[string, unknown, string]>([
    [
      'a product of RxNorm',
      order('Furosemide 40 MG Oral Tablet', daily(1, 'tablet', 2)),
      'furosemide | 40 mg | twice a day',
    ],
    [
      'half a tablet',
      order('metoprolol tartrate 25 MG Oral Tablet', daily(0.5, 'tablet', 2)),
      'metoprolol tartrate | 12.5 mg | twice a day',
    ],
    [
      'a product with its brand',
      order('24 HR metoprolol succinate 50 MG Extended Release Oral Tablet [Toprol]', daily(1, 'tablet', 1)),
      'metoprolol succinate | 50 mg | once a day',
    ],
    [
      'a combination',
      order('sacubitril 24 MG / valsartan 26 MG Oral Tablet', daily(1, 'tablet', 2)),
      'sacubitril and valsartan | 1 tablet | twice a day',
    ],
    [
      'a liquid, whose volume is no tablet',
      order('furosemide 10 MG/ML Oral Solution', daily(4, 'mL', 1)),
      'furosemide | 4 ml | once a day',
    ],
    ['a plain text', order('lisinopril', { text: 'Take 10 mg by mouth daily' }), 'lisinopril |  | '],
    [
      'a text with its times',
      order('lisinopril', { text: 'Take 10 mg by mouth once daily.' }),
      'lisinopril | 10 mg | once a day',
    ],
    [
      'two ingredients in a text',
      order('x', { text: 'Take 24 mg/26 mg by mouth twice a day' }),
      'x | 24 mg/26 mg | twice a day',
    ],
    ['a text with more to it', order('x', { text: 'Take 10 mg once a day except on Fridays' }), 'x |  | '],
    [
      'days of the week',
      order('methotrexate', {
        ...daily(10, 'mg', 1),
        timing: { repeat: { frequency: 1, period: 1, periodUnit: 'wk', dayOfWeek: ['mon'] } },
      }),
      'methotrexate | 10 mg | on Monday',
    ],
    [
      'twice on some days',
      order('x', {
        ...daily(10, 'mg', 2),
        timing: { repeat: { frequency: 2, period: 1, periodUnit: 'd', dayOfWeek: ['mon', 'fri'] } },
      }),
      'x | 10 mg | ',
    ],
    [
      'as needed',
      order('x', {
        ...daily(5, 'mg', 1),
        asNeededBoolean: true,
        timing: { repeat: { frequency: 1, period: 6, periodUnit: 'h' } },
      }),
      'x | 5 mg | every 6 hours, as needed',
    ],
    [
      'a range of times',
      order('x', {
        ...daily(5, 'mg', 1),
        timing: { repeat: { frequency: 1, frequencyMax: 3, period: 1, periodUnit: 'd' } },
      }),
      'x | 5 mg | ',
    ],
    ['a dose that is none', order('x', daily(-5, 'mg', 1)), 'x |  | once a day'],
  ])('%s', (_what, resource, expected) => {
    expect(taken(resource as Record<string, unknown>)).toEqual([expected]);
  });

  it('of several dosages keep the name alone, and say so', () => {
    const two = order('furosemide', undefined, {
      dosageInstruction: [daily(40, 'mg', 1), daily(20, 'mg', 1)],
    });
    expect(taken(two)).toEqual(['furosemide |  | ']);
    expect(brief(two).warnings).toEqual([
      'MedicationRequest/furosemide.dosageInstruction: several dosages; dose and frequency are not read',
    ]);
  });

  it('that two orders give differently lose their dose; the same order twice does not', () => {
    const again = { ...order('warfarin', daily(5, 'mg', 1)), id: 'again' };
    const other = { ...order('Warfarin', daily(2.5, 'mg', 1)), id: 'other' };
    expect(taken(order('warfarin', daily(5, 'mg', 1)), again)).toEqual(['warfarin | 5 mg | once a day']);
    expect(taken(order('warfarin', daily(5, 'mg', 1)), other)).toEqual(['warfarin |  | ']);
  });

  it('of statements count beside the orders, and the order counts where both speak', () => {
    const told = (name: string, dosage: unknown) =>
      about('MedicationStatement', {
        id: name,
        status: 'active',
        medicationCodeableConcept: { text: name },
        dosage: [dosage],
      });
    const made = brief(
      order('furosemide', daily(40, 'mg', 1)),
      told('furosemide', daily(80, 'mg', 1)),
      told('aspirin', daily(81, 'mg', 1)),
    );
    expect(made.patient.medications).toMatchObject([
      { name: 'furosemide', dose: '40 mg' },
      { name: 'aspirin', dose: '81 mg', source: 'MedicationStatement/aspirin' },
    ]);
    expect(made.warnings).toEqual([
      'MedicationStatement/furosemide.dosage: differs from the order of the same medicine; the order counts',
    ]);
  });

  it('are found in the bundle, in the resource itself, and by fullUrl', () => {
    const by = (reference: string, parts = {}) =>
      order('x', daily(1, 'mg', 1), {
        id: reference.replace(/[^a-z]/g, ''),
        medicationCodeableConcept: undefined,
        medicationReference: { reference },
        ...parts,
      });
    const bundle = bundleWith(
      by('Medication/in-bundle'),
      by('#in-it', { contained: [{ resourceType: 'Medication', id: 'in-it', code: { text: 'contained' } }] }),
      by('urn:uuid:by-url'),
      { resourceType: 'Medication', id: 'in-bundle', code: { text: 'of the bundle' } },
    );
    const entry = [
      ...(bundle['entry'] as unknown[]),
      {
        fullUrl: 'urn:uuid:by-url',
        resource: { resourceType: 'Medication', id: 'u', code: { text: 'by url' } },
      },
    ];
    const { patient } = briefOf({ ...bundle, entry }, options);
    expect(patient?.medications.map(({ name }) => name)).toEqual(['of the bundle', 'contained', 'by url']);
  });

  it('may be 200', () => {
    const all = Array.from({ length: 200 }, (_, index) =>
      order(`medicine ${String(index)}`, daily(1, 'mg', 1)),
    );
    const { patient, warnings } = brief(...all);
    expect(patient.medications).toHaveLength(200);
    expect(warnings).toEqual([]);
  });
});

describe('results', () => {
  it('keep the three latest of each kind, oldest first, and the parts of a blood pressure', () => {
    const days = ['2026-02-01', '2026-01-01', '2026-02-20', '2026-02-10'];
    const pressure = about('Observation', {
      id: 'bp',
      status: 'final',
      code: { text: 'Blood pressure' },
      effectiveDateTime: '2026-02-28T23:30:00Z',
      component: [
        {
          code: { text: 'Systolic blood pressure', coding: [{ system: 'http://loinc.org', code: '8480-6' }] },
          valueQuantity: { value: 130, code: 'mm[Hg]' },
        },
        { code: { text: 'Diastolic blood pressure' }, valueQuantity: { value: 80, code: 'mm[Hg]' } },
      ],
    });
    const { patient } = brief(pressure, ...days.map((day) => weight({ id: day, effectiveDateTime: day })));
    expect(patient.labs.map(({ name, date }) => `${date} ${name}`)).toEqual([
      '2026-02-01 body weight',
      '2026-02-10 body weight',
      '2026-02-20 body weight',
      '2026-02-28 diastolic blood pressure',
      '2026-02-28 systolic blood pressure',
    ]);
    expect(patient.labs.at(-1)).toMatchObject({ loinc: '8480-6', value: 130, unit: 'mm[Hg]' });
  });

  it.each(['mL/min/{1.73_m2}', 'mmol/L', '10*3/uL', '{INR}', '%', 'm[IU]/L'])('have the unit %s', (code) => {
    expect(brief(weight({ valueQuantity: { value: 1, code } })).patient.labs).toMatchObject([{ unit: code }]);
  });
});

describe('visits', () => {
  it.each([
    ['2026-03-06T10:30:00-08:00', '', '2026-03-06T10:30'],
    ['2026-03-06T15:30:00Z', 'America/New_York', '2026-03-06T10:30'],
    ['2026-03-06T15:30:00+00:00', 'America/Chicago', '2026-03-06T09:30'],
    ['2026-03-06T15:30:00Z', '', undefined],
    ['2026-03-06T15:30:00Z', 'Nowhere/Land', undefined],
    ['2026-02-30T15:30:00-05:00', '', undefined],
  ])('at %s with the zone "%s" are at %s on the patient’s clock', (start, timeZone, local) => {
    const { patient } = briefOf(bundleWith(visit({ start })), { ...options, timeZone });
    expect(patient?.appointments[0]?.start).toBe(local);
  });

  it('are with whom and where the record says, soonest first', () => {
    const named = visit({
      id: 'named',
      start: '2026-03-05T08:00:00-05:00',
      specialty: [{ text: 'cardiology' }],
      participant: [
        { actor: { reference: 'https://ehr.example.org/fhir/Patient/pat' } },
        { actor: { reference: 'Practitioner/2' } },
        { actor: { reference: 'Location/3' } },
      ],
    });
    const { patient } = brief(
      visit({ participant: [{ actor: { reference: 'Patient/pat' } }] }),
      named,
      { resourceType: 'Practitioner', id: '2', name: [{ family: 'Chen', prefix: ['Dr.'] }] },
      { resourceType: 'Location', id: '3', name: 'the Heart Clinic' },
    );
    expect(patient.appointments).toMatchObject([
      { with: 'Dr. Chen, cardiology', place: 'the Heart Clinic' },
      { with: 'your care team', place: '' },
    ]);
  });
});

describe('the last discharge', () => {
  const stay = (id: string, end: string, parts: Record<string, unknown> = {}) =>
    about('Encounter', { id, status: 'finished', class: { code: 'IMP' }, period: { end }, ...parts });

  it('is the latest', () => {
    expect(brief(stay('a', '2026-01-10'), stay('b', '2026-02-27T16:00:00-05:00')).patient.dischargeDate).toBe(
      '2026-02-27',
    );
  });

  it('is none while the patient is in the hospital', () => {
    expect(
      brief(stay('a', '2026-01-10'), stay('b', '', { status: 'in-progress' })).patient.dischargeDate,
    ).toBe('');
  });
});

describe('the synthetic patients', () => {
  const folder = join(packageRoot, 'evaluation', 'charts');
  const protocols = Object.keys(loadProtocols());
  const ids = readdirSync(folder).map((file) => file.replace(/\.json$/, ''));

  it('are a dozen or more', () => {
    expect(ids.length).toBeGreaterThanOrEqual(12);
  });

  it.each(ids)('%s is read whole', (patientId) => {
    const bundle: unknown = JSON.parse(readFileSync(join(folder, `${patientId}.json`), 'utf8'));
    const { patient, warnings } = briefOf(bundle, { ...options, patientId, timeZone: '' });
    expect(warnings).toEqual([]);
    expect(patient?.medications.every(({ dose, frequency, purpose }) => dose && frequency && purpose)).toBe(
      true,
    );
    expect(patient?.appointments.every(({ start }) => start > '2026-03-01')).toBe(true);
    expect([...protocols, '']).toContain(patient?.protocolId);
  });

  it('have their dates counted from the day of the call, and their birth dates left alone', () => {
    const bundle: unknown = JSON.parse(readFileSync(join(folder, 'margaret-ellis.json'), 'utf8'));
    const { patient } = briefOf(bundle, { patientId: 'margaret-ellis', today: '2026-03-01', timeZone: '' });
    expect(patient).toMatchObject({
      birthDate: '1954-03-04',
      age: 71,
      dischargeDate: '2026-02-27',
      appointments: [{ start: '2026-03-06T10:30', with: 'Dr. Chen, cardiology' }],
      protocolId: 'heart-failure-discharge',
    });
    expect(patient?.labs.find(({ loinc }) => loinc === '29463-7')).toMatchObject({
      value: 182,
      date: '2026-02-27',
    });
  });
});
