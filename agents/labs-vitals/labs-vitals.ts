import { loadEffects } from '../../clinical-kb/labs/load-effects.js';
import { loadMeasures } from '../../clinical-kb/labs/load-measures.js';
import { joinVersions } from '../../clinical-kb/load.js';
import {
  Pass,
  Verdict,
  type Description,
  type Review,
  type ReviewRequest,
} from '../../protos/generated/asterism/v1/specialist.js';
import { reviewOf, type SpecialistLogic } from '../specialist.js';
import { reviewDraft } from './draft.js';
import { reviewHeard } from './heard.js';
import type { LabsMind } from './mind.js';
import { MeasureIndex } from './measures.js';
import { chartedConditions } from './person.js';

/** What an organisation may set. */
export interface LabsVitalsOptions {
  /** A file of its own critical limits, intervals and goals; see docs/knowledge.md. */
  readonly limitsPath?: string | undefined;
}

/**
 * The labs and vitals specialist: values that the patient says, with their units, against ranges, goals,
 * critical limits and the chart, and what medicines do to them; it asks again where a number cannot be right
 * or was not heard surely.
 * @throws AsterismError KNOWLEDGE_INVALID when its knowledge or the organisation's limits are refused
 */
export async function createLabsVitals({ limitsPath }: LabsVitalsOptions = {}): Promise<SpecialistLogic> {
  const knowledge = await loadMeasures(limitsPath);
  const effects = await loadEffects(knowledge);
  const mind: LabsMind = {
    knowledge,
    effects,
    index: new MeasureIndex(knowledge),
    conditions: chartedConditions(knowledge.conditions),
  };
  const named = (kind: 'lab' | 'vital'): string =>
    knowledge.measures
      .filter((measure) => measure.kind === kind)
      .map((measure) => measure.id)
      .join(', ');
  const description: Description = {
    specialist: 'labs-vitals',
    gate: true,
    covers: [
      `Home readings of adults: ${named('vital')}.`,
      `Laboratory values of adults: ${named('lab')}.`,
      'Changes since the chart: weight in heart failure, creatinine, filtration rate, hemoglobin, platelets, potassium.',
      `What medicines do to values: ${effects.effects.length} cited facts about ingredients and classes.`,
      'Sentences about to be spoken that give or interpret a value.',
    ],
    version: '2',
    knowledgeVersion: joinVersions([knowledge.version, effects.version]),
  };
  return {
    description,
    review: (request: ReviewRequest): Review => {
      const parts = request.pass === Pass.DRAFT ? reviewDraft(mind, request) : reviewHeard(mind, request);
      return reviewOf(description, { verdict: Verdict.PASS, ...parts });
    },
  };
}
