import type { Appointment, Clinician } from '../../protos/generated/asterism/v1/patient.js';
import { fullDate, localStart } from './dates.js';
import { nameOf, type Read } from './fhir-schemas.js';
import type { Resources } from './resources.js';

/** How an agent's protocol is named in CarePlan.instantiatesUri. */
const PROTOCOL_URI = 'urn:asterism:protocol:';
/** HL7 v3 ActCode: an encounter with a bed. */
const INPATIENT = new Set(['IMP', 'ACUTE', 'NONAC', 'OBSENC', 'SS']);

/** Booked visits from today on, soonest first. @param timeZone IANA; empty when unknown */
export function appointmentsOf(resources: Resources, today: string, timeZone: string): Appointment[] {
  return resources
    .all('Appointment')
    .filter(({ status }) => status === 'booked')
    .flatMap((appointment): Appointment[] => {
      const { id, start, participant = [], specialty, serviceType } = appointment;
      const actors = participant.filter(({ status }) => status !== 'declined').map(({ actor }) => actor);
      const patients = actors.flatMap((actor) => resources.find('Patient', actor?.reference) ?? []);
      if (patients.length === 0) {
        resources.warn('Appointment', id, 'participant', 'names no patient of the bundle; left out');
      }
      if (patients.every((patient) => patient.id !== resources.patient.id)) return [];
      const local = localStart(start, timeZone);
      if (local === undefined) {
        resources.warn('Appointment', id, 'start', 'gives no local time of day; left out');
        return [];
      }
      if (local.slice(0, 10) < today) return [];
      const clinician = actors.map((actor) => clinicianName(resources, actor)).find((name) => name !== '');
      const field = [...(specialty ?? []), ...(serviceType ?? [])].map(nameOf).find((name) => name !== '');
      const place = actors
        .map((actor) => {
          const location = resources.find('Location', actor?.reference);
          if (location) return location.name ?? '';
          return /(?:^|\/)Location\//.test(actor?.reference ?? '') ? (actor?.display ?? '') : '';
        })
        .find((name) => name !== '');
      return [
        {
          with: [clinician ?? '', field ?? ''].filter((part) => part !== '').join(', ') || 'your care team',
          start: local,
          place: place ?? '',
          source: `Appointment/${id}`,
        },
      ];
    })
    .sort((one, other) => (one.start < other.start ? -1 : 1));
}

/** Whom the patient's record names as their own doctors. */
export function cliniciansOf(resources: Resources): Clinician[] {
  const { id, generalPractitioner = [] } = resources.patient;
  return generalPractitioner.flatMap((reference, index) => {
    const name = clinicianName(resources, reference) || (reference.display ?? '');
    if (name !== '') return [{ name, role: 'primary care', source: `Patient/${id}` }];
    resources.warn('Patient', id, `generalPractitioner[${String(index)}]`, 'points at nobody in the bundle');
    return [];
  });
}

function clinicianName(
  resources: Resources,
  reference: { readonly reference?: string | undefined; readonly display?: string | undefined } | undefined,
): string {
  const practitioner = resources.find('Practitioner', reference?.reference);
  const name = practitioner?.name?.[0];
  if (name?.family !== undefined && name.prefix?.[0] !== undefined) return `${name.prefix[0]} ${name.family}`;
  const written = name?.text ?? [...(name?.given ?? []), name?.family ?? ''].join(' ').trim();
  if (written !== '') return written;
  return /(?:^|\/)Practitioner(?:Role)?\//.test(reference?.reference ?? '') ? (reference?.display ?? '') : '';
}

/** The day of the last discharge; empty when there was none, or while the patient is in the hospital. */
export function dischargeOf(resources: Resources, today: string): { date: string; source: string } {
  const stays = resources.ours('Encounter').filter((encounter) => INPATIENT.has(encounter.class?.code ?? ''));
  const none = { date: '', source: '' };
  if (stays.some(({ status }) => status === 'in-progress' || status === 'onleave')) return none;
  const ends = stays
    .filter(({ status }) => status === 'finished')
    .flatMap(({ id, period }) => {
      const date = fullDate(period?.end);
      if (date !== undefined && date <= today) return [{ date, source: `Encounter/${id}` }];
      resources.warn(
        'Encounter',
        id,
        'period.end',
        date === undefined ? 'is no full date' : 'lies after today',
      );
      return [];
    });
  return ends.sort((one, other) => (one.date < other.date ? 1 : -1))[0] ?? none;
}

/** The protocol that the newest active care plan asks for; empty when none does. */
export function protocolOf(resources: Resources): { protocolId: string; source: string } {
  const plans: readonly Read<'CarePlan'>[] = resources
    .ours('CarePlan')
    .filter(({ status }) => status === 'active')
    .sort((one, other) => ((one.period?.start ?? '') < (other.period?.start ?? '') ? 1 : -1));
  for (const { id, instantiatesUri } of plans) {
    const uri = instantiatesUri?.find((one) => one.startsWith(PROTOCOL_URI));
    if (uri !== undefined) return { protocolId: uri.slice(PROTOCOL_URI.length), source: `CarePlan/${id}` };
  }
  return { protocolId: '', source: '' };
}
