import { citationOf, citationText } from '../../clinical-kb/citation.js';
import type { Category, NurseTold, Taxonomy } from '../../clinical-kb/guard/taxonomy.js';
import {
  Disposition,
  Verdict,
  type Fact,
  type Review,
  type ReviewRequest,
} from '../../protos/generated/asterism/v1/specialist.js';

/** Kind of the facts that the guard finds; the subject is the category. */
const CONTENT = 'content';

/** What a patient's words that fall into categories lead to; the first category decides what is said. */
export function heardOutcome(
  taxonomy: Taxonomy,
  categories: readonly Category[],
  request: ReviewRequest,
  reason: string,
): Partial<Review> {
  const facts = categories.map((category) => contentFact(taxonomy, category, 'the caller’s words'));
  const speaking = categories.find(({ heard }) => heard?.action === 'say');
  const { heard } = speaking ?? {};
  if (!speaking || heard?.say === undefined) return { facts, reason, confidence: 0.8 };
  const before = (request.context?.findings ?? []).some(
    ({ kind, subjects }) => kind === CONTENT && subjects.includes(speaking.id),
  );
  return {
    verdict: Verdict.SAY,
    disposition: dispositions[heard.nurse],
    say: before && heard.again !== undefined ? heard.again : heard.say,
    facts,
    reason,
    confidence: 0.9,
  };
}

/** What becomes of a sentence of the agent that falls into categories. */
export function draftOutcome(
  taxonomy: Taxonomy,
  categories: readonly Category[],
  reason: string,
): Partial<Review> {
  const deciding = categories.find(({ draft }) => draft !== undefined)?.draft;
  const block = categories.some(({ draft }) => draft?.action === 'block');
  return {
    verdict: block ? Verdict.BLOCK : Verdict.REWRITE,
    say: deciding?.say ?? taxonomy.unchecked,
    facts: categories.map((category) => contentFact(taxonomy, category, 'a sentence that was drafted')),
    reason,
    confidence: 0.9,
  };
}

/** A sentence that could not be checked is not spoken. */
export function uncheckedOutcome(taxonomy: Taxonomy, reason: string): Partial<Review> {
  return { verdict: Verdict.BLOCK, say: taxonomy.unchecked, reason, confidence: 0.5 };
}

const dispositions: Readonly<Record<NurseTold, Disposition>> = {
  no: Disposition.NONE,
  routine: Disposition.ROUTINE,
  'same-day': Disposition.SAME_DAY,
  'right-away': Disposition.URGENT_NURSE,
};

function contentFact({ sources }: Taxonomy, category: Category, what: string): Fact {
  return {
    kind: CONTENT,
    subjects: [category.id],
    severity: '',
    text: `${category.name} in ${what}.`,
    citation: citationText(citationOf(sources, category.cite)),
  };
}
