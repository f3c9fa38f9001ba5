import type { GatewayEvent } from '../../protos/generated/asterism/v1/conversation.js';
import type { Utterance } from '../../protos/generated/asterism/v1/hearing.js';
import type { PlayedSentence } from '../speaking/playback-ledger.js';
import type { CallEndReason, StopReason } from '../transports/transport.js';
import { firstSpeak, timingOf, withFirst, type TurnTimes } from './turn-times.js';

/** What is told to the conversation. */
export type ToldEvent = NonNullable<GatewayEvent['event']>;

/** A sentence that was asked for and has not ended. */
export interface LegSentence {
  readonly sentenceId: string;
  readonly interruptible: boolean;
  /** Clock time of its first audible sample; undefined while it is not audible. */
  readonly audibleAtMs: number | undefined;
}

/**
 * Everything that decides what one call leg does next. A value; legStep makes the next one. All times are
 * milliseconds of the gateway's monotonic clock.
 */
export interface LegState {
  /** ending: the agent finishes what is queued and then the call ends. */
  readonly phase: 'talking' | 'ending' | 'ended';
  /** Why the call ends, once that is decided. */
  readonly endReason: CallEndReason | undefined;
  readonly transferTo: string | undefined;
  /** In order of playback. */
  readonly sentences: readonly LegSentence[];
  readonly patientSpeaking: boolean;
  /** Agent sentences wait because the patient speaks. */
  readonly floorHeld: boolean;
  /** The patient has finished: unless the conversation stops what waits, it is said from then on. */
  readonly floorFreeAtMs: number | undefined;
  readonly startedAtMs: number;
  /** When the patient was last heard; undefined before the first time. */
  readonly patientQuietSinceMs: number | undefined;
  /** Last time either side was audible; undefined until the agent finished a first sentence. */
  readonly quietSinceMs: number | undefined;
  /** How many of the silence limits have been told since then. */
  readonly silencesTold: number;
  /** The patient's turn that waits for its answer. */
  readonly turn: TurnTimes | undefined;
  /** The conversation is gone: nothing is told any more. */
  readonly conversationLost: boolean;
}

export type LegInput =
  | { readonly type: 'speech-started'; readonly voicedAtMs: number }
  | { readonly type: 'speech-ended'; readonly voicedUntilMs: number }
  | { readonly type: 'heard-partial'; readonly utterance: Utterance }
  | {
      readonly type: 'heard-final';
      readonly utterance: Utterance;
      readonly endOfTurnReason: string;
      readonly voicedUntilMs: number;
      readonly endOfTurnAtMs: number;
      readonly finalTextAtMs: number;
      readonly nowMs: number;
    }
  | { readonly type: 'dtmf'; readonly digit: string }
  | {
      readonly type: 'speak';
      readonly sentenceId: string;
      readonly text: string;
      readonly interruptible: boolean;
      readonly nowMs: number;
    }
  | { readonly type: 'stop' }
  | { readonly type: 'hold'; readonly untilMs: number }
  | { readonly type: 'transfer'; readonly destination: string }
  | { readonly type: 'hang-up' }
  | { readonly type: 'first-audio'; readonly atMs: number }
  | { readonly type: 'first-audible'; readonly sentenceId: string; readonly atMs: number }
  | { readonly type: 'finished'; readonly played: PlayedSentence; readonly nowMs: number }
  /** What a cut effect took back. */
  | {
      readonly type: 'taken-back';
      readonly cause: CutCause;
      readonly played: readonly PlayedSentence[];
      readonly nowMs: number;
    }
  | { readonly type: 'tick'; readonly nowMs: number }
  | { readonly type: 'far-side-stopped'; readonly reason: StopReason }
  | { readonly type: 'server-stopping' }
  | { readonly type: 'conversation-lost'; readonly nowMs: number };

export type CutCause =
  { readonly kind: 'barge-in'; readonly voicedAtMs: number } | { readonly kind: 'stopped' };

export type LegEffect =
  /** atMs: when it happened; undefined means now. */
  | { readonly type: 'tell'; readonly event: ToldEvent; readonly atMs?: number }
  | {
      readonly type: 'say';
      readonly sentenceId: string;
      readonly text: string;
      readonly interruptible: boolean;
    }
  /** Answered by a taken-back input before any other input. */
  | { readonly type: 'cut'; readonly cause: CutCause; readonly keepUninterruptible: boolean }
  | { readonly type: 'hold-floor'; readonly held: boolean }
  | { readonly type: 'transfer'; readonly destination: string }
  | { readonly type: 'end'; readonly reason: CallEndReason };

/** Silence is told to the conversation after so long, in milliseconds. */
export const SILENCES_MS: readonly number[] = [8_000, 16_000, 24_000];

/** Nobody has said anything for so long and the conversation lets it be: the leg ends the call, in milliseconds. */
export const ABANDONED_MS = 120_000;

/** The patient stopped and no text came for it: the agent's waiting sentences go on, in milliseconds. */
export const FLOOR_WITHIN_MS = 4_000;

/**
 * The conversation's time to stop an answer that the patient's further words made out of date, in milliseconds;
 * then the answer is said after all, as after a cough or "mm-hm".
 */
export const STOP_WITHIN_MS = 200;

/** What is said when the conversation is lost. Fixed, because nothing is left that could check another wording. */
export const SAFE_SENTENCE =
  "I'm sorry, something went wrong on my side. A nurse will call you back. Goodbye.";

export const SAFE_SENTENCE_ID = 'leg-safe-sentence';

export function initialLegState(nowMs: number): LegState {
  return {
    phase: 'talking',
    endReason: undefined,
    transferTo: undefined,
    sentences: [],
    patientSpeaking: false,
    floorHeld: false,
    floorFreeAtMs: undefined,
    startedAtMs: nowMs,
    patientQuietSinceMs: undefined,
    quietSinceMs: undefined,
    silencesTold: 0,
    turn: undefined,
    conversationLost: false,
  };
}

export interface LegStep {
  readonly state: LegState;
  readonly effects: readonly LegEffect[];
}

/** One step of a call leg. Pure. An ended leg does nothing more. */
export function legStep(state: LegState, input: LegInput): LegStep {
  if (state.phase === 'ended') return { state, effects: [] };
  switch (input.type) {
    case 'speech-started':
      return speechStarted(state, input.voicedAtMs);
    case 'speech-ended':
      return {
        state: {
          ...state,
          patientSpeaking: false,
          patientQuietSinceMs: input.voicedUntilMs,
          ...soundUntil(state, input.voicedUntilMs),
        },
        effects: [],
      };
    case 'heard-partial':
      return {
        state,
        effects: [
          tell({ $case: 'heardPartial', value: { utterance: input.utterance, endOfTurnReason: '' } }),
        ],
      };
    case 'heard-final':
      return heardFinal(state, input);
    case 'dtmf':
      return { state, effects: [tell({ $case: 'dtmf', value: { digit: input.digit } })] };
    case 'speak':
      return speak(state, input);
    case 'stop':
      return stopped(state);
    case 'hold':
      // An announced wait is not the patient's silence.
      return { state: { ...state, ...soundUntil(state, input.untilMs) }, effects: [] };
    case 'transfer':
      return ending({ ...state, endReason: 'transferred', transferTo: input.destination });
    case 'hang-up':
      return ending({ ...state, endReason: 'agent-hung-up' });
    case 'first-audio':
      return { state: { ...state, turn: withFirst(state.turn, 'firstAudioAtMs', input.atMs) }, effects: [] };
    case 'first-audible':
      return firstAudible(state, input.sentenceId, input.atMs);
    case 'finished':
      return finished(state, input.played, input.nowMs);
    case 'taken-back':
      return takenBack(state, input);
    case 'tick':
      return tick(state, input.nowMs);
    case 'far-side-stopped':
      return endNow(state, input.reason);
    case 'server-stopping':
      return endNow(state, 'server-stopping');
    case 'conversation-lost':
      return conversationLost(state, input.nowMs);
  }
}

function tell(event: ToldEvent, atMs?: number): LegEffect {
  return atMs === undefined ? { type: 'tell', event } : { type: 'tell', event, atMs };
}

function toldPlayed(played: PlayedSentence): LegEffect {
  const { sentenceId, playedText, playedMs, complete } = played;
  return tell({ $case: 'played', value: { sentenceId, playedText, playedMs, complete, started: false } });
}

/** Sound of either side ends the silence, once the agent has spoken at all. */
function soundUntil(state: LegState, atMs: number): Partial<LegState> {
  if (state.quietSinceMs === undefined) return {};
  return { quietSinceMs: Math.max(state.quietSinceMs, atMs), silencesTold: 0 };
}

function speechStarted(state: LegState, voicedAtMs: number): LegStep {
  const speaking = { ...state, patientSpeaking: true, ...soundUntil(state, voicedAtMs) };
  const told = tell({ $case: 'speechStarted', value: {} }, voicedAtMs);
  // Once the call ends the last words are said to their end: a "bye" over the agent's goodbye is no interruption.
  if (state.phase === 'ending' || state.sentences.length === 0) return { state: speaking, effects: [told] };
  const current = state.sentences[0];
  if (current?.audibleAtMs !== undefined && current.interruptible) {
    return {
      state: speaking,
      effects: [told, { type: 'cut', cause: { kind: 'barge-in', voicedAtMs }, keepUninterruptible: true }],
    };
  }
  return {
    state: { ...speaking, floorHeld: true, floorFreeAtMs: undefined },
    effects: [told, { type: 'hold-floor', held: true }],
  };
}

function heardFinal(state: LegState, input: Extract<LegInput, { type: 'heard-final' }>): LegStep {
  const { utterance, endOfTurnReason } = input;
  const recognised = utterance.text.trim() !== '';
  const effects: LegEffect[] = [
    tell({ $case: 'heardFinal', value: { utterance, endOfTurnReason } }, input.voicedUntilMs),
  ];
  // What waits may be out of date now; the conversation decides, and has a moment to stop it.
  const waits = state.floorHeld && state.sentences.length > 0;
  if (state.floorHeld && !waits) effects.push({ type: 'hold-floor', held: false });
  const turn: TurnTimes = {
    utteranceId: utterance.utteranceId,
    voicedUntilMs: input.voicedUntilMs,
    endOfTurnAtMs: input.endOfTurnAtMs,
    finalTextAtMs: input.finalTextAtMs,
    finalSentAtMs: input.nowMs,
    firstSpeakAtMs: undefined,
    firstAudioAtMs: undefined,
  };
  return {
    state: {
      ...state,
      patientSpeaking: false,
      patientQuietSinceMs: input.voicedUntilMs,
      floorHeld: waits,
      floorFreeAtMs: waits ? input.nowMs + STOP_WITHIN_MS : undefined,
      turn: recognised ? turn : state.turn,
      ...soundUntil(state, input.voicedUntilMs),
    },
    effects,
  };
}

function speak(state: LegState, input: Extract<LegInput, { type: 'speak' }>): LegStep {
  const { sentenceId, text, interruptible } = input;
  const sentence: LegSentence = { sentenceId, interruptible, audibleAtMs: undefined };
  const effects: LegEffect[] = [{ type: 'say', sentenceId, text, interruptible }];
  // The patient speaks again before the answer began: it waits until that is understood.
  const waits = state.phase === 'talking' && state.patientSpeaking;
  if (waits !== state.floorHeld) effects.unshift({ type: 'hold-floor', held: waits });
  return {
    state: {
      ...state,
      sentences: [...state.sentences, sentence],
      floorHeld: waits,
      floorFreeAtMs: undefined,
      turn: firstSpeak(state.turn, input.nowMs),
    },
    effects,
  };
}

function firstAudible(state: LegState, sentenceId: string, atMs: number): LegStep {
  const effects: LegEffect[] = [
    tell(
      { $case: 'played', value: { sentenceId, playedText: '', playedMs: 0, complete: false, started: true } },
      atMs,
    ),
  ];
  const timing = state.turn && timingOf(state.turn, atMs);
  if (timing) effects.push(tell({ $case: 'turnTiming', value: timing }, atMs));
  const sentences = state.sentences.map((sentence) =>
    sentence.sentenceId === sentenceId ? { ...sentence, audibleAtMs: atMs } : sentence,
  );
  return {
    state: { ...state, sentences, turn: timing ? undefined : state.turn, ...soundUntil(state, atMs) },
    effects,
  };
}

function finished(state: LegState, played: PlayedSentence, nowMs: number): LegStep {
  return endIfDone(
    {
      ...state,
      sentences: state.sentences.filter((sentence) => sentence.sentenceId !== played.sentenceId),
      quietSinceMs: Math.max(state.quietSinceMs ?? nowMs, nowMs),
      silencesTold: 0,
    },
    [toldPlayed(played)],
  );
}

function takenBack(state: LegState, input: Extract<LegInput, { type: 'taken-back' }>): LegStep {
  const { cause, played, nowMs } = input;
  const effects: LegEffect[] = [];
  const first = played[0];
  const cut = state.sentences.find((sentence) => sentence.sentenceId === first?.sentenceId);
  if (cause.kind === 'barge-in' && first && cut?.audibleAtMs !== undefined && !first.complete) {
    // Before the agent was audible nothing had to yield.
    const overAgentSinceMs = Math.max(cause.voicedAtMs, cut.audibleAtMs);
    const yieldMs = Math.max(0, nowMs - overAgentSinceMs);
    effects.push(
      tell({ $case: 'bargeIn', value: { sentenceId: first.sentenceId, playedMs: first.playedMs, yieldMs } }),
    );
  }
  effects.push(...played.map(toldPlayed));
  const gone = new Set(played.map((each) => each.sentenceId));
  return endIfDone(
    {
      ...state,
      sentences: state.sentences
        .filter((sentence) => !gone.has(sentence.sentenceId))
        // What is kept begins again from its first word.
        .map((sentence) => ({ ...sentence, audibleAtMs: undefined })),
      quietSinceMs: Math.max(state.quietSinceMs ?? nowMs, nowMs),
    },
    effects,
  );
}

/** The conversation takes back everything it asked for; what it asks for next need not wait. */
function stopped(state: LegState): LegStep {
  const effects: LegEffect[] = [];
  if (state.sentences.length > 0) {
    effects.push({ type: 'cut', cause: { kind: 'stopped' }, keepUninterruptible: false });
  }
  const free = state.floorHeld && !state.patientSpeaking;
  if (free) effects.push({ type: 'hold-floor', held: false });
  return { state: free ? { ...state, floorHeld: false, floorFreeAtMs: undefined } : state, effects };
}

function ending(state: LegState): LegStep {
  // What is queued is said now, whoever speaks.
  const effects: LegEffect[] = state.floorHeld ? [{ type: 'hold-floor', held: false }] : [];
  return endIfDone({ ...state, phase: 'ending', floorHeld: false }, effects);
}

function endIfDone(state: LegState, effects: readonly LegEffect[]): LegStep {
  if (state.phase !== 'ending' || state.sentences.length > 0) return { state, effects };
  const reason = state.endReason ?? 'agent-hung-up';
  const transfer: LegEffect[] =
    state.transferTo === undefined ? [] : [{ type: 'transfer', destination: state.transferTo }];
  return over(state, reason, [...effects, ...transfer]);
}

/** Ends whatever is going on, and says of every sentence what became of it. */
function endNow(state: LegState, reason: CallEndReason): LegStep {
  if (state.sentences.length === 0) return over(state, reason, []);
  const cut: LegEffect = { type: 'cut', cause: { kind: 'stopped' }, keepUninterruptible: false };
  return { state: { ...state, phase: 'ending', endReason: reason, transferTo: undefined }, effects: [cut] };
}

function over(state: LegState, reason: CallEndReason, effects: readonly LegEffect[]): LegStep {
  return {
    state: { ...state, phase: 'ended', endReason: reason },
    effects: [...effects, tell({ $case: 'callEnded', value: { reason } }), { type: 'end', reason }],
  };
}

function tick(state: LegState, nowMs: number): LegStep {
  if (state.phase !== 'talking') return { state, effects: [] };
  const quiet = state.sentences.length === 0 && !state.patientSpeaking;
  const silenceMs = quiet ? nowMs - (state.quietSinceMs ?? nowMs) : 0;
  const abandoned = quiet && nowMs - (state.quietSinceMs ?? state.startedAtMs) >= ABANDONED_MS;
  if (abandoned) return ending({ ...state, endReason: 'agent-hung-up' });
  const limitMs = SILENCES_MS[state.silencesTold];
  if (limitMs !== undefined && silenceMs >= limitMs) {
    return {
      state: { ...state, silencesTold: state.silencesTold + 1 },
      effects: [tell({ $case: 'silenceElapsed', value: { silenceMs } })],
    };
  }
  const patientQuietMs = nowMs - (state.patientQuietSinceMs ?? nowMs);
  const answered = state.floorFreeAtMs !== undefined && nowMs >= state.floorFreeAtMs;
  if (state.floorHeld && !state.patientSpeaking && (answered || patientQuietMs >= FLOOR_WITHIN_MS)) {
    return {
      state: { ...state, floorHeld: false, floorFreeAtMs: undefined },
      effects: [{ type: 'hold-floor', held: false }],
    };
  }
  return { state, effects: [] };
}

function conversationLost(state: LegState, nowMs: number): LegStep {
  // After hang-up or transfer the conversation may close its stream first: the leg goes on to its end alone.
  if (state.phase === 'ending') return { state: { ...state, conversationLost: true }, effects: [] };
  const cut: LegEffect = { type: 'cut', cause: { kind: 'stopped' }, keepUninterruptible: false };
  const safe: LegEffect = {
    type: 'say',
    sentenceId: SAFE_SENTENCE_ID,
    text: SAFE_SENTENCE,
    interruptible: false,
  };
  return {
    state: {
      ...state,
      phase: 'ending',
      endReason: 'agent-hung-up',
      conversationLost: true,
      floorHeld: false,
      quietSinceMs: nowMs,
      sentences: [
        ...state.sentences,
        { sentenceId: SAFE_SENTENCE_ID, interruptible: false, audibleAtMs: undefined },
      ],
    },
    effects: [{ type: 'hold-floor', held: false }, ...(state.sentences.length > 0 ? [cut] : []), safe],
  };
}
