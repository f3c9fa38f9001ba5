import { citationOf, citationText, type Citation } from '../citation.js';
import { joinVersions, loadKnowledge, loadKnowledgeFolder } from '../load.js';
import { loadMedicines, type MedicineKnowledge } from '../medicines/load-medicines.js';
import type { Condition } from '../medicines/schema.js';
import { checkMeasures, checkTrends, type KnownNames } from './check-measures.js';
import { conversionFrom, type Linear } from './convert.js';
import { withLimits } from './limits.js';
import {
  labConditionsFile,
  labsFile,
  limitsFile,
  unitsFile,
  vitalsFile,
  type Measure,
  type Trend,
  type Unit,
} from './schema.js';

type Sources = Readonly<Record<string, Citation>>;

/** A unit that a value can be given in, with its way to the measure's own. */
export interface Conversion extends Linear {
  readonly unit: Unit;
}

/** A measure with a way to its citations and units. */
export interface KnownMeasure extends Measure {
  readonly ownUnit: Unit;
  readonly conversions: readonly Conversion[];
  /** The citation of one of its facts, as one line. */
  citation(cite: string | Citation): string;
}

/** All that is known of laboratory values and home readings. */
export interface MeasureKnowledge {
  readonly measures: readonly KnownMeasure[];
  readonly trends: readonly (Trend & { readonly citation: string })[];
  readonly conditions: readonly Condition[];
  readonly units: readonly Unit[];
  /** The medicines that goals name, as they were loaded for it. */
  readonly medicines: MedicineKnowledge;
  readonly version: string;
}

/**
 * @param limitsPath an organisation's own limits (YAML or JSON), which replace those of the knowledge base
 * @throws AsterismError KNOWLEDGE_INVALID when a file does not pass its schema or contradicts itself
 */
export async function loadMeasures(limitsPath?: string): Promise<MeasureKnowledge> {
  const [labs, vitals, units, conditions, medicines, limits] = await Promise.all([
    loadKnowledgeFolder('labs/analytes', labsFile),
    loadKnowledge('vitals/vitals.json', vitalsFile),
    loadKnowledge('labs/units.json', unitsFile),
    loadKnowledge('labs/conditions.json', labConditionsFile),
    loadMedicines(),
    limitsPath === undefined ? undefined : loadKnowledge(limitsPath, limitsFile),
  ]);
  const sourcesOf = new Map<string, Sources>();
  const shipped = [vitals.data, ...labs.data].flatMap(({ sources, measures }) => {
    for (const { id } of measures) sourcesOf.set(id, sources);
    return measures;
  });
  const measures = limits ? withLimits(shipped, limits.data) : shipped;
  const allConditions = [...medicines.conditions.values(), ...conditions.data.conditions].map(
    ({ id, spoken, phrases, implies }) => ({
      id,
      spoken,
      phrases,
      ...(implies ? { implies } : {}),
      cite: '',
    }),
  );
  const known: KnownNames = {
    conditions: new Set(allConditions.map(({ id }) => id)),
    medicines: new Set(
      [...medicines.medicines.values()].flatMap(({ ingredient, classes }) => [
        `ingredient:${ingredient}`,
        ...classes.map((of) => `class:${of}`),
      ]),
    ),
    units: units.data.units,
  };
  checkMeasures(measures, known);
  checkTrends(vitals.data.trends, measures, known);
  return {
    measures: measures.map((measure) =>
      knownMeasure(measure, sourcesOf.get(measure.id) ?? {}, units.data.units),
    ),
    trends: vitals.data.trends.map((trend) => ({
      ...trend,
      citation: citationText(citationOf(vitals.data.sources, trend.cite)),
    })),
    conditions: allConditions,
    units: units.data.units,
    medicines,
    version: joinVersions(
      [labs, vitals, units, conditions, medicines, ...(limits ? [limits] : [])].map(({ version }) => version),
    ),
  };
}

function knownMeasure(measure: Measure, sources: Sources, units: readonly Unit[]): KnownMeasure {
  const unitOf = (code: string): Unit =>
    units.find(({ ucum }) => ucum === code) ?? {
      ucum: code,
      written: code,
      spoken: code,
      names: [],
      cite: '',
    };
  const others = [...measure.units, ...(measure.equations ?? []).map(({ ucum }) => ucum)];
  return {
    ...measure,
    ownUnit: unitOf(measure.unit),
    conversions: others.flatMap((code) => {
      const way = conversionFrom(code, measure);
      return way ? [{ unit: unitOf(code), ...way }] : [];
    }),
    citation: (cite): string => citationText(citationOf(sources, cite)),
  };
}
