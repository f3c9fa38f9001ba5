import {
  type AwaitedAnswer,
  AwaitedAnswer as Awaited,
  type Utterance,
} from '../../protos/generated/asterism/v1/hearing.js';
import type { Clock } from '../../platform/clock.js';
import { AsterismError, messageOf } from '../../platform/errors.js';
import { log } from '../../platform/log.js';
import { SAMPLES_PER_MS } from '../audio/frame.js';
import { rms } from '../audio/level.js';
import { AudioHistory } from './audio-history.js';
import type { EndOfTurnReason } from './end-of-turn.js';
import { utteranceOf } from './heard-utterance.js';
import type { HearingInference } from './hearing-workers.js';
import type { TurnEffect, TurnInput, TurnState } from './turn-state.js';
import { audioNeededFromMs, openTurn, turn } from './turn.js';
import { VAD_WINDOW, VAD_WINDOW_MS } from './voice-window.js';

/** What an ear reports. Times are media time in milliseconds. */
export interface EarEvents {
  /** Voice has begun, at the beginning of an utterance or after a pause inside one: its first voiced sample. */
  speechStarted(event: { mediaMs: number }): void;
  /** What is recognised of an utterance that has not ended; the final one has the same utteranceId. */
  partial(utterance: Utterance): void;
  /**
   * The end of a turn. Every utterance that speechStarted opened ends with exactly one, also when no
   * words were found (the text is empty then, and the reason is no-words or recognition-failed).
   */
  final(heard: {
    utterance: Utterance;
    endOfTurnReason: EndOfTurnReason;
    lastVoicedMs: number;
    /** When silence, words and sound together ended the turn. */
    endOfTurnMs: number;
    /** When this event was sent. */
    finalTextMs: number;
  }): void;
  /** A pause has begun: its last voiced sample. */
  speechEnded(event: { mediaMs: number }): void;
}

/** Hears one call: frames go in at their media time, events come out. */
export interface Ear {
  /**
   * Takes one frame. Never blocks: inference happens in workers. Gaps are heard as silence, frames from
   * the past are ignored, samples that are no numbers are silence.
   * @param frame 16 kHz float32
   * @param mediaMs media time of its first sample
   */
  hear(frame: Float32Array, mediaMs: number): void;
  /** Says what answer is awaited, which words are likely, and how patiently to wait (1 is ordinary). */
  listen(listening: { awaited: AwaitedAnswer; vocabulary: readonly string[]; patience: number }): void;
  /** Ends hearing; nothing is reported afterwards. Idempotent. */
  close(): void;
}

/** A gap up to this long is filled with silence; after a longer one hearing begins anew. */
const LONGEST_FILLED_GAP_MS = 2_000;
/** Frames missing for this long while somebody speaks count as a stalled line. */
const STALLED_AFTER_MS = 300;
const STALL_CHECK_MS = 100;
/** Loudness above which a window counts as voice while the voice activity model is down. */
const LOUD_RMS = 0.02;
const LOUD_PROBABILITY = 0.6;

/** The ear of one call: feeds the turn machine and carries out what it asks for. */
export class CallEar implements Ear {
  readonly #events: EarEvents;
  readonly #clock: Clock;
  readonly #models: HearingInference;
  readonly #callId: number;
  readonly #history = new AudioHistory();
  readonly #runs = new Map<string, AbortController>();
  #state: TurnState = openTurn({ awaited: Awaited.OPEN, vocabulary: [], patience: 1 });
  #window = new Float32Array(VAD_WINDOW);
  #windowFill = 0;
  #lastFrameAtMs: number | undefined;
  #cancelStallCheck: (() => void) | undefined;
  #closed = false;

  constructor(events: EarEvents, clock: Clock, models: HearingInference, callId: number) {
    this.#events = events;
    this.#clock = clock;
    this.#models = models;
    this.#callId = callId;
  }

  hear(frame: Float32Array, mediaMs: number): void {
    if (this.#closed || !Number.isFinite(mediaMs)) return;
    if (this.#lastFrameAtMs === undefined) this.#history.startAt(mediaMs);
    this.#lastFrameAtMs = this.#clock.nowMs();
    const offsetMs = this.#history.offsetOf(mediaMs);
    if (offsetMs < 0) return;
    if (offsetMs > LONGEST_FILLED_GAP_MS) {
      this.#step({ kind: 'stalled', nowMs: mediaMs });
      this.#history.startAt(mediaMs);
      this.#windowFill = 0;
    } else if (offsetMs > 0) {
      this.#take(new Float32Array(Math.round(offsetMs * SAMPLES_PER_MS)));
    }
    this.#take(frame.map((sample) => (Number.isFinite(sample) ? Math.min(1, Math.max(-1, sample)) : 0)));
  }

  listen(listening: { awaited: AwaitedAnswer; vocabulary: readonly string[]; patience: number }): void {
    if (!this.#closed) this.#step({ kind: 'listen', listening });
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#cancelStallCheck?.();
    for (const run of this.#runs.values()) run.abort();
    this.#runs.clear();
    this.#models.forget(this.#callId);
  }

  /** Keeps the samples and sends every full window to voice activity. */
  #take(samples: Float32Array): void {
    this.#history.append(samples);
    let at = 0;
    while (at < samples.length) {
      const count = Math.min(VAD_WINDOW - this.#windowFill, samples.length - at);
      this.#window.set(samples.subarray(at, at + count), this.#windowFill);
      this.#windowFill += count;
      at += count;
      if (this.#windowFill < VAD_WINDOW) break;
      const endMs = this.#history.endMs - (samples.length - at) / SAMPLES_PER_MS;
      void this.#weigh(this.#window, endMs);
      this.#window = new Float32Array(VAD_WINDOW);
      this.#windowFill = 0;
    }
  }

  async #weigh(samples: Float32Array, endMs: number): Promise<void> {
    const level = rms(samples);
    let probability: number;
    try {
      probability = await this.#models.voiceProbability(this.#callId, samples);
    } catch {
      // The worker is being started again: loudness stands in, so that speech is not lost meanwhile.
      probability = level > LOUD_RMS ? LOUD_PROBABILITY : 0;
    }
    if (!Number.isFinite(probability)) probability = 0;
    this.#step({ kind: 'voice', startMs: endMs - VAD_WINDOW_MS, endMs, probability, level });
    this.#history.forgetBefore(audioNeededFromMs(this.#state));
  }

  #step(input: TurnInput): void {
    if (this.#closed) return;
    const { state, effects } = turn(this.#state, input);
    this.#state = state;
    for (const effect of effects) this.#perform(effect);
    this.#watchForStall();
  }

  #perform(effect: TurnEffect): void {
    switch (effect.kind) {
      case 'speech-started':
        this.#report((events) => events.speechStarted({ mediaMs: effect.mediaMs }));
        break;
      case 'speech-ended':
        this.#report((events) => events.speechEnded({ mediaMs: effect.mediaMs }));
        break;
      case 'recognise':
        void this.#recognise(effect);
        break;
      case 'ask-finished':
        void this.#askFinished(effect);
        break;
      case 'cancel':
        this.#cancel(`recognise ${effect.runId}`);
        this.#cancel(`ask ${effect.runId}`);
        break;
      case 'partial':
        this.#report((events) => events.partial(utteranceOf(effect.heard)));
        break;
      case 'final':
        this.#report((events) =>
          events.final({
            utterance: utteranceOf(effect.heard),
            endOfTurnReason: effect.reason,
            lastVoicedMs: effect.heard.lastVoicedMs,
            endOfTurnMs: effect.endOfTurnMs,
            finalTextMs: Math.max(effect.endOfTurnMs, this.#mediaNowMs()),
          }),
        );
        break;
    }
  }

  async #recognise(effect: Extract<TurnEffect, { kind: 'recognise' }>): Promise<void> {
    const { runId, fromMs, toMs, voicedMs, draft } = effect;
    const { awaited, vocabulary } = this.#state.listening;
    const samples = this.#history.slice(fromMs, toMs);
    try {
      const recognition = await this.#run(`recognise ${runId}`, (signal) =>
        this.#models.recognise({ samples, voicedMs, awaited, vocabulary, given: draft }, signal),
      );
      this.#step({ kind: 'recognised', runId, recognition });
    } catch (thrown) {
      if (isCancelled(thrown)) return;
      log.error({ error: messageOf(thrown) }, 'speech recognition failed');
      this.#step({ kind: 'recognition-failed', runId });
    }
  }

  async #askFinished(effect: Extract<TurnEffect, { kind: 'ask-finished' }>): Promise<void> {
    const { runId, fromMs, toMs } = effect;
    const samples = this.#history.slice(fromMs, toMs);
    try {
      const probability = await this.#run(`ask ${runId}`, (signal) =>
        this.#models.finishedProbability(samples, signal),
      );
      if (Number.isFinite(probability)) this.#step({ kind: 'finished', runId, probability });
    } catch (thrown) {
      // The turn then ends by words and silence alone.
      if (!isCancelled(thrown)) log.error({ error: messageOf(thrown) }, 'end-of-turn detection failed');
    }
  }

  async #run<Result>(key: string, start: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    const abort = new AbortController();
    this.#runs.set(key, abort);
    try {
      return await start(abort.signal);
    } finally {
      if (this.#runs.get(key) === abort) this.#runs.delete(key);
    }
  }

  #cancel(key: string): void {
    this.#runs.get(key)?.abort();
    this.#runs.delete(key);
  }

  /** A listener's failure must not end hearing. */
  #report(tell: (events: EarEvents) => void): void {
    try {
      tell(this.#events);
    } catch (thrown) {
      log.error({ error: messageOf(thrown) }, 'a listener of the ear failed');
    }
  }

  /** While somebody speaks, time also passes when frames do not come: a turn must end on a dead line. */
  #watchForStall(): void {
    if (this.#cancelStallCheck || this.#closed || !this.#state.utterance) return;
    this.#cancelStallCheck = this.#clock.after(STALL_CHECK_MS, () => {
      this.#cancelStallCheck = undefined;
      const missingMs = this.#clock.nowMs() - (this.#lastFrameAtMs ?? 0);
      if (missingMs >= STALLED_AFTER_MS) this.#step({ kind: 'stalled', nowMs: this.#mediaNowMs() });
      this.#watchForStall();
    });
  }

  /** Media time now: what has come in, and what would have come in since. */
  #mediaNowMs(): number {
    const nowMs = this.#clock.nowMs();
    return this.#history.endMs + Math.max(0, nowMs - (this.#lastFrameAtMs ?? nowMs));
  }
}

function isCancelled(thrown: unknown): boolean {
  return thrown instanceof AsterismError && thrown.code === 'CANCELLED';
}
