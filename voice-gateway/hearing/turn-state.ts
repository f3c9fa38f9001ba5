import type { EndOfTurnReason, Listening } from './end-of-turn.js';
import type { RecognisedWord, Recognition } from './recognition.js';

/** One voice activity window. Times are media milliseconds. */
export interface VoiceWindow {
  startMs: number;
  endMs: number;
  /** Probability of speech, 0 to 1. */
  probability: number;
  /** Root mean square of the samples, 0 to 1. */
  level: number;
}

/** Everything that can happen to a turn. Time passes only by what these carry. */
export type TurnInput =
  | ({ kind: 'voice' } & VoiceWindow)
  | { kind: 'recognised'; runId: number; recognition: Recognition }
  | { kind: 'recognition-failed'; runId: number }
  | { kind: 'finished'; runId: number; probability: number }
  | { kind: 'listen'; listening: Listening }
  /** Media time went on without audio: the line has stalled. */
  | { kind: 'stalled'; nowMs: number };

/** A part of an utterance that is recognised by itself. */
export interface Stretch {
  fromMs: number;
  /** Milliseconds of it that voice activity took for speech. */
  voicedMs: number;
  /** Words at its beginning of which a recognition at an earlier pause was sure. */
  draft: readonly RecognisedWord[];
}

/** A stretch whose end is decided. */
export interface SettledStretch extends Stretch {
  toMs: number;
  runId: number;
  attempts: number;
  /** Undefined while recognition runs. */
  outcome: Recognition | 'failed' | undefined;
}

/** A silence inside or after an utterance, long enough to recognise what came before. */
export interface Pause {
  runId: number;
  attempts: number;
  /** The audio that the run covers ends here. */
  toMs: number;
  outcome: Recognition | 'failed' | undefined;
  finishedAsked: boolean;
  /** Smart Turn's probability; undefined until it answers. */
  finished: number | undefined;
}

/** An utterance from its first voiced sample on. */
export interface OpenUtterance {
  number: number;
  startedMs: number;
  lastVoicedMs: number;
  settled: readonly SettledStretch[];
  stretch: Stretch;
  /** Quietest window of the stretch since cutFromMs, where it may be cut. */
  quietest: { atMs: number; level: number } | undefined;
  pause: Pause | undefined;
  /** Voiced windows in a row since the pause began. */
  resuming: number;
  /** A run of a pause that speech has ended; its result is only a partial. */
  stale: { runId: number; settledCount: number; fromMs: number; toMs: number } | undefined;
}

export interface TurnState {
  listening: Listening;
  /** The last windows before an utterance opens. */
  recent: readonly VoiceWindow[];
  utterance: OpenUtterance | undefined;
  /** Media time up to which audio has been weighed. */
  nowMs: number;
  /** Audio before this belongs to an utterance that is over. */
  floorMs: number;
  nextRunId: number;
  nextUtterance: number;
}

/** A recognised part with the media time of its first sample. */
export interface HeardPart {
  fromMs: number;
  recognition: Recognition;
}

/** What is heard of an utterance so far. */
export interface Heard {
  utteranceNumber: number;
  startedMs: number;
  lastVoicedMs: number;
  parts: readonly HeardPart[];
}

/** What the reducer wants done. */
export type TurnEffect =
  | { kind: 'speech-started'; mediaMs: number }
  | { kind: 'speech-ended'; mediaMs: number }
  /** Recognise the audio between two media times; draft holds words that are known already. */
  | {
      kind: 'recognise';
      runId: number;
      fromMs: number;
      toMs: number;
      voicedMs: number;
      draft: readonly RecognisedWord[];
    }
  /** Ask Smart Turn about the audio between two media times. */
  | { kind: 'ask-finished'; runId: number; fromMs: number; toMs: number }
  /** Nobody waits for this run any more. */
  | { kind: 'cancel'; runId: number }
  | { kind: 'partial'; heard: Heard }
  | { kind: 'final'; heard: Heard; reason: EndOfTurnReason; endOfTurnMs: number };

export interface TurnStep {
  state: TurnState;
  effects: readonly TurnEffect[];
}
