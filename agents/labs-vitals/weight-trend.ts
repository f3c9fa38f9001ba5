import { Disposition, type Fact, type ReviewRequest } from '../../protos/generated/asterism/v1/specialist.js';
import { latestOnChart } from './chart.js';
import type { LabsMind } from './mind.js';
import type { Reading, Readings } from './readings.js';
import { weightGain } from './sentences.js';

/** What a weight says of a patient with heart failure. */
export interface WeightFinding {
  readonly high: boolean;
  readonly facts: Fact[];
  readonly say: string;
}

/** A weight beside the chart's last one, or a gain that the patient told of. */
export function weightFinding(
  mind: LabsMind,
  request: ReviewRequest,
  readings: readonly Reading[],
  found: Readings,
  conditions: ReadonlySet<string>,
): WeightFinding | undefined {
  const weight = mind.index.byId('body weight');
  const rule = mind.knowledge.trends.find((trend) => trend.measure === 'body weight');
  if (!weight || !rule) return undefined;
  const reading = readings.find(({ measure }) => measure.id === weight.id);
  const last = latestOnChart(request.patient, weight);
  const applies = conditions.has(rule.condition);
  const pounds = reading && last ? Math.round((reading.value - last.value) * 10) / 10 : found.change?.pounds;
  if (pounds === undefined) return undefined;
  const measured = reading && last;
  const high = applies && pounds >= rule.gainWithinDay;
  const discharge = request.patient?.dischargeDate ?? '';
  const atDischarge = last !== undefined && discharge !== '' && last.date === discharge;
  const since = !measured
    ? 'before'
    : atDischarge
      ? 'when you left the hospital'
      : 'your last weight on the chart';
  const text = measured
    ? `Weight ${reading.value} lb, ${pounds >= 0 ? '+' : ''}${pounds} lb from ${last.value} lb on ${last.date || 'the chart'}.`
    : `The patient reports a weight change of ${pounds >= 0 ? '+' : ''}${pounds} lb.`;
  const severity = high ? 'high' : 'normal';
  if (!applies) {
    return {
      high: false,
      facts: [{ kind: 'trend', subjects: [weight.id], severity: '', text, citation: 'weights on the chart' }],
      say: '',
    };
  }
  const facts: Fact[] = [
    { kind: 'trend', subjects: [weight.id], severity, text, citation: rule.citation },
    ...(high
      ? [
          {
            kind: 'vital',
            subjects: [weight.id],
            severity,
            text: `A gain of ${pounds} lb is one to act on in heart failure.`,
            citation: rule.citation,
          },
        ]
      : []),
  ];
  const spoken = Math.round(Math.abs(pounds));
  const say = measured
    ? weightGain(spoken, since, Disposition.SAME_DAY)
    : `Gaining ${spoken} pounds can mean that your body is holding water. A nurse will call you today.`;
  return { high, facts, say };
}
