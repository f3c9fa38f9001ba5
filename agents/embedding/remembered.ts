import { LruCache } from '../../platform/lru-cache.js';

/**
 * Keeps the last answers of an asynchronous function of a text: what was asked before costs nothing, and who
 * asks while the same text is under way waits for that run. A failure is not kept.
 */
export class Remembered<Answer> {
  readonly #compute: (text: string) => Promise<Answer>;
  readonly #answers: LruCache<Promise<Answer>>;

  /** @param limit how many answers are kept; the one asked for least recently goes first */
  constructor(compute: (text: string) => Promise<Answer>, limit: number) {
    this.#compute = compute;
    this.#answers = new LruCache(limit);
  }

  get(text: string): Promise<Answer> {
    const known = this.#answers.get(text);
    if (known) return known;
    const answer = this.#compute(text);
    this.#answers.set(text, answer);
    answer.catch(() => this.#answers.delete(text));
    return answer;
  }
}
