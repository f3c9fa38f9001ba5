import { loadMeasures } from '../../clinical-kb/labs/load-measures.js';
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

/**
 * The labs and vitals specialist: values that the patient says, with their units, against ranges, critical
 * limits and the chart; it asks again where a number cannot be right or was not heard surely.
 * @throws AsterismError KNOWLEDGE_INVALID when its knowledge is refused
 */
export async function createLabsVitals(): Promise<SpecialistLogic> {
  const knowledge = await loadMeasures();
  const mind: LabsMind = { knowledge, index: new MeasureIndex(knowledge) };
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
      'Weight gain in heart failure against the last weight on the chart.',
      'Sentences about to be spoken that give or interpret a value.',
    ],
    version: '1',
    knowledgeVersion: knowledge.version,
  };
  return {
    description,
    review: (request: ReviewRequest): Review => {
      const parts = request.pass === Pass.DRAFT ? reviewDraft(mind, request) : reviewHeard(mind, request);
      return reviewOf(description, { verdict: Verdict.PASS, ...parts });
    },
  };
}
