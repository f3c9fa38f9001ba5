import { Disposition } from '../../protos/generated/asterism/v1/specialist.js';
import { sayDigits, sayNumber } from '../spoken/digits.js';
import type { KnownMeasure } from '../../clinical-kb/labs/load-measures.js';
import type { Unit } from '../../clinical-kb/labs/schema.js';
import type { Judged, Severity } from './judgement.js';
import type { Reading } from './reading.js';
import type { WeightChange } from './weight-change.js';
import type { Trend } from './trend.js';

/** Whom a disposition sends, in words. */
export function followUp(disposition: Disposition): string {
  switch (disposition) {
    case Disposition.URGENT_NURSE:
      return 'I am asking a nurse to call you right away.';
    case Disposition.SAME_DAY:
      return 'A nurse will call you today.';
    case Disposition.WITHIN_DAYS:
      return 'A nurse will follow up with you in the next few days.';
    default:
      return 'I will pass that on to your nurse.';
  }
}

/** Two readings that must be told apart: "fifteen or fifty". */
export function askTwin(reading: Reading, twin: number): string {
  return `I want to be sure I have your ${reading.measure.spoken} right. Did you say ${reading.said}, ${sayDigits(reading.said)}, or ${twin}, ${sayDigits(twin)}?`;
}

/** The same for a gain or a loss of weight. */
export function askTwinChange({ said, unit, pounds }: WeightChange, twin: number): string {
  return `I want to be sure I have your weight ${pounds > 0 ? 'gain' : 'loss'} in ${unit} right. Did you say ${said}, ${sayDigits(said)}, or ${twin}, ${sayDigits(twin)}?`;
}

export function askAgain(reading: Reading): string {
  return `I heard ${reading.said} for your ${reading.measure.spoken}, and I may have that wrong. Could you read it again, one number at a time?`;
}

/** A weight whose digits came in pieces, as the number that they probably were. */
export function askWeight(pounds: number): string {
  return `I heard a number I am not sure of. Did you say ${sayNumber(pounds)} pounds?`;
}

export function askUnit(reading: Reading, other: Unit): string {
  const { said, measure } = reading;
  return `I heard ${said} for your ${measure.spoken}. Is that in ${measure.ownUnit.spoken}, or in ${other.spoken}?`;
}

/** The two kinds of mechanical valve have different goals. */
export function askValve(inr: number): string {
  return `I heard ${inr} for your INR. Is your mechanical valve the mitral valve, or the aortic valve?`;
}

export const leaveToNurse = "That's okay. I won't guess the number. A nurse will go over it with you.";

/** "That is five pounds more than when you left the hospital." */
export function weightGain(pounds: number, since: string, disposition: Disposition): string {
  return `That is ${smallNumber(pounds)} ${pounds === 1 ? 'pound' : 'pounds'} more than ${since}. Your body may be holding water. ${followUp(disposition)}`;
}

/** "Your creatinine is 0.4 higher than it was five days ago." */
export function labChange(measure: KnownMeasure, { step, days }: Trend, disposition: Disposition): string {
  const since =
    days === undefined || days === 0
      ? 'it was before'
      : `it was ${smallNumber(days)} ${days === 1 ? 'day' : 'days'} ago`;
  return `Your ${measure.spoken} is ${Math.abs(step)} ${step > 0 ? 'higher' : 'lower'} than ${since}. ${followUp(disposition)}`;
}

/** For a patient whose identity is not known nothing of the chart is said. */
export function unverified(disposition: Disposition): string {
  return `Thank you. ${followUp(disposition)}`;
}

/** A pulse of any rate that skips. */
export function notRegular(disposition: Disposition): string {
  return `A pulse that is not regular should be looked at. ${followUp(disposition)} If you feel faint, have chest pain, or have trouble breathing, hang up and call 911.`;
}

/** What is said of a value outside of its range. */
export function outOfRange(judged: readonly Judged[], disposition: Disposition, usual?: number): string {
  const worst = judged[0];
  if (!worst) return '';
  const low = worst.severity === 'low' || worst.severity === 'critical-low';
  const critical = worst.severity === 'critical-low' || worst.severity === 'critical-high';
  const compared =
    usual === undefined || usual === worst.value
      ? ''
      : `, and ${worst.value < usual ? 'lower' : 'higher'} than your usual ${usual}`;
  const what = `Your ${worst.measure.spoken} of ${spokenValue(judged)} is ${critical ? 'much ' : ''}${low ? 'lower' : 'higher'} than we look for${compared}.`;
  const act = immediateAction(worst);
  return [what, act, followUp(disposition)].filter((part) => part !== '').join(' ');
}

/** What a patient can do at once, from the cited public guidance of the same measure. */
function immediateAction(worst: Judged): string {
  const { measure, severity, value } = worst;
  if (measure.id === 'blood glucose' && value < 70) {
    return 'If you can swallow, have something sweet now, like half a cup of juice, and check it again in 15 minutes. If you feel faint or confused, call 911.';
  }
  if (measure.id === 'oxygen saturation' && severity === 'critical-low') {
    return 'If it is hard to breathe, or your lips look blue, hang up and call 911.';
  }
  if (/blood pressure$/.test(measure.id) && severity === 'critical-high') {
    return 'If you have chest pain, trouble breathing, weakness, or trouble seeing or speaking, hang up and call 911.';
  }
  if (measure.id === 'peak flow') {
    return 'If it is hard to breathe, use your rescue inhaler, hang up and call 911.';
  }
  if (bleeds.has(measure.id) && severity === bleeds.get(measure.id)) {
    return 'If you are bleeding, or have a bad headache or black stools, hang up and call 911.';
  }
  if (severity === 'critical-low' || severity === 'critical-high') {
    return 'If you feel faint, have chest pain, or have trouble breathing, hang up and call 911.';
  }
  return '';
}

/** Values that let the body bleed. */
const bleeds: ReadonlyMap<string, Severity> = new Map([
  ['INR', 'critical-high'],
  ['platelets', 'critical-low'],
]);

/** A short word of comfort, only for what was judged normal. */
export function inRange(judged: readonly Judged[]): string {
  const first = judged[0];
  if (new Set(judged.map(({ measure }) => measure.spoken)).size > 1) {
    return 'Those numbers are in the range we look for.';
  }
  return first ? `Your ${first.measure.spoken} of ${spokenValue(judged)} is in the range we look for.` : '';
}

/** "150 over 95", "98.6". */
function spokenValue(judged: readonly Judged[]): string {
  const of = (id: string): Judged | undefined => judged.find(({ measure }) => measure.id === id);
  const systolic = of('systolic blood pressure');
  const diastolic = of('diastolic blood pressure');
  if (systolic && diastolic) return `${systolic.value} over ${diastolic.value}`;
  return String(judged[0]?.value ?? '');
}

function smallNumber(value: number): string {
  const words = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
  return words[value] ?? String(value);
}
