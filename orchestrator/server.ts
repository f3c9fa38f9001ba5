import { Server, ServerCredentials } from '@grpc/grpc-js';
import type { Protocol } from '../clinical-kb/protocols/schema.js';
import type { Clock } from '../platform/clock.js';
import { AsterismError, messageOf } from '../platform/errors.js';
import { ConversationService } from '../protos/generated/asterism/v1/conversation.js';
import { RecordService } from '../protos/generated/asterism/v1/record.js';
import type { ChartSource } from './chart/chart-source.js';
import type { CallRecipient } from './chart/records.js';
import { defaultDeadlines, type Deadlines } from './consultation/deadlines.js';
import { SpecialistPool } from './consultation/specialist-pool.js';
import { hostConversations } from './conversation/conversation-service.js';
import type { PrimaryAgent } from './primary/primary-agent.js';
import { openCallLog } from './record/call-log.js';
import type { Database } from './record/database.js';
import { WritingBack } from './conversation/writing-back.js';
import { recordService } from './record/record-service.js';

export interface OrchestratorOptions {
  /** host:port; port 0 takes a free one. */
  readonly address: string;
  /** host:port of every specialist that takes part, by name. */
  readonly specialists: Readonly<Record<string, string>>;
  /** Closed by whoever opened it. */
  readonly database: Database;
  readonly charts: ChartSource;
  /** Where finished calls are written back; left out: nowhere. */
  readonly recipient?: CallRecipient;
  readonly primary: PrimaryAgent;
  /** Care protocols by id; a call of another one has no checklist. */
  readonly protocols: Readonly<Record<string, Protocol>>;
  readonly clock: Clock;
  readonly deadlines?: Partial<Deadlines>;
  /** What the agent says in calls; given, looks are rehearsed over it in the pauses of the first calls. */
  readonly rehearseOn?: readonly string[];
  /** Versions of software, protocols, …, written into every call's log. */
  readonly versions: Readonly<Record<string, string>>;
}

export interface RunningOrchestrator {
  /** host:port for gRPC clients of Conversation and Record. */
  readonly address: string;
  /** Ends every conversation, writes its end down and stops listening. Idempotent. */
  close(): Promise<void>;
}

/** How long streams may finish after close() was asked for, in milliseconds. */
const CLOSE_GRACE_MS = 500;

/**
 * Serves Conversation and Record on one gRPC server, with every specialist connected.
 * @throws AsterismError SPECIALIST_UNREACHABLE, CONFIGURATION_INVALID
 */
export async function startOrchestrator(options: OrchestratorOptions): Promise<RunningOrchestrator> {
  const { address, specialists, database, charts, primary, protocols, clock, versions } = options;
  const pool = await SpecialistPool.connect(specialists, clock);
  const calls = openCallLog(database, clock);
  const deadlines = { ...defaultDeadlines, ...options.deadlines };
  const writingBack = options.recipient && new WritingBack(options.recipient, versions['asterism'] ?? '');
  const conversations = hostConversations({
    calls,
    charts,
    pool,
    primary,
    protocols,
    clock,
    deadlines,
    versions,
    writingBack,
  });
  const server = new Server();
  server.addService(ConversationService, conversations.service);
  server.addService(RecordService, recordService(calls));
  let port: number;
  try {
    port = await bind(server, address);
  } catch (thrown) {
    pool.close();
    throw thrown;
  }
  if (options.rehearseOn) void pool.rehearseOn(options.rehearseOn);
  let closing: Promise<void> | undefined;
  return {
    address: `${address.slice(0, address.lastIndexOf(':'))}:${String(port)}`,
    close: () =>
      (closing ??= (async () => {
        await conversations.close();
        await writingBack?.settled();
        await shutDown(server);
        pool.close();
      })()),
  };
}

function bind(server: Server, address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync(address, ServerCredentials.createInsecure(), (error, port) => {
      if (error) {
        const detail = `the orchestrator cannot listen on ${address}: ${messageOf(error)}; choose another address`;
        reject(new AsterismError('CONFIGURATION_INVALID', detail, { cause: error }));
      } else resolve(port);
    });
  });
}

function shutDown(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => {
      server.forceShutdown();
    }, CLOSE_GRACE_MS);
    server.tryShutdown(() => {
      clearTimeout(force);
      resolve();
    });
  });
}
