import {
  Disposition,
  Verdict,
  Verification,
  type Review,
  type ReviewRequest,
} from '../../protos/generated/asterism/v1/specialist.js';
import type { Token } from '../spoken/tokens.js';
import { latestOnChart } from './chart.js';
import { dispositionOf, isJudged, judgeValue } from './judgement.js';
import type { LabsMind } from './mind.js';
import { personOf } from './person.js';

const asks =
  /\b(what (was|is|were|are)|what's|how (was|is|were|are)|how's|is my|was my|are my|were my|results?|my last|test|did my|do i have)\b/;

/** "Was my potassium okay?": the value that the chart has, judged. Undefined when nothing of the kind is asked. */
export function aboutChart(
  mind: LabsMind,
  request: ReviewRequest,
  tokens: readonly Token[],
): Partial<Review> | undefined {
  if (!asks.test(tokens.map((token) => token.text).join(' '))) return undefined;
  const cue = mind.index.cuesIn(tokens).find(({ measure }) => measure.kind === 'lab');
  if (!cue) return undefined;
  const last = latestOnChart(request.patient, cue.measure);
  if (!last) return { reason: `No ${cue.measure.id} is on the chart.`, relevant: true };
  const judged = judgeValue(cue.measure, last.value, personOf(mind, request.patient, tokens));
  const normal = judged !== undefined && isJudged(judged) && judged.severity === 'normal';
  const verified = request.context?.verification === Verification.VERIFIED;
  return {
    verdict: Verdict.ADVISE,
    disposition: normal
      ? Disposition.NONE
      : judged && isJudged(judged)
        ? dispositionOf(judged)
        : Disposition.ROUTINE,
    say: !verified
      ? 'A nurse can go over your results with you.'
      : normal
        ? `The last ${cue.measure.spoken} on your chart is ${last.value}, in the usual range.`
        : `The last ${cue.measure.spoken} on your chart is ${last.value}. A nurse will go over what that means with you.`,
    facts: judged ? [judged.fact] : [],
    reason: `Asked about ${cue.measure.id}; chart: ${last.value} on ${last.date}.`,
    confidence: 0.85,
    relevant: true,
  };
}
