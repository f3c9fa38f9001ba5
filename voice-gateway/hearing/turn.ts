import { requiredSilence, type EndOfTurnReason, type Listening } from './end-of-turn.js';
import { sureBeginning } from './draft.js';
import { AwaitedAnswer } from '../../protos/generated/asterism/v1/hearing.js';
import { textOf } from './recognition.js';
import { turnSettings as settings } from './turn-settings.js';
import type {
  Heard,
  HeardPart,
  OpenUtterance,
  Pause,
  SettledStretch,
  Stretch,
  TurnEffect,
  TurnInput,
  TurnState,
  TurnStep,
  VoiceWindow,
} from './turn-state.js';
import { wordsSoFar } from './words-so-far.js';

/** A call at its beginning. */
export function openTurn(listening: Listening): TurnState {
  return {
    listening,
    recent: [],
    utterance: undefined,
    nowMs: 0,
    floorMs: 0,
    nextRunId: 1,
    nextUtterance: 1,
  };
}

/** Media time from which audio must be kept, in milliseconds. */
export function audioNeededFromMs(state: TurnState): number {
  const { utterance } = state;
  if (!utterance) return Math.max(state.floorMs, state.nowMs - settings.preRollMs - 500);
  const waiting = utterance.settled.filter((stretch) => stretch.outcome === undefined);
  return Math.min(
    utterance.stretch.fromMs,
    state.nowMs - SMART_TURN_MS,
    ...waiting.map((stretch) => stretch.fromMs),
  );
}

/** Length of audio that Smart Turn looks at. */
const SMART_TURN_MS = 8_000;

/**
 * The turn machine: one input in, the next state and what to do out. Pure; every decision about when a
 * patient begins, pauses, goes on and has finished is made here.
 */
export function turn(state: TurnState, input: TurnInput): TurnStep {
  switch (input.kind) {
    case 'listen':
      return decide({ state: { ...state, listening: input.listening }, effects: [] });
    case 'voice':
      return hearWindow({ ...state, nowMs: input.endMs }, input);
    case 'stalled':
      return passSilence({ ...state, nowMs: Math.max(state.nowMs, input.nowMs) });
    case 'finished':
      return withPause(state, input.runId, (pause) => ({ ...pause, finished: input.probability }));
    case 'recognised':
      return settleRun(state, input.runId, input.recognition);
    case 'recognition-failed':
      return settleRun(state, input.runId, 'failed');
  }
}

function hearWindow(state: TurnState, window: VoiceWindow): TurnStep {
  const { utterance } = state;
  if (!utterance) return hearBeforeSpeech(state, window);
  const voiced = window.probability >= settings.voiceGoesOn;
  if (!utterance.pause) return voiced ? goOn(state, utterance, window) : passSilence(state);
  const resuming = window.probability >= settings.voiceBegins ? utterance.resuming + 1 : 0;
  const next = { ...state, utterance: { ...utterance, resuming } };
  if (resuming >= 2 || window.probability >= settings.surelyVoice)
    return resume(next, utterance, window, resuming);
  // One doubtful window neither resumes the turn nor lets it end before the next window is weighed.
  return resuming > 0 ? { state: next, effects: [] } : passSilence(next);
}

function hearBeforeSpeech(state: TurnState, window: VoiceWindow): TurnStep {
  const recent = [...state.recent, window].slice(-settings.startOf);
  const voiced = recent.filter((each) => each.probability >= settings.voiceBegins);
  const [first] = voiced;
  if (!first || voiced.length < settings.startWindows) return { state: { ...state, recent }, effects: [] };
  const utterance: OpenUtterance = {
    number: state.nextUtterance,
    startedMs: first.startMs,
    lastVoicedMs: window.endMs,
    settled: [],
    stretch: {
      fromMs: Math.max(state.floorMs, first.startMs - settings.preRollMs, 0),
      voicedMs: window.endMs - first.startMs,
      draft: [],
    },
    quietest: undefined,
    pause: undefined,
    resuming: 0,
    stale: undefined,
  };
  return {
    state: { ...state, recent: [], utterance, nextUtterance: state.nextUtterance + 1 },
    effects: [{ kind: 'speech-started', mediaMs: first.startMs }],
  };
}

/** A voiced window inside speech. */
function goOn(state: TurnState, utterance: OpenUtterance, window: VoiceWindow): TurnStep {
  const stretch = {
    ...utterance.stretch,
    voicedMs: utterance.stretch.voicedMs + window.endMs - Math.max(utterance.lastVoicedMs, window.startMs),
  };
  const mayCut = window.startMs - stretch.fromMs >= settings.cutFromMs;
  const middle = { atMs: (window.startMs + window.endMs) / 2, level: window.level };
  const quieter = mayCut && (!utterance.quietest || window.level <= utterance.quietest.level);
  const next: OpenUtterance = {
    ...utterance,
    stretch,
    lastVoicedMs: window.endMs,
    quietest: quieter ? middle : utterance.quietest,
  };
  const open = { ...state, utterance: next };
  return window.endMs - stretch.fromMs >= settings.longestStretchMs
    ? cut(open, next)
    : { state: open, effects: [] };
}

/** Speech without a pause has reached what the recogniser can hear at once: cut it where it is quietest. */
function cut(state: TurnState, utterance: OpenUtterance): TurnStep {
  const { stretch } = utterance;
  const atMs = utterance.quietest?.atMs ?? utterance.lastVoicedMs;
  const share = (atMs - stretch.fromMs) / (utterance.lastVoicedMs - stretch.fromMs);
  const runId = state.nextRunId;
  const settled: SettledStretch = {
    fromMs: stretch.fromMs,
    toMs: atMs,
    voicedMs: stretch.voicedMs * share,
    draft: [],
    runId,
    attempts: 1,
    outcome: undefined,
  };
  const next: OpenUtterance = {
    ...utterance,
    settled: [...utterance.settled, settled],
    stretch: { fromMs: atMs, voicedMs: stretch.voicedMs * (1 - share), draft: [] },
    quietest: undefined,
  };
  return { state: { ...state, utterance: next, nextRunId: runId + 1 }, effects: [recogniseEffect(settled)] };
}

/** Voice after a pause: the same turn goes on. What the pause recognised becomes a partial, or is settled. */
function resume(state: TurnState, utterance: OpenUtterance, window: VoiceWindow, resuming: number): TurnStep {
  const { pause, stretch } = utterance;
  if (!pause) return { state, effects: [] };
  const windowMs = window.endMs - window.startMs;
  const beganMs = window.endMs - windowMs * Math.max(1, resuming);
  const silenceMs = beganMs - utterance.lastVoicedMs;
  const settles =
    silenceMs >= settings.settlePauseMs &&
    pause.outcome !== 'failed' &&
    (pause.toMs - stretch.fromMs >= settings.settleAfterMs || endsSentence(pause, stretch));
  const settledStretch = { ...stretch, toMs: pause.toMs, runId: pause.runId, attempts: pause.attempts };
  const voicedMs = window.endMs - beganMs;
  const next: OpenUtterance = {
    ...utterance,
    lastVoicedMs: window.endMs,
    resuming: 0,
    pause: undefined,
    quietest: undefined,
    settled: settles
      ? [...utterance.settled, { ...settledStretch, outcome: pause.outcome }]
      : utterance.settled,
    stretch: settles
      ? { fromMs: Math.max(pause.toMs, beganMs - settings.preRollMs), voicedMs, draft: [] }
      : {
          ...stretch,
          voicedMs: stretch.voicedMs + voicedMs,
          draft: draftOf(pause.outcome, pause.toMs, stretch),
        },
    stale:
      settles || pause.outcome !== undefined
        ? undefined
        : {
            runId: pause.runId,
            settledCount: utterance.settled.length,
            fromMs: stretch.fromMs,
            toMs: pause.toMs,
          },
  };
  return { state: { ...state, utterance: next }, effects: [{ kind: 'speech-started', mediaMs: beganMs }] };
}

/** What a recognition that ended at toMs gives the next one over the same stretch to start from. */
function draftOf(outcome: Pause['outcome'], toMs: number, stretch: Stretch): Stretch['draft'] {
  if (typeof outcome !== 'object' || outcome.doubted) return stretch.draft;
  return sureBeginning(outcome.words, toMs - stretch.fromMs);
}

/** True when the pause came after a whole sentence, so that the next one can be recognised by itself. */
function endsSentence(pause: Pause, stretch: Stretch): boolean {
  if (typeof pause.outcome !== 'object' || (pause.finished ?? 0) < settings.ratherFinished) return false;
  if (pause.toMs - stretch.fromMs < settings.settleSentenceAfterMs) return false;
  return wordsSoFar(textOf(pause.outcome.words), AwaitedAnswer.OPEN, []) === 'complete';
}

/** Silence goes on: a pause opens, Smart Turn is asked, or the turn ends. */
function passSilence(state: TurnState): TurnStep {
  const { utterance } = state;
  if (!utterance) return { state, effects: [] };
  const silenceMs = state.nowMs - utterance.lastVoicedMs;
  const effects: TurnEffect[] = [];
  let { pause } = utterance;
  let nextRunId = state.nextRunId;
  if (!pause && silenceMs >= settings.recogniseAfterMs) {
    const runId = nextRunId++;
    pause = {
      runId,
      attempts: 1,
      toMs: state.nowMs,
      outcome: undefined,
      finishedAsked: false,
      finished: undefined,
    };
    if (utterance.stale) effects.push({ kind: 'cancel', runId: utterance.stale.runId });
    effects.push({ kind: 'speech-ended', mediaMs: utterance.lastVoicedMs });
    effects.push(recogniseEffect({ ...utterance.stretch, toMs: pause.toMs, runId }));
  }
  if (pause && !pause.finishedAsked && silenceMs >= settings.askTurnAfterMs) {
    pause = { ...pause, finishedAsked: true };
    const fromMs = Math.max(startOfAudio(utterance), state.nowMs - SMART_TURN_MS);
    effects.push({ kind: 'ask-finished', runId: pause.runId, fromMs, toMs: state.nowMs });
  }
  const next = { ...utterance, pause, stale: pause ? undefined : utterance.stale };
  return decide({ state: { ...state, utterance: next, nextRunId }, effects });
}

function startOfAudio(utterance: OpenUtterance): number {
  return utterance.settled[0]?.fromMs ?? utterance.stretch.fromMs;
}

/** A recognition run has ended: for the open pause, for a settled stretch, or too late for either. */
function settleRun(state: TurnState, runId: number, outcome: Pause['outcome']): TurnStep {
  const { utterance } = state;
  if (!utterance) return { state, effects: [] };
  const settled = utterance.settled.find((stretch) => stretch.runId === runId);
  if (settled) {
    if (outcome === 'failed' && settled.attempts < settings.recognitionAttempts) {
      const again = { ...settled, attempts: settled.attempts + 1 };
      return { state: withSettled(state, utterance, runId, again), effects: [recogniseEffect(again)] };
    }
    return decide({ state: withSettled(state, utterance, runId, { ...settled, outcome }), effects: [] });
  }
  const { pause, stale } = utterance;
  if (pause?.runId === runId) {
    if (outcome === 'failed' && pause.attempts < settings.recognitionAttempts) {
      const again = { ...pause, attempts: pause.attempts + 1 };
      return {
        state: { ...state, utterance: { ...utterance, pause: again } },
        effects: [recogniseEffect({ ...utterance.stretch, toMs: pause.toMs, runId })],
      };
    }
    const recognised = { ...state, utterance: { ...utterance, pause: { ...pause, outcome } } };
    const step = decide({ state: recognised, effects: [] });
    if (step.state.utterance === undefined || outcome === undefined || outcome === 'failed') return step;
    const heard = heardSoFar(utterance, { fromMs: utterance.stretch.fromMs, recognition: outcome });
    return { state: step.state, effects: [...step.effects, { kind: 'partial', heard }] };
  }
  if (stale?.runId === runId && outcome !== undefined) {
    const next = { ...state, utterance: { ...utterance, stale: undefined } };
    if (outcome === 'failed' || stale.settledCount !== utterance.settled.length)
      return { state: next, effects: [] };
    const heard = heardSoFar(utterance, { fromMs: stale.fromMs, recognition: outcome });
    const stretch = { ...utterance.stretch, draft: draftOf(outcome, stale.toMs, utterance.stretch) };
    return {
      state: { ...next, utterance: { ...next.utterance, stretch } },
      effects: [{ kind: 'partial', heard }],
    };
  }
  return { state, effects: [] };
}

function withSettled(
  state: TurnState,
  utterance: OpenUtterance,
  runId: number,
  by: SettledStretch,
): TurnState {
  const settled = utterance.settled.map((stretch) => (stretch.runId === runId ? by : stretch));
  return { ...state, utterance: { ...utterance, settled } };
}

function withPause(state: TurnState, runId: number, change: (pause: Pause) => Pause): TurnStep {
  const { utterance } = state;
  if (utterance?.pause?.runId !== runId) return { state, effects: [] };
  return decide({
    state: { ...state, utterance: { ...utterance, pause: change(utterance.pause) } },
    effects: [],
  });
}

/** Ends the turn when silence, words and sound allow it and every part has been recognised. */
function decide(step: TurnStep): TurnStep {
  const { state } = step;
  const { utterance, nowMs } = state;
  const pause = utterance?.pause;
  if (!utterance || !pause || utterance.resuming > 0) return step;
  const silenceMs = nowMs - utterance.lastVoicedMs;
  const outcomes = [...utterance.settled.map((stretch) => stretch.outcome), pause.outcome];
  const given = silenceMs >= settings.recognitionLimitMs;
  if (outcomes.includes(undefined) && !given) return step;
  const last =
    typeof pause.outcome === 'object'
      ? { fromMs: utterance.stretch.fromMs, recognition: pause.outcome }
      : undefined;
  const heard = heardSoFar(utterance, last);
  const text = heard.parts.map((part) => textOf(part.recognition.words)).join(' ');
  const required = requiredSilence(text, pause.finished, state.listening);
  if (silenceMs < required.silenceMs) return step;
  const lost = given || outcomes.includes('failed');
  const reason: EndOfTurnReason = lost ? 'recognition-failed' : required.reason;
  const runs = [...utterance.settled.filter((stretch) => stretch.outcome === undefined), pause];
  const abandoned = runs
    .filter(
      (run) =>
        run.outcome === undefined || (run === pause && pause.finishedAsked && pause.finished === undefined),
    )
    .map((run): TurnEffect => ({ kind: 'cancel', runId: run.runId }));
  return {
    state: { ...state, utterance: undefined, recent: [], floorMs: utterance.lastVoicedMs },
    effects: [...step.effects, ...abandoned, { kind: 'final', heard, reason, endOfTurnMs: nowMs }],
  };
}

function heardSoFar(utterance: OpenUtterance, last: HeardPart | undefined): Heard {
  const parts = utterance.settled.flatMap(({ fromMs, outcome }) =>
    typeof outcome === 'object' ? [{ fromMs, recognition: outcome }] : [],
  );
  return {
    utteranceNumber: utterance.number,
    startedMs: utterance.startedMs,
    lastVoicedMs: utterance.lastVoicedMs,
    parts: last ? [...parts, last] : parts,
  };
}

function recogniseEffect(run: Stretch & { runId: number; toMs: number }): TurnEffect {
  const { runId, fromMs, toMs, voicedMs, draft } = run;
  return { kind: 'recognise', runId, fromMs, toMs, voicedMs, draft };
}
