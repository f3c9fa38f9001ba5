import type { Utterance } from '../../protos/generated/asterism/v1/hearing.js';
import type { CallContext, Pass, ReviewRequest } from '../../protos/generated/asterism/v1/specialist.js';
import type { CallState } from '../call/state.js';
import type { Draft } from '../primary/primary-agent.js';
import { checklistOf, type CallSubject } from './checklist.js';

/** How many lines of both sides a specialist sees. */
const HISTORY_LINES = 24;

/** What a look is about. */
export interface Subject {
  readonly turnId: string;
  readonly pass: Pass;
  readonly heard: Utterance | undefined;
  /** Turns whose utterances are in heard: they are not history yet. */
  readonly heardTurnIds: readonly string[];
  /** Empty on the first look. */
  readonly draft: string;
  /** Who gave the draft word for word; empty for the primary agent's own, and on the first look. */
  readonly wordingOf: string;
  /** Every sentence of the drafted turn, in order; empty on the first look. */
  readonly turnSentences: readonly string[];
  /** What follows the drafted turn; the first look is followed by more of the call. */
  readonly then: Draft['then'];
}

/**
 * The requests of one look, by specialist. All get the very same request, made once, except that the
 * specialist whose question was asked last is told so.
 * @param state the call as it stood when the patient had spoken: what was asked and awaited then
 * @param after the call as it will be once the drafted turn is committed; on the second look identity and
 *   consent count as of then, because the sentence will be heard then. Equal to state on the first look.
 */
export function reviewRequests(
  subject: Subject,
  about: CallSubject,
  state: CallState,
  after: CallState,
): (specialist: string) => ReviewRequest {
  const context: CallContext = {
    verification: after.verification,
    history: state.transcript
      .filter((line) => !(line.speaker === 'patient' && subject.heardTurnIds.includes(line.turnId)))
      .slice(-HISTORY_LINES)
      .map(({ speaker, text, turnId }) => ({ speaker, text, turnId })),
    itemId: state.askedItemId,
    awaited: state.listening.awaited,
    findings: after.findings.map(({ fact }) => fact),
    recordingConsented: after.recordingConsented,
    answeringOwnQuestion: false,
    today: state.localDate ?? '',
    protocolId: state.protocolId,
    checklist: [...checklistOf(after, about)],
    closingReason: closingReason(subject.then),
    turnSentences: [...subject.turnSentences],
    wordingOf: subject.wordingOf,
  };
  const request: ReviewRequest = {
    callId: state.callId,
    turnId: subject.turnId,
    pass: subject.pass,
    heard: subject.heard,
    draft: subject.draft,
    patient: about.patient,
    context,
  };
  return (specialist) =>
    state.questionOf === specialist
      ? { ...request, context: { ...context, answeringOwnQuestion: true } }
      : request;
}

/** Why the call ends; empty while it goes on. */
function closingReason(then: Draft['then']): string {
  switch (then.kind) {
    case 'listen':
      return '';
    case 'hang-up':
      return then.reason;
    case 'transfer':
      return 'transferred';
  }
}
