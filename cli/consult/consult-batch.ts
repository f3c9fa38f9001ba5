import type { SpecialistName } from '../../agents/specialists.js';
import { SpecialistChannel } from '../../orchestrator/consultation/specialist-channel.js';
import { isGate } from '../../orchestrator/consultation/specialist-order.js';
import { validateReview } from '../../orchestrator/consultation/validate-review.js';
import type { Look } from '../../orchestrator/consultation/merge.js';
import type { Review, ReviewRequest } from '../../protos/generated/asterism/v1/specialist.js';
import { parseLine, requestsOf, specialistsOf, type RequestLine } from './request-line.js';
import { joinReviews, resultLine } from './result-line.js';

/** A batch is no conversation: a specialist may take this long before it counts as silent. */
const REVIEW_DEADLINE_MS = 10_000;
/** Lines in flight at once. */
const LINES_IN_FLIGHT = 32;

/** The specialists of a batch, reached as a call reaches them. */
export interface Specialists {
  review(name: SpecialistName, request: ReviewRequest): Promise<Look>;
  close(): void;
}

/** @throws AsterismError SPECIALIST_UNREACHABLE when one does not describe itself */
export async function connectSpecialists(addresses: Readonly<Record<string, string>>): Promise<Specialists> {
  const open = Object.entries(addresses).map(
    ([name, address]) => [name, new SpecialistChannel(name, address, () => undefined)] as const,
  );
  const close = (): void => {
    for (const [, channel] of open) channel.close();
  };
  let members: ReadonlyMap<string, { readonly channel: SpecialistChannel; readonly gate: boolean }>;
  try {
    members = new Map(
      await Promise.all(
        open.map(async ([name, channel]) => {
          const { gate } = await channel.describe();
          return [name, { channel, gate: isGate(name, gate) }] as const;
        }),
      ),
    );
  } catch (thrown) {
    close();
    throw thrown;
  }
  return {
    close,
    review: async (name, request) => {
      const member = members.get(name);
      const started = performance.now();
      const look = (status: Look['status'], review?: Review): Look => ({
        specialist: name,
        gate: member?.gate ?? true,
        status,
        review,
        elapsedMs: performance.now() - started,
      });
      if (!member) return look('failed');
      const options = { deadlineMs: REVIEW_DEADLINE_MS, waitForConnection: false };
      const answer = await member.channel.review(request, options, new AbortController().signal);
      if ('none' in answer) return look('failed');
      const validated = validateReview(answer.review, name, request.pass);
      return validated.valid ? look('answered', validated.review) : look('invalid');
    },
  };
}

/** How a batch went. */
export interface BatchCount {
  readonly consulted: number;
  /** Lines that could not be read; each has its error line in the output. */
  readonly invalid: number;
}

/**
 * Consults on every line and writes one line for each, in the same order; blank lines are skipped.
 * @param write takes one output line without its line end, and resolves when more may be written
 */
export async function consultBatch(
  lines: AsyncIterable<string>,
  specialists: Specialists,
  write: (line: string) => Promise<void>,
): Promise<BatchCount> {
  const inFlight: Promise<string>[] = [];
  let consulted = 0;
  let invalid = 0;
  const writeFirst = async (): Promise<void> => {
    const first = await inFlight.shift();
    if (first !== undefined) await write(first);
  };
  for await (const json of lines) {
    if (json.trim() === '') continue;
    const parsed = parseLine(json);
    if (parsed.valid) {
      consulted += 1;
      inFlight.push(consultLine(parsed.line, specialists).then((result) => JSON.stringify(result)));
    } else {
      invalid += 1;
      inFlight.push(Promise.resolve(JSON.stringify(parsed.problem)));
    }
    if (inFlight.length >= LINES_IN_FLIGHT) await writeFirst();
  }
  while (inFlight.length > 0) await writeFirst();
  return { consulted, invalid };
}

async function consultLine(line: RequestLine, specialists: Specialists): Promise<unknown> {
  return resultLine(line.id, await looksAt(line, specialistsOf(line), specialists), line.draft);
}

/** Asks each of these specialists about one line; one look each, in the order of the names. */
export async function looksAt(
  line: RequestLine,
  names: readonly SpecialistName[],
  specialists: Specialists,
): Promise<Look[]> {
  return Promise.all(
    names.map(async (name) => {
      const requests = requestsOf(line, name);
      const own = await Promise.all(requests.map((request) => specialists.review(name, request)));
      return own.reduce(joinLooks);
    }),
  );
}

/** A specialist that failed in one look did not answer. */
function joinLooks(first: Look, second: Look): Look {
  if (!first.review) return first;
  if (!second.review) return second;
  return { ...first, review: joinReviews(first.review, second.review) };
}
