import { status, type handleBidiStreamingCall } from '@grpc/grpc-js';
import type { AsterismError } from '../../platform/errors.js';
import type {
  ConversationServer,
  GatewayCommand,
  GatewayEvent,
} from '../../protos/generated/asterism/v1/conversation.js';
import { ConversationSession, type ConversationParts } from './conversation-session.js';

/** The Conversation service: one session per stream. */
export interface ConversationHost {
  readonly service: ConversationServer;
  /** Ends every conversation and writes its end down. */
  close(): Promise<void>;
}

export function hostConversations(parts: ConversationParts): ConversationHost {
  const sessions = new Set<ConversationSession>();
  const converse: handleBidiStreamingCall<GatewayEvent, GatewayCommand> = (call) => {
    const session = new ConversationSession(parts, {
      send: (command) => {
        if (call.writable) call.write(command);
      },
      end: (error) => {
        sessions.delete(session);
        if (error) call.emit('error', { code: statusOf(error), details: error.message });
        else call.end();
      },
    });
    const lost = (): void => {
      void session.close('connection-lost');
    };
    sessions.add(session);
    call.on('data', (event: GatewayEvent) => {
      session.take(event);
    });
    call.on('end', lost);
    call.on('cancelled', lost);
    call.on('error', lost);
  };
  return {
    service: { converse },
    close: async () => {
      await Promise.all([...sessions].map((session) => session.close('server-stopping')));
    },
  };
}

function statusOf(error: AsterismError): status {
  return error.code === 'CONVERSATION_PROTOCOL' ? status.INVALID_ARGUMENT : status.INTERNAL;
}
