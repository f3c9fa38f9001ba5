import { z } from 'zod';
import type { Category } from '../../clinical-kb/guard/taxonomy.js';
import { guardPrompt, readAnswer } from './guard-prompt.js';
import type { GuardEndpoint } from './guard-settings.js';
import type { Side } from './rule-book.js';

/** What a guard model said of a message. Unanswered is everything that is not a clear answer; it is never safe. */
export type ModelAnswer =
  | { readonly kind: 'safe' }
  | { readonly kind: 'unsafe'; readonly categories: readonly Category[] }
  /** @param why for a nurse and the log; holds nothing of the message or of the answer */
  | { readonly kind: 'unanswered'; readonly why: string };

/**
 * How long a model may take, in milliseconds. A sentence waits inside the second deadline of the speech gate
 * (1,500), the patient's words inside the first (250): they cannot be unsaid, so they cost no holding phrase.
 */
export const modelDeadlinesMs: Readonly<Record<Side, number>> = { heard: 200, draft: 1_200 };

/** Bytes; an honest answer has a few hundred. */
const MAX_ANSWER_BYTES = 64 * 1024;
/** Tokens: 'unsafe' and a few codes. */
const MAX_TOKENS = 40;

const completion = z.object({
  choices: z
    .array(
      z.object({
        message: z.object({ content: z.string(), refusal: z.string().nullish() }),
        finish_reason: z.literal('stop'),
      }),
    )
    .min(1),
});

/** A guard model behind an endpoint that speaks OpenAI's chat completions. */
export class GuardModel {
  readonly #endpoint: GuardEndpoint;
  readonly #address: URL;
  readonly #categories: Readonly<Record<Side, readonly Category[]>>;
  readonly #deadlinesMs: Readonly<Record<Side, number>>;

  constructor(
    endpoint: GuardEndpoint,
    categories: readonly Category[],
    deadlinesMs: Readonly<Record<Side, number>> = modelDeadlinesMs,
  ) {
    this.#endpoint = endpoint;
    this.#address = new URL(`${endpoint.url.href.replace(/\/+$/, '')}/chat/completions`);
    this.#categories = {
      heard: categories.filter(({ heard }) => heard !== undefined),
      draft: categories.filter(({ draft }) => draft !== undefined),
    };
    this.#deadlinesMs = deadlinesMs;
  }

  /** Asks about one message. Never throws: whatever goes wrong is an unanswered question. */
  async ask(side: Side, text: string): Promise<ModelAnswer> {
    const deadlineMs = this.#deadlinesMs[side];
    const signal = AbortSignal.timeout(deadlineMs);
    try {
      const response = await fetch(this.#address, {
        method: 'POST',
        // A message goes to the configured host and nowhere else.
        redirect: 'error',
        signal,
        headers: {
          'content-type': 'application/json',
          ...(this.#endpoint.key === undefined ? {} : { authorization: `Bearer ${this.#endpoint.key}` }),
        },
        body: JSON.stringify({
          model: this.#endpoint.model,
          temperature: 0,
          max_tokens: MAX_TOKENS,
          stream: false,
          messages: guardPrompt(this.#categories[side], side, text),
        }),
      });
      if (response.status !== 200) {
        await response.body?.cancel();
        return unanswered(`it answered with status ${String(response.status)}`);
      }
      return this.#read(side, await limitedText(response));
    } catch {
      return unanswered(
        signal.aborted ? `it did not answer in ${String(deadlineMs)} ms` : 'it could not be reached or read',
      );
    }
  }

  #read(side: Side, body: string): ModelAnswer {
    let raw: unknown;
    try {
      raw = JSON.parse(body);
    } catch {
      return unanswered('its answer was not JSON');
    }
    const parsed = completion.safeParse(raw);
    const message = parsed.data?.choices[0]?.message;
    if (!message) return unanswered('its answer was not a finished completion');
    if (message.refusal) return unanswered('it refused');
    const answer = readAnswer(this.#categories[side], message.content);
    return answer.kind === 'unreadable' ? unanswered('its answer could not be understood') : answer;
  }
}

function unanswered(why: string): ModelAnswer {
  return { kind: 'unanswered', why };
}

/** @throws RangeError when the body is longer than any honest one */
async function limitedText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  const chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array> = response.body ?? [];
  for await (const chunk of chunks) {
    bytes += chunk.byteLength;
    if (bytes > MAX_ANSWER_BYTES) throw new RangeError('the answer is too long');
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
