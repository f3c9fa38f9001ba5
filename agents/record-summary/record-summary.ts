import { loadMeasureNames } from '../../clinical-kb/labs/load-measure-names.js';
import { RecordSummaryService } from '../../protos/generated/asterism/v1/record_summary.js';
import {
  Pass,
  Verdict,
  type Description,
  type Review,
  type ReviewRequest,
} from '../../protos/generated/asterism/v1/specialist.js';
import { reviewOf, type SpecialistLogic } from '../specialist.js';
import type { AnswerMind } from './answers/answer.js';
import { reviewDraft } from './answers/draft.js';
import { reviewHeard } from './answers/heard.js';
import { MeasureNames } from './answers/measure-names.js';
import { recordService } from './record-service.js';
import type { RecordSettings } from './record-settings.js';

/**
 * The record-summary specialist: reads a patient's FHIR record, makes the brief that the others use, answers what the
 * patient asks about it, and writes the call back when it is over. A monitor: it tells what the record says, and
 * judges nothing.
 * @throws AsterismError KNOWLEDGE_INVALID
 */
export async function createRecordSummary(settings: RecordSettings): Promise<SpecialistLogic> {
  const { measures, version } = await loadMeasureNames();
  const mind: AnswerMind = { measures, names: new MeasureNames(measures) };
  const description: Description = {
    specialist: 'record-summary',
    gate: false,
    covers: [
      'The brief of a patient from a FHIR R4 record: each line with the resource that says so.',
      'Questions of a verified patient about their own record: medicines, their doses and purposes, the next visit, the latest result, the doctor, allergies, the day of discharge. No diagnoses.',
      'Sentences about to be spoken that give a coming visit another day than the record.',
      'The call, written back into the record when it is over.',
    ],
    version: '1',
    knowledgeVersion: version,
  };
  return {
    description,
    review: (request: ReviewRequest): Review => {
      const parts = request.pass === Pass.DRAFT ? reviewDraft(request) : reviewHeard(mind, request);
      return reviewOf(description, { verdict: Verdict.PASS, ...parts });
    },
    services: [{ definition: RecordSummaryService, handlers: { ...recordService(settings) } }],
  };
}
