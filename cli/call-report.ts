import { callEvent, type CallEvent, type LoggedEvent } from '../orchestrator/call/events.js';
import { initialState, reduce } from '../orchestrator/call/reduce.js';
import type { CallState } from '../orchestrator/call/state.js';
import { Pass, type Review } from '../protos/generated/asterism/v1/specialist.js';
import type { FeedEvent } from '../evaluation/simulated-patient/call-feed.js';
import type { AnsweredExchange } from '../evaluation/simulated-patient/patient-call.js';

/** One look of one specialist, as a report shows it. */
export interface ReportedReview {
  readonly specialist: string;
  readonly pass: 'heard' | 'draft';
  readonly status: string;
  readonly elapsedMs: number;
  readonly review: Review | undefined;
}

/** One turn: what was heard, who said what about it, what was spoken, and how long everything took. */
export interface ReportedTurn {
  readonly turnId: string;
  readonly heard: string;
  readonly confidence: number;
  readonly reviews: readonly ReportedReview[];
  /** What was released to be spoken, in order; `played` is what the patient heard of it. */
  readonly spoken: readonly { readonly text: string; readonly played: string; readonly source: string }[];
  /**
   * How long the turn waited for all specialists in both looks, the second at its first sentence, in milliseconds. A first
   * look that was taken in a pause, before the turn ended, costs no wait.
   */
  readonly looksMs: number;
  /** By the patient's telephone: last voiced sample to first audible answer. */
  readonly voiceToVoiceMs: number | undefined;
  /** By the patient's telephone, where the patient interrupted: first voiced sample to silence. */
  readonly yieldMs: number | undefined;
  readonly cutOff: boolean;
  /** By the gateway; see TurnTiming in conversation.proto. */
  readonly timing:
    | {
        readonly endOfTurnMs: number;
        readonly finalTextMs: number;
        readonly responseMs: number;
        readonly firstAudioMs: number;
        readonly voiceToVoiceMs: number;
      }
    | undefined;
}

export interface CallReport {
  readonly callId: string;
  readonly patientId: string;
  readonly turns: readonly ReportedTurn[];
  readonly outcome: {
    /** completed, transferred, escalated, stopped-early, or no-end when the log has no end. */
    readonly outcome: string;
    readonly reason: string;
    readonly disposition: string;
    /** Sentences that were spoken although a gate had not answered about them. Must be 0. */
    readonly sentencesPastSilentGates: number;
    /** Looks in which a gate did not answer (the call failed closed there). */
    readonly unansweredGates: number;
    readonly nurseTasks: readonly string[];
    /** Topics of the care protocol that the call left out. */
    readonly omissions: readonly string[];
  };
}

/** @throws ZodError when a line is not an event of this version */
export function loggedEvent(event: FeedEvent): LoggedEvent {
  return {
    sequence: event.sequence,
    recordedAtMs: Date.parse(event.recordedAt),
    event: callEvent.parse(event.event),
  };
}

export function foldEvents(callId: string, events: readonly LoggedEvent[]): CallState {
  return events.reduce((state, { event }) => reduce(state, event), initialState(callId));
}

/** What a finished call was, from its log and from what the patient's telephone measured. */
export function reportCall(
  callId: string,
  events: readonly LoggedEvent[],
  exchanges: readonly AnsweredExchange[],
): CallReport {
  const state = foldEvents(callId, events);
  const log = events.map(({ event }) => event);
  const turnIds = [...new Set(log.flatMap((event) => ('turnId' in event ? [event.turnId] : [])))];
  return {
    callId,
    patientId: state.patientId,
    turns: turnIds.map((turnId) => reportTurn(turnId, log, state, exchanges)),
    outcome: {
      outcome: state.ended?.outcome ?? 'no-end',
      reason: state.ended?.reason ?? '',
      disposition: state.disposition,
      sentencesPastSilentGates: countSentencesPastSilentGates(log),
      unansweredGates: state.unansweredGates,
      nurseTasks: state.nurseTasks.map((task) => task.reason),
      omissions: state.omissions.map(({ topic }) => topic),
    },
  };
}

function reportTurn(
  turnId: string,
  log: readonly CallEvent[],
  state: CallState,
  exchanges: readonly AnsweredExchange[],
): ReportedTurn {
  const ofTurn = log.filter((event) => 'turnId' in event && event.turnId === turnId);
  const heard = ofTurn.find((event) => event.type === 'utterance-heard');
  const looks = ofTurn.filter((event) => event.type === 'review-given');
  const spoken = ofTurn.filter((event) => event.type === 'sentence-released');
  const timing = log.find(
    (event) => event.type === 'turn-timed' && event.utteranceId === heard?.utterance.utteranceId,
  );
  const exchange = exchanges.find((candidate) => candidate.turnId === turnId);
  const decisions = ofTurn.filter((event) => event.type === 'decision-made');
  const waitedMs = (pass: Pass, sentenceId: string | undefined): number =>
    decisions.find((decision) => decision.pass === pass && decision.sentenceId === sentenceId)?.elapsedMs ??
    0;
  return {
    turnId,
    heard: heard?.utterance.text ?? '',
    confidence: heard?.utterance.confidence ?? 0,
    reviews: looks.map((look) => ({
      specialist: look.specialist,
      pass: look.pass === Pass.HEARD ? 'heard' : 'draft',
      status: look.status,
      elapsedMs: look.elapsedMs,
      review: look.review,
    })),
    spoken: spoken.map((sentence) => ({
      text: sentence.text,
      played: state.sentences[sentence.sentenceId]?.playedText ?? '',
      source: sentence.source,
    })),
    looksMs: waitedMs(Pass.HEARD, '') + waitedMs(Pass.DRAFT, spoken[0]?.sentenceId),
    voiceToVoiceMs: exchange?.voiceToVoiceMs,
    yieldMs: exchange?.yieldMs,
    cutOff: exchange?.cutOff ?? false,
    timing: timing?.type === 'turn-timed' ? timing : undefined,
  };
}

/**
 * Sentences released as drafted or as reviewed, for which the log does not hold an answer of every gate. Fixed
 * holding phrases and the instruction to call 911 or 988 are spoken whatever the gates do.
 */
function countSentencesPastSilentGates(log: readonly CallEvent[]): number {
  const started = log.find((event) => event.type === 'call-started');
  const gates = (started?.specialists ?? []).filter(({ gate }) => gate).map(({ specialist }) => specialist);
  return log.filter(
    (event) =>
      event.type === 'sentence-released' &&
      (event.source === 'draft' || event.source === 'review') &&
      !gates.every((gate) =>
        log.some(
          (look) =>
            look.type === 'review-given' &&
            look.pass === Pass.DRAFT &&
            look.sentenceId === event.sentenceId &&
            look.specialist === gate &&
            look.status === 'answered',
        ),
      ),
  ).length;
}

/** The conversation as it was heard by both sides, one line each, and what the call left out. */
export function transcriptText(state: CallState): string {
  const lines = state.transcript.map((line) => {
    const at = `${(line.mediaMs / 1000).toFixed(1).padStart(6)} s`;
    const speaker = line.speaker === 'patient' ? 'Patient ' : 'Asterism';
    const note = line.speaker === 'patient' ? `  (${line.confidence.toFixed(2)})` : line.complete ? '' : ' —';
    return `${at}  ${speaker}  ${line.text}${note}`;
  });
  const open = state.omissions.map(({ topic }) => topic);
  return [...lines, ...(open.length > 0 ? ['', `Not covered in this call: ${open.join(', ')}.`] : [])].join(
    '\n',
  );
}
