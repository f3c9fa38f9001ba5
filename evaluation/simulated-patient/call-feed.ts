import { z } from 'zod';
import { AsterismError } from '../../platform/errors.js';

const feedEvent = z.object({
  sequence: z.number(),
  recordedAt: z.string(),
  type: z.string(),
  /** The event itself, with its type. */
  event: z.record(z.string(), z.unknown()),
});

/** One line of a call's log as the gateway streams it. The event's schema is the log's own. */
export type FeedEvent = z.infer<typeof feedEvent>;

/**
 * The identifier of a call known by its carrier's identifier; waits until the call has begun.
 * @returns undefined when the server keeps no such index (it is not an Asterism gateway)
 */
export async function findCall(
  gatewayUrl: string,
  carrierCallId: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const response = await fetchWhenThere(new URL(`/calls/by-carrier/${carrierCallId}`, gatewayUrl), signal);
  if (!response?.ok) return undefined;
  return z.object({ callId: z.string() }).parse(await response.json()).callId;
}

/**
 * Follows a call's log until it ended.
 * @throws AsterismError CALL_NOT_FOUND when the gateway does not know the call
 */
export async function* followCall(
  gatewayUrl: string,
  callId: string,
  signal: AbortSignal,
): AsyncGenerator<FeedEvent> {
  const response = await fetchWhenThere(new URL(`/calls/${callId}/events`, gatewayUrl), signal);
  if (!response?.ok || !response.body) {
    const status = response ? String(response.status) : 'nothing';
    throw new AsterismError('CALL_NOT_FOUND', `${gatewayUrl} answered ${status} for the events of ${callId}`);
  }
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true });
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const data = text
        .slice(0, end)
        .split('\n')
        .filter((line) => line.startsWith('data:'))
        .map((line) => line.slice(5).trimStart())
        .join('\n');
      text = text.slice(end + 2);
      if (data !== '') yield feedEvent.parse(JSON.parse(data));
    }
  }
}

/** A call's first event is in its log a moment after the line is open: asks again for up to five seconds. */
async function fetchWhenThere(url: URL, signal: AbortSignal): Promise<Response | undefined> {
  for (let attempt = 0; ; attempt++) {
    const response = await fetch(url, { signal }).catch(() => undefined);
    if (response?.ok || attempt === 50 || signal.aborted) return response;
    await response?.body?.cancel();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
