import type { KnownMeasure } from '../../clinical-kb/labs/load-measures.js';
import type { Interval } from '../../clinical-kb/labs/schema.js';
import { Disposition, type Fact } from '../../protos/generated/asterism/v1/specialist.js';

export type Severity = 'critical-low' | 'low' | 'normal' | 'high' | 'critical-high';

/** Who was measured, as far as limits depend on it. */
export interface Person {
  readonly sex: string;
  readonly conditions: ReadonlySet<string>;
  /** Ingredients and names on the chart, lower case. */
  readonly medicines: ReadonlySet<string>;
}

/** A value beside its limits. */
export interface Judged {
  readonly measure: KnownMeasure;
  readonly value: number;
  readonly severity: Severity;
  readonly fact: Fact;
}

/**
 * Compares a value with critical limits first, then with the interval for this person.
 * @param value in the measure's unit
 * @returns undefined where no interval applies, for example hemoglobin with the sex unknown
 */
export function judgeValue(measure: KnownMeasure, value: number, person: Person): Judged | undefined {
  const { criticalLow, criticalHigh } = measure;
  const special = measure.criticalLowByCondition?.find(({ condition }) => person.conditions.has(condition));
  const lowLimit = special ?? criticalLow;
  const interval = intervalFor(measure, person);
  const report = (severity: Severity, limit: string, cite: Interval['cite']): Judged => ({
    measure,
    value,
    severity,
    fact: {
      kind: measure.kind,
      subjects: [measure.id],
      severity,
      text: `${sentenceStart(measure.id)} ${value} ${plainUnit(measure.unit)}: ${limit}.`.replace(/ +/g, ' '),
      citation: measure.citation(cite),
    },
  });
  if (lowLimit && value <= lowLimit.value) {
    return report('critical-low', `critical at or below ${lowLimit.value}`, lowLimit.cite);
  }
  if (criticalHigh && value >= criticalHigh.value) {
    return report('critical-high', `critical at or above ${criticalHigh.value}`, criticalHigh.cite);
  }
  if (!interval) return undefined;
  const range = rangeText(interval);
  if (interval.low !== undefined && value < interval.low)
    return report('low', `below ${range}`, interval.cite);
  if (interval.high !== undefined && value > interval.high)
    return report('high', `above ${range}`, interval.cite);
  return report('normal', `within ${range}`, interval.cite);
}

/** The first interval whose sex, condition and medicine all hold. */
function intervalFor(measure: KnownMeasure, person: Person): Interval | undefined {
  return measure.reference.find(
    ({ sex, condition, medicine }) =>
      (sex === undefined || sex === person.sex) &&
      (condition === undefined || person.conditions.has(condition)) &&
      (medicine === undefined || person.medicines.has(medicine)),
  );
}

function rangeText({ low, high, medicine, condition }: Interval): string {
  const range =
    low === undefined ? `up to ${high ?? ''}` : high === undefined ? `${low} or more` : `${low} to ${high}`;
  if (medicine !== undefined) return `the usual goal with ${medicine}, ${range}`;
  return condition === undefined
    ? `the usual range, ${range}`
    : `the range looked for in ${condition.replaceAll('-', ' ')}, ${range}`;
}

/** How soon a human must see it. */
export function dispositionOf(judged: Judged): Disposition {
  switch (judged.severity) {
    case 'critical-low':
    case 'critical-high':
      return Disposition.URGENT_NURSE;
    case 'normal':
      return Disposition.NONE;
    case 'low':
    case 'high':
      return judged.measure.kind === 'vital' ? vitalDisposition(judged) : labDisposition(judged);
  }
}

/** Potassium from 5.5 and below 3.0, and an INR from 4, are acted on the same day. */
function labDisposition({ measure, value, severity }: Judged): Disposition {
  if (measure.id === 'potassium' && (value >= 5.5 || value < 3)) return Disposition.SAME_DAY;
  if (measure.id === 'sodium' && (value < 130 || value > 150)) return Disposition.SAME_DAY;
  if (measure.id === 'INR' && severity === 'high' && value >= 4) return Disposition.SAME_DAY;
  return Disposition.WITHIN_DAYS;
}

function vitalDisposition({ measure, value, severity }: Judged): Disposition {
  switch (measure.id) {
    // Pressure a little above the goal is followed up; 160 over 100 or low pressure the same day.
    case 'systolic blood pressure':
      return severity === 'low' || value >= 160 ? Disposition.SAME_DAY : Disposition.WITHIN_DAYS;
    case 'diastolic blood pressure':
      return severity === 'low' || value >= 100 ? Disposition.SAME_DAY : Disposition.WITHIN_DAYS;
    case 'heart rate':
      return value >= 50 && value < 60 ? Disposition.ROUTINE : Disposition.SAME_DAY;
    case 'blood glucose':
      return value >= 300
        ? Disposition.URGENT_NURSE
        : severity === 'low' || value >= 250
          ? Disposition.SAME_DAY
          : Disposition.WITHIN_DAYS;
    default:
      return Disposition.SAME_DAY;
  }
}

/** "mm[Hg]" as "mmHg", "[lb_av]" as "lb". */
export function plainUnit(ucum: string): string {
  const known: Readonly<Record<string, string>> = {
    'mm[Hg]': 'mmHg',
    '[lb_av]': 'lb',
    '[degF]': '°F',
    'meq/L': 'mEq/L',
    '/min': 'a minute',
    '10*3/uL': 'thousand per microliter',
    '{INR}': '',
    'mL/min/{1.73_m2}': 'mL/min/1.73 m²',
    'm[IU]/L': 'mIU/L',
  };
  return known[ucum] ?? ucum;
}

function sentenceStart(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
