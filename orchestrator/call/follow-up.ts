import { Verdict, type Review } from '../../protos/generated/asterism/v1/specialist.js';
import { isEmergency } from './disposition.js';
import type { FollowUp } from './state.js';

/** What a specialist does when it looks at something for longer, in words that are true whatever it finds. */
const lookedAt: Readonly<Record<string, string>> = {
  medication: 'I looked at your whole list of medicines.',
  'labs-vitals': 'I looked at your readings again.',
};
const lookedAtSomething = 'I have checked something for you.';
const correction = 'I need to correct something I said earlier.';
const addition = 'I want to add something.';
/** A sentence is taken back and nothing is given in its place. */
const takenBack =
  'I am no longer sure that it was right. Please wait until a nurse has gone over it with you before you act on it.';

/**
 * What the patient is to hear of a result that came too late for its turn; undefined when there is nothing
 * to say. An emergency has none: it does not wait for a turn.
 */
export function followUpOf(
  about: Pick<FollowUp, 'origin' | 'turnId' | 'sentenceId'>,
  review: Review,
): FollowUp | undefined {
  const { verdict } = review;
  const objects = verdict === Verdict.BLOCK || verdict === Verdict.REWRITE;
  const speaks = verdict === Verdict.SAY || verdict === Verdict.ASK || verdict === Verdict.ESCALATE;
  if (!(objects || speaks) || isEmergency(review.disposition)) return undefined;
  const corrects = objects && about.sentenceId !== '';
  const own = review.say.trim();
  if (own === '' && !corrects) return undefined;
  const words = own === '' ? takenBack : own;
  const lead = corrects ? correction : about.origin === 'late' ? addition : leadOf(review.specialist, words);
  return { ...about, review, text: `${lead} ${words}`.trim(), corrects, withheld: 0, stage: 'due' };
}

/** A specialist that says itself what it did needs no lead. */
function leadOf(specialist: string, words: string): string {
  if (/^I (?:have )?(?:compared|looked|checked|went over|gone over)\b/.test(words)) return '';
  return lookedAt[specialist] ?? lookedAtSomething;
}

/** A follow-up as a review that can stand beside those of the next first look. */
export function spokenReview({ review, text }: FollowUp): Review {
  const keeps = review.verdict === Verdict.ASK || review.verdict === Verdict.ESCALATE;
  return { ...review, verdict: keeps ? review.verdict : Verdict.SAY, say: text, jobId: '' };
}
