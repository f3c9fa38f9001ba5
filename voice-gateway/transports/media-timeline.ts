import { FRAME_MS } from '../audio/frame.js';

/** Where one piece of received audio belongs. */
export interface Placement {
  /** False for a piece that repeats, or comes too late for, time that has already passed. */
  readonly accept: boolean;
  /** Silence to insert before it, in milliseconds (whole frames); 0 when nothing is missing. */
  readonly silenceMs: number;
}

/** A received piece: its carrier's stamp and number where known, and how long it is. */
export interface MediaPiece {
  /** The carrier's time stamp in milliseconds, from any origin. */
  readonly stampMs: number | undefined;
  /** The carrier's running number. */
  readonly chunk: number | undefined;
  readonly durationMs: number;
}

/** Longest gap that is filled; a longer jump of the stamps is taken for a broken clock beyond this. */
export const LONGEST_FILL_MS = 10_000;

/** Without running numbers: so many pieces in a row from the past mean that the carrier's clock was set back. */
const PIECES_UNTIL_RESET = 25;

/**
 * Keeps a stream's media time whole: gaps by the carrier's stamps become silence, repeated and late pieces
 * are dropped, and stamps that make no sense never stop the audio. Differences below one frame are jitter.
 */
export class MediaTimeline {
  #positionMs = 0;
  #originMs: number | undefined;
  #lastChunk = -Infinity;
  #piecesFromThePast = 0;

  /** Media time that is accounted for, audio and silence together, in milliseconds. */
  get positionMs(): number {
    return this.#positionMs;
  }

  /** Says what to do with a piece, and counts it. */
  place(piece: MediaPiece): Placement {
    const placement = this.#decide(piece);
    if (placement.accept) {
      this.#positionMs += placement.silenceMs + piece.durationMs;
      if (piece.chunk !== undefined) this.#lastChunk = Math.max(this.#lastChunk, piece.chunk);
      this.#piecesFromThePast = 0;
    } else {
      this.#piecesFromThePast++;
    }
    return placement;
  }

  #decide({ stampMs, chunk }: MediaPiece): Placement {
    const repeats = chunk !== undefined && chunk <= this.#lastChunk;
    if (stampMs === undefined) return { accept: !repeats, silenceMs: 0 };
    this.#originMs ??= stampMs - this.#positionMs;
    const missingMs = stampMs - this.#originMs - this.#positionMs;
    if (missingMs >= FRAME_MS) {
      const silenceMs = Math.min(Math.floor(missingMs / FRAME_MS) * FRAME_MS, LONGEST_FILL_MS);
      if (missingMs > LONGEST_FILL_MS) this.#originMs = stampMs - this.#positionMs - silenceMs;
      return { accept: true, silenceMs };
    }
    if (missingMs <= -FRAME_MS) {
      const clockWasReset = chunk === undefined ? this.#piecesFromThePast >= PIECES_UNTIL_RESET : !repeats;
      if (!clockWasReset) return { accept: false, silenceMs: 0 };
      this.#originMs = stampMs - this.#positionMs;
    }
    return { accept: true, silenceMs: 0 };
  }
}
