import type { Clock } from '../../platform/clock.js';
import { AsterismError } from '../../platform/errors.js';
import { log } from '../../platform/log.js';
import { AwaitedAnswer } from '../../protos/generated/asterism/v1/hearing.js';
import type { Patient } from '../../protos/generated/asterism/v1/patient.js';
import { Disposition } from '../../protos/generated/asterism/v1/specialist.js';
import type { Deadlines } from '../consultation/deadlines.js';
import { approvedPhrases } from '../consultation/approved-phrases.js';
import { spokenWordings, type Decision } from '../consultation/merge.js';
import type { Draft, PrimaryAgent, Stimulus } from '../primary/primary-agent.js';
import type { CallDesk } from './call-desk.js';

/** What drafting an answer needs from its surroundings. */
export interface DraftingParts {
  readonly desk: CallDesk;
  readonly patient: Patient;
  readonly primary: PrimaryAgent;
  readonly clock: Clock;
  readonly deadlines: Deadlines;
}

/**
 * Asks the primary agent for its answer. When it throws or takes too long, the specialists' own words
 * take its place, or an honest apology, and a nurse sees that it happened.
 * @param emergencySaid a 911 or 988 instruction was given in this turn already; no apology follows it
 */
export async function draftAnswer(
  parts: DraftingParts,
  turnId: string,
  stimulus: Stimulus,
  emergencySaid: boolean,
  signal: AbortSignal,
): Promise<Draft> {
  const { desk, patient, primary, clock, deadlines } = parts;
  const stopped = new AbortController();
  const input = { turnId, state: desk.state, patient, stimulus, now: new Date(clock.epochMs()) };
  try {
    return await within(
      // Called inside the promise chain, so that an agent that throws at once is caught too.
      Promise.resolve().then(() => primary.respond(input, stopped.signal)),
      { timeoutMs: deadlines.draftDeadlineMs, clock, signal },
      () => new AsterismError('CANCELLED', 'the draft was cancelled or took too long'),
    );
  } catch (thrown) {
    stopped.abort();
    if (!signal.aborted) noteFailure(desk, turnId, thrown);
    const wordings = stimulus.kind === 'heard' ? wordingsOf(stimulus.decision) : [];
    const texts = wordings.length > 0 || emergencySaid ? wordings : [approvedPhrases.sayAgain];
    return {
      sentences: texts.map((text) => ({ text, interruptible: true })),
      events: [],
      listening: { ...desk.state.listening, awaited: AwaitedAnswer.OPEN },
      then: { kind: 'listen' },
    };
  }
}

function wordingsOf(decision: Decision): readonly string[] {
  return spokenWordings(decision).map((review) => review.say);
}

function noteFailure(desk: CallDesk, turnId: string, thrown: unknown): void {
  const kind =
    thrown instanceof AsterismError ? thrown.code : thrown instanceof Error ? thrown.name : 'unknown';
  log.error({ callId: desk.callId, turnId, error: kind }, 'the primary agent failed');
  desk.note({
    type: 'nurse-task-added',
    turnId,
    reason: `the agent could not answer in this turn (${kind})`,
    disposition: Disposition.ROUTINE,
  });
}

/** Settles like the promise, or rejects with the reason as soon as the signal aborts or the time is over. */
function within<Value>(
  promise: Promise<Value>,
  limit: { readonly timeoutMs: number; readonly clock: Clock; readonly signal: AbortSignal },
  reason: () => Error,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      cancelTimer();
      limit.signal.removeEventListener('abort', stop);
      reject(reason());
    };
    const cancelTimer = limit.clock.after(limit.timeoutMs, stop);
    limit.signal.addEventListener('abort', stop);
    if (limit.signal.aborted) stop();
    void promise.then(resolve, reject).finally(() => {
      cancelTimer();
      limit.signal.removeEventListener('abort', stop);
    });
  });
}
