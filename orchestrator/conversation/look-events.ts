import { Disposition, Pass, Verdict, type Review } from '../../protos/generated/asterism/v1/specialist.js';
import { moreUrgent, needsNurse } from '../call/disposition.js';
import type { CallEvent } from '../call/events.js';
import { canonicalJson } from '../call/digest.js';
import type { CallState } from '../call/state.js';
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
    {
      type: 'decision-made',
      turnId,
      pass,
      sentenceId,
      verdict: decision.verdict,
      disposition: decision.disposition,
      winner: decision.winning?.specialist ?? '',
      losers: decision.losing.map(({ specialist, verdict, reason }) => ({ specialist, verdict, reason })),
      unansweredGates: [...decision.unansweredGates],
      elapsedMs: merged.elapsedMs,
    },
    ...(pass === Pass.HEARD
      ? decision.reviews.flatMap((review) => findings(turnId, review, state))
      : checklistFindings(turnId, decision.winning, state)),
    ...humanTasks(turnId, decision, state),
  ];
}

/** A monitor's review that came after the decision: kept, and its facts count from now on. */
export function lateReviewEvents(
  turnId: string,
  pass: Pass,
  sentenceId: string,
  look: Look,
  state: CallState,
): readonly CallEvent[] {
  const late: Look = { ...look, status: 'late' };
  const noted = look.review && pass === Pass.HEARD ? findings(turnId, look.review, state) : [];
  return [reviewGiven(turnId, pass, sentenceId, late), ...noted];
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

/**
 * What a human must do. A review that defers its answer goes to a nurse too: the sentence was spoken
 * without it, and nothing in the call brings the answer back yet.
 */
function humanTasks(turnId: string, decision: Decision, state: CallState): CallEvent[] {
  return decision.reviews.flatMap((review): CallEvent[] => {
    const { specialist, reason } = review;
    const deferred = review.verdict === Verdict.DEFER;
    const disposition = deferred ? moreUrgent(Disposition.SAME_DAY, review.disposition) : review.disposition;
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
