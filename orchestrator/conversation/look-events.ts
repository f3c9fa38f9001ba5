import { Disposition, Pass, Verdict, type Review } from '../../protos/generated/asterism/v1/specialist.js';
import { followUpOf } from '../call/follow-up.js';
import { needsNurse } from '../call/disposition.js';
import type { CallEvent } from '../call/events.js';
import { canonicalJson } from '../call/digest.js';
import type { CallState } from '../call/state.js';
import { isSaidIn } from '../consultation/speech-gate.js';
import type { Decision, Look } from '../consultation/merge.js';

/** A look that was merged. */
export interface MergedLook {
  readonly turnId: string;
  readonly pass: Pass;
  /** Empty on the first look. */
  readonly sentenceId: string;
  readonly looks: readonly Look[];
  readonly decision: Decision;
  readonly elapsedMs: number;
}

/**
 * Everything that a merged look leaves in the log: each review, the decision with its losers, and what
 * follows for a human. Facts are noted from the first look only: those of the second are about the
 * agent's words, not about the patient; only what the winner notes of the checklist is about the call.
 */
export function lookEvents(merged: MergedLook, state: CallState): readonly CallEvent[] {
  const { turnId, pass, sentenceId, looks, decision } = merged;
  return [
    ...looks.map((look): CallEvent => reviewGiven(turnId, pass, sentenceId, look)),
    decisionMade(turnId, pass, sentenceId, decision, merged.elapsedMs),
    ...(pass === Pass.HEARD
      ? decision.reviews.flatMap((review) => findings(turnId, review, state))
      : checklistFindings(turnId, decision.winning, state)),
    ...humanTasks(turnId, decision.reviews, state),
  ];
}

/** A decision as the log holds it. */
export function decisionMade(
  turnId: string,
  pass: Pass,
  sentenceId: string,
  decision: Decision,
  elapsedMs: number,
): CallEvent {
  return {
    type: 'decision-made',
    turnId,
    pass,
    sentenceId,
    verdict: decision.verdict,
    disposition: decision.disposition,
    winner: decision.winning?.specialist ?? '',
    losers: decision.losing.map(({ specialist, verdict, reason }) => ({ specialist, verdict, reason })),
    unansweredGates: [...decision.unansweredGates],
    elapsedMs,
  };
}

/**
 * What the result of long work leaves in the log: its facts count as findings, and a human gets what is for
 * one.
 * @param sentenceId the sentence that the work was about, or empty
 */
export function resultEvents(
  turnId: string,
  sentenceId: string,
  review: Review,
  state: CallState,
): readonly CallEvent[] {
  return [
    ...findings(turnId, review, state),
    ...humanTasks(turnId, [review], state),
    ...correctionTask(turnId, sentenceId, review),
  ];
}

/** A nurse knows of everything that was taken back, whether or not the patient heard both. */
function correctionTask(turnId: string, sentenceId: string, review: Review): readonly CallEvent[] {
  if (followUpOf({ origin: 'late', turnId, sentenceId }, review)?.corrects !== true) return [];
  const reason = `${review.specialist} takes back what was said (sentence ${sentenceId}): ${review.reason}`;
  return [{ type: 'nurse-task-added', turnId, reason, disposition: Disposition.SAME_DAY }];
}

/**
 * A monitor's review that came after the decision: kept, its facts count from now on, and what it wants said
 * is due on a later turn, unless it was said already or its sentence never was.
 */
export function lateReviewEvents(
  turnId: string,
  pass: Pass,
  sentenceId: string,
  look: Look,
  state: CallState,
): readonly CallEvent[] {
  const late: Look = { ...look, status: 'late' };
  const { specialist, review } = look;
  const given = reviewGiven(turnId, pass, sentenceId, late);
  if (!review) return [given];
  const noted = pass === Pass.HEARD ? findings(turnId, review, state) : [];
  const ofTurn = Object.values(state.sentences).filter((sentence) => sentence.turnId === turnId);
  const said = ofTurn.filter(({ status }) => status !== 'withheld').map(({ text }) => text);
  const needless =
    isSaidIn(review.say, said) || (sentenceId !== '' && state.sentences[sentenceId]?.status === 'withheld');
  const due: readonly CallEvent[] =
    needless || !wantsSpeech(review)
      ? []
      : [
          { type: 'follow-up-due', turnId, specialist, sentenceId, review },
          ...correctionTask(turnId, sentenceId, review),
        ];
  return [given, ...noted, ...humanTasks(turnId, [review], state), ...due];
}

function wantsSpeech({ verdict }: Review): boolean {
  return ![Verdict.PASS, Verdict.ADVISE, Verdict.DEFER].includes(verdict);
}

function reviewGiven(turnId: string, pass: Pass, sentenceId: string, look: Look): CallEvent {
  const { specialist, gate, status, review, elapsedMs } = look;
  return { type: 'review-given', turnId, pass, sentenceId, specialist, gate, status, review, elapsedMs };
}

function checklistFindings(turnId: string, winning: Review | undefined, state: CallState): CallEvent[] {
  if (!winning) return [];
  return findings(
    turnId,
    { ...winning, facts: winning.facts.filter(({ kind }) => kind === 'checklist') },
    state,
  );
}

function findings(turnId: string, review: Decision['reviews'][number], state: CallState): CallEvent[] {
  if (!review.relevant || review.facts.length === 0) return [];
  const known = new Set(
    state.findings
      .filter((finding) => finding.specialist === review.specialist)
      .map((finding) => canonicalJson(finding.fact)),
  );
  const facts = review.facts.filter((fact) => !known.has(canonicalJson(fact)));
  return facts.length > 0 ? [{ type: 'findings-noted', turnId, specialist: review.specialist, facts }] : [];
}

/** What a human must do. */
function humanTasks(turnId: string, reviews: readonly Review[], state: CallState): CallEvent[] {
  return reviews.flatMap((review): CallEvent[] => {
    const { specialist, reason, disposition } = review;
    const why = reason === '' ? `${specialist} asked for it without a reason` : reason;
    const known = state.nurseTasks.some((task) => task.reason === why && task.disposition === disposition);
    const raised = state.escalations.some(
      (escalation) =>
        escalation.turnId === turnId &&
        escalation.specialist === specialist &&
        escalation.disposition === disposition,
    );
    return [
      ...(review.verdict === Verdict.ESCALATE && !raised
        ? [{ type: 'escalation-raised' as const, turnId, specialist, disposition, reason: why }]
        : []),
      ...(needsNurse(disposition) && !known
        ? [{ type: 'nurse-task-added' as const, turnId, reason: why, disposition }]
        : []),
    ];
  });
}
