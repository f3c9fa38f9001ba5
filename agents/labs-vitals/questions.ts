import {
  Disposition,
  Verdict,
  Verification,
  type Entity,
  type Review,
  type ReviewRequest,
} from '../../protos/generated/asterism/v1/specialist.js';
import type { Reading } from './reading.js';
import { askAgain, askTwin, askTwinChange, askUnit, askWeight, leaveToNurse } from './sentences.js';
import type { WeightChange } from './weight-change.js';

/** Asked this often for one number, the rest is left to a nurse. */
const MOST_QUESTIONS = 2;

/** The question that settles a doubtful number; after too many of them the number is left to a nurse. */
export function ask(request: ReviewRequest, reading: Reading, entities: Entity[]): Partial<Review> {
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

/** The question that settles a gain or a loss of weight that was not heard surely. */
export function askChange(
  request: ReviewRequest,
  change: WeightChange,
  twin: number,
  entities: Entity[],
): Partial<Review> {
  if (questionsAsked(request) >= MOST_QUESTIONS) return leave(entities);
  return {
    verdict: Verdict.ASK,
    disposition: Disposition.NONE,
    say: askTwinChange(change, twin),
    entities,
    reason: `Change of body weight: ${change.said} or ${twin}.`,
    confidence: Math.min(0.6, change.confidence),
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
        say: askUnit(reading, doubt.unit),
        why: `${said} fits ${doubt.unit.ucum} better than ${measure.unit}`,
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
export function notAnswered(request: ReviewRequest, entities: Entity[]): Partial<Review> {
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

/** The number stays unconfirmed. */
export function leave(entities: Entity[]): Partial<Review> {
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

/** How many questions about a number were put already in what is known of the call. */
export function questionsAsked(request: ReviewRequest): number {
  return (request.context?.history ?? []).filter(
    (turn) =>
      turn.speaker === 'agent' &&
      /read it again, one number|right\. Did you say \d|not sure of\. Did you say|Is that in |Is your mechanical valve /.test(
        turn.text,
      ),
  ).length;
}
