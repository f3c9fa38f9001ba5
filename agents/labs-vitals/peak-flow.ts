import type { KnownMeasure } from '../../clinical-kb/labs/load-measures.js';
import type { ReviewRequest } from '../../protos/generated/asterism/v1/specialist.js';
import { numbersIn } from '../spoken/numbers.js';
import type { Token } from '../spoken/tokens.js';
import { valuesOnChart } from './chart.js';
import type { Judged, Severity } from './judgement.js';
import { joined } from './surroundings.js';
import { isPlausible } from './value.js';

/** True for "my best is 400": the value that others are measured by, no reading of today. */
export function isPersonalBest(tokens: readonly Token[], start: number): boolean {
  return /(^| )best( (is|was|of|ever))*$/.test(joined(tokens, Math.max(0, start - 4), start));
}

/** A value as a part of the patient's best one, as told or else the highest on the chart; undefined without one. */
export function judgeByBest(
  measure: KnownMeasure,
  value: number,
  request: ReviewRequest,
  tokens: readonly Token[],
): Judged | undefined {
  const zones = measure.personalBest;
  if (!zones) return undefined;
  const told = numbersIn(tokens).find(
    (number) => isPersonalBest(tokens, number.start) && isPlausible(number.value, measure),
  )?.value;
  const best = told ?? Math.max(...valuesOnChart(request.patient, measure).map((of) => of.value));
  if (!Number.isFinite(best) || best <= 0) return undefined;
  const percent = Math.round((value / best) * 100);
  const severity: Severity =
    percent < zones.criticalBelowPercent
      ? 'critical-low'
      : percent < zones.lowBelowPercent
        ? 'low'
        : 'normal';
  return {
    measure,
    value,
    severity,
    fact: {
      kind: measure.kind,
      subjects: [measure.id],
      severity,
      text: `Peak flow ${value} ${measure.ownUnit.written}: ${percent} percent of the best, ${best}.`,
      citation: measure.citation(zones.cite),
    },
  };
}
