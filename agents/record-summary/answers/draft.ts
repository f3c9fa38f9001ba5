import type { Appointment } from '../../../protos/generated/asterism/v1/patient.js';
import {
  Verdict,
  Verification,
  type Review,
  type ReviewRequest,
} from '../../../protos/generated/asterism/v1/specialist.js';
import { readText } from '../../language/reading.js';
import { spokenDay } from '../../spoken/dates.js';
import { visitSentence } from './sentences.js';

const months = '(january|february|march|april|may|june|july|august|september|october|november|december)';
const monthThenDay = new RegExp(` ${months} ([a-z]+(?: [a-z]+)?|\\d{1,2})(?:st|nd|rd|th)?`, 'g');
const ofAVisit =
  / your (?:next |first |upcoming |follow up )?(?:visit|appointment)s? | you have (?:a|an) (?:\w+ )?(?:visit|appointment) /;
/** Read-backs and questions say what the patient said; the past is not in the list of visits. */
const notAClaim = / (?:you said|i heard|did you say|last|was|were|had|after|before|until|since|if) | \? /;

/**
 * The second look: a sentence that gives a coming visit another day than the record. Doses are the medication
 * specialist's to check, results those of labs and vitals.
 */
export function reviewDraft(request: ReviewRequest): Partial<Review> {
  const { draft, patient, heard, context } = request;
  const { text } = readText(draft);
  const said = daysIn(text);
  if (said.length === 0 || !ofAVisit.test(text) || notAClaim.test(text)) {
    return { reason: 'Says no day of a visit.', relevant: false };
  }
  const visits = patient?.appointments ?? [];
  const known = new Set(visits.map(dayOf));
  const wrong = said.filter((day) => !known.has(day));
  const [next] = [...visits].sort((a, b) => (a.start < b.start ? -1 : 1));
  if (wrong.length === 0) return { reason: 'The day of the visit is the one in the record.', relevant: true };
  if (!next || heard === undefined || daysIn(readText(heard.text).text).some((day) => wrong.includes(day))) {
    return {
      reason: 'A day that the record does not hold, and nothing sure to put in its place.',
      relevant: true,
    };
  }
  if (context?.verification !== Verification.VERIFIED) {
    return { reason: 'Before identity is known nothing of the record is put in its place.', relevant: true };
  }
  return {
    verdict: Verdict.REWRITE,
    say: visitSentence(next, context.today),
    facts: [
      {
        kind: 'record',
        subjects: ['appointment'],
        severity: '',
        text: `Visit with ${next.with} at ${next.start}.`,
        citation: `the patient's record: ${next.source ?? 'Appointment'}`,
      },
    ],
    reason: 'The sentence gives a visit another day than the record.',
    confidence: 0.9,
    relevant: true,
  };
}

/** "december first" for every month with a day, in words or digits. */
function daysIn(text: string): string[] {
  return [...text.matchAll(monthThenDay)].flatMap(([, month = '', day = '']) => {
    const number = /^\d+$/.test(day)
      ? Number(day)
      : (ordinals.get(day) ?? ordinals.get(day.split(' ')[0] ?? ''));
    return number === undefined ? [] : [`${month} ${String(number)}`];
  });
}

function dayOf({ start }: Appointment): string {
  return `${spokenDay(start)?.month.toLowerCase() ?? ''} ${String(Number(start.slice(8, 10)))}`;
}

/** "first" → 1, "twenty third" → 23. */
const ordinals: ReadonlyMap<string, number> = new Map(
  Array.from({ length: 31 }, (_, index) => {
    const date = `2024-01-${String(index + 1).padStart(2, '0')}`;
    return [(spokenDay(date)?.ordinal ?? '').replace('-', ' '), index + 1];
  }),
);
