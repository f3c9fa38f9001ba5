import { credentials } from '@grpc/grpc-js';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { loadPersona } from '../../evaluation/simulated-patient/persona.js';
import { placeTextCall } from '../../evaluation/simulated-patient/text-call.js';
import type { CallSummary } from '../../evaluation/tasks/ablation.js';
import { callEvent, type LoggedEvent } from '../../orchestrator/call/events.js';
import { isSaidIn } from '../../orchestrator/consultation/speech-gate.js';
import { AsterismError, messageOf } from '../../platform/errors.js';
import { packageRoot } from '../../platform/package-root.js';
import { RecordClient, type RecordedEvent } from '../../protos/generated/asterism/v1/record.js';
import { foldEvents, reportCall } from '../call-report.js';
import { readConfiguration } from '../configuration.js';
import { dispositionWord } from '../consult/result-line.js';
import { startOrchestratorPart } from '../parts/orchestrator-part.js';

/** A text call takes seconds; one that does not end is a result, not a reason to wait for ever. */
const CALL_LIMIT_MS = 120_000;

const personas = join(packageRoot, 'evaluation', 'personas');

/** The simulated patients that ship, by the name of their file, in order. */
export function shippedPersonas(): string[] {
  return readdirSync(personas)
    .sort()
    .map((file) => basename(file, '.yaml'));
}

/**
 * Each of these simulated patients calls once, in text, over a conversation of its own with these specialists; specialists that
 * are not named are absent. A call that cannot be held says why in its outcome.
 * @param addresses host:port by specialist
 * @param calls names of personas
 * @throws AsterismError SPECIALIST_UNREACHABLE, INPUT_INVALID for a persona that cannot be read
 */
export async function placeTextCalls(
  addresses: Readonly<Record<string, string>>,
  calls: readonly string[],
): Promise<CallSummary[]> {
  const folder = mkdtempSync(join(tmpdir(), 'asterism-ablate-'));
  // A call's record of an evaluation belongs into no one's database.
  const configuration = { ...readConfiguration({}), databaseFolder: join(folder, 'database') };
  try {
    const orchestrator = await startOrchestratorPart(configuration, '127.0.0.1:0', addresses);
    try {
      const summaries: CallSummary[] = [];
      for (const call of calls) summaries.push(await placeOne(orchestrator.address, call));
      return summaries;
    } finally {
      await orchestrator.close();
    }
  } catch (thrown) {
    // Without the specialist that reads charts there is no conversation at all: that is a result too.
    if (!(thrown instanceof AsterismError && thrown.code === 'CONFIGURATION_INVALID')) throw thrown;
    return calls.map((call) => notHeld(call, thrown));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function placeOne(address: string, call: string): Promise<CallSummary> {
  const persona = loadPersona(join(personas, `${call}.yaml`));
  const giveUp = new AbortController();
  try {
    const { callId } = await Promise.race([
      placeTextCall({ address, persona }),
      setTimeout(CALL_LIMIT_MS, undefined, { signal: giveUp.signal }).then(() => {
        throw new Error(`no end after ${String(CALL_LIMIT_MS / 1000)} s`);
      }),
    ]);
    return summaryOf(call, callId, await readCall(address, callId));
  } catch (thrown) {
    return notHeld(call, thrown);
  } finally {
    giveUp.abort();
  }
}

function notHeld(call: string, thrown: unknown): CallSummary {
  return {
    call,
    outcome: `not held (${thrown instanceof AsterismError ? thrown.code : messageOf(thrown)})`,
    disposition: 'none',
    turns: 0,
    warnings: [],
    nurseTasks: [],
    findings: [],
    unansweredGates: 0,
    sentencesPastSilentGates: 0,
  };
}

async function readCall(address: string, callId: string): Promise<LoggedEvent[]> {
  const client = new RecordClient(address, credentials.createInsecure());
  try {
    const events: LoggedEvent[] = [];
    for await (const recorded of client.readCall({ callId, follow: false })) {
      const { sequence, recordedAt, payloadJson } = recorded as RecordedEvent;
      const event = callEvent.parse(JSON.parse(payloadJson));
      events.push({ sequence, recordedAtMs: Date.parse(recordedAt), event });
    }
    return events;
  } finally {
    client.close();
  }
}

function summaryOf(name: string, callId: string, events: readonly LoggedEvent[]): CallSummary {
  const { outcome, turns } = reportCall(callId, events, []);
  return {
    call: name,
    outcome: outcome.outcome,
    disposition: dispositionWord(foldEvents(callId, events).disposition),
    turns: turns.length,
    // The primary agent often drafts a specialist's sentence itself: what counts is that it was spoken.
    warnings: turns.flatMap(({ reviews, spoken }) => {
      const said = spoken.map(({ text }) => text);
      const wordings = reviews.map(({ review }) => review?.say ?? '').filter((say) => isSaidIn(say, said));
      return [...new Set(wordings)];
    }),
    nurseTasks: outcome.nurseTasks,
    findings: events.flatMap(({ event }) =>
      event.type === 'findings-noted'
        ? event.facts.map(({ kind, subjects, severity }) => [kind, ...subjects, severity].join(' '))
        : [],
    ),
    unansweredGates: outcome.unansweredGates,
    sentencesPastSilentGates: outcome.sentencesPastSilentGates,
  };
}
