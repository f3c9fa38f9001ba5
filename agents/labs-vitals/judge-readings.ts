import {
  Disposition,
  Verdict,
  Verification,
  type Entity,
  type Fact,
  type Review,
  type ReviewRequest,
} from '../../protos/generated/asterism/v1/specialist.js';
import type { Token } from '../spoken/tokens.js';
import { gravest, rankOf } from './dispositions.js';
import { effectsBehind } from './effects.js';
import { withSigns } from './glucose-symptoms.js';
import {
  besideGoals,
  dispositionOf,
  isJudged,
  judgeValue,
  type Judged,
  type Undecided,
} from './judgement.js';
import type { LabsMind } from './mind.js';
import { judgeByBest } from './peak-flow.js';
import { personOf } from './person.js';
import { irregularDisposition, irregularPulse } from './pulse-rhythm.js';
import { questionsAsked } from './questions.js';
import type { Reading, Readings } from './reading.js';
import { askValve, inRange, labChange, notRegular, outOfRange, unverified } from './sentences.js';
import { changeFacts, trendOf, type Trend } from './trend.js';
import { weightFinding } from './weight-trend.js';

/** What the patient's own, surely heard values come to. */
export function judgeReadings(
  mind: LabsMind,
  request: ReviewRequest,
  tokens: readonly Token[],
  readings: readonly Reading[],
  found: Readings,
  entities: Entity[],
): Partial<Review> {
  const person = personOf(mind, request.patient, tokens);
  const verified = request.context?.verification === Verification.VERIFIED;
  const outcomes = readings.flatMap(
    (reading) =>
      judgeByBest(reading, request, tokens) ?? judgeValue(reading.measure, reading.value, person) ?? [],
  );
  const judged = outcomes
    .filter(isJudged)
    .map((of) => withSigns(of, tokens))
    .sort((a, b) => gravity(b) - gravity(a));
  const undecided = outcomes.filter((outcome): outcome is Undecided => !isJudged(outcome));
  const facts: Fact[] = [...judged, ...undecided].map(({ fact }) => fact);
  const trends: { reading: Reading; trend: Trend }[] = [];
  for (const reading of readings) {
    const { measure, value } = reading;
    facts.push(...besideGoals(measure, value, person));
    const comparedByPatient = reading.earlier !== undefined && measure.id !== 'body weight';
    if (measure.kind !== 'lab' && !comparedByPatient) continue;
    const trend = trendOf(mind, request, reading, person);
    facts.push(...changeFacts(request, reading, trend));
    if (trend && rankOf(trend.disposition) > 0) trends.push({ reading, trend });
  }
  const irregular = readings.flatMap(({ measure }) => irregularPulse(measure, person, tokens) ?? []);
  facts.push(...irregular);
  const gain = weightFinding(mind, request, readings, found, person);
  if (gain) facts.push(...gain.facts);
  const abnormal = judged.filter(({ severity }) => severity !== 'normal');
  // What may lie behind an unusual value is for the nurse who reads it; the chart's medicines are not named here.
  facts.push(...abnormal.flatMap((of) => effectsBehind(mind, person, of)));
  const confidence = Math.min(
    ...readings.map((reading) => reading.confidence),
    found.change?.confidence ?? 1,
  );
  const common = { entities, facts, confidence: Math.round(confidence * 100) / 100, relevant: true };
  const disposition = gravest([
    ...abnormal.map(dispositionOf),
    ...trends.map(({ trend }) => trend.disposition),
    ...(irregular.length > 0 ? readings.map(({ measure }) => irregularDisposition(measure)) : []),
    ...(gain?.high === true ? [Disposition.SAME_DAY] : []),
  ]);
  const reason = facts.map((fact) => fact.text).join(' ');
  const worst = abnormal[0];
  if (worst) {
    const critical = isCritical(worst);
    const pair = judged.filter(({ measure }) => measure.spoken === worst.measure.spoken);
    const both = [worst, ...pair.filter((other) => other !== worst)];
    // A grave number is grave for anybody; but nothing of the chart is said before identity is known.
    const say =
      verified || critical
        ? outOfRange(both, disposition, usualOf(readings, worst))
        : unverified(disposition);
    const quiet = disposition === Disposition.ROUTINE;
    return {
      ...common,
      verdict: critical ? Verdict.ESCALATE : quiet ? Verdict.ADVISE : Verdict.SAY,
      disposition,
      say,
      reason,
    };
  }
  if (gain?.high === true) {
    const say = verified ? gain.say : unverified(disposition);
    return { ...common, verdict: Verdict.SAY, disposition, say, reason };
  }
  if (irregular.length > 0) {
    return { ...common, verdict: Verdict.SAY, disposition, say: notRegular(disposition), reason };
  }
  const change = trends[0];
  if (change) {
    const say = verified
      ? labChange(change.reading.measure, change.trend, disposition)
      : unverified(disposition);
    return { ...common, verdict: Verdict.SAY, disposition, say, reason };
  }
  if (undecided.length > 0) return aboutUndecided(request, undecided, common, reason);
  if (facts.length === 0) {
    return {
      ...common,
      reason: `No range is known for ${readings.map(({ measure }) => measure.id).join(', ')}.`,
    };
  }
  // In range by a goal of the chart is not told to somebody whose identity is not known.
  if (judged.length > 0 && (verified || judged.every(({ measure }) => measure.kind === 'vital'))) {
    const asked = tokens.some(({ written }) => written.includes('?'));
    const verdict = asked ? Verdict.SAY : Verdict.ADVISE;
    return { ...common, verdict, disposition, say: inRange(judged), reason };
  }
  return { ...common, disposition, reason };
}

/** Whether the value is usual depends on something that only the patient or the clinic knows. */
function aboutUndecided(
  request: ReviewRequest,
  undecided: readonly Undecided[],
  common: Partial<Review>,
  reason: string,
): Partial<Review> {
  const valve = undecided.find(({ fact }) => fact.text.includes('mechanical heart valve'));
  // A chart's valve is not told to somebody whose identity is not known.
  const verified = request.context?.verification === Verification.VERIFIED;
  if (valve && verified && questionsAsked(request) === 0) {
    return {
      ...common,
      verdict: Verdict.ASK,
      disposition: Disposition.NONE,
      say: askValve(valve.value),
      reason,
    };
  }
  return {
    ...common,
    disposition: Disposition.ROUTINE,
    verdict: Verdict.ADVISE,
    say: unverified(Disposition.ROUTINE),
    reason,
  };
}

/** What the patient said that it usually is. */
function usualOf(readings: readonly Reading[], { measure }: Judged): number | undefined {
  const earlier = readings.find((reading) => reading.measure.id === measure.id)?.earlier;
  return earlier?.usual === true ? earlier.value : undefined;
}

function isCritical({ severity }: Judged): boolean {
  return severity === 'critical-low' || severity === 'critical-high';
}

function gravity(judged: Judged): number {
  const of = isCritical(judged) ? 3 : judged.severity === 'normal' ? 0 : 2;
  return (
    of + rankOf(dispositionOf(judged)) / 10 + (judged.measure.id === 'systolic blood pressure' ? 0.01 : 0)
  );
}
