import type { Protocol } from '../../clinical-kb/protocols/schema.js';
import type { Patient } from '../../protos/generated/asterism/v1/patient.js';
import { Disposition } from '../../protos/generated/asterism/v1/specialist.js';
import { moreUrgent, urgency } from '../call/disposition.js';
import type { CallState, ItemState } from '../call/state.js';
import { answerWords } from './answer-words.js';
import { background, findingsOf, list, sentences } from './sbar.js';

/** One item of the protocol that was spoken about, with its words for people. */
export interface CoveredItem {
  readonly item: ItemState;
  readonly topic: string;
}

const untouched: ReadonlySet<ItemState['status']> = new Set(['open', 'asked']);

/** The protocol's items in the order of the call; consent and identity are none of them. */
export function coveredItems(state: CallState, protocol: Protocol): readonly CoveredItem[] {
  const topics = new Map(protocol.items.map(({ id, topic }) => [id, topic]));
  return Object.values(state.items).flatMap((item) => {
    const medicine = item.itemId.startsWith('medicine:') ? item.itemId.slice('medicine:'.length) : undefined;
    const topic = medicine === undefined ? topics.get(item.itemId) : `taking ${medicine}`;
    return topic === undefined || untouched.has(item.status) ? [] : [{ item, topic }];
  });
}

/** The note that the care team reads after the call: what happened, what was found, what is to do, what was covered. */
export function callSummary(state: CallState, patient: Patient, protocol: Protocol, outcome: string): string {
  const covered = coveredItems(state, protocol);
  const done = covered.filter(({ item }) => item.status === 'done');
  const openTopics = covered
    .filter(({ item }) => item.status !== 'done')
    .map(({ item, topic }) => `${topic} (${item.status})`);
  const seen = new Set(covered.map(({ item }) => item.itemId));
  const never = protocol.items
    .filter(({ id, kind, when }) => kind !== 'medicines' && when === undefined && !seen.has(id))
    .map(({ topic }) => topic);
  return [
    `Situation: ${situation(state, patient, protocol, outcome)}`,
    `Background: ${background(patient)}`,
    `Assessment: ${assessment(state, covered)}`,
    `Recommendation: ${recommendation(state)}`,
    `Covered: ${list(done.map(({ topic }) => topic))}`,
    `Not settled: ${list(openTopics)}`,
    `Not asked: ${list(never)}`,
    'Written by software from what was heard; no clinician has reviewed it.',
  ].join('\n');
}

function situation(state: CallState, patient: Patient, protocol: Protocol, outcome: string): string {
  const why = [...state.escalations]
    .sort((one, other) => urgency(other.disposition) - urgency(one.disposition))
    .map(({ specialist, reason }) => `${reason} (${specialist})`);
  return sentences([
    `automated call to ${patient.givenName} ${patient.familyName}, identity verified by two identifiers`,
    `protocol: ${protocol.title}`,
    `the call ended: ${outcome}`,
    why.length > 0 ? `a human was called for: ${list([...new Set(why)])}` : '',
  ]);
}

function assessment(state: CallState, covered: readonly CoveredItem[]): string {
  const findings = findingsOf(state).map((text) => text.replace(/\.$/, ''));
  const reported = covered.map(({ item, topic }) => `${topic}: ${answerWords(item)}`);
  return sentences([
    findings.length > 0 ? `found: ${list(findings)}` : 'no findings',
    reported.length > 0 ? `reported: ${list(reported)}` : '',
    state.unansweredGates > 0
      ? 'some checks did not answer during this call; treat its advice as incomplete'
      : '',
  ]);
}

function recommendation(state: CallState): string {
  const byReason = new Map<string, Disposition>();
  for (const { reason, disposition } of state.nurseTasks) {
    byReason.set(reason, moreUrgent(byReason.get(reason) ?? Disposition.NONE, disposition));
  }
  const tasks = [...byReason]
    .sort(([, one], [, other]) => urgency(other) - urgency(one))
    .map(([reason, disposition]) => `${reason.replace(/\.$/, '')} (${howSoon(disposition)})`);
  return sentences([
    state.disposition === Disposition.CALL_911
      ? 'the patient was told to call 911: make sure that help came'
      : '',
    state.disposition === Disposition.CALL_988
      ? 'the patient was given 988: make sure that somebody is with them'
      : '',
    tasks.length > 0 ? `open tasks: ${list(tasks)}` : 'no open tasks',
  ]);
}

function howSoon(disposition: Disposition): string {
  switch (disposition) {
    case Disposition.CALL_911:
    case Disposition.CALL_988:
    case Disposition.URGENT_NURSE:
      return 'now';
    case Disposition.SAME_DAY:
      return 'today';
    case Disposition.WITHIN_DAYS:
      return 'within days';
    default:
      return 'routine';
  }
}
