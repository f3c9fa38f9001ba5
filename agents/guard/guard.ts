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
import type { Embedder } from '../embedding/embedder.js';
import { reviewOf, type SpecialistLogic } from '../specialist.js';
import { loadApproved, type ApprovedWording } from './approved.js';
import { GuardModel } from './guard-model.js';
import { PROMPT_VERSION } from './guard-prompt.js';
import type { GuardSettings } from './guard-settings.js';
import { LabelledExamples, type Nearness } from './labelled-examples.js';
import { draftOutcome, heardOutcome, uncheckedOutcome } from './outcome.js';
import { partsOf } from './parts.js';
import { RuleBook, type Match, type Side } from './rule-book.js';

/**
 * The guard: content that neither the patient's words nor the agent's may bring about, by a taxonomy that a
 * clinic edits. A gate. It closes the embedder when it is closed, or when it cannot be made.
 * @param embedder finds what means the same as a labelled example; without one the rules are alone
 * @throws AsterismError KNOWLEDGE_INVALID, WORKER_FAILED
 */
export async function createGuard(
  { taxonomy: own, endpoint }: GuardSettings,
  embedder?: Embedder,
): Promise<SpecialistLogic<Review | Promise<Review>>> {
  try {
    const path = own ?? OWN_TAXONOMY;
    const { data: taxonomy, version } = await loadTaxonomy(path);
    const approved = await loadApproved(taxonomy);
    const rules = new RuleBook(taxonomy, path);
    const examples = embedder && (await LabelledExamples.place(taxonomy, approved.sentences, embedder));
    const versions = [
      version,
      approved.version,
      ...(endpoint ? [`${PROMPT_VERSION}+${endpoint.model}`] : []),
    ];
    const description: Description = {
      specialist: 'guard',
      gate: true,
      covers: [
        `Content that must not be: ${taxonomy.categories.map(({ name }) => name.toLowerCase()).join('; ')}.`,
        'What the patient says, and every sentence that the agent is about to say.',
        'Harm to oneself and danger are only noted: the escalation specialist answers them.',
        ...(embedder ? ['What means the same as a labelled example, whatever its words.'] : []),
        ...(endpoint
          ? [
              `What is not approved wording also goes to the guard model ${endpoint.model} (${PROMPT_VERSION}).`,
            ]
          : []),
      ],
      version: '1',
      knowledgeVersion: joinVersions(versions),
    };
    return new Guard({
      description,
      taxonomy,
      rules,
      approved,
      meaning: embedder && examples && { embedder, examples },
      model: endpoint && new GuardModel(endpoint, taxonomy.categories),
    });
  } catch (thrown) {
    await embedder?.close();
    throw thrown;
  }
}

interface GuardParts {
  readonly description: Description;
  readonly taxonomy: Taxonomy;
  readonly rules: RuleBook;
  readonly approved: ApprovedWording;
  readonly meaning: { readonly embedder: Embedder; readonly examples: LabelledExamples } | undefined;
  readonly model: GuardModel | undefined;
}

/** One message under review. */
interface Message {
  readonly side: Side;
  readonly text: string;
  readonly request: ReviewRequest;
}

const nothingByRule = 'no rule of the taxonomy found anything';

class Guard implements SpecialistLogic<Review | Promise<Review>> {
  readonly description: Description;
  readonly #parts: GuardParts;

  constructor(parts: GuardParts) {
    this.description = parts.description;
    this.#parts = parts;
  }

  /** From the surest to the least sure: rules, approved wording, meaning, a guard model. */
  review(request: ReviewRequest): Review | Promise<Review> {
    const { rules, approved, meaning, model } = this.#parts;
    const side: Side = request.pass === Pass.DRAFT ? 'draft' : 'heard';
    const text = side === 'draft' ? request.draft : (request.heard?.text ?? '');
    const message = { side, text, request };
    const matches = rules.find(side, text, request.patient?.conditions ?? []);
    if (matches.length > 0) {
      const categories = matches.map(({ category }) => category);
      return this.#unsafe(message, categories, `by rule: ${matches.map(told).join('; ')}`);
    }
    if (side === 'draft' && approved.includes(text)) return this.#safe('approved wording');
    // Data of the constellation's own, with a blank filled here and there: the rules have seen it.
    const wordingOf = request.context?.wordingOf ?? '';
    if (wordingOf !== '' && !model) return this.#safe(`the words of ${wordingOf}, and ${nothingByRule}`);
    if (text.trim() === '' || (!meaning && !model)) return this.#safe(nothingByRule);
    return this.#weigh(message);
  }

  async close(): Promise<void> {
    await this.#parts.meaning?.embedder.close();
  }

  async #weigh(message: Message): Promise<Review> {
    const { model } = this.#parts;
    let nearness: Nearness;
    try {
      nearness = await this.#nearness(message);
    } catch {
      return this.#unchecked(message, 'the meaning could not be weighed');
    }
    if (nearness.kind === 'alike') {
      return this.#unsafe(message, [nearness.category], `by meaning: ${scored(nearness)}`);
    }
    const byMeaning = nearness.kind === 'unsure' ? `unsure by meaning: ${scored(nearness)}; ` : '';
    if (model) return this.#ask(model, message, byMeaning);
    if (nearness.kind === 'far') return this.#safe(nothingByRule);
    const reason = `${byMeaning}${nothingByRule}, and the rules decide`;
    return reviewOf(this.description, { reason, confidence: 0.5, relevant: true });
  }

  /** That of the part which is nearest to harm. */
  async #nearness({ side, text }: Message): Promise<Nearness> {
    const { meaning } = this.#parts;
    if (!meaning) return { kind: 'far' };
    const parts = partsOf(text);
    const points = await Promise.all(parts.map((part) => meaning.embedder.embed(part)));
    const all = points.map((point, index) => meaning.examples.weigh(side, parts[index] ?? '', point));
    return (
      all.find(({ kind }) => kind === 'alike') ?? all.find(({ kind }) => kind === 'unsure') ?? { kind: 'far' }
    );
  }

  async #ask(model: GuardModel, message: Message, byMeaning: string): Promise<Review> {
    const answer = await model.ask(message.side, message.text);
    switch (answer.kind) {
      case 'safe':
        return this.#safe(`${byMeaning}${nothingByRule}, nor did the guard model`);
      case 'unsafe': {
        const names = answer.categories.map(({ name }) => name).join('; ');
        return this.#unsafe(message, answer.categories, `by the guard model: ${names}`);
      }
      case 'unanswered': {
        const { callId } = message.request;
        log.warn({ specialist: 'guard', callId, why: answer.why }, 'the guard model failed');
        return this.#unchecked(message, `${byMeaning}the guard model was asked and ${answer.why}`);
      }
    }
  }

  /** Nobody may take this for safe: a sentence is stopped, and the patient's words are left to the rules. */
  #unchecked({ side }: Message, why: string): Review {
    const reason = `not checked: ${why}; ${nothingByRule}`;
    return reviewOf(
      this.description,
      side === 'draft'
        ? uncheckedOutcome(this.#parts.taxonomy, reason)
        : { reason, confidence: 0.5, relevant: true },
    );
  }

  #unsafe({ side, request }: Message, categories: readonly Category[], reason: string): Review {
    const { taxonomy } = this.#parts;
    return reviewOf(
      this.description,
      side === 'draft'
        ? draftOutcome(taxonomy, categories, reason)
        : heardOutcome(taxonomy, categories, request, reason),
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

function scored({ category, score, harmlessScore }: Exclude<Nearness, { kind: 'far' }>): string {
  return `${category.name} (${score.toFixed(2)} beside ${harmlessScore.toFixed(2)} for the nearest harmless one)`;
}
