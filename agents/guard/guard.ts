import {
  loadTaxonomy,
  OWN_TAXONOMY,
  type Category,
  type Taxonomy,
} from '../../clinical-kb/guard/taxonomy.js';
import { joinVersions } from '../../clinical-kb/load.js';
import { log } from '../../platform/log.js';
import {
  Pass,
  type Description,
  type Review,
  type ReviewRequest,
} from '../../protos/generated/asterism/v1/specialist.js';
import { reviewOf, type SpecialistLogic } from '../specialist.js';
import { loadApproved, type ApprovedWording } from './approved.js';
import { GuardModel } from './guard-model.js';
import { PROMPT_VERSION } from './guard-prompt.js';
import { guardSettings, type GuardSettings } from './guard-settings.js';
import { draftOutcome, heardOutcome, uncheckedOutcome } from './outcome.js';
import { RuleBook, type Match, type Side } from './rule-book.js';

/**
 * The guard: content that neither the patient's words nor the agent's may bring about, by a taxonomy that a
 * clinic edits. A gate.
 * @throws AsterismError KNOWLEDGE_INVALID, CONFIGURATION_INVALID
 */
export async function createGuard(
  settings: GuardSettings = guardSettings(),
): Promise<SpecialistLogic<Review | Promise<Review>>> {
  const path = settings.taxonomy ?? OWN_TAXONOMY;
  const { data: taxonomy, version } = await loadTaxonomy(path);
  const approved = await loadApproved(taxonomy);
  const { endpoint } = settings;
  const versions = [version, approved.version, ...(endpoint ? [`${PROMPT_VERSION}+${endpoint.model}`] : [])];
  return new Guard(
    taxonomy,
    new RuleBook(taxonomy, path),
    approved,
    endpoint && new GuardModel(endpoint, taxonomy.categories),
    {
      specialist: 'guard',
      gate: true,
      covers: [
        `Content that must not be: ${taxonomy.categories.map(({ name }) => name.toLowerCase()).join('; ')}.`,
        'What the patient says, and every sentence that the agent is about to say.',
        'Harm to oneself and danger are only noted: the escalation specialist answers them.',
        ...(endpoint
          ? [
              `What is not approved wording also goes to the guard model ${endpoint.model} (${PROMPT_VERSION}).`,
            ]
          : []),
      ],
      version: '1',
      knowledgeVersion: joinVersions(versions),
    },
  );
}

class Guard implements SpecialistLogic<Review | Promise<Review>> {
  readonly description: Description;
  readonly #taxonomy: Taxonomy;
  readonly #rules: RuleBook;
  readonly #approved: ApprovedWording;
  readonly #model: GuardModel | undefined;

  constructor(
    taxonomy: Taxonomy,
    rules: RuleBook,
    approved: ApprovedWording,
    model: GuardModel | undefined,
    description: Description,
  ) {
    this.#taxonomy = taxonomy;
    this.#rules = rules;
    this.#approved = approved;
    this.#model = model;
    this.description = description;
  }

  review(request: ReviewRequest): Review | Promise<Review> {
    const side: Side = request.pass === Pass.DRAFT ? 'draft' : 'heard';
    const text = side === 'draft' ? request.draft : (request.heard?.text ?? '');
    const matches = this.#rules.find(side, text, request.patient?.conditions ?? []);
    if (matches.length > 0) {
      const categories = matches.map(({ category }) => category);
      return this.#unsafe(side, categories, request, `by rule: ${matches.map(told).join('; ')}`);
    }
    if (side === 'draft' && this.#approved.includes(text)) return this.#safe('approved wording');
    const byRules = 'no rule of the taxonomy found anything';
    if (!this.#model || text.trim() === '') return this.#safe(byRules);
    return this.#ask(this.#model, side, text, request, byRules);
  }

  async #ask(
    model: GuardModel,
    side: Side,
    text: string,
    request: ReviewRequest,
    byRules: string,
  ): Promise<Review> {
    const answer = await model.ask(side, text);
    switch (answer.kind) {
      case 'safe':
        return this.#safe(`${byRules}, nor did the guard model`);
      case 'unsafe': {
        const names = answer.categories.map(({ name }) => name).join('; ');
        return this.#unsafe(side, answer.categories, request, `by the guard model: ${names}`);
      }
      case 'unanswered': {
        log.warn({ specialist: 'guard', callId: request.callId, why: answer.why }, 'the guard model failed');
        const reason = `not checked: the guard model was asked and ${answer.why}; ${byRules}`;
        return reviewOf(
          this.description,
          side === 'draft'
            ? uncheckedOutcome(this.#taxonomy, reason)
            : { reason, confidence: 0.5, relevant: true },
        );
      }
    }
  }

  #unsafe(side: Side, categories: readonly Category[], request: ReviewRequest, reason: string): Review {
    return reviewOf(
      this.description,
      side === 'draft'
        ? draftOutcome(this.#taxonomy, categories, reason)
        : heardOutcome(this.#taxonomy, categories, request, reason),
    );
  }

  #safe(reason: string): Review {
    return reviewOf(this.description, { reason, relevant: false });
  }
}

/** For a nurse: "Abuse and harassment ("shut up")". */
function told({ category, words }: Match): string {
  return `${category.name} ("${words}")`;
}
