import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { messageOf } from '../../platform/errors.js';
import { log } from '../../platform/log.js';
import { SAMPLE_RATE_HZ } from './frame.js';
import { toInt16, WAV_HEADER_BYTES, wavHeader } from './wav.js';

/** left is the patient, right the agent. */
export type RecordedSide = 'left' | 'right';

/** What became of a recording. */
export interface RecordingSummary {
  /** From the call's first sample to the last recorded one, in milliseconds. */
  durationMs: number;
  /** Audio that came too late or that the disk was too slow to take, in milliseconds; it is silence in the file. */
  lostMs: number;
}

const BYTES_PER_POSITION = 4; // two channels of 16 bits
/** Either side may lag behind the other by this much. */
const LAG_MS = 2_000;
/** Written at once; the header is rewritten as often. */
const CHUNK_MS = 1_000;
const WINDOW_MS = 10_000;
/** More than this waiting for the disk and audio is given up rather than memory. */
const MAX_PENDING_BYTES = 4 * 1024 * 1024;
const MAX_DURATION_MS = 12 * 3_600_000;

/**
 * Records a call as one 16-bit stereo WAV file while it goes on. Both sides are placed by media time, so gaps are
 * silence and the sides stay aligned. The header is rewritten with every second of audio: after a crash the file
 * is valid up to a few seconds before it. Memory is bounded whatever the disk does.
 */
export class StereoRecorder {
  readonly #file: FileHandle;
  readonly #rateHz: number;
  readonly #window: Int16Array;
  /** Position (in samples per side) of the window's first sample. */
  #base = 0;
  /** Behind the last recorded sample. */
  #end = 0;
  #writing: Promise<void> = Promise.resolve();
  #pendingBytes = 0;
  #lostSamples = 0;
  #failed = false;
  #closed = false;

  private constructor(file: FileHandle, rateHz: number) {
    this.#file = file;
    this.#rateHz = rateHz;
    this.#window = new Int16Array((2 * WINDOW_MS * rateHz) / 1_000);
  }

  /** Creates the file (and its folder); an older one of this name is overwritten. */
  static async create(path: string, sampleRateHz: number = SAMPLE_RATE_HZ): Promise<StereoRecorder> {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(path, 'w', 0o600);
    const recorder = new StereoRecorder(file, sampleRateHz);
    recorder.#enqueue(new Uint8Array(0), 0);
    return recorder;
  }

  /**
   * Places samples on one side. Never blocks.
   * @param mediaMs media time of the first sample, in milliseconds since the call's first sample
   */
  append(side: RecordedSide, samples: Float32Array, mediaMs: number): void {
    if (this.#closed || this.#failed || !(mediaMs >= 0 && mediaMs < MAX_DURATION_MS)) return;
    const channel = side === 'left' ? 0 : 1;
    const capacity = this.#window.length / 2;
    const start = Math.round((mediaMs * this.#rateHz) / 1_000);
    for (let offset = 0; offset < samples.length;) {
      const position = start + offset;
      if (position < this.#base) {
        const late = Math.min(samples.length - offset, this.#base - position);
        this.#lostSamples += late;
        offset += late;
        continue;
      }
      if (position >= this.#base + capacity) this.#commitBefore(position - this.#samples(LAG_MS));
      const count = Math.min(samples.length - offset, this.#base + capacity - position);
      for (let i = 0; i < count; i++) {
        this.#window[2 * (position + i - this.#base) + channel] = toInt16(samples[offset + i] ?? 0);
      }
      offset += count;
      this.#end = Math.max(this.#end, position + count);
    }
    if (this.#end - this.#base >= this.#samples(LAG_MS + CHUNK_MS)) {
      this.#commitBefore(this.#end - this.#samples(LAG_MS));
    }
  }

  /** Writes what is left and closes the file. Idempotent. */
  async close(): Promise<RecordingSummary> {
    if (!this.#closed) {
      this.#closed = true;
      this.#commitBefore(this.#end);
      this.#writing = this.#writing
        .then(() => this.#file.close())
        .catch((thrown: unknown) => this.#fail(thrown));
    }
    await this.#writing;
    return {
      durationMs: (this.#end * 1_000) / this.#rateHz,
      lostMs: (this.#lostSamples * 1_000) / this.#rateHz,
    };
  }

  #samples(ms: number): number {
    return (ms * this.#rateHz) / 1_000;
  }

  /** Hands everything before a position to the disk and moves the window there. */
  #commitBefore(position: number): void {
    const recorded = Math.max(0, Math.min(position, this.#end) - this.#base);
    if (recorded > 0) {
      // A copy: the window is written on while the disk is busy.
      const chunk = this.#window.slice(0, 2 * recorded);
      this.#enqueue(new Uint8Array(chunk.buffer), WAV_HEADER_BYTES + this.#base * BYTES_PER_POSITION);
    }
    const moved = Math.max(0, position - this.#base);
    this.#window.copyWithin(0, Math.min(2 * moved, this.#window.length));
    this.#window.fill(0, Math.max(0, this.#window.length - 2 * moved));
    this.#base += moved;
  }

  #enqueue(bytes: Uint8Array, at: number): void {
    if (this.#pendingBytes + bytes.length > MAX_PENDING_BYTES) {
      this.#lostSamples += bytes.length / BYTES_PER_POSITION;
      return; // a hole in the file reads as silence
    }
    this.#pendingBytes += bytes.length;
    this.#writing = this.#writing
      .then(async () => {
        if (this.#failed) return;
        // What was never written, a gap between two commits, is filled with zeros by the file system.
        if (bytes.length > 0) await this.#file.write(bytes, 0, bytes.length, at);
        const dataBytes = bytes.length > 0 ? at + bytes.length - WAV_HEADER_BYTES : 0;
        await this.#file.write(
          wavHeader({ channels: 2, sampleRateHz: this.#rateHz, dataBytes }),
          0,
          undefined,
          0,
        );
      })
      .catch((thrown: unknown) => this.#fail(thrown))
      .finally(() => {
        this.#pendingBytes -= bytes.length;
      });
  }

  #fail(thrown: unknown): void {
    if (!this.#failed) log.error({ error: messageOf(thrown) }, 'a recording cannot be written any more');
    this.#failed = true;
  }
}
