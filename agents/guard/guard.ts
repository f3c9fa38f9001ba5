import { loadTaxonomy, OWN_TAXONOMY } from '../../clinical-kb/guard/taxonomy.js';
import { joinVersions } from '../../clinical-kb/load.js';
import { Pass, type Description } from '../../protos/generated/asterism/v1/specialist.js';
import { reviewOf, type SpecialistLogic } from '../specialist.js';
import { loadApproved } from './approved.js';
import { guardSettings, type GuardSettings } from './guard-settings.js';
import { draftOutcome, heardOutcome } from './outcome.js';
import { RuleBook, type Match, type Side } from './rule-book.js';

/**
 * The guard: content that neither the patient's words nor the agent's may bring about, by a taxonomy that a
 * clinic edits. A gate.
 * @throws AsterismError KNOWLEDGE_INVALID, CONFIGURATION_INVALID
 */
export async function createGuard(settings: GuardSettings = guardSettings()): Promise<SpecialistLogic> {
  const path = settings.taxonomy ?? OWN_TAXONOMY;
  const { data: taxonomy, version } = await loadTaxonomy(path);
  const approved = await loadApproved(taxonomy);
  const rules = new RuleBook(taxonomy, path);
  const description: Description = {
    specialist: 'guard',
    gate: true,
    covers: [
      `Content that must not be: ${taxonomy.categories.map(({ name }) => name.toLowerCase()).join('; ')}.`,
      'What the patient says, and every sentence that the agent is about to say.',
      'Harm to oneself and danger are only noted: the escalation specialist answers them.',
    ],
    version: '1',
    knowledgeVersion: joinVersions([version, approved.version]),
  };

  return {
    description,
    review(request) {
      const side: Side = request.pass === Pass.DRAFT ? 'draft' : 'heard';
      const text = side === 'draft' ? request.draft : (request.heard?.text ?? '');
      const matches = rules.find(side, text, request.patient?.conditions ?? []);
      const categories = matches.map(({ category }) => category);
      if (categories.length === 0) {
        return reviewOf(description, { reason: 'no rule of the taxonomy found anything', relevant: false });
      }
      const reason = `by rule: ${matches.map(told).join('; ')}`;
      return reviewOf(
        description,
        side === 'draft'
          ? draftOutcome(taxonomy, categories, reason)
          : heardOutcome(taxonomy, categories, request, reason),
      );
    },
  };
}

/** For a nurse: "Abuse and harassment ("shut up")". */
function told({ category, words }: Match): string {
  return `${category.name} ("${words}")`;
}
