import { ucum } from '@atomic-ehr/ucum';
import type { Observation } from '../../protos/generated/asterism/v1/patient.js';
import { fullDate } from './dates.js';
import { loincOf, nameOf, type Concept, type Quantity } from './fhir-schemas.js';
import { isObject } from './json.js';
import type { Resources } from './resources.js';

const FINAL = new Set(['final', 'amended', 'corrected']);
/** Results of one kind that go into a brief, latest first: enough for a trend. */
const MOST_OF_ONE_KIND = 3;
/** Kinds of results that go into a brief; it is sent with every look. */
const MOST_KINDS = 200;

/** The latest final results with a value, a UCUM unit and a day, oldest first. @param today YYYY-MM-DD */
export function observationsOf(resources: Resources, today: string): Observation[] {
  const read = resources
    .ours('Observation')
    .filter(({ status }) => FINAL.has(status ?? ''))
    .flatMap((observation) => {
      const { id, code, valueQuantity, component, effectiveDateTime, effectiveInstant, issued } = observation;
      const date = fullDate(effectiveDateTime) ?? fullDate(effectiveInstant) ?? fullDate(issued);
      const values = [
        { code, quantity: valueQuantity, field: 'valueQuantity' },
        ...(component ?? []).map((part, index) => ({
          code: part.code,
          quantity: part.valueQuantity,
          field: `component[${String(index)}].valueQuantity`,
        })),
      ];
      return values.flatMap(({ code: of, quantity, field }) => {
        const warn = (where: string, problem: string): Observation[] => {
          resources.warn('Observation', id, where, `${problem}; left out`);
          return [];
        };
        // Text and coded results are no numbers to judge.
        if (quantity === undefined) return [];
        if (date === undefined) return warn('effectiveDateTime', 'is no full date');
        if (date > today) return warn('effectiveDateTime', 'lies after today');
        const name = measureName(of);
        if (name === '') return warn('code', 'names nothing');
        const { value, comparator } = quantity;
        if (value === undefined) return warn(`${field}.value`, 'is missing');
        if (comparator !== undefined)
          return warn(`${field}.comparator`, 'the value is a bound, not a result');
        const unit = unitOf(quantity);
        if (unit === undefined) return warn(`${field}.code`, 'is no UCUM unit');
        return [{ name, loinc: loincOf(of), value, unit, date, source: `Observation/${id}` }];
      });
    });
  return latest(read);
}

function measureName(code: Concept | undefined): string {
  const name = nameOf(code);
  return /^[A-Z][a-z]/.test(name) ? `${name.charAt(0).toLowerCase()}${name.slice(1)}` : name;
}

function unitOf({ code, unit }: Quantity): string | undefined {
  const written = code ?? unit;
  return written !== undefined && isUnit(written) ? written : undefined;
}

function isUnit(written: string): boolean {
  if (written === '') return false;
  try {
    // An annotation says nothing about the unit, and the library does not read every one.
    const validated: unknown = ucum.validate(written.replace(/\{[^{}]*\}/g, '{x}'));
    return isObject(validated) && validated['valid'] === true;
  } catch {
    return false;
  }
}

function latest(observations: readonly Observation[]): Observation[] {
  const byKind = new Map<string, Observation[]>();
  for (const one of [...observations].sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : 0))) {
    const kind = one.loinc === '' ? one.name.toLowerCase() : one.loinc;
    const others = byKind.get(kind);
    if (!others) byKind.set(kind, [one]);
    else if (others.length < MOST_OF_ONE_KIND) others.push(one);
  }
  return [...byKind.values()].slice(0, MOST_KINDS).flat().reverse();
}
