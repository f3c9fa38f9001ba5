/** Where time comes from; tests hand in one that they drive. */
export interface Clock {
  /** Monotonic milliseconds with fractions; only differences mean something. */
  nowMs(): number;
  /** Wall-clock milliseconds since 1970 in UTC. */
  epochMs(): number;
  /** Calls back once after delayMs; returns what cancels it. */
  after(delayMs: number, callback: () => void): () => void;
}

export const systemClock: Clock = {
  nowMs: () => performance.now(),
  epochMs: () => Date.now(),
  after: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

interface Waiting {
  dueMs: number;
  callback: () => void;
}

/** A clock that stands still until a test moves it; due callbacks run in order of their time. */
export class ManualClock implements Clock {
  #nowMs = 0;
  readonly #epochOriginMs: number;
  readonly #waiting: Waiting[] = [];

  constructor(epochOriginMs = Date.UTC(2026, 0, 1)) {
    this.#epochOriginMs = epochOriginMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  epochMs(): number {
    return this.#epochOriginMs + this.#nowMs;
  }

  after(delayMs: number, callback: () => void): () => void {
    const entry = { dueMs: this.#nowMs + delayMs, callback };
    this.#waiting.push(entry);
    return () => {
      const index = this.#waiting.indexOf(entry);
      if (index >= 0) this.#waiting.splice(index, 1);
    };
  }

  /** Moves time forward, running what falls due, and lets promises settle after each callback. */
  async advance(byMs: number): Promise<void> {
    const endMs = this.#nowMs + byMs;
    for (;;) {
      await settle();
      const next = this.#waiting.reduce<Waiting | undefined>(
        (first, entry) => (entry.dueMs <= endMs && (!first || entry.dueMs < first.dueMs) ? entry : first),
        undefined,
      );
      if (!next) break;
      this.#waiting.splice(this.#waiting.indexOf(next), 1);
      this.#nowMs = Math.max(this.#nowMs, next.dueMs);
      next.callback();
    }
    this.#nowMs = endMs;
    await settle();
  }
}

async function settle(): Promise<void> {
  for (let round = 0; round < 20; round++) await Promise.resolve();
}
