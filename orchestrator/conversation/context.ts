import type { Utterance } from '../../protos/generated/asterism/v1/hearing.js';
import type { Patient } from '../../protos/generated/asterism/v1/patient.js';
import type { Pass, ReviewRequest } from '../../protos/generated/asterism/v1/specialist.js';
import type { CallState } from '../call/state.js';

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
}

/**
 * The request for one specialist.
 * @param state the call as it stood when the patient had spoken: what was asked and awaited then
 * @param after the call as it will be once the drafted turn is committed; on the second look identity and
 *   consent count as of then, because the sentence will be heard then. Equal to state on the first look.
 */
export function reviewRequest(
  specialist: string,
  subject: Subject,
  patient: Patient,
  state: CallState,
  after: CallState,
): ReviewRequest {
  return {
    callId: state.callId,
    turnId: subject.turnId,
    pass: subject.pass,
    heard: subject.heard,
    draft: subject.draft,
    patient,
    context: {
      verification: after.verification,
      history: state.transcript
        .filter((line) => !(line.speaker === 'patient' && subject.heardTurnIds.includes(line.turnId)))
        .slice(-HISTORY_LINES)
        .map(({ speaker, text, turnId }) => ({ speaker, text, turnId })),
      itemId: state.askedItemId,
      awaited: state.listening.awaited,
      findings: after.findings.map(({ fact }) => fact),
      recordingConsented: after.recordingConsented,
      answeringOwnQuestion: state.questionOf === specialist,
    },
  };
}
