/** The right to hold one call. Given back exactly once, however often release is called. */
export interface CallSlot {
  release(): void;
}

/**
 * Counts calls exactly: a slot is taken before a call is answered, not polled afterwards, so that the limit is
 * never exceeded. A caller that was told to connect holds its slot while it does.
 */
export class Admission {
  readonly limit: number;
  #held = 0;
  #refused = 0;

  /** @param limit most calls at one time */
  constructor(limit: number) {
    this.limit = limit;
  }

  /** Slots taken now: calls, and callers on their way. */
  get held(): number {
    return this.#held;
  }

  /** Callers turned away so far. */
  get refused(): number {
    return this.#refused;
  }

  /** Takes a slot; undefined, and counted, when all are taken. */
  enter(): CallSlot | undefined {
    if (this.#held >= this.limit) {
      this.#refused++;
      return undefined;
    }
    this.#held++;
    let released = false;
    return {
      release: () => {
        if (released) return;
        released = true;
        this.#held--;
      },
    };
  }
}
