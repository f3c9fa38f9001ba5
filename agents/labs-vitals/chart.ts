import type { KnownMeasure, MeasureKnowledge } from '../../clinical-kb/labs/load-measures.js';
import type { Observation, Patient } from '../../protos/generated/asterism/v1/patient.js';
import type { Person } from './judgement.js';

/** What judging needs of a chart. */
export function personOf(patient: Patient | undefined, knowledge: MeasureKnowledge): Person {
  const conditions = new Set<string>();
  for (const written of patient?.conditions ?? []) {
    const text = ` ${plain(written)} `;
    for (const { id, phrases, implies } of knowledge.conditions) {
      if (!phrases.some((phrase) => text.includes(` ${plain(phrase)} `))) continue;
      conditions.add(id);
      for (const implied of implies ?? []) conditions.add(implied);
    }
  }
  const medicines = new Set((patient?.medications ?? []).flatMap(({ name }) => plain(name).split(' ')));
  if (medicines.has('coumadin') || medicines.has('jantoven')) medicines.add('warfarin');
  return { sex: patient?.sex ?? '', conditions, medicines };
}

/** The latest value of a measure on the chart, in the measure's unit. */
export function latestOnChart(
  patient: Patient | undefined,
  measure: KnownMeasure,
): { value: number; date: string } | undefined {
  const found = (patient?.labs ?? [])
    .filter((observation) => isOf(observation, measure) && Number.isFinite(observation.value))
    .sort((a, b) => a.date.localeCompare(b.date))
    .at(-1);
  if (!found) return undefined;
  const conversion = measure.conversions.find(({ ucum }) => ucum === found.unit);
  const value = conversion ? found.value * conversion.factor + (conversion.offset ?? 0) : found.value;
  return { value: Math.round(value * 100) / 100, date: found.date };
}

function isOf(observation: Observation, measure: KnownMeasure): boolean {
  if (observation.loinc !== '') return observation.loinc === measure.loinc;
  const name = plain(observation.name);
  return name === plain(measure.id) || measure.names.includes(name);
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}']+/gu, ' ')
    .trim();
}
