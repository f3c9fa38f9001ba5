import { RecordSummaryService } from '../../protos/generated/asterism/v1/record_summary.js';
import type { Description, Review } from '../../protos/generated/asterism/v1/specialist.js';
import { passReview, type SpecialistLogic } from '../specialist.js';
import { recordService } from './record-service.js';
import type { RecordSettings } from './record-settings.js';

/** The record-summary specialist: reads a patient's FHIR record and makes the brief that the others use. */
export function createRecordSummary(settings: RecordSettings): SpecialistLogic {
  const description: Description = {
    specialist: 'record-summary',
    gate: false,
    covers: [
      'The brief of a patient from a FHIR R4 record: each line with the resource that says so.',
      'The call, written back into the record when it is over.',
    ],
    version: '1',
    knowledgeVersion: '1',
  };
  return {
    description,
    review: (): Review =>
      passReview(
        description.specialist,
        description.knowledgeVersion,
        'only brief and write-back are covered',
        false,
      ),
    services: [{ definition: RecordSummaryService, handlers: { ...recordService(settings) } }],
  };
}
