import type { KnownMeasure } from '../../clinical-kb/labs/load-measures.js';
import type { Observation, Patient } from '../../protos/generated/asterism/v1/patient.js';
import { plain } from './person.js';

/** A value of the chart in the measure's unit. */
export interface ChartValue {
  readonly value: number;
  /** YYYY-MM-DD; may be empty. */
  readonly date: string;
}

/** The values of a measure on the chart, oldest first; those in a unit that nothing is known of are left out. */
export function valuesOnChart(patient: Patient | undefined, measure: KnownMeasure): ChartValue[] {
  return (patient?.labs ?? [])
    .filter((observation) => isOf(observation, measure) && Number.isFinite(observation.value))
    .flatMap(({ value, unit, date }) => {
      const converted = inOwnUnit(value, unit, measure);
      return converted === undefined ? [] : [{ value: round(converted), date }];
    })
    .sort((a, b) => a.date.localeCompare(b.date));
}

/** The latest value of a measure on the chart, in the measure's unit. */
export function latestOnChart(patient: Patient | undefined, measure: KnownMeasure): ChartValue | undefined {
  return valuesOnChart(patient, measure).at(-1);
}

/** Whole days between two dates as the chart writes them; undefined when one is missing. */
export function daysBetween(earlier: string, later: string): number | undefined {
  const from = Date.parse(earlier.slice(0, 10));
  const to = Date.parse(later.slice(0, 10));
  return Number.isNaN(from) || Number.isNaN(to) ? undefined : Math.round((to - from) / 86_400_000);
}

function inOwnUnit(value: number, unit: string, measure: KnownMeasure): number | undefined {
  const written = plain(unit);
  const isUnit = (of: KnownMeasure['ownUnit']): boolean =>
    unit === of.ucum ||
    (written !== '' && [of.ucum, of.written, ...of.names].some((name) => plain(name) === written));
  if (unit === '' || isUnit(measure.ownUnit)) return value;
  const conversion = measure.conversions.find((way) => isUnit(way.unit));
  return conversion && value * conversion.factor + conversion.offset;
}

function isOf(observation: Observation, measure: KnownMeasure): boolean {
  if (observation.loinc !== '') return observation.loinc === measure.loinc;
  const name = plain(observation.name);
  return name === plain(measure.id) || measure.names.includes(name);
}

/** Without what binary fractions add. */
function round(value: number): number {
  return Number(value.toPrecision(6));
}
