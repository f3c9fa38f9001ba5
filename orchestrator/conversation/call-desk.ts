import type { GatewayCommand } from '../../protos/generated/asterism/v1/conversation.js';
import type { CallEvent, CallEventOf } from '../call/events.js';
import { initialState, reduce } from '../call/reduce.js';
import type { CallState } from '../call/state.js';
import type { CallWriter } from '../record/call-log.js';

export type Command = NonNullable<GatewayCommand['command']>;
export type Released = CallEventOf<'sentence-released'>;

/**
 * The one place where a call's log, its state and its line meet. What is noted is folded at once and
 * stored soon; settled() is awaited before every effect that the noted events allow.
 */
export class CallDesk {
  readonly callId: string;
  #state: CallState;
  #durable: Promise<void> = Promise.resolve();
  readonly #writer: CallWriter;
  readonly #send: (command: GatewayCommand) => void;
  /** Sentences that were sent to the leg and whose end was not reported yet. */
  readonly #unplayed = new Map<string, Released>();

  /** @param onUnrecorded told once when the call can no longer be recorded */
  constructor(
    callId: string,
    writer: CallWriter,
    send: (command: GatewayCommand) => void,
    private readonly onUnrecorded: (error: unknown) => void,
  ) {
    this.callId = callId;
    this.#writer = writer;
    this.#send = send;
    this.#state = initialState(callId);
  }

  get state(): CallState {
    return this.#state;
  }

  /** Puts events into the log, in order, and folds them. */
  note(...events: readonly CallEvent[]): void {
    if (events.length === 0) return;
    const { logged, durable } = this.#writer.append(events);
    for (const { event } of logged) this.#state = reduce(this.#state, event);
    this.#durable = Promise.all([this.#durable, durable]).then(() => undefined);
    this.#durable.catch(this.onUnrecorded);
  }

  /** Settles when everything noted so far is stored. @throws AsterismError DATABASE_UNREACHABLE */
  settled(): Promise<void> {
    this.#writer.hurry();
    return this.#durable;
  }

  send(command: Command): void {
    this.#send({ command });
  }

  /** Sends a released sentence to the leg. */
  speak(released: Released): void {
    this.#unplayed.set(released.sentenceId, released);
    const { sentenceId, turnId, text, interruptible } = released;
    this.send({ $case: 'speak', value: { sentenceId, turnId, text, interruptible } });
  }

  /** Sentences sent to the leg whose end was not reported yet, oldest first. */
  get unplayed(): readonly Released[] {
    return [...this.#unplayed.values()];
  }

  /** The leg reported the end of a sentence. */
  forgetPlayed(sentenceId: string): void {
    this.#unplayed.delete(sentenceId);
  }
}
