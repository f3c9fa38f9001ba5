import {
  Disposition,
  Verdict,
  Verification,
  type Review,
  type ReviewRequest,
} from '../../protos/generated/asterism/v1/specialist.js';
import { readText } from '../language/reading.js';
import { attitudeIn } from './attitude.js';
import { checklistFact, markedItems } from './facts.js';
import type { Guide } from './guide.js';
import { isOpen } from './open-items.js';
import { bringBack } from './sentences.js';

/** The protocol's own end. Every other end (an emergency, a wrong person, a patient who stops) is never held up. */
const ORDINARY_END = 'completed';

/**
 * The second look: before the ordinary end of the call, each required item that is still open is asked for
 * once. What stays open then is an omission, for a nurse.
 */
export function reviewDraft(guide: Guide, request: ReviewRequest): Partial<Review> {
  const { context, heard, turnId } = request;
  if (context?.closingReason !== ORDINARY_END)
    return { reason: 'The sentence does not end the call in the ordinary way.', relevant: false };
  if (context.verification !== Verification.VERIFIED)
    return { reason: 'The care protocol begins when identity is known.', relevant: false };
  const open = context.checklist.filter((item) => item.required && isOpen(item));
  if (open.length === 0) return { reason: 'Every required item is settled.', relevant: true };
  const topics = open.map(({ topic }) => topic).join(', ');
  if (heard && attitudeIn(readText(heard.text)) === 'wants-to-stop')
    return { reason: `Still open, but the patient wants to end the call: ${topics}.`, relevant: true };
  const before = markedItems(context.findings, 'brought-back');
  const next = open.find(({ itemId }) => !before.has(itemId));
  if (!next) return { reason: `Still open, although asked for again: ${topics}.`, relevant: true };
  const { itemId, topic } = next;
  return {
    verdict: Verdict.ASK,
    disposition: Disposition.NONE,
    say: bringBack(guide.protocol, next, request.patient),
    facts: [checklistFact(guide.protocol, turnId, { itemId, topic, mark: 'brought-back' })],
    reason: `The call would end with required items open: ${topics}.`,
    confidence: 0.95,
    relevant: true,
  };
}
