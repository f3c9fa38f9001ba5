import { messageOf } from '../../platform/errors.js';
import { log } from '../../platform/log.js';
import { FRAME_MS, SAMPLES_PER_MS } from '../audio/frame.js';

/** What writes the two sides of a recording; see audio/stereo-recorder.ts. */
export interface SidesWriter {
  append(side: 'left' | 'right', samples: Float32Array, mediaMs: number): void;
  close(): Promise<unknown>;
}

interface Outgoing {
  readonly frame: Float32Array;
  readonly startMediaMs: number;
}

/**
 * The recording of one call: the patient on the left, on the right the agent as it was played. Nothing is kept,
 * not even in memory, before it is allowed; no file exists until then.
 */
export class CallRecording {
  readonly #open: () => Promise<SidesWriter>;
  /** Agent frames on the wire that the far side may still be told to forget. */
  readonly #outgoing: Outgoing[] = [];
  #allowed = false;
  #opening: Promise<void> | undefined;
  #writer: SidesWriter | undefined;
  #closed = false;

  /** @param open creates the file; called once, when recording is first allowed */
  constructor(open: () => Promise<SidesWriter>) {
    this.#open = open;
  }

  /** Allows storing from now on, or forbids it from now on. What was stored while allowed stays. */
  allow(allowed: boolean): void {
    if (this.#closed) return;
    this.#allowed = allowed;
    if (!allowed) this.#outgoing.length = 0;
    else this.#opening ??= this.#begin();
  }

  /** @param mediaMs media time of the frame's first sample, which is also the time up to which the agent was heard */
  patient(frame: Float32Array, mediaMs: number): void {
    if (!this.#allowed || !this.#writer) return;
    this.#writer.append('left', frame, mediaMs);
    this.#playedUntil(mediaMs + FRAME_MS);
  }

  /** @param startMediaMs media time at which the far side plays the frame */
  agent(frame: Float32Array, startMediaMs: number): void {
    if (this.#allowed && this.#writer) this.#outgoing.push({ frame, startMediaMs });
  }

  /** What would have been played after this media time was taken back. */
  flushed(mediaMs: number): void {
    this.#playedUntil(mediaMs);
    const cut = this.#outgoing[0];
    if (cut && this.#writer && cut.startMediaMs < mediaMs) {
      const heard = Math.floor((mediaMs - cut.startMediaMs) * SAMPLES_PER_MS);
      this.#writer.append('right', cut.frame.subarray(0, heard), cut.startMediaMs);
    }
    this.#outgoing.length = 0;
  }

  /** Completes the file, if there is one. Idempotent. @param mediaMs media time at which the call ended */
  async close(mediaMs: number): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#opening;
    this.flushed(mediaMs);
    const writer = this.#writer;
    this.#writer = undefined;
    await writer?.close();
  }

  async #begin(): Promise<void> {
    try {
      this.#writer = await this.#open();
    } catch (error) {
      log.error({ error: messageOf(error) }, 'a recording could not be created');
    }
  }

  #playedUntil(mediaMs: number): void {
    let played = 0;
    for (const { frame, startMediaMs } of this.#outgoing) {
      if (startMediaMs + FRAME_MS > mediaMs) break;
      this.#writer?.append('right', frame, startMediaMs);
      played++;
    }
    this.#outgoing.splice(0, played);
  }
}
