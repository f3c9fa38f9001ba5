import { z } from 'zod';

/** A text frame of a media socket, understood or not. */
export type ParsedMessage<Message> =
  | { readonly kind: 'message'; readonly message: Message }
  /** A message of an event that is not known: to be ignored. */
  | { readonly kind: 'unknown' }
  /** field: the first field that is wrong; its value is not repeated. */
  | { readonly kind: 'malformed'; readonly field: string };

const anyMessage = z.object({ event: z.string() });

/**
 * Parses one text frame. Never throws.
 * @param schema a union of messages by their `event`
 * @param events the events that the schema knows
 */
export function parseMessage<Message>(
  text: string,
  schema: z.ZodType<Message>,
  events: ReadonlySet<string>,
): ParsedMessage<Message> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { kind: 'malformed', field: 'not JSON' };
  }
  const named = anyMessage.safeParse(json);
  if (!named.success) return { kind: 'malformed', field: 'event' };
  const { event } = named.data;
  if (!events.has(event)) return { kind: 'unknown' };
  const parsed = schema.safeParse(json);
  if (parsed.success) return { kind: 'message', message: parsed.data };
  const field = parsed.error.issues[0]?.path.join('.');
  return { kind: 'malformed', field: field === undefined || field === '' ? event : field };
}
