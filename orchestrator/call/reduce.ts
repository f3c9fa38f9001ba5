import { AwaitedAnswer } from '../../protos/generated/asterism/v1/hearing.js';
import { Disposition, Pass, Verdict, Verification } from '../../protos/generated/asterism/v1/specialist.js';
import { moreUrgent } from './disposition.js';
import { PATIENT_SPOKE_FIRST, type CallEvent, type CallEventOf } from './events.js';
import { followUpSpoken, followUpWithheld, reduceJobs } from './jobs.js';
import type { CallState, SentenceState, TranscriptLine } from './state.js';

/** The state of a call before its first event. */
export function initialState(callId: string): CallState {
  return {
    callId,
    patientId: '',
    protocolId: '',
    localDate: undefined,
    versions: {},
    specialists: [],
    verification: Verification.UNVERIFIED,
    recordingConsented: false,
    transcript: [],
    sentences: {},
    items: {},
    position: undefined,
    findings: [],
    jobs: [],
    followUps: [],
    nurseTasks: [],
    omissions: [],
    disposition: Disposition.NONE,
    questionOf: '',
    unansweredGates: 0,
    uncheckedTurns: 0,
    lastUncheckedTurn: '',
    pendingQuestion: undefined,
    askedItemId: '',
    listening: { awaited: AwaitedAnswer.OPEN, vocabulary: [], patience: 1 },
    silences: 0,
    escalations: [],
    closing: undefined,
    ended: undefined,
  };
}

/** The state after an event. Pure: folding a call's log gives the state the call had. */
export function reduce(state: CallState, event: CallEvent): CallState {
  switch (event.type) {
    case 'call-started':
      return {
        ...state,
        patientId: event.patientId,
        protocolId: event.protocolId,
        localDate: event.localDate,
        versions: event.versions,
        specialists: event.specialists.map((member) => ({ ...member, lost: false })),
      };
    case 'utterance-heard':
      return { ...state, silences: 0, transcript: inMediaOrder(state.transcript, heardLine(event)) };
    case 'dtmf-received':
      return { ...state, silences: 0 };
    case 'silence-elapsed':
      return { ...state, silences: state.silences + 1 };
    case 'review-given':
    case 'record-written':
    case 'turn-timed':
    case 'barged-in':
      return state;
    case 'decision-made':
      return decided(state, event);
    case 'job-started':
    case 'job-progressed':
    case 'job-ended':
    case 'follow-up-due':
      return reduceJobs(state, event);
    case 'findings-noted':
      return {
        ...state,
        findings: [
          ...state.findings,
          ...event.facts.map((fact) => ({ turnId: event.turnId, specialist: event.specialist, fact })),
        ],
      };
    case 'verification-changed':
      return { ...state, verification: event.verification };
    case 'recording-consent':
      return { ...state, recordingConsented: event.granted };
    case 'item-changed':
      return itemChanged(state, event);
    case 'primary-moved':
      return { ...state, position: event.position };
    case 'sentence-drafted':
      return withSentence(state, {
        sentenceId: event.sentenceId,
        turnId: event.turnId,
        text: event.text,
        status: 'drafted',
        playedText: '',
        interruptible: true,
      });
    case 'sentence-released':
      return {
        ...followUpSpoken(
          withSentence(state, {
            sentenceId: event.sentenceId,
            turnId: event.turnId,
            text: event.text,
            status: 'released',
            playedText: '',
            interruptible: event.interruptible,
          }),
          event.text,
        ),
        uncheckedTurns: event.source === 'draft' || event.source === 'review' ? 0 : state.uncheckedTurns,
      };
    case 'sentence-withheld': {
      const sentence = state.sentences[event.sentenceId];
      if (!sentence) return state;
      const after = withSentence(state, { ...sentence, status: 'withheld' });
      return event.reason === PATIENT_SPOKE_FIRST ? after : followUpWithheld(after, sentence.text);
    }
    case 'sentence-played':
      return played(state, event);
    case 'escalation-raised':
      return {
        ...state,
        disposition: moreUrgent(state.disposition, event.disposition),
        escalations: [
          ...state.escalations,
          {
            turnId: event.turnId,
            specialist: event.specialist,
            disposition: event.disposition,
            reason: event.reason,
          },
        ],
      };
    case 'nurse-task-added':
      return {
        ...state,
        disposition: moreUrgent(state.disposition, event.disposition),
        nurseTasks: [
          ...state.nurseTasks,
          { turnId: event.turnId, reason: event.reason, disposition: event.disposition },
        ],
      };
    case 'omissions-noted':
      return { ...state, omissions: event.items.map(({ itemId, topic }) => ({ itemId, topic })) };
    case 'specialist-lost':
      return withSpecialist(state, event.specialist, true);
    case 'specialist-back':
      return withSpecialist(state, event.specialist, false);
    case 'listening-changed':
      return {
        ...state,
        listening: { awaited: event.awaited, vocabulary: event.vocabulary, patience: event.patience },
      };
    case 'hang-up-requested':
      return { ...state, closing: { kind: 'hang-up', reason: event.reason } };
    case 'transfer-requested':
      return { ...state, closing: { kind: 'transfer', reason: event.destination } };
    case 'call-ended':
      return { ...state, ended: { reason: event.reason, outcome: event.outcome } };
    default:
      return unknownEvent(event);
  }
}

function heardLine(event: CallEventOf<'utterance-heard'>): TranscriptLine {
  return {
    speaker: 'patient',
    turnId: event.turnId,
    text: event.utterance.text,
    mediaMs: event.utterance.endedMs > 0 ? event.utterance.endedMs : event.mediaMs,
    confidence: event.utterance.confidence,
    complete: true,
  };
}

/**
 * A question counts as asked only when the patient heard something of its turn; until then it is
 * pending. A later first look without a question takes an old one away.
 */
function decided(state: CallState, event: CallEventOf<'decision-made'>): CallState {
  const silent = event.unansweredGates.length > 0;
  const counted = silent && event.turnId !== state.lastUncheckedTurn;
  const counts = {
    unansweredGates: state.unansweredGates + (silent ? 1 : 0),
    uncheckedTurns: state.uncheckedTurns + (counted ? 1 : 0),
    lastUncheckedTurn: silent ? event.turnId : state.lastUncheckedTurn,
  };
  if (event.verdict === Verdict.ASK) {
    return { ...state, ...counts, pendingQuestion: { specialist: event.winner, turnId: event.turnId } };
  }
  if (event.pass === Pass.HEARD) return { ...state, ...counts, pendingQuestion: undefined, questionOf: '' };
  return { ...state, ...counts };
}

function itemChanged(state: CallState, event: CallEventOf<'item-changed'>): CallState {
  const before = state.items[event.itemId];
  const waits = event.status === 'asked' || event.status === 'partial';
  const stillAsked = state.askedItemId === event.itemId ? '' : state.askedItemId;
  return {
    ...state,
    askedItemId: waits ? event.itemId : stillAsked,
    items: {
      ...state.items,
      [event.itemId]: {
        itemId: event.itemId,
        status: event.status,
        value: event.value,
        evidence:
          event.status === 'asked' ? (before?.evidence ?? []) : [...(before?.evidence ?? []), event.turnId],
      },
    },
  };
}

function played(state: CallState, event: CallEventOf<'sentence-played'>): CallState {
  const sentence = state.sentences[event.sentenceId];
  if (!sentence) return state;
  const after = withSentence(state, {
    ...sentence,
    status: event.complete ? 'played' : 'cut',
    playedText: event.playedText,
  });
  if (event.playedText === '') return after;
  const asked = state.pendingQuestion?.turnId === sentence.turnId ? state.pendingQuestion : undefined;
  return {
    ...after,
    ...(asked ? { questionOf: asked.specialist, pendingQuestion: undefined } : {}),
    transcript: inMediaOrder(state.transcript, {
      speaker: 'agent',
      turnId: sentence.turnId,
      text: event.playedText,
      mediaMs: event.mediaMs,
      confidence: 1,
      complete: event.complete,
    }),
  };
}

/** Inserts by media time; lines of the same time keep the order in which they were recorded. */
function inMediaOrder(lines: readonly TranscriptLine[], line: TranscriptLine): readonly TranscriptLine[] {
  let place = lines.length;
  while (place > 0 && (lines[place - 1]?.mediaMs ?? 0) > line.mediaMs) place--;
  return [...lines.slice(0, place), line, ...lines.slice(place)];
}

function withSentence(state: CallState, sentence: SentenceState): CallState {
  return { ...state, sentences: { ...state.sentences, [sentence.sentenceId]: sentence } };
}

function withSpecialist(state: CallState, specialist: string, lost: boolean): CallState {
  return {
    ...state,
    specialists: state.specialists.map((member) =>
      member.specialist === specialist ? { ...member, lost } : member,
    ),
  };
}

function unknownEvent(event: never): never {
  throw new TypeError(`unknown call event: ${JSON.stringify(event)}`);
}
