import { log } from '../../platform/log.js';
import type { Clock } from '../../platform/clock.js';
import { AsterismError, messageOf } from '../../platform/errors.js';
import type {
  CallStarted,
  GatewayCommand,
  GatewayEvent,
} from '../../protos/generated/asterism/v1/conversation.js';
import type { Utterance } from '../../protos/generated/asterism/v1/hearing.js';
import type { Patient } from '../../protos/generated/asterism/v1/patient.js';
import { Disposition } from '../../protos/generated/asterism/v1/specialist.js';
import { digest } from '../call/digest.js';
import type { ChartSource } from '../chart/chart-source.js';
import { approvedPhrases } from '../consultation/approved-phrases.js';
import type { Deadlines } from '../consultation/deadlines.js';
import type { SpecialistHealth, SpecialistPool } from '../consultation/specialist-pool.js';
import type { PrimaryAgent } from '../primary/primary-agent.js';
import type { CallLog } from '../record/call-log.js';
import { isBackchannel } from './backchannel.js';
import { CallDesk } from './call-desk.js';
import { joinUtterances } from './join-utterances.js';
import type { HeardInTurn } from './looking.js';
import { outcomeOf } from './outcome.js';
import { sbar } from './sbar.js';
import { Turn, type TurnCause, type TurnEnd } from './turn.js';
import { TurnSpeech } from './turn-speech.js';

/** What every conversation of a process shares. */
export interface ConversationParts {
  readonly calls: CallLog;
  readonly charts: ChartSource;
  readonly pool: SpecialistPool;
  readonly primary: PrimaryAgent;
  readonly clock: Clock;
  readonly deadlines: Deadlines;
  /** Versions of software, protocols, …; the specialists' and the leg's are added. */
  readonly versions: Readonly<Record<string, string>>;
}

/** The line to the leg. */
export interface ConversationLine {
  send(command: GatewayCommand): void;
  /** The conversation is over; with an error when it could not go on. */
  end(error?: AsterismError): void;
}

interface Running {
  readonly turn: Turn;
  readonly heard: HeardInTurn;
  readonly abort: AbortController;
}

/**
 * One call. Takes the leg's events in order, starts and cancels turns, and ends the log.
 * Whatever goes wrong, it ends with the line told and the log readable up to that moment.
 */
export class ConversationSession {
  readonly #parts: ConversationParts;
  readonly #line: ConversationLine;
  #desk: CallDesk | undefined;
  #patient: Patient | undefined;
  #running: Running | undefined;
  /** Heard and not answered yet: what the patient says next belongs to it. */
  #unanswered: HeardInTurn | undefined;
  /** What follows when the last sentence was heard to its end. */
  #after: TurnEnd | undefined;
  #turns = 0;
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
    if (!this.#desk) {
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
    const mediaMs = finite(event.mediaMs);
    switch (happened?.$case) {
      case 'heardFinal':
        if (happened.value.utterance) {
          this.#heard(desk, mediaMs, happened.value.utterance, happened.value.endOfTurnReason);
        }
        return;
      case 'bargeIn': {
        const { sentenceId, playedMs, yieldMs } = happened.value;
        desk.note({
          type: 'barged-in',
          sentenceId,
          mediaMs,
          playedMs: finite(playedMs),
          yieldMs: finite(yieldMs),
        });
        this.#yield();
        return;
      }
      case 'dtmf': {
        const turnId = this.#nextTurnId();
        desk.note({ type: 'dtmf-received', turnId, mediaMs, digit: happened.value.digit });
        this.#cancelTurn();
        this.#stopSpeaking(desk, 'keypad');
        this.#run(
          desk,
          { turnId, utterance: undefined, turnIds: [] },
          { kind: 'dtmf', digit: happened.value.digit },
        );
        return;
      }
      case 'played': {
        const { sentenceId, playedText, playedMs, complete, started } = happened.value;
        if (started || !desk.state.sentences[sentenceId]) return;
        desk.forgetPlayed(sentenceId);
        desk.note({
          type: 'sentence-played',
          sentenceId,
          mediaMs,
          playedText,
          playedMs: finite(playedMs),
          complete,
        });
        if (this.#after?.lastSentenceId === sentenceId) await this.#afterLast(desk, complete);
        return;
      }
      case 'silenceElapsed':
        await this.#silence(desk, mediaMs, finite(happened.value.silenceMs));
        return;
      case 'turnTiming': {
        const { utteranceId, endOfTurnMs, finalTextMs, responseMs, firstAudioMs, voiceToVoiceMs } =
          happened.value;
        desk.note({
          type: 'turn-timed',
          utteranceId,
          endOfTurnMs: finite(endOfTurnMs),
          finalTextMs: finite(finalTextMs),
          responseMs: finite(responseMs),
          firstAudioMs: finite(firstAudioMs),
          voiceToVoiceMs: finite(voiceToVoiceMs),
        });
        return;
      }
      case 'callEnded':
        await this.#finish(happened.value.reason === '' ? 'unknown' : happened.value.reason);
        return;
      case 'callStarted':
        log.warn({ callId: desk.callId }, 'a second call_started was ignored');
        return;
      case 'speechStarted':
      case 'heardPartial':
      case undefined:
        return;
    }
  }

  async #start(callId: string, started: CallStarted): Promise<void> {
    if (callId === '') throw new AsterismError('CONVERSATION_PROTOCOL', 'call_id: is empty');
    const { calls, charts, pool, clock, versions } = this.#parts;
    const [writer, chart] = await Promise.all([
      calls.open(callId),
      charts.chart(started.patientId, new Date(clock.epochMs())).catch((thrown: unknown) => {
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
    this.#desk = desk;
    desk.note({
      type: 'call-started',
      callId,
      patientId: started.patientId,
      protocolId: started.protocolId === '' ? (chart?.protocolId ?? '') : started.protocolId,
      transport: started.transport,
      versions: { ...versions, ...specialistVersions(pool), ...started.modelVersions },
      specialists: [...pool.members],
    });
    for (const health of pool.lost) this.#noteHealth(desk, health);
    this.#stopWatching = pool.onHealth((health) => {
      this.#noteHealth(desk, health);
    });
    await desk.settled();
    const opening: HeardInTurn = { turnId: '0', utterance: undefined, turnIds: [] };
    if (!chart) {
      const task = 'the call had no usable chart; call the patient back';
      return this.#giveUp(desk, opening.turnId, approvedPhrases.noRecord, task, 'no-chart');
    }
    this.#patient = chart;
    this.#run(desk, opening, { kind: 'opening' });
  }

  /** One approved sentence, a task for a nurse, and the end of the call. */
  async #giveUp(desk: CallDesk, turnId: string, phrase: string, task: string, reason: string): Promise<void> {
    desk.note({ type: 'nurse-task-added', turnId, reason: task, disposition: Disposition.SAME_DAY });
    const speech = new TurnSpeech(desk, turnId, new AbortController().signal);
    await speech.sayApproved(phrase);
    this.#after = { then: { kind: 'hang-up', reason }, lastSentenceId: speech.lastSentenceId };
  }

  #heard(desk: CallDesk, mediaMs: number, utterance: Utterance, endOfTurnReason: string): void {
    const turnId = this.#nextTurnId();
    desk.note({ type: 'utterance-heard', turnId, mediaMs, utterance, endOfTurnReason });
    // "Mm-hm" while the agent speaks says: go on.
    if (desk.unplayed.length > 0 && isBackchannel(utterance.text)) return;
    this.#cancelTurn();
    this.#stopSpeaking(desk, 'patient-spoke');
    const before = this.#unanswered;
    const heard: HeardInTurn = {
      turnId,
      utterance: before?.utterance ? joinUtterances(before.utterance, utterance) : utterance,
      turnIds: [...(before?.turnIds ?? []), turnId],
    };
    this.#unanswered = heard;
    this.#run(desk, heard, { kind: 'heard' });
  }

  async #silence(desk: CallDesk, mediaMs: number, silenceMs: number): Promise<void> {
    if (this.#running) return;
    if (this.#after) return this.#afterLast(desk, true);
    if (desk.unplayed.length > 0) return;
    if (this.#unanswered) return this.#run(desk, this.#unanswered, { kind: 'heard' });
    const turnId = this.#nextTurnId();
    desk.note({ type: 'silence-elapsed', turnId, mediaMs, silenceMs });
    const cause: TurnCause = { kind: 'silence', silenceMs, count: desk.state.silences };
    this.#run(desk, { turnId, utterance: undefined, turnIds: [] }, cause);
  }

  #run(desk: CallDesk, heard: HeardInTurn, cause: TurnCause): void {
    const patient = this.#patient;
    if (!patient || desk.state.closing) return;
    const abort = new AbortController();
    const { pool, primary, clock, deadlines } = this.#parts;
    const turn = new Turn({ desk, pool, primary, patient, clock, deadlines }, heard, cause, abort.signal);
    const running: Running = { turn, heard, abort };
    this.#running = running;
    turn.run().then(
      (end) => {
        if (end) this.#turnEnded(desk, running, end);
      },
      (thrown: unknown) => this.#turnFailed(desk, running, thrown),
    );
  }

  /** A fault in a turn: an honest word and a nurse's call-back, as long as both can be recorded. */
  async #turnFailed(desk: CallDesk, running: Running, thrown: unknown): Promise<void> {
    if (this.#closed || thrown instanceof AsterismError) {
      this.#fail(thrown);
      return;
    }
    log.error({ callId: desk.callId, error: nameOf(thrown), frames: framesOf(thrown) }, 'a turn failed');
    running.abort.abort();
    this.#running = undefined;
    try {
      await this.#giveUp(
        desk,
        `${running.heard.turnId}.fault`,
        approvedPhrases.cannotContinue,
        'the call had a fault; call the patient back',
        'fault',
      );
    } catch (again) {
      this.#fail(again);
    }
  }

  #turnEnded(desk: CallDesk, running: Running, end: TurnEnd): void {
    if (this.#running !== running) return;
    this.#running = undefined;
    this.#unanswered = undefined;
    if (end.then.kind === 'listen') return;
    this.#after = end;
    const stillSpeaking = desk.unplayed.some((sentence) => sentence.sentenceId === end.lastSentenceId);
    if (stillSpeaking) return;
    const last = desk.state.sentences[end.lastSentenceId];
    this.#events = this.#events.then(() => this.#afterLast(desk, last?.status !== 'cut'));
  }

  /**
   * The patient spoke over the agent, and nobody knows yet whether it is a turn or a cough. What is left
   * of an answer is not said; but words that have no answer yet keep their turn, so that a cough never
   * swallows a red flag.
   */
  #yield(): void {
    this.#after = undefined;
    const running = this.#running;
    if (!running) return;
    if (running.heard.utterance === undefined || running.turn.answered) this.#cancelTurn();
  }

  /** Nothing more of the turn under way is said. */
  #cancelTurn(): void {
    this.#after = undefined;
    const running = this.#running;
    this.#running = undefined;
    if (!running) return;
    running.abort.abort();
    if (running.turn.answered) this.#unanswered = undefined;
  }

  /** Stops what the leg still has to say, unless an emergency instruction is among it. */
  #stopSpeaking(desk: CallDesk, reason: string): void {
    const { unplayed } = desk;
    if (unplayed.length === 0 || unplayed.some((sentence) => !sentence.interruptible)) return;
    desk.send({ $case: 'stop', value: { reason } });
  }

  /** The last sentence of a turn was heard, or cut short: then the turn's end waits for another turn. */
  async #afterLast(desk: CallDesk, complete: boolean): Promise<void> {
    const after = this.#after;
    this.#after = undefined;
    if (!after || !complete || this.#closed) return;
    const turnId = desk.state.sentences[after.lastSentenceId]?.turnId ?? '';
    switch (after.then.kind) {
      case 'listen':
        return;
      case 'hang-up': {
        const { reason } = after.then;
        desk.note({ type: 'hang-up-requested', turnId, reason });
        await desk.settled();
        desk.send({ $case: 'hangUp', value: { reason } });
        return;
      }
      case 'transfer': {
        const { destination } = after.then;
        const handOff = this.#patient ? sbar(desk.state, this.#patient) : '';
        desk.note({ type: 'transfer-requested', turnId, destination, sbar: handOff });
        await desk.settled();
        desk.send({ $case: 'transfer', value: { destination, sbar: handOff } });
        return;
      }
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
    this.#cancelTurn();
    this.#closed = true;
    this.#stopWatching();
    if (desk) {
      const outcome = outcomeOf(desk.state, reason);
      desk.note({ type: 'call-ended', reason, outcome, stateDigest: digest(desk.state) });
      await desk.settled().catch(() => undefined);
    }
    this.#line.end();
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
    this.#cancelTurn();
    this.#closed = true;
    this.#stopWatching();
    const desk = this.#desk;
    if (desk && error.code !== 'DATABASE_UNREACHABLE') {
      const outcome = outcomeOf(desk.state, 'fault');
      desk.note({ type: 'call-ended', reason: 'fault', outcome, stateDigest: digest(desk.state) });
    }
    this.#line.end(error);
  }

  #nextTurnId(): string {
    this.#turns++;
    return String(this.#turns);
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

/** A number that JSON can hold; the leg's clock is never trusted to be one. */
function finite(value: number): number {
  return Number.isFinite(value) ? value : 0;
}

function framesOf(thrown: unknown): readonly string[] {
  const lines = thrown instanceof Error ? (thrown.stack ?? '').split('\n') : [];
  return lines.filter((line) => line.startsWith('    at ')).slice(0, 6);
}

/** The kind of a failure without its message, which might quote the patient. */
function nameOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.name : typeof thrown;
}
