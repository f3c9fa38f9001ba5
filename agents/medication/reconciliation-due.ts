import {
  ItemProgress,
  Pass,
  Verdict,
  Verification,
  type Fact,
  type Review,
  type ReviewRequest,
} from '../../protos/generated/asterism/v1/specialist.js';
import { reconciliationKind } from './reconciliation-review.js';

/** The one job of a call in which all medicines are compared. */
export const reconciliationJobId = 'medicines-together';

const checksAll =
  /\b(check|go over|look (at|over|through)|review|compare|go through)\b.{0,40}\b(all|whole|every|everything|together|list)\b.{0,30}/;
const theMedicines = /\b(medicines?|medications?|meds|pills|drugs|prescriptions|tablets)\b/;
const together =
  /\b(medicines?|medications?|meds|pills|drugs|prescriptions|tablets)\b.{0,40}\b(together|with each other|interact|get along|mix)\b|\bany of my (medicines|medications|meds|pills|drugs)\b.{0,30}\b(problem|interact|together|clash)/;

/** "Can you check all my medicines together?" */
export function asksForAll(text: string): boolean {
  const lower = text.toLowerCase();
  return (checksAll.test(lower) && theMedicines.test(lower)) || together.test(lower);
}

/**
 * The look with the reconciliation put off to a job, when it is due: the patient asked for it, or the part of the
 * call about medicines has just ended. Once in a call, by the mark that it leaves in the call's findings, and
 * only for a patient who is known, where nothing graver is to be said first.
 */
export function withReconciliation(request: ReviewRequest, review: Partial<Review>): Partial<Review> {
  const verdict = review.verdict ?? Verdict.PASS;
  if (verdict !== Verdict.PASS && verdict !== Verdict.ADVISE) return review;
  if (!isDue(request)) return review;
  const asked = asksForAll(request.heard?.text ?? '');
  const why = asked ? 'the patient asked for it' : 'the part of the call about medicines is over';
  return {
    ...review,
    verdict: Verdict.DEFER,
    jobId: reconciliationJobId,
    say: asked ? 'I will check everything you told me against your whole list.' : (review.say ?? ''),
    facts: [...(review.facts ?? []), mark(why)],
    reason: `${review.reason ?? ''} All medicines are being compared: ${why}.`.trim(),
    relevant: true,
  };
}

function mark(why: string): Fact {
  return {
    kind: reconciliationKind,
    subjects: [],
    severity: '',
    text: `All medicines are being compared: ${why}.`,
    citation: 'said by the patient in this call; prescriptions on the chart',
  };
}

function isDue(request: ReviewRequest): boolean {
  const { context, patient } = request;
  if (request.pass !== Pass.HEARD || context?.verification !== Verification.VERIFIED) return false;
  if ((patient?.medications.length ?? 0) === 0) return false;
  if (context.findings.some((fact) => fact.kind === reconciliationKind)) return false;
  return asksForAll(request.heard?.text ?? '') || isListDone(request);
}

const medicineItem = /medic|over-the-counter|drug|pill|prescription/;
const unsettled: ReadonlySet<ItemProgress> = new Set([
  ItemProgress.UNSPECIFIED,
  ItemProgress.OPEN,
  ItemProgress.ASKED,
  ItemProgress.PARTIAL,
]);

/** By the checklist where the call has one, else by the agent having asked about medicines and gone on. */
function isListDone({ context }: ReviewRequest): boolean {
  const items = (context?.checklist ?? []).filter(({ itemId }) => medicineItem.test(itemId));
  if (items.length > 0) return items.every(({ progress }) => !unsettled.has(progress));
  const itemId = context?.itemId ?? '';
  if (itemId === '' || medicineItem.test(itemId)) return false;
  return (context?.history ?? []).some(
    ({ speaker, text }) => speaker === 'agent' && /are you taking your|without a prescription/i.test(text),
  );
}
