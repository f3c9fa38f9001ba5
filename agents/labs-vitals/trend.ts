import type { MeasureKnowledge } from '../../clinical-kb/labs/load-measures.js';
import type { TrendStep } from '../../clinical-kb/labs/schema.js';
import {
  type Disposition,
  type Fact,
  type ReviewRequest,
} from '../../protos/generated/asterism/v1/specialist.js';
import { daysBetween, valuesOnChart, type ChartValue } from './chart.js';
import { rankOf } from './dispositions.js';
import { dispositionFor } from './judgement.js';
import type { LabsMind } from './mind.js';
import type { Person } from './person.js';
import type { Reading } from './reading.js';

type Rule = MeasureKnowledge['trends'][number];
type Measured = Pick<Reading, 'measure' | 'value' | 'earlier'>;

/** A change since an earlier value of the chart. */
export interface Change {
  readonly earlier: ChartValue;
  /** Days from the earlier value to the call; undefined when one of the dates is not known. */
  readonly days: number | undefined;
  /** In the measure's unit, negative for a fall. */
  readonly step: number;
}

/** A change that a rule speaks of. */
export interface Trend extends Change {
  readonly rule: Rule;
  readonly disposition: Disposition;
}

/** How a value differs from each earlier one on the chart, oldest first, and from one told beside it. */
export function changesSince(request: ReviewRequest, { measure, value, earlier: told }: Measured): Change[] {
  const today = request.context?.today ?? '';
  const toldChange = told && { earlier: { value: told.value, date: '' }, days: told.days };
  const charted = valuesOnChart(request.patient, measure).map((earlier) => ({
    earlier,
    days: daysBetween(earlier.date, today),
  }));
  return [...charted, ...(toldChange ? [toldChange] : [])]
    .map(({ earlier, days }) => ({
      earlier,
      days,
      step: rounded(value - earlier.value),
    }))
    .filter(({ days }) => days === undefined || days >= 0);
}

/** The gravest change that a rule speaks of for this person; among equals the latest. */
export function trendOf(
  mind: LabsMind,
  request: ReviewRequest,
  reading: Measured,
  person: Person,
): Trend | undefined {
  const { measure } = reading;
  const changes = changesSince(request, reading);
  const found = mind.knowledge.trends
    .filter((rule) => rule.measure === measure.id)
    .filter(({ condition }) => condition === undefined || person.conditions.has(condition))
    .flatMap((rule) =>
      changes.flatMap((change): Trend[] => {
        const step = rule.steps.find((each) => holds(each, rule, change));
        return step ? [{ ...change, rule, disposition: dispositionFor(step.disposition) }] : [];
      }),
    );
  return found.sort((a, b) => rankOf(a.disposition) - rankOf(b.disposition)).at(-1);
}

/** Days that are not known could be few, so a step holds for them. */
function holds(
  { atLeast, moreThan, atLeastPercent, withinDays }: TrendStep,
  { direction }: Rule,
  { step, earlier, days }: Change,
): boolean {
  if (withinDays !== undefined && days !== undefined && days > withinDays) return false;
  const size = direction === 'rise' ? step : -step;
  if (atLeast !== undefined) return size >= atLeast;
  if (moreThan !== undefined) return size > moreThan;
  return atLeastPercent !== undefined && earlier.value > 0 && size >= (earlier.value * atLeastPercent) / 100;
}

/** The step from the chart's last value, and what a rule says of a change. */
export function changeFacts(request: ReviewRequest, reading: Measured, trend: Trend | undefined): Fact[] {
  const { measure, value } = reading;
  const change = trend ?? changesSince(request, reading).at(-1);
  if (!change || change.step === 0) return [];
  const { earlier, step, days } = change;
  const serious = trend !== undefined && rankOf(trend.disposition) > 0;
  const since = days === undefined ? '' : `, ${days} ${days === 1 ? 'day' : 'days'} before`;
  return [
    {
      kind: 'trend',
      subjects: [measure.id],
      severity: serious ? (trend.rule.direction === 'rise' ? 'high' : 'low') : '',
      text: `${measure.id} was ${earlier.value} ${earlier.date === '' ? 'before' : `on ${earlier.date}`}${since}, and is ${value} now (${step > 0 ? '+' : ''}${step}).`,
      citation: trend ? trend.rule.citation : 'result on the chart',
    },
  ];
}

function rounded(value: number): number {
  return Number(value.toFixed(3));
}
