import {
  Verdict,
  Verification,
  type Review,
  type ReviewRequest,
} from '../../protos/generated/asterism/v1/specialist.js';
import { readUtterance } from '../language/reading.js';
import { answeredBy } from './answered.js';
import { attitudeIn } from './attitude.js';
import { checklistFact, type Marked } from './facts.js';
import { protocolItem, type Guide } from './guide.js';
import { isOpen } from './open-items.js';
import { volunteeredIn } from './volunteered.js';

/** The first look: which items the patient's words answer, wholly or in part, refuse, or put off. */
export function reviewHeard(guide: Guide, request: ReviewRequest): Partial<Review> {
  const { context, heard } = request;
  if (!context || !heard || heard.text.trim() === '')
    return { reason: 'Nothing was heard.', relevant: false };
  if (context.verification !== Verification.VERIFIED)
    return { reason: 'The care protocol begins when identity is known.', relevant: false };
  const reading = readUtterance(heard);
  const askedId = askedItem(request);
  const asked = context.checklist.find((item) => item.itemId === askedId);
  const attitude = attitudeIn(reading);
  const about = asked && isOpen(asked) ? { itemId: asked.itemId, topic: asked.topic } : undefined;
  if (attitude === 'wants-to-stop') return { reason: 'The patient wants to end the call.', relevant: true };
  if (attitude !== undefined && about) {
    const marked: Marked = { ...about, mark: attitude === 'refuses' ? 'refused' : 'deferred' };
    return reviewOf(guide, request, [marked], Verdict.ADVISE);
  }
  const item = about && protocolItem(guide.protocol, about.itemId);
  const answered = item && answeredBy(guide, item, heard, reading);
  const own: readonly Marked[] = about && answered ? [{ ...about, ...answered }] : [];
  const volunteered =
    item?.kind === 'teach-back' ? [] : volunteeredIn(guide, context.checklist, askedId, heard, reading);
  const marked = [...own, ...volunteered];
  const news = volunteered.length > 0 || own.some(({ mark }) => mark !== 'covered');
  return reviewOf(guide, request, marked, news ? Verdict.ADVISE : Verdict.PASS);
}

/** A question of the checklist's own stands in the place of the item that the dialogue asked last. */
function askedItem({ context }: ReviewRequest): string {
  if (context?.answeringOwnQuestion !== true) return context?.itemId ?? '';
  const own = context.findings.findLast(
    ({ kind, subjects }) => kind === 'checklist' && subjects[1] === 'brought-back',
  );
  return own?.subjects[0] ?? context.itemId;
}

/** What is said to the primary agent has no words for the patient: how to go on is the dialogue's to decide. */
function reviewOf(
  guide: Guide,
  { turnId }: ReviewRequest,
  marked: readonly Marked[],
  verdict: Verdict,
): Partial<Review> {
  if (marked.length === 0) return { reason: 'The words answer no open item.', relevant: false };
  const facts = marked.map((one) => checklistFact(guide.protocol, turnId, one));
  return {
    verdict,
    facts,
    reason: facts.map(({ text }) => text).join(' '),
    confidence: 0.85,
    relevant: true,
  };
}
