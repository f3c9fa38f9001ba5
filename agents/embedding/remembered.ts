/**
 * Keeps the last answers of an asynchronous function of a text: what was asked before costs nothing, and who
 * asks while the same text is under way waits for that run. A failure is not kept.
 */
export class Remembered<Answer> {
  readonly #compute: (text: string) => Promise<Answer>;
  readonly #limit: number;
  /** In the order of last use: a Map keeps the order in which keys were set. */
  readonly #answers = new Map<string, Promise<Answer>>();

  /** @param limit how many answers are kept; the one asked for least recently goes first */
  constructor(compute: (text: string) => Promise<Answer>, limit: number) {
    this.#compute = compute;
    this.#limit = limit;
  }

  get(text: string): Promise<Answer> {
    const known = this.#answers.get(text);
    if (known) {
      this.#answers.delete(text);
      this.#answers.set(text, known);
      return known;
    }
    const answer = this.#compute(text);
    this.#answers.set(text, answer);
    answer.catch(() => {
      if (this.#answers.get(text) === answer) this.#answers.delete(text);
    });
    for (const oldest of this.#answers.keys()) {
      if (this.#answers.size <= this.#limit) break;
      this.#answers.delete(oldest);
    }
    return answer;
  }
}
