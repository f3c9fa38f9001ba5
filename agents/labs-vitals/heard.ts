import type { KnownMeasure } from '../../clinical-kb/labs/load-measures.js';
import {
  Disposition,
  Verdict,
  Verification,
  type Entity,
  type Fact,
  type Review,
  type ReviewRequest,
} from '../../protos/generated/asterism/v1/specialist.js';
import { tokensOf, tokensOfText, type Token } from '../spoken/tokens.js';
import { latestOnChart, personOf } from './chart.js';
import { isFarFromChart } from './doubtful-weight.js';
import { dispositionOf, judgeValue, type Judged } from './judgement.js';
import type { LabsMind } from './mind.js';
import { settle } from './own-question.js';
import { readingsIn, type Reading, type Readings } from './readings.js';
import {
  askAgain,
  askTwin,
  askUnit,
  askWeight,
  inRange,
  leaveToNurse,
  outOfRange,
  unverified,
} from './sentences.js';
import { weightFinding } from './weight-trend.js';

/** Asked this often for one number, the rest is left to a nurse. */
const MOST_QUESTIONS = 2;

/** The first look: values that the patient said. */
export function reviewHeard(mind: LabsMind, request: ReviewRequest): Partial<Review> {
  const said = request.heard;
  const itemId = request.context?.itemId ?? '';
  if (!said || (said.text.trim() === '' && said.words.length === 0)) {
    return { reason: 'Nothing was heard.', relevant: false };
  }
  if (/warning|teach/.test(itemId)) {
    return { reason: 'The patient repeats instructions; numbers in them are no readings.', relevant: false };
  }
  const { utterance, repeated } = settle(request, said);
  const tokens = tokensOf(utterance);
  const found = read(mind, request, tokens, repeated);
  const own = found.readings.filter((reading) => reading.experiencer === 'patient');
  const entities = [...found.readings.map(entityOf), ...changeEntity(found)];
  if (own.length === 0 && !found.change) {
    if (request.context?.answeringOwnQuestion === true) return notAnswered(request, entities);
    if (found.readings.length > 0)
      return { entities, reason: 'The values are of somebody else.', relevant: true };
    return aboutChart(mind, request, tokens) ?? { reason: 'No value was said.', relevant: false };
  }
  const doubtful = own.find((reading) => reading.doubt !== undefined);
  if (doubtful) return ask(request, doubtful, entities);
  // Said twice and still far below the chart: not a number to call fine, nor one to guess about.
  if (own.some((reading) => isLoss(mind, request, reading))) return leave(entities);
  return judge(mind, request, own, found, entities);
}

/** Finds the readings in words, with what was asked as a help. */
export function read(
  mind: LabsMind,
  request: ReviewRequest,
  tokens: readonly Token[],
  repeated?: number,
): Readings {
  const history = request.context?.history ?? [];
  const question = history.findLast((turn) => turn.speaker === 'agent')?.text ?? '';
  const weight = mind.index.byId('body weight');
  return readingsIn(tokens, {
    index: mind.index,
    expected: mind.index.expectedIn(request.context?.itemId ?? '', question, tokensOfText(question)),
    chartPounds: weight ? latestOnChart(request.patient, weight)?.value : undefined,
    repeated,
  });
}

function isLoss(mind: LabsMind, request: ReviewRequest, { measure, value }: Reading): boolean {
  const weight = mind.index.byId('body weight');
  if (!weight || measure.id !== weight.id) return false;
  const last = latestOnChart(request.patient, weight)?.value;
  return last !== undefined && value < last && isFarFromChart(value, last);
}

// --- questions --------------------------------------------------------------------------------------

function ask(request: ReviewRequest, reading: Reading, entities: Entity[]): Partial<Review> {
  const { doubt } = reading;
  if (doubt?.kind !== 'twin' && questionsAsked(request) >= MOST_QUESTIONS) return leave(entities);
  const { say, why } = question(reading, request.context?.verification === Verification.VERIFIED);
  return {
    verdict: Verdict.ASK,
    disposition: Disposition.NONE,
    say,
    entities,
    reason: `${reading.measure.id}: ${why}.`,
    confidence: Math.min(0.6, reading.confidence),
    relevant: true,
  };
}

function question(reading: Reading, verified: boolean): { say: string; why: string } {
  const { doubt, said, measure } = reading;
  switch (doubt?.kind) {
    case 'twin':
      return { say: askTwin(reading, doubt.twin), why: `${said} or ${doubt.twin}` };
    case 'unit':
      return {
        say: askUnit(reading, doubt.spokenUnit),
        why: `${said} fits ${doubt.ucum} better than ${measure.unit}`,
      };
    case 'regrouped':
      // Before identity is known a number near the chart's is not offered.
      return {
        say: verified ? askWeight(doubt.pounds) : askAgain(reading),
        why: `"${reading.heard}" can be ${doubt.pounds}`,
      };
    case 'far':
      return { say: askAgain(reading), why: `${said} is far from the last one on the chart` };
    case 'implausible':
    case undefined:
      return { say: askAgain(reading), why: `${said} was not heard surely or is not plausible` };
  }
}

/** An answer without a number to this specialist's own question. */
function notAnswered(request: ReviewRequest, entities: Entity[]): Partial<Review> {
  if (questionsAsked(request) >= MOST_QUESTIONS) return leave(entities);
  return {
    verdict: Verdict.ASK,
    disposition: Disposition.NONE,
    say: 'I want to get that number right. Could you read it again, one number at a time?',
    entities,
    reason: 'The answer held no number.',
    confidence: 0.5,
    relevant: true,
  };
}

function leave(entities: Entity[]): Partial<Review> {
  return {
    verdict: Verdict.ADVISE,
    disposition: Disposition.SAME_DAY,
    say: leaveToNurse,
    entities,
    reason: 'Asked and not settled; the number stays unconfirmed for a nurse.',
    confidence: 0.5,
    relevant: true,
  };
}

function questionsAsked(request: ReviewRequest): number {
  return (request.context?.history ?? []).filter(
    (turn) =>
      turn.speaker === 'agent' &&
      /read it again, one number|right\. Did you say \d|not sure of\. Did you say|Is that in /.test(
        turn.text,
      ),
  ).length;
}

// --- judging ----------------------------------------------------------------------------------------

function judge(
  mind: LabsMind,
  request: ReviewRequest,
  readings: readonly Reading[],
  found: Readings,
  entities: Entity[],
): Partial<Review> {
  const person = personOf(request.patient, mind.knowledge);
  const verified = request.context?.verification === Verification.VERIFIED;
  const judged = readings
    .flatMap(({ measure, value }) => judgeValue(measure, value, person) ?? [])
    .sort((a, b) => gravity(b) - gravity(a));
  const facts: Fact[] = judged.map(({ fact }) => fact);
  for (const { measure, value } of readings) facts.push(...change(request, measure, value));
  const gain = weightFinding(mind, request, readings, found, person.conditions);
  if (gain) facts.push(...gain.facts);
  const confidence = Math.min(
    ...readings.map((reading) => reading.confidence),
    found.change?.confidence ?? 1,
  );
  const common = { entities, facts, confidence: Math.round(confidence * 100) / 100, relevant: true };
  const abnormal = judged.filter(({ severity }) => severity !== 'normal');
  const dispositions = [
    ...abnormal.map(dispositionOf),
    ...(gain?.high === true ? [Disposition.SAME_DAY] : []),
  ];
  const disposition = gravest(dispositions);
  const reason = facts.map((fact) => fact.text).join(' ');
  const worst = abnormal[0];
  if (worst) {
    const critical = worst.severity === 'critical-low' || worst.severity === 'critical-high';
    const pair = judged.filter(({ measure }) => measure.spoken === worst.measure.spoken);
    const both = [worst, ...pair.filter((other) => other !== worst)];
    const say = verified ? outOfRange(both, disposition) : withoutChart(worst, both, disposition);
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
  if (facts.length === 0) {
    return {
      ...common,
      reason: `No range is known for ${readings.map(({ measure }) => measure.id).join(', ')}.`,
    };
  }
  if (judged.length > 0 && judged.every(({ measure }) => measure.kind === 'vital')) {
    return { ...common, verdict: Verdict.ADVISE, disposition, say: inRange(judged), reason };
  }
  return { ...common, disposition, reason };
}

/** A grave number is grave for anybody; but nothing of the chart is said before identity is known. */
function withoutChart(worst: Judged, both: readonly Judged[], disposition: Disposition): string {
  const critical = worst.severity === 'critical-low' || worst.severity === 'critical-high';
  return critical ? outOfRange(both, disposition) : unverified(disposition);
}

function gravity({ severity, measure }: Judged): number {
  const of = { 'critical-low': 3, 'critical-high': 3, low: 2, high: 2, normal: 0 }[severity];
  return of + (measure.id === 'systolic blood pressure' ? 0.1 : 0);
}

const graveFirst = [
  Disposition.URGENT_NURSE,
  Disposition.SAME_DAY,
  Disposition.WITHIN_DAYS,
  Disposition.ROUTINE,
] as const;

function gravest(dispositions: readonly Disposition[]): Disposition {
  return graveFirst.find((candidate) => dispositions.includes(candidate)) ?? Disposition.NONE;
}

/** The step from the chart's last value of a laboratory measure. */
function change(request: ReviewRequest, measure: KnownMeasure, value: number): Fact[] {
  if (measure.kind !== 'lab') return [];
  const last = latestOnChart(request.patient, measure);
  if (!last || last.value === value) return [];
  const step = Math.round((value - last.value) * 100) / 100;
  return [
    {
      kind: 'trend',
      subjects: [measure.id],
      severity: '',
      text: `${measure.id} was ${last.value} on ${last.date || 'the chart'} and is ${value} now (${step > 0 ? '+' : ''}${step}).`,
      citation: 'result on the chart',
    },
  ];
}

// --- entities and the chart's own values ----------------------------------------------------------------

function entityOf(reading: Reading): Entity {
  const alternatives = reading.doubt?.kind === 'twin' ? [String(reading.doubt.twin)] : [];
  return {
    kind: reading.measure.kind,
    heard: reading.heard,
    name: reading.measure.id,
    confidence: Math.round(reading.confidence * (reading.doubt ? 0.6 : 1) * 100) / 100,
    alternatives,
    value: reading.value,
    unit: reading.measure.unit,
    negated: false,
    experiencer: reading.experiencer,
  };
}

function changeEntity(found: Readings): Entity[] {
  if (!found.change) return [];
  return [
    {
      kind: 'vital',
      heard: found.change.heard,
      name: 'body weight change',
      confidence: found.change.confidence,
      alternatives: [],
      value: found.change.pounds,
      unit: '[lb_av]',
      negated: false,
      experiencer: 'patient',
    },
  ];
}

/** "Was my potassium okay?": the value that the chart has, judged. */
function aboutChart(
  mind: LabsMind,
  request: ReviewRequest,
  tokens: readonly Token[],
): Partial<Review> | undefined {
  const text = tokens.map((token) => token.text).join(' ');
  if (
    !/\b(what (was|is|were)|how (was|is|were)|is my|was my|are my|were my|results?|my last|test)\b/.test(text)
  )
    return undefined;
  const cue = mind.index.cuesIn(tokens).find(({ measure }) => measure.kind === 'lab');
  if (!cue) return undefined;
  const last = latestOnChart(request.patient, cue.measure);
  if (!last) {
    return { reason: `No ${cue.measure.id} is on the chart.`, relevant: true };
  }
  const judged = judgeValue(cue.measure, last.value, personOf(request.patient, mind.knowledge));
  const facts = judged ? [judged.fact] : [];
  const normal = judged?.severity === 'normal';
  const verified = request.context?.verification === Verification.VERIFIED;
  return {
    verdict: Verdict.ADVISE,
    disposition: normal ? Disposition.NONE : judged ? dispositionOf(judged) : Disposition.ROUTINE,
    say: !verified
      ? 'A nurse can go over your results with you.'
      : normal
        ? `The last ${cue.measure.spoken} on your chart is ${last.value}, in the usual range.`
        : `The last ${cue.measure.spoken} on your chart is ${last.value}. A nurse will go over what that means with you.`,
    facts,
    reason: `Asked about ${cue.measure.id}; chart: ${last.value} on ${last.date}.`,
    confidence: 0.85,
    relevant: true,
  };
}
