/** One stretch of a sentence, synthesised and ready to play. */
export interface SpokenClause {
  /** The words as they were given to {@link Voice.speak}, before normalisation. */
  text: string;
  /** 16 kHz float32; leading silence is trimmed, a natural pause is appended. Never written to by the receiver. */
  samples: Float32Array;
  /** Samples until the last audible one; what follows in `samples` is the pause after the clause. */
  speechSamples: number;
  /** True for the sentence's last clause. */
  last: boolean;
}

/** Text to speech for all calls of a process. */
export interface Voice {
  /**
   * Streams a sentence clause by clause, the first as soon as it is ready; order kept; cached for repeats.
   * Aborting ends the stream silently: no clause and no error follow.
   * @throws AsterismError WORKER_FAILED when a model worker stopped
   */
  speak(text: string, signal: AbortSignal): AsyncIterable<SpokenClause>;
  /**
   * Makes sentences audible at once later. Works in the background and gives way to speak; resolves when all are
   * made or the voice is closed. They are kept on disk: give only wording that holds nothing of a patient.
   */
  prepare(texts: readonly string[]): Promise<void>;
  /** Resolves when the models are loaded and warm; rejects with WORKER_FAILED when they cannot be. */
  readonly ready: Promise<void>;
  /** What speaks, by role: voice, phonemizer, lexicon. The same versions and text give the same cached audio. */
  readonly versions: Record<string, string>;
  /** Ends the workers. Idempotent. */
  close(): Promise<void>;
}
