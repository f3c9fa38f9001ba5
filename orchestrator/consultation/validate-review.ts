import { Disposition, Pass, Verdict, type Review } from '../../protos/generated/asterism/v1/specialist.js';

/** A review that can be used, or why it cannot: an answer that makes no sense counts as none. */
export type Validated =
  { readonly valid: true; readonly review: Review } | { readonly valid: false; readonly problem: string };

/**
 * Checks one specialist's answer against the contract.
 * @param specialist who was asked
 * @param pass which look it was asked for
 */
export function validateReview(review: Review | undefined, specialist: string, pass: Pass): Validated {
  const problem = review ? problemOf(review, specialist, pass) : 'the reply holds no review';
  if (!review || problem !== undefined) return { valid: false, problem: problem ?? '' };
  if (review.disposition !== Disposition.UNSPECIFIED) return { valid: true, review };
  return { valid: true, review: { ...review, disposition: Disposition.NONE } };
}

function problemOf(review: Review, specialist: string, pass: Pass): string | undefined {
  if (review.specialist !== specialist) return 'specialist: another name than the one that was asked';
  if (review.disposition === Disposition.UNRECOGNIZED) return 'disposition: not known to this version';
  if (!(review.confidence >= 0 && review.confidence <= 1)) return 'confidence: must be from 0 to 1';
  const silent = review.say.trim() === '';
  switch (review.verdict) {
    case Verdict.UNSPECIFIED:
    case Verdict.UNRECOGNIZED:
      return 'verdict: missing or not known to this version';
    case Verdict.SAY:
    case Verdict.ASK:
      return silent ? 'say: is needed with this verdict' : undefined;
    case Verdict.REWRITE:
      if (pass === Pass.HEARD) return 'verdict: there is no draft to rewrite on the first look';
      return silent ? 'say: is needed with this verdict' : undefined;
    case Verdict.ESCALATE:
      if (review.disposition === Disposition.UNSPECIFIED || review.disposition === Disposition.NONE) {
        return 'disposition: is needed with ESCALATE';
      }
      return silent ? 'say: is needed with this verdict' : undefined;
    case Verdict.DEFER:
      return review.jobId === '' ? 'job_id: is needed with DEFER' : undefined;
    case Verdict.PASS:
    case Verdict.ADVISE:
    case Verdict.BLOCK:
      return undefined;
  }
}
