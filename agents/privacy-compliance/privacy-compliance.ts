import { loadInstructions } from '../../clinical-kb/escalation/instructions.js';
import { loadRedFlags } from '../../clinical-kb/escalation/red-flags.js';
import { joinVersions } from '../../clinical-kb/load.js';
import { loadHealthWords, loadPrivacySignals } from '../../clinical-kb/privacy/privacy-rules.js';
import { Pass, type Description } from '../../protos/generated/asterism/v1/specialist.js';
import { reviewOf, type SpecialistLogic } from '../specialist.js';
import { audienceOf } from './audience.js';
import { CallerSignals } from './caller-signals.js';
import { DraftReview } from './draft-review.js';
import { HealthFilter } from './health-filter.js';
import { heardReview } from './heard-review.js';

/**
 * The privacy specialist: who is on the line, what they want from the call, and what they may hear. A gate.
 * @throws AsterismError KNOWLEDGE_INVALID
 */
export async function createPrivacyCompliance(): Promise<SpecialistLogic> {
  const [words, signals, flags, instructions] = await Promise.all([
    loadHealthWords(),
    loadPrivacySignals(),
    loadRedFlags(),
    loadInstructions(),
  ]);
  const knowledge = signals.data;
  const emergencyTexts = [...flags.data.rules.map(({ ask }) => ask), ...Object.values(instructions.data)];
  const callerSignals = new CallerSignals(knowledge);
  const drafts = new DraftReview(new HealthFilter(words.data), knowledge, emergencyTexts);
  const description: Description = {
    specialist: 'privacy-compliance',
    gate: true,
    covers: [
      'Who is on the line: wrong person, relative, voicemail; nothing about health before two identifiers matched.',
      'Identifiers are asked for and never offered, and nobody is told which one was right.',
      'Requests to stop calling, to stop recording, about stored data, for a human, and whether a machine is speaking.',
      'A relative, with or without the permission that the patient gave on this call or that is on file.',
      'Attempts to make the agent act against its rules: plain, polite, spelled out, or spread over two turns.',
      'The agent never calls itself a nurse or a person, says at the start and at the end that it is automated and how to reach a person, and tells the truth about the recording.',
    ],
    version: '4',
    knowledgeVersion: joinVersions([words, signals, flags, instructions].map(({ version }) => version)),
  };
  return {
    description,
    review(request) {
      const before = callerSignals.speakerBefore(request);
      const found = callerSignals.find(request, before);
      return reviewOf(
        description,
        request.pass === Pass.DRAFT
          ? drafts.review(
              request,
              before,
              audienceOf(
                request,
                before,
                found.map(({ id }) => id),
              ),
            )
          : heardReview(found, request, knowledge),
      );
    },
  };
}
