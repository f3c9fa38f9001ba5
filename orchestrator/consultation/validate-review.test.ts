import { describe, expect, it } from 'vitest';
import { Disposition, Pass, Review, Verdict } from '../../protos/generated/asterism/v1/specialist.js';
import { validateReview } from './validate-review.js';

function problem(parts: Partial<Review>, pass = Pass.DRAFT): string {
  const review = Review.fromPartial({
    specialist: 'medication',
    verdict: Verdict.PASS,
    confidence: 1,
    ...parts,
  });
  const validated = validateReview(review, 'medication', pass);
  return validated.valid ? '' : validated.problem;
}

describe('a review', () => {
  it.each<[string, Partial<Review>, RegExp]>([
    ['of another specialist', { specialist: 'escalation' }, /^specialist:/],
    ['without a verdict', { verdict: Verdict.UNSPECIFIED }, /^verdict:/],
    ['with a verdict of the future', { verdict: Verdict.UNRECOGNIZED }, /^verdict:/],
    ['with a disposition of the future', { disposition: Disposition.UNRECOGNIZED }, /^disposition:/],
    ['that says nothing', { verdict: Verdict.SAY, say: '  ' }, /^say:/],
    ['that asks nothing', { verdict: Verdict.ASK }, /^say:/],
    ['that rewrites to nothing', { verdict: Verdict.REWRITE }, /^say:/],
    [
      'that escalates without saying how urgent',
      { verdict: Verdict.ESCALATE, say: 'Words.' },
      /^disposition:/,
    ],
    ['that escalates in silence', { verdict: Verdict.ESCALATE, disposition: Disposition.CALL_911 }, /^say:/],
    ['that defers to no job', { verdict: Verdict.DEFER }, /^job_id:/],
    ['with a confidence above 1', { confidence: 1.1 }, /^confidence:/],
    ['with a confidence that is no number', { confidence: Number.NaN }, /^confidence:/],
  ])('%s is invalid', (_what, parts, expected) => {
    expect(problem(parts)).toMatch(expected);
  });

  it.each<[string, Partial<Review>]>([
    ['that passes', {}],
    ['that blocks without words', { verdict: Verdict.BLOCK }],
    ['with a hint without words', { verdict: Verdict.ADVISE }],
    ['that says something', { verdict: Verdict.SAY, say: 'Words.' }],
    ['that escalates', { verdict: Verdict.ESCALATE, say: 'Words.', disposition: Disposition.CALL_988 }],
    ['that defers', { verdict: Verdict.DEFER, jobId: 'job' }],
  ])('%s is valid', (_what, parts) => {
    expect(problem(parts)).toBe('');
  });

  it('cannot rewrite what was heard', () => {
    expect(problem({ verdict: Verdict.REWRITE, say: 'Words.' }, Pass.HEARD)).toMatch(/^verdict:/);
    expect(problem({ verdict: Verdict.REWRITE, say: 'Words.' }, Pass.DRAFT)).toBe('');
  });

  it('without a disposition asks for nobody', () => {
    const review = Review.fromPartial({ specialist: 'medication', verdict: Verdict.PASS });
    expect(validateReview(review, 'medication', Pass.HEARD)).toMatchObject({
      valid: true,
      review: { disposition: Disposition.NONE },
    });
  });

  it('that is missing is invalid', () => {
    expect(validateReview(undefined, 'medication', Pass.HEARD).valid).toBe(false);
  });
});
