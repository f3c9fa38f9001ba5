/** When a line's voice was on the wire, in performance.now() milliseconds. */
export interface LineSent {
  readonly firstVoicedMs: number;
  readonly lastVoicedMs: number;
}

/** What the patient experienced in one exchange, by the patient's own telephone. */
export interface ExchangeTiming {
  /** What the patient meant to say; a file name where a recording was played. */
  readonly said: string;
  /** Last voiced patient sample to first audible agent sample, in milliseconds; undefined when nobody answered. */
  readonly voiceToVoiceMs: number | undefined;
  /** The agent was audible before the patient had finished, without having been interrupted. */
  readonly cutOff: boolean;
  /** Where the patient interrupted: first voiced patient sample to the agent's last audible one, in milliseconds. */
  readonly yieldMs: number | undefined;
}

const slotMs = 20;
/** The agent has yielded when it has been inaudible this long. */
const yieldedAfterMs = 160;

/** Measures one exchange from what the telephone sends and plays, slot by slot. */
export class Exchange {
  readonly said: string;
  readonly #sent: LineSent;
  #lastOverMs: number | undefined;
  #yielded: boolean;
  #answeredMs: number | undefined;

  /** @param interrupting the line begins while the agent is speaking */
  constructor(said: string, sent: LineSent, interrupting: boolean) {
    this.said = said;
    this.#sent = sent;
    this.#yielded = !interrupting;
    if (interrupting) this.#lastOverMs = sent.firstVoicedMs;
  }

  get answered(): boolean {
    return this.#answeredMs !== undefined;
  }

  /** Milliseconds since the line's last voiced sample; negative while it is being said. */
  waitedMs(nowMs: number): number {
    return nowMs - this.#sent.lastVoicedMs;
  }

  /** @param agentAudible whether the slot that begins at nowMs played audible agent audio */
  observe(nowMs: number, agentAudible: boolean): void {
    if (nowMs < this.#sent.firstVoicedMs || this.answered) return;
    if (!this.#yielded) {
      if (agentAudible) this.#lastOverMs = nowMs + slotMs;
      else if (nowMs - (this.#lastOverMs ?? nowMs) >= yieldedAfterMs) this.#yielded = true;
      return;
    }
    if (agentAudible) this.#answeredMs = nowMs;
  }

  timing(): ExchangeTiming {
    const answeredMs = this.#answeredMs;
    return {
      said: this.said,
      voiceToVoiceMs: answeredMs === undefined ? undefined : Math.round(answeredMs - this.#sent.lastVoicedMs),
      cutOff: answeredMs !== undefined && answeredMs < this.#sent.lastVoicedMs,
      yieldMs:
        this.#lastOverMs === undefined ? undefined : Math.round(this.#lastOverMs - this.#sent.firstVoicedMs),
    };
  }
}
