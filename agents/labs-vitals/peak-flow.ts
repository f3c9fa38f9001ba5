import type { ReviewRequest } from '../../protos/generated/asterism/v1/specialist.js';
import { numbersIn } from '../spoken/numbers.js';
import type { Token } from '../spoken/tokens.js';
import { valuesOnChart } from './chart.js';
import type { Judged, Severity } from './judgement.js';
import type { Reading } from './reading.js';
import { joined } from './surroundings.js';
import { isPlausible } from './value.js';

/** True for "my best is 400": the value that others are measured by, no reading of today. */
export function isPersonalBest(tokens: readonly Token[], start: number): boolean {
  return /(^| )best( (is|was|of|ever|about|around|has|been))*$/.test(
    joined(tokens, Math.max(0, start - 4), start),
  );
}

/** A value as a part of the patient's best one, as told or else the highest on the chart; undefined without one. */
export function judgeByBest(
  { measure, value, ofBest, earlier }: Pick<Reading, 'measure' | 'value' | 'ofBest' | 'earlier'>,
  request: ReviewRequest,
  tokens: readonly Token[],
): Judged | undefined {
  const zones = measure.personalBest;
  if (!zones) return undefined;
  const told = numbersIn(tokens).find(
    (number) => isPersonalBest(tokens, number.start) && isPlausible(number.value, measure),
  )?.value;
  const charted = valuesOnChart(request.patient, measure).map((of) => of.value);
  const usual = earlier?.usual === true ? [earlier.value] : [];
  const best = told ?? Math.max(...(charted.length > 0 ? charted : usual));
  if (ofBest !== true && (!Number.isFinite(best) || best <= 0)) return undefined;
  const percent = ofBest === true ? value : Math.round((value / best) * 100);
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
      text:
        ofBest === true
          ? `Peak flow ${percent} percent of the best.`
          : `Peak flow ${value} ${measure.ownUnit.written}: ${percent} percent of the best, ${best}.`,
      citation: measure.citation(zones.cite),
    },
  };
}
