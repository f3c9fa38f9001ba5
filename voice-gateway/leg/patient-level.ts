import { FRAME_MS } from '../audio/frame.js';
import { isAudible } from '../audio/level.js';

/** Frames remembered: longer than any utterance's last pause. */
const FRAMES = 512;

/** How far the sound may differ from what voice activity says, in milliseconds; beyond it is noise, not the voice. */
const REACH_MS = 240;

/**
 * Remembers which of the patient's frames were audible, to say more closely than the windows of voice activity
 * when a voice began and ended. Voice activity answers some windows late at both ends; times measured from its
 * windows alone would look better than they are.
 */
export class PatientLevel {
  readonly #audible = new Uint8Array(FRAMES);
  #frames = 0;

  /** @param mediaMs media time of the frame's first sample; frames follow each other without gaps */
  note(frame: Float32Array, mediaMs: number): void {
    const index = Math.round(mediaMs / FRAME_MS);
    this.#audible[index % FRAMES] = isAudible(frame) ? 1 : 0;
    this.#frames = index + 1;
  }

  /** Media time at which the sound around a voice's first window began, in milliseconds; at most mediaMs. */
  beginOf(mediaMs: number): number {
    let index = Math.floor(mediaMs / FRAME_MS);
    if (!this.#audibleAt(index)) return mediaMs;
    const earliest = index - REACH_MS / FRAME_MS;
    while (index > earliest && this.#audibleAt(index - 1)) index--;
    return Math.max(0, Math.min(mediaMs, index * FRAME_MS));
  }

  /** Media time at which the sound before a voice's last window ended, in milliseconds; at most mediaMs. */
  endOf(mediaMs: number): number {
    const last = Math.floor(mediaMs / FRAME_MS);
    for (let index = last; index > last - REACH_MS / FRAME_MS; index--) {
      if (this.#audibleAt(index)) return Math.min(mediaMs, (index + 1) * FRAME_MS);
    }
    return mediaMs;
  }

  #audibleAt(index: number): boolean {
    const remembered = index >= 0 && index < this.#frames && index >= this.#frames - FRAMES;
    return remembered && this.#audible[index % FRAMES] === 1;
  }
}
