import { joinVersions, loadKnowledge, loadKnowledgeFolder } from '../load.js';
import { labsFile, vitalsFile, type Measure } from './schema.js';

/** What a measure is called, without what is judged by it. */
export type NamedMeasure = Pick<Measure, 'id' | 'spoken' | 'names' | 'loinc'>;

export interface MeasureNaming {
  readonly measures: readonly NamedMeasure[];
  readonly version: string;
}

/**
 * The names of all laboratory values and home readings, for somebody who only reads them out; limits, units
 * and medicines are not loaded.
 * @throws AsterismError KNOWLEDGE_INVALID when a file does not pass its schema
 */
export async function loadMeasureNames(): Promise<MeasureNaming> {
  const [labs, vitals] = await Promise.all([
    loadKnowledgeFolder('labs/analytes', labsFile),
    loadKnowledge('vitals/vitals.json', vitalsFile),
  ]);
  return {
    measures: [vitals.data, ...labs.data].flatMap(({ measures }) => measures),
    version: joinVersions([labs.version, vitals.version]),
  };
}
