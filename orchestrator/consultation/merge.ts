import { Disposition, Verdict, type Review } from '../../protos/generated/asterism/v1/specialist.js';
import { isEmergency, moreUrgent } from '../call/disposition.js';
import type { LookStatus } from '../call/events.js';
import { compareSpecialists, isGate } from './specialist-order.js';

/** How one specialist answered one look. */
export interface Look {
  readonly specialist: string;
  readonly gate: boolean;
  readonly status: LookStatus;
  readonly review: Review | undefined;
  readonly elapsedMs: number;
}

/** What all looks together say about an utterance or a sentence. */
export interface Decision {
  /** The winning verdict; BLOCK when a gate was silent; PASS when nobody objected. */
  readonly verdict: Verdict;
  /** The most urgent disposition of all answers, whoever won. */
  readonly disposition: Disposition;
  /** The review that won; undefined when nobody objected or a gate was silent. */
  readonly winning: Review | undefined;
  /** Every answered review, in merging order. */
  readonly reviews: readonly Review[];
  /** Reviews with a verdict other than PASS that did not win, in merging order; follow-ups among them. */
  readonly losing: readonly Review[];
  /** What came too late for an earlier turn and counts in this decision; in reviews it is not. */
  readonly followUps: readonly Review[];
  /** Gates that did not answer. Not empty means: fail closed. */
  readonly unansweredGates: readonly string[];
}

/*
 * Who wins. The first row that applies decides; inside a row the merging order decides
 * (escalation, privacy-compliance, guard, medication, labs-vitals, policy, nutrition, checklist,
 * record-summary, others).
 *
 *   1  ESCALATE with 911            from anyone, whatever else was said or not said
 *   2  ESCALATE with 988            from anyone, whatever else was said or not said
 *   -  a gate is silent             nobody wins: verdict BLOCK, fail closed (the rows below need every gate)
 *   3  ESCALATE by a gate to a      somebody who needs a nurse now is not asked for a birth date first; the
 *      nurse now                    wording gets a look of its own, where privacy may still stop it
 *   4  BLOCK, ASK by privacy        nothing about health reaches a caller who is not verified: not a
 *                                   specialist's SAY, not a question that names a medicine
 *   5  ESCALATE by a gate           the same day or later
 *   6  ASK by a gate                nothing else is decided until it is answered
 *   7  BLOCK by a gate
 *   8  REWRITE by a gate            two rewrites: the earlier specialist's, and the later one sees the
 *                                   new wording in its look; if it objects again, a nurse confirms
 *   9  SAY by a gate
 *  10  ESCALATE by a monitor        a monitor never outranks a gate's objection
 *  11  ASK by a monitor
 *  12  BLOCK by a monitor
 *  13  REWRITE by a monitor
 *  14  SAY by a monitor
 *  15  DEFER                        the answer comes later, speaking may go on
 *  16  ADVISE                       a hint
 *
 * A specialist that contradicts itself (two different answers to one look) did not answer. Privacy's
 * ESCALATE, REWRITE and SAY stand in the ordinary rows. The disposition is never lowered by losing:
 * a nurse sees the most urgent one.
 */
const PRIVACY = 'privacy-compliance';

/** The row of a review that objects to nothing. */
const NOBODY = 17;

function row(review: Review, gate: boolean): number {
  const monitor = gate ? 0 : 5;
  switch (review.verdict) {
    case Verdict.ESCALATE:
      if (review.disposition === Disposition.CALL_911) return 1;
      if (review.disposition === Disposition.CALL_988) return 2;
      return gate && review.disposition === Disposition.URGENT_NURSE ? 3 : 5 + monitor;
    case Verdict.ASK:
      return review.specialist === PRIVACY ? 4 : 6 + monitor;
    case Verdict.BLOCK:
      return review.specialist === PRIVACY ? 4 : 7 + monitor;
    case Verdict.REWRITE:
      return 8 + monitor;
    case Verdict.SAY:
      return 9 + monitor;
    case Verdict.DEFER:
      return 15;
    case Verdict.ADVISE:
      return 16;
    case Verdict.PASS:
    case Verdict.UNSPECIFIED:
    case Verdict.UNRECOGNIZED:
      return NOBODY;
  }
}

/**
 * Merges what all specialists said in one look, the first or the second.
 * @param followUps what specialists had to say too late for an earlier turn; each stands behind its
 *   specialist's answer to this look
 */
export function mergeLooks(looks: readonly Look[], followUps: readonly Review[] = []): Decision {
  const fresh = answersOf(looks);
  const reviews = fresh.map(({ review }) => review);
  const late = followUps.map((review) => ({ review, gate: isGate(review.specialist, false) }));
  const answers = [...fresh, ...late].sort((one, other) =>
    compareSpecialists(one.review.specialist, other.review.specialist),
  );
  const all = answers.map(({ review }) => review);
  const gatesAsked = new Set(looks.filter((look) => look.gate).map((look) => look.specialist));
  const answered = new Set(reviews.map((review) => review.specialist));
  const unansweredGates = [...gatesAsked].filter((gate) => !answered.has(gate)).sort(compareSpecialists);

  // Answers stand in merging order and sort is stable, so a row's first one wins.
  const first = answers
    .map(({ review, gate }) => ({ review, row: row(review, gate) }))
    .sort((one, other) => one.row - other.row)[0];
  const objecting = first !== undefined && first.row < NOBODY ? first.review : undefined;
  const emergency = objecting !== undefined && isEmergencyReview(objecting);
  const winning = unansweredGates.length === 0 || emergency ? objecting : undefined;

  return {
    verdict: winning?.verdict ?? (unansweredGates.length > 0 ? Verdict.BLOCK : Verdict.PASS),
    disposition: all.reduce<Disposition>(
      (worst, review) => moreUrgent(worst, review.disposition),
      Disposition.NONE,
    ),
    winning,
    reviews,
    losing: all.filter((review) => review !== winning && review.verdict !== Verdict.PASS),
    followUps,
    unansweredGates,
  };
}

/** True for an ESCALATE that sends the patient to 911 or 988. */
export function isEmergencyReview(review: Review): boolean {
  return review.verdict === Verdict.ESCALATE && isEmergency(review.disposition);
}

interface Answer {
  readonly review: Review;
  readonly gate: boolean;
}

/** One answer a specialist, in merging order; none from one that said two different things. */
function answersOf(looks: readonly Look[]): readonly Answer[] {
  const bySpecialist = new Map<string, Answer[]>();
  for (const { specialist, gate, status, review } of looks) {
    if (status !== 'answered' || !review) continue;
    bySpecialist.set(specialist, [...(bySpecialist.get(specialist) ?? []), { review, gate }]);
  }
  return [...bySpecialist.entries()]
    .sort(([one], [other]) => compareSpecialists(one, other))
    .flatMap(([, answers]) => {
      const [first, ...others] = answers;
      return first && others.every((other) => agree(first.review, other.review)) ? [first] : [];
    });
}

function agree(one: Review, other: Review): boolean {
  return one.verdict === other.verdict && one.disposition === other.disposition && one.say === other.say;
}

/**
 * The specialists' own wordings that belong into this turn, in the order in which to speak them: what
 * must be said first, a question last. Empty when nothing has to be said. When an emergency or privacy
 * won, its wording stands alone.
 */
export function spokenWordings(decision: Decision): readonly Review[] {
  const { winning } = decision;
  if (!winning || winning.say.trim() === '') return mustSay(decision);
  const alone = isEmergencyReview(winning) || isPrivacyObjection(winning);
  if (alone) return [winning];
  switch (winning.verdict) {
    case Verdict.ESCALATE:
    case Verdict.SAY:
      return [winning, ...mustSay(decision)];
    case Verdict.ASK:
    case Verdict.REWRITE:
    case Verdict.BLOCK:
      return [...mustSay(decision), winning];
    default:
      return mustSay(decision);
  }
}

/** Nothing about health may be said to whoever is on the line. */
function isPrivacyObjection({ specialist, verdict }: Review): boolean {
  return specialist === PRIVACY && (verdict === Verdict.BLOCK || verdict === Verdict.ASK);
}

/** SAY verdicts that did not win still must be said, unless privacy or a silent gate forbids it. */
function mustSay({ winning, losing, unansweredGates }: Decision): readonly Review[] {
  if (unansweredGates.length > 0) return [];
  const everyone = winning ? [winning, ...losing] : losing;
  if (everyone.some(isPrivacyObjection)) return [];
  return losing.filter((review) => review.verdict === Verdict.SAY);
}
