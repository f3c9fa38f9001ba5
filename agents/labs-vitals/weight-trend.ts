import { Disposition, type Fact, type ReviewRequest } from '../../protos/generated/asterism/v1/specialist.js';
import { latestOnChart } from './chart.js';
import type { LabsMind } from './mind.js';
import type { Person } from './person.js';
import type { Reading, Readings } from './reading.js';
import { weightGain } from './sentences.js';
import { changesSince, trendOf } from './trend.js';

/** What a weight says of a patient with heart failure. */
export interface WeightFinding {
  readonly high: boolean;
  readonly facts: Fact[];
  readonly say: string;
}

/** A weight beside those of the chart, or a gain that the patient told of. */
export function weightFinding(
  mind: LabsMind,
  request: ReviewRequest,
  readings: readonly Reading[],
  found: Readings,
  person: Person,
): WeightFinding | undefined {
  const weight = mind.index.byId('body weight');
  const rule = mind.knowledge.trends.find((trend) => trend.measure === 'body weight');
  if (!weight || !rule) return undefined;
  const reading = readings.find(({ measure }) => measure.id === weight.id);
  const last = latestOnChart(request.patient, weight);
  const applies = rule.condition === undefined || person.conditions.has(rule.condition);
  if (!reading || (!last && !reading.earlier))
    return found.change && told(found.change.pounds, applies, rule.citation);
  const trend = trendOf(mind, request, reading, person);
  const change = trend ?? changesSince(request, reading).at(-1);
  if (!change) return undefined;
  const { earlier, days } = change;
  const pounds = Math.round(change.step * 10) / 10;
  const ago = days === undefined || days === 0 ? '' : `, ${days} ${days === 1 ? 'day' : 'days'} before`;
  const text = `Weight ${reading.value} lb, ${pounds >= 0 ? '+' : ''}${pounds} lb from ${earlier.value} lb ${earlier.date === '' ? 'before' : `on ${earlier.date}`}${ago}.`;
  if (!applies) return unruled(text);
  const discharge = request.patient?.dischargeDate ?? '';
  const since = discharge !== '' && earlier.date === discharge ? 'when you left the hospital' : sinceOf(days);
  return {
    high: trend !== undefined,
    facts: ruled(text, pounds, trend !== undefined, rule.citation),
    say: weightGain(Math.round(Math.abs(pounds)), since, Disposition.SAME_DAY),
  };
}

/** A gain that was told without a weight: how long it took is not known, so five pounds or more than two count. */
function told(pounds: number, applies: boolean, citation: string): WeightFinding {
  const text = `The patient reports a weight change of ${pounds >= 0 ? '+' : ''}${pounds} lb.`;
  if (!applies) return unruled(text);
  const high = pounds > 2;
  return {
    high,
    facts: ruled(text, pounds, high, citation),
    say: `Gaining ${Math.round(Math.abs(pounds))} pounds can mean that your body is holding water. A nurse will call you today.`,
  };
}

function unruled(text: string): WeightFinding {
  const fact = {
    kind: 'trend',
    subjects: ['body weight'],
    severity: '',
    text,
    citation: 'weights on the chart',
  };
  return { high: false, facts: [fact], say: '' };
}

function ruled(text: string, pounds: number, high: boolean, citation: string): Fact[] {
  const severity = high ? 'high' : 'normal';
  const trend = { kind: 'trend', subjects: ['body weight'], severity, text, citation };
  if (!high) return [trend];
  return [
    trend,
    {
      kind: 'vital',
      subjects: ['body weight'],
      severity,
      text: `A gain of ${pounds} lb is one to act on in heart failure.`,
      citation,
    },
  ];
}

function sinceOf(days: number | undefined): string {
  if (days === 1) return 'yesterday';
  return days === undefined || days === 0 ? 'your last weight on the chart' : `your weight ${days} days ago`;
}
