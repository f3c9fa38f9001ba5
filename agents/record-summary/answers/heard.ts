import {
  Disposition,
  Verdict,
  Verification,
  type Review,
  type ReviewRequest,
} from '../../../protos/generated/asterism/v1/specialist.js';
import { readUtterance } from '../../language/reading.js';
import { answerOf, type AnswerMind } from './answer.js';
import { questionsIn } from './questions.js';

/** Answers that can be followed by ear in one turn. */
const MOST_ANSWERS = 2;

/** The first look: answers what a verified patient asks about their own record, and nothing else. */
export function reviewHeard(mind: AnswerMind, request: ReviewRequest): Partial<Review> {
  const { heard, patient, context } = request;
  const reading = heard && readUtterance(heard);
  const questions = reading ? questionsIn(reading) : [];
  if (!reading || questions.length === 0) return { reason: 'No question about the record.', relevant: false };
  if (context?.verification !== Verification.VERIFIED) {
    return {
      reason: 'A question about the record before identity is known: nothing is told.',
      relevant: true,
    };
  }
  if (!patient) return { reason: 'There is no record to answer from.', relevant: true };
  const answers = questions
    .flatMap((question) => answerOf(mind, question, reading, patient, context.today) ?? [])
    .filter(({ say }, index, all) => all.findIndex((other) => other.say === say) === index)
    .slice(0, MOST_ANSWERS);
  if (answers.length === 0) return { reason: 'Asks about more than the record holds.', relevant: true };
  const answered = answers.filter(({ sources }) => sources.length > 0);
  return {
    verdict: Verdict.SAY,
    disposition: answered.length === answers.length ? Disposition.NONE : Disposition.ROUTINE,
    say: answers.map(({ say }) => say).join(' '),
    facts: answered.map(({ subjects, text, sources }) => ({
      kind: 'record',
      subjects: [...subjects],
      severity: '',
      text,
      citation: `the patient's record: ${sources.join(', ')}`,
    })),
    reason: answers.map(({ text }) => text).join(' '),
    confidence: 0.9,
    relevant: true,
  };
}
