import type { Clock } from '../../platform/clock.js';
import { FRAME_MS, SAMPLES_PER_MS } from '../audio/frame.js';
import type { Slot } from '../audio/pacer.js';
import type { Ear, EarEvents } from '../hearing/ear.js';
import type { HearingModels } from '../hearing/open-hearing.js';
import type { SpokenClause, Voice } from '../speaking/voice.js';
import type { CallEndReason, Transport } from '../transports/transport.js';

/** How long the scripted voice takes to say one character, in milliseconds. */
export const MS_PER_CHARACTER = 50;

/**
 * A voice without models: a tone as long as its text, clause by clause. "[never]" in a text hangs, "[broken]"
 * fails; `synthesisMs` passes on the clock before each clause.
 */
export class ScriptedVoice implements Voice {
  readonly ready = Promise.resolve();
  readonly versions = { voice: 'scripted 1' };
  readonly spoken: string[] = [];
  readonly prepared: string[] = [];
  readonly #clock: Clock;
  readonly #synthesisMs: number;

  constructor(clock: Clock, synthesisMs = 0) {
    this.#clock = clock;
    this.#synthesisMs = synthesisMs;
  }

  async *speak(text: string, signal: AbortSignal): AsyncIterable<SpokenClause> {
    this.spoken.push(text);
    const clauses = text.split(/(?<=,) /);
    for (const [index, clause] of clauses.entries()) {
      if (this.#synthesisMs > 0) {
        await new Promise<void>((resolve) => this.#clock.after(this.#synthesisMs, resolve));
      }
      if (clause.includes('[never]')) await new Promise(() => undefined);
      if (clause.includes('[broken]')) throw new Error('scripted failure');
      if (signal.aborted) return;
      const samples = tone(clause.length * MS_PER_CHARACTER);
      yield { text: clause, samples, speechSamples: samples.length, last: index === clauses.length - 1 };
    }
  }

  prepare(texts: readonly string[]): Promise<void> {
    this.prepared.push(...texts);
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** A tone of 400 Hz that is well audible. */
export function tone(durationMs: number): Float32Array {
  return Float32Array.from(
    { length: durationMs * SAMPLES_PER_MS },
    (_, n) => 0.5 * Math.sin((2 * Math.PI * 400 * n) / (SAMPLES_PER_MS * 1_000)),
  );
}

/** An ear that reports what a test tells it to. */
export class ScriptedEar implements Ear {
  readonly events: EarEvents;
  readonly frames: { frame: Float32Array; mediaMs: number }[] = [];
  readonly listenings: Parameters<Ear['listen']>[0][] = [];
  closed = false;

  constructor(events: EarEvents) {
    this.events = events;
  }

  hear(frame: Float32Array, mediaMs: number): void {
    this.frames.push({ frame, mediaMs });
  }

  listen(listening: Parameters<Ear['listen']>[0]): void {
    this.listenings.push(listening);
  }

  close(): void {
    this.closed = true;
  }
}

/** Hearing without models; ears is every ear that was made, in order. */
export class ScriptedHearing implements HearingModels {
  ready = Promise.resolve();
  versions = { 'speech-to-text': 'scripted 1' };
  readonly ears: ScriptedEar[] = [];

  createEar(events: EarEvents): ScriptedEar {
    const ear = new ScriptedEar(events);
    this.ears.push(ear);
    return ear;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  queueLengths(): Record<string, number> {
    return { 'speech-to-text': 0 };
  }
}

/**
 * A far side that plays what it is sent at the pace of speech and returns marks like Twilio: when everything
 * before them has been played, or when the buffer is cleared.
 */
export class ScriptedTransport implements Transport {
  /** Clock time and frame of every write. */
  readonly written: { atMs: number; frame: Float32Array }[] = [];
  readonly flushedAtMs: number[] = [];
  readonly marks: string[] = [];
  closedWith: CallEndReason | Error | undefined;
  onPlayed: (mark: string) => void = () => undefined;
  readonly #clock: Clock;
  readonly #answersMarks: boolean;
  #playsUntilMs = 0;
  #waiting: { name: string; cancel: () => void }[] = [];

  constructor(clock: Clock, answersMarks = true) {
    this.#clock = clock;
    this.#answersMarks = answersMarks;
  }

  write(frame: Float32Array): void {
    const atMs = this.#clock.nowMs();
    this.written.push({ atMs, frame });
    this.#playsUntilMs = Math.max(this.#playsUntilMs, atMs) + FRAME_MS;
  }

  /** How far the far side is supplied beyond now, in milliseconds. */
  get aheadMs(): number {
    return Math.max(0, this.#playsUntilMs - this.#clock.nowMs());
  }

  flush(): void {
    this.flushedAtMs.push(this.#clock.nowMs());
    this.#playsUntilMs = this.#clock.nowMs();
    for (const { name, cancel } of this.#waiting.splice(0)) {
      cancel();
      this.#clock.after(1, () => this.onPlayed(name));
    }
  }

  mark(name: string): void {
    this.marks.push(name);
    if (!this.#answersMarks) return;
    const entry = {
      name,
      cancel: this.#clock.after(this.aheadMs, () => {
        this.#waiting = this.#waiting.filter((each) => each !== entry);
        this.onPlayed(name);
      }),
    };
    this.#waiting.push(entry);
  }

  close(reason: CallEndReason | Error): void {
    this.closedWith ??= reason;
  }
}

/** A pacer on a test's clock: a slot every 20 ms. */
export function scriptedPace(clock: Clock): (onSlot: (slot: Slot) => void) => () => void {
  return (onSlot) => {
    let index = 0;
    let cancel = (): void => undefined;
    const arm = (): void => {
      cancel = clock.after(FRAME_MS, () => {
        const nowMs = clock.nowMs();
        onSlot({ index: index++, skipped: 0, dueMs: nowMs, nowMs });
        arm();
      });
    };
    arm();
    return () => cancel();
  };
}
