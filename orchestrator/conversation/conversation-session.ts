import { log } from '../../platform/log.js';
import type { Clock } from '../../platform/clock.js';
import { localDate } from '../../platform/local-date.js';
import { AsterismError, messageOf } from '../../platform/errors.js';
import type {
  CallStarted,
  GatewayCommand,
  GatewayEvent,
} from '../../protos/generated/asterism/v1/conversation.js';
import { digest } from '../call/digest.js';
import type { Protocol } from '../../clinical-kb/protocols/schema.js';
import type { ChartSource } from '../chart/chart-source.js';
import { approvedPhrases } from '../consultation/approved-phrases.js';
import type { Deadlines } from '../consultation/deadlines.js';
import type { SpecialistHealth, SpecialistPool } from '../consultation/specialist-pool.js';
import type { PrimaryAgent } from '../primary/primary-agent.js';
import type { CallLog } from '../record/call-log.js';
import { CallDesk } from './call-desk.js';
import { omissionEvents, type CallSubject } from './checklist.js';
import { bargedIn, finite, turnTimed } from './leg-reports.js';
import { EarlyLook } from './early-look.js';
import { LongJobs } from './long-jobs.js';
import { outcomeOf } from './outcome.js';
import { TurnTaking } from './turn-taking.js';
import type { WritingBack } from './writing-back.js';

/** What every conversation of a process shares. */
export interface ConversationParts {
  readonly calls: CallLog;
  readonly charts: ChartSource;
  readonly pool: SpecialistPool;
  readonly primary: PrimaryAgent;
  /** Care protocols by id, for the checklist. */
  readonly protocols: Readonly<Record<string, Protocol>>;
  readonly clock: Clock;
  readonly deadlines: Deadlines;
  /** Versions of software, protocols, …; the specialists' and the leg's are added. */
  readonly versions: Readonly<Record<string, string>>;
  /** Takes finished calls; undefined when they are not written back. */
  readonly writingBack: WritingBack | undefined;
}

/** The line to the leg. */
export interface ConversationLine {
  send(command: GatewayCommand): void;
  /** The conversation is over; with an error when it could not go on. */
  end(error?: AsterismError): void;
}

/**
 * One call: opens its log, hands the leg's events on in order, and ends the log.
 * Whatever goes wrong, it ends with the line told and the log readable up to that moment.
 */
export class ConversationSession {
  readonly #parts: ConversationParts;
  readonly #line: ConversationLine;
  #desk: CallDesk | undefined;
  #turns: TurnTaking | undefined;
  #jobs: LongJobs | undefined;
  /** Undefined without a chart. */
  #subject: CallSubject | undefined;
  #startedAtMs = 0;
  #events: Promise<void> = Promise.resolve();
  #stopWatching: () => void = () => undefined;
  #closed = false;

  constructor(parts: ConversationParts, line: ConversationLine) {
    this.#parts = parts;
    this.#line = line;
  }

  /** Takes the next event of the leg. */
  take(event: GatewayEvent): void {
    this.#events = this.#events
      .then(() => (this.#closed ? undefined : this.#handle(event)))
      .catch((thrown: unknown) => {
        this.#fail(thrown);
      });
  }

  /**
   * The stream ended without call_ended, or the server stops. Idempotent.
   * @param reason connection-lost or server-stopping
   */
  async close(reason: string): Promise<void> {
    await this.#events;
    await this.#finish(reason);
  }

  async #handle(event: GatewayEvent): Promise<void> {
    const happened = event.event;
    if (!this.#desk || !this.#turns) {
      if (happened?.$case !== 'callStarted') {
        throw new AsterismError('CONVERSATION_PROTOCOL', 'the first event of a stream must be call_started');
      }
      return this.#start(event.callId, happened.value);
    }
    if (event.callId !== this.#desk.callId) {
      log.warn({ callId: this.#desk.callId }, 'an event of another call was ignored');
      return;
    }
    const desk = this.#desk;
    const turns = this.#turns;
    const mediaMs = finite(event.mediaMs);
    switch (happened?.$case) {
      case 'heardFinal': {
        const { utterance, endOfTurnReason } = happened.value;
        if (utterance) turns.heard(utterance, endOfTurnReason, mediaMs);
        return;
      }
      case 'bargeIn':
        desk.note(bargedIn(happened.value, mediaMs));
        turns.yield(happened.value.sentenceId);
        return;
      case 'dtmf':
        turns.keyPressed(happened.value.digit, mediaMs);
        return;
      case 'played':
        return turns.played(happened.value, mediaMs);
      case 'silenceElapsed':
        return turns.silence(finite(happened.value.silenceMs), mediaMs);
      case 'turnTiming':
        desk.note(turnTimed(happened.value));
        return;
      case 'callEnded':
        await this.#finish(happened.value.reason === '' ? 'unknown' : happened.value.reason);
        return;
      case 'callStarted':
        log.warn({ callId: desk.callId }, 'a second call_started was ignored');
        return;
      case 'heardPartial':
        if (happened.value.utterance) turns.heardSoFar(happened.value.utterance);
        return;
      case 'speechStarted':
      case undefined:
        return;
    }
  }

  async #start(callId: string, started: CallStarted): Promise<void> {
    if (callId === '') throw new AsterismError('CONVERSATION_PROTOCOL', 'call_id: is empty');
    const { calls, charts, pool, clock, versions } = this.#parts;
    const startedAt = new Date(clock.epochMs());
    const [writer, chart] = await Promise.all([
      calls.open(callId),
      charts.chart(started.patientId, startedAt).catch((thrown: unknown) => {
        log.error({ callId, error: messageOf(thrown) }, 'a call has no usable chart');
        return undefined;
      }),
    ]);
    if (writer.length > 0) {
      throw new AsterismError('CONVERSATION_PROTOCOL', 'call_id: another call has this identifier already');
    }
    const desk = new CallDesk(
      callId,
      writer,
      (command) => {
        if (!this.#closed) this.#line.send(command);
      },
      (error) => {
        this.#fail(error);
      },
    );
    const { primary, deadlines, protocols } = this.#parts;
    const protocolId = started.protocolId === '' ? (chart?.protocolId ?? '') : started.protocolId;
    const protocol = Object.hasOwn(protocols, protocolId) ? protocols[protocolId] : undefined;
    this.#subject = chart && { patient: chart, protocol };
    const jobs = new LongJobs({ desk, pool, clock, deadlines }, (review) => this.#turns?.interject(review));
    this.#jobs = jobs;
    const early = new EarlyLook();
    const turns = new TurnTaking(
      { desk, pool, primary, clock, deadlines, jobs, early },
      this.#subject,
      (thrown) => {
        this.#fail(thrown);
      },
    );
    this.#desk = desk;
    this.#startedAtMs = clock.epochMs();
    this.#turns = turns;
    desk.note({
      type: 'call-started',
      callId,
      patientId: started.patientId,
      protocolId,
      transport: started.transport,
      localDate: localDate(startedAt),
      versions: { ...versions, ...specialistVersions(pool), ...started.modelVersions },
      specialists: [...pool.members],
    });
    for (const health of pool.lost) this.#noteHealth(desk, health);
    this.#stopWatching = pool.onHealth((health) => {
      this.#noteHealth(desk, health);
    });
    await desk.settled();
    if (chart) {
      turns.open();
    } else {
      const task = 'the call had no usable chart; call the patient back';
      await turns.giveUp('0', approvedPhrases.noRecord, task, 'no-chart');
    }
  }

  #noteHealth(desk: CallDesk, { specialist, gate, lost }: SpecialistHealth): void {
    const known = desk.state.specialists.find((member) => member.specialist === specialist);
    if (this.#closed || !known || known.lost === lost) return;
    desk.note(
      lost
        ? { type: 'specialist-lost', specialist, gate, detail: 'its connection broke' }
        : { type: 'specialist-back', specialist },
    );
  }

  async #finish(reason: string): Promise<void> {
    if (this.#closed) return;
    const desk = this.#desk;
    this.#turns?.cancel();
    this.#closed = true;
    this.#stopWatching();
    const outcome = desk && this.#noteEnd(desk, reason);
    await desk?.settled().catch(() => undefined);
    this.#line.end();
    this.#writeBack(outcome);
  }

  /** What was left open, and the end. @returns the outcome */
  #noteEnd(desk: CallDesk, reason: string): string {
    this.#jobs?.close();
    if (this.#subject) desk.note(...omissionEvents(desk.state, this.#subject));
    const outcome = outcomeOf(desk.state, reason);
    desk.note({ type: 'call-ended', reason, outcome, stateDigest: digest(desk.state) });
    return outcome;
  }

  /** @param outcome undefined when the call never began, or its end could not be written down */
  #writeBack(outcome: string | undefined): void {
    const desk = this.#desk;
    const subject = this.#subject;
    const startedAtMs = this.#startedAtMs;
    const endedAtMs = this.#parts.clock.epochMs();
    if (desk && subject && outcome !== undefined)
      this.#parts.writingBack?.begin(desk, { ...subject, outcome, startedAtMs, endedAtMs });
  }

  /** Nothing is said that cannot be recorded, so a call whose log breaks ends at once. */
  #fail(thrown: unknown): void {
    if (this.#closed) return;
    const error =
      thrown instanceof AsterismError
        ? thrown
        : new AsterismError('RECORD_CORRUPT', 'the conversation met an unexpected error', { cause: thrown });
    log.error(
      { callId: this.#desk?.callId, code: error.code, error: nameOf(thrown) },
      'a conversation failed',
    );
    this.#turns?.cancel();
    this.#closed = true;
    this.#stopWatching();
    const desk = this.#desk;
    const recorded = desk && error.code !== 'DATABASE_UNREACHABLE';
    const outcome = recorded ? this.#noteEnd(desk, 'fault') : undefined;
    if (!recorded) this.#jobs?.stop();
    this.#line.end(error);
    this.#writeBack(outcome);
  }
}

function specialistVersions(pool: SpecialistPool): Record<string, string> {
  return Object.fromEntries(
    pool.descriptions.flatMap(({ specialist, version, knowledgeVersion }) => [
      [`specialist ${specialist}`, version],
      [`knowledge ${specialist}`, knowledgeVersion],
    ]),
  );
}

/** The kind of a failure without its message, which might quote the patient. */
function nameOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.name : typeof thrown;
}
