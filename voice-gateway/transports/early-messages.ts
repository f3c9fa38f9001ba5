/**
 * Messages that came before the stream was ready for them, oldest first, within a limit of bytes: the
 * oldest are dropped, because the newest audio is what a call needs.
 */
export class EarlyMessages<Message> {
  readonly #limitBytes: number;
  readonly #messages: { message: Message; bytes: number }[] = [];
  #bytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  keep(message: Message, bytes: number): void {
    this.#messages.push({ message, bytes });
    this.#bytes += bytes;
    while (this.#bytes > this.#limitBytes) {
      const oldest = this.#messages.shift();
      if (!oldest) break;
      this.#bytes -= oldest.bytes;
    }
  }

  /** Gives everything back in order and forgets it. */
  take(): Message[] {
    this.#bytes = 0;
    return this.#messages.splice(0).map(({ message }) => message);
  }
}
