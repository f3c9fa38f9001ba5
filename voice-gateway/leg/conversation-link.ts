import { credentials, type ClientDuplexStream } from '@grpc/grpc-js';
import {
  ConversationClient,
  type GatewayCommand,
  type GatewayEvent,
} from '../../protos/generated/asterism/v1/conversation.js';
import { messageOf } from '../../platform/errors.js';
import { log } from '../../platform/log.js';
import type { ToldEvent } from './leg-state.js';

/** What a leg is told by its conversation. */
export interface ConversationListener {
  command(command: NonNullable<GatewayCommand['command']>): void;
  /** The conversation ended or failed without being asked to; nothing follows. */
  lost(): void;
}

/** The conversation of one call, as its leg sees it. */
export interface ConversationLink {
  /** @param mediaMs media time of the event */
  tell(event: ToldEvent, mediaMs: number): void;
  /** No event follows; the conversation has this long to finish what it does with those it got. */
  finish(withinMs: number): void;
}

/** Opens the conversation of a call. Never throws: a conversation that cannot be reached is lost. */
export type OpenConversation = (callId: string, listener: ConversationListener) => ConversationLink;

/** A dead peer is noticed after these two, in milliseconds; TCP alone would take many minutes. */
const KEEPALIVE_MS = 5_000;
const KEEPALIVE_TIMEOUT_MS = 3_000;

/** The conversations of all calls of a gateway, over one channel to the orchestrator. */
export interface Conversations {
  readonly open: OpenConversation;
  close(): void;
}

/** @param address host:port of the orchestrator's gRPC server */
export function connectConversations(address: string): Conversations {
  const client = new ConversationClient(address, credentials.createInsecure(), {
    'grpc.keepalive_time_ms': KEEPALIVE_MS,
    'grpc.keepalive_timeout_ms': KEEPALIVE_TIMEOUT_MS,
    // The orchestrator is on this machine or in this cluster: an http_proxy of the environment must not catch it.
    'grpc.enable_http_proxy': 0,
  });
  return {
    open: (callId, listener) => openLink(client.converse(), callId, listener),
    close: () => client.close(),
  };
}

function openLink(
  stream: ClientDuplexStream<GatewayEvent, GatewayCommand>,
  callId: string,
  listener: ConversationListener,
): ConversationLink {
  let sequence = 0;
  let over = false;
  const end = (detail: string): void => {
    if (over) return;
    over = true;
    log.error({ callId, detail }, 'the conversation of a call was lost');
    listener.lost();
  };
  stream.on('data', ({ command }: GatewayCommand) => {
    if (over) return;
    // A command of a newer contract arrives without a case; it is none that this gateway can follow.
    if (command) listener.command(command);
    else log.warn({ callId }, 'a command that is not known was ignored');
  });
  stream.on('end', () => end('the orchestrator ended the stream'));
  stream.on('error', (error) => end(messageOf(error)));
  return {
    tell(event, mediaMs) {
      if (over) return;
      stream.write({ callId, sequence: ++sequence, mediaMs, event });
    },
    finish(withinMs) {
      if (over) return;
      over = true;
      stream.end();
      const timer = setTimeout(() => stream.cancel(), withinMs);
      timer.unref();
      stream.once('end', () => clearTimeout(timer));
      stream.once('error', () => clearTimeout(timer));
    },
  };
}
