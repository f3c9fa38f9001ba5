import { Verdict, type Review } from '../../protos/generated/asterism/v1/specialist.js';
import { patientWith, requestFor, type Asking } from '../medication/test-requests.js';
import type { SpecialistLogic } from '../specialist.js';

/** A chart in few words; everything not given is unknown. */
export interface Chart extends Omit<Asking, 'patient'> {
  readonly sex?: string;
  readonly age?: number;
  readonly conditions?: string[];
  readonly medications?: readonly string[];
  /** "2160-0 1.1 mg/dL 2026-11-20": code, value, unit and day. */
  readonly labs?: readonly string[];
  /** Day of the call. */
  readonly today?: string;
}

/** One look of the specialist at what somebody with such a chart says. */
export function lookAt(labs: SpecialistLogic, text: string, chart: Chart = {}): Review {
  const { sex = 'unknown', age = 0, conditions = [], medications = [], today = '' } = chart;
  const observations = (chart.labs ?? []).map((line) => {
    const [loinc = '', value = '', unit = '', date = ''] = line.split(' ');
    return { name: '', loinc, value: Number(value), unit, date };
  });
  const patient = patientWith({ sex, age, conditions, medications, labs: observations });
  const request = requestFor(text, { ...chart, patient });
  if (request.context) request.context.today = today;
  return labs.review(request);
}

/** "high potassium" for each judged fact, "ask" for a question, "nothing" for neither. */
export function outcome(review: Review): string {
  if (review.verdict === Verdict.ASK) return 'ask';
  const judged = review.facts.filter(
    ({ kind, severity }) => (kind === 'lab' || kind === 'vital') && severity !== '',
  );
  return judged.length === 0
    ? 'nothing'
    : judged.map(({ severity, subjects }) => `${severity} ${subjects.join('+')}`).join(', ');
}
