import { AsterismError } from '../../platform/errors.js';
import { citationOf, citationText, type Citation } from '../citation.js';
import { joinVersions, loadKnowledge } from '../load.js';
import { conditionsFile, type Condition } from '../medicines/schema.js';
import { labsFile, vitalsFile, type Measure, type Trend } from './schema.js';

type Sources = Readonly<Record<string, Citation>>;

/** A measure with a way to its citations. */
export interface KnownMeasure extends Measure {
  /** The citation of one of its facts, as one line. */
  citation(cite: string | Citation): string;
}

/** All that is known of laboratory values and home readings. */
export interface MeasureKnowledge {
  readonly measures: readonly KnownMeasure[];
  readonly trends: readonly (Trend & { readonly citation: string })[];
  readonly conditions: readonly Condition[];
  readonly version: string;
}

/** @throws AsterismError KNOWLEDGE_INVALID when a file does not pass its schema or contradicts itself */
export async function loadMeasures(): Promise<MeasureKnowledge> {
  const [labs, vitals, conditions] = await Promise.all([
    loadKnowledge('labs/labs.json', labsFile),
    loadKnowledge('vitals/vitals.json', vitalsFile),
    loadKnowledge('medicines/conditions.yaml', conditionsFile),
  ]);
  const known = (sources: Sources, measures: readonly Measure[]): KnownMeasure[] =>
    measures.map((measure) => ({
      ...measure,
      citation: (cite): string => citationText(citationOf(sources, cite)),
    }));
  const measures = [
    ...known(vitals.data.sources, vitals.data.measures),
    ...known(labs.data.sources, labs.data.measures),
  ];
  const conditionIds = new Set(conditions.data.conditions.map(({ id }) => id));
  for (const measure of measures) checkMeasure(measure, conditionIds);
  return {
    measures,
    trends: vitals.data.trends.map((trend) => ({
      ...trend,
      citation: citationText(citationOf(vitals.data.sources, trend.cite)),
    })),
    conditions: conditions.data.conditions,
    version: joinVersions([labs.version, vitals.version, conditions.version]),
  };
}

/** Critical limits lie outside of every interval, and everything within what is plausible. */
function checkMeasure(measure: Measure, conditionIds: ReadonlySet<string>): void {
  const wrong = (what: string): never => {
    throw new AsterismError('KNOWLEDGE_INVALID', `${measure.kind} ${measure.id}: ${what}`);
  };
  const { criticalLow, criticalHigh, plausible } = measure;
  for (const { low, high, condition } of measure.reference) {
    if (low === undefined && high === undefined) wrong('an interval without limits');
    if (low !== undefined && high !== undefined && low >= high) wrong('an interval that is upside down');
    if (condition !== undefined && !conditionIds.has(condition)) wrong(`no condition "${condition}"`);
    if (high !== undefined && criticalHigh && criticalHigh.value <= high)
      wrong('a critical value inside an interval');
    if (low !== undefined && condition === undefined && criticalLow && criticalLow.value >= low)
      wrong('a critical value inside an interval');
  }
  for (const bound of [criticalLow?.value, criticalHigh?.value]) {
    if (bound !== undefined && (bound < plausible.low || bound > plausible.high))
      wrong('a critical value that is not plausible');
  }
}
