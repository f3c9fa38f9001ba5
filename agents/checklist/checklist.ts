import {
  Pass,
  Verdict,
  type Description,
  type Review,
  type ReviewRequest,
} from '../../protos/generated/asterism/v1/specialist.js';
import { reviewOf, type SpecialistLogic } from '../specialist.js';
import { reviewDraft } from './draft.js';
import { loadGuides } from './guide.js';
import { reviewHeard } from './heard.js';

/**
 * The checklist specialist: which items of the care protocol are answered, in part, refused or put off, and
 * what is still open before the call may end. A monitor: a call never waits for it.
 * @throws AsterismError PROTOCOL_INVALID
 */
export function createChecklist(): SpecialistLogic {
  const guides = loadGuides();
  const description: Description = {
    specialist: 'checklist',
    gate: false,
    covers: [
      `The items of ${guides.size === 1 ? 'one care protocol' : `${guides.size} care protocols`}: answered, answered in part, refused or put off, each with the turn that shows it.`,
      'Answers given to a question that was not asked yet.',
      'What is still open before the ordinary end of a call; each such item is asked for once more.',
    ],
    version: '1',
    knowledgeVersion: [...guides.values()]
      .map(({ protocol }) => `${protocol.id} ${protocol.version}`)
      .join(', '),
  };
  return {
    description,
    review(request: ReviewRequest): Review {
      const guide = guides.get(request.context?.protocolId ?? '');
      if (!guide || request.context?.checklist.length === 0) {
        return reviewOf(description, { reason: 'No care protocol is known for this call.', relevant: false });
      }
      const parts = request.pass === Pass.DRAFT ? reviewDraft(guide, request) : reviewHeard(guide, request);
      return reviewOf(description, { verdict: Verdict.PASS, ...parts });
    },
  };
}
