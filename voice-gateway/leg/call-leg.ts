import { AsterismError, messageOf } from '../../platform/errors.js';
import type { Clock } from '../../platform/clock.js';
import { log } from '../../platform/log.js';
import type { GatewayCommand } from '../../protos/generated/asterism/v1/conversation.js';
import type { Slot } from '../audio/pacer.js';
import type { Ear, EarEvents } from '../hearing/ear.js';
import type { Voice } from '../speaking/voice.js';
import type { CarrierControl } from '../transports/carrier-control.js';
import type { CallEndReason, StopReason, Transport, TransportStart } from '../transports/transport.js';
import { CallRecording, type SidesWriter } from './call-recording.js';
import type { ConversationLink, OpenConversation } from './conversation-link.js';
import {
  initialLegState,
  legStep,
  type CutCause,
  type LegEffect,
  type LegInput,
  type LegState,
} from './leg-state.js';
import { MediaClock } from './media-clock.js';
import { PatientLevel } from './patient-level.js';
import { SentencePlayer } from './sentence-player.js';

/** How often silence is looked at, in milliseconds. */
const TICK_MS = 250;

/** The conversation's time to finish after the call ended, in milliseconds. */
const FINISH_WITHIN_MS = 10_000;

/** Everything a leg works with; all of it is handed in. */
export interface CallLegParts {
  readonly callId: string;
  readonly meta: TransportStart;
  readonly transport: Transport;
  readonly createEar: (events: EarEvents) => Ear;
  readonly voice: Voice;
  readonly openConversation: OpenConversation;
  readonly openRecording: () => Promise<SidesWriter>;
  readonly carrier: CarrierControl;
  /** Adds a callback to the shared pacer and returns what removes it. */
  readonly pace: (onSlot: (slot: Slot) => void) => () => void;
  readonly modelVersions: Readonly<Record<string, string>>;
  readonly clock: Clock;
  /** The leg is over and everything it held is closed. */
  readonly onEnded: (reason: CallEndReason) => void;
}

/**
 * One call: connects what the transport hears and plays with the ear, the voice and the conversation. What to do
 * is decided by legStep; this carries it out.
 */
export class CallLeg {
  readonly callId: string;
  readonly #parts: CallLegParts;
  readonly #clock: Clock;
  readonly #mediaClock: MediaClock;
  readonly #level = new PatientLevel();
  readonly #ear: Ear;
  readonly #player: SentencePlayer;
  readonly #recording: CallRecording;
  readonly #conversation: ConversationLink;
  #state: LegState;
  #transferring: Promise<void> = Promise.resolve();
  #cancelTick: () => void = () => undefined;
  readonly #ended: Promise<void>;
  #settleEnded: () => void = () => undefined;

  constructor(parts: CallLegParts) {
    const { clock, transport, meta, callId } = parts;
    this.callId = callId;
    this.#parts = parts;
    this.#clock = clock;
    this.#mediaClock = new MediaClock(clock.nowMs());
    this.#state = initialLegState(clock.nowMs());
    this.#ended = new Promise((resolve) => (this.#settleEnded = resolve));
    this.#recording = new CallRecording(parts.openRecording);
    this.#ear = parts.createEar(this.#earEvents());
    this.#player = new SentencePlayer({
      voice: parts.voice,
      transport,
      clock,
      pace: parts.pace,
      events: {
        firstAudio: (_sentenceId, atMs) => this.#take({ type: 'first-audio', atMs }),
        firstAudible: (sentenceId, atMs) => this.#take({ type: 'first-audible', sentenceId, atMs }),
        finished: (played) => this.#take({ type: 'finished', played, nowMs: clock.nowMs() }),
        wrote: (frame, audibleAtMs) => this.#recording.agent(frame, this.#mediaClock.mediaMsOf(audibleAtMs)),
        flushed: (atMs) => this.#recording.flushed(this.#mediaClock.mediaMsOf(atMs)),
      },
    });
    this.#conversation = parts.openConversation(callId, {
      command: (command) => this.#obey(command),
      lost: () => this.#take({ type: 'conversation-lost', nowMs: clock.nowMs() }),
    });
    this.#conversation.tell(
      {
        $case: 'callStarted',
        value: {
          patientId: meta.patientId,
          protocolId: meta.protocolId,
          transport: meta.transport,
          carrierCallId: meta.carrierCallId,
          modelVersions: { ...parts.modelVersions },
        },
      },
      0,
    );
    this.#tick();
  }

  /** A frame of the patient's audio; see TransportEvents. */
  frame(frame: Float32Array, mediaMs: number): void {
    if (this.#state.phase === 'ended') return;
    this.#mediaClock.arrived(mediaMs, this.#clock.nowMs());
    this.#level.note(frame, mediaMs);
    this.#recording.patient(frame, mediaMs);
    this.#ear.hear(frame, mediaMs);
  }

  dtmf(digit: string): void {
    this.#take({ type: 'dtmf', digit });
  }

  /** A mark came back from the far side. */
  played(mark: string): void {
    this.#player.played(mark);
  }

  /** The far side is gone. */
  stop(reason: StopReason): void {
    this.#take({ type: 'far-side-stopped', reason });
  }

  /** Ends the call because the server stops; resolves when everything is closed. Idempotent. */
  async close(): Promise<void> {
    this.#take({ type: 'server-stopping' });
    await this.#ended;
  }

  #earEvents(): EarEvents {
    const clockMsOf = (mediaMs: number): number => this.#mediaClock.clockMsOf(mediaMs);
    return {
      speechStarted: ({ mediaMs }) =>
        this.#take({ type: 'speech-started', voicedAtMs: clockMsOf(this.#level.beginOf(mediaMs)) }),
      speechEnded: ({ mediaMs }) =>
        this.#take({ type: 'speech-ended', voicedUntilMs: clockMsOf(this.#level.endOf(mediaMs)) }),
      partial: (utterance) => this.#take({ type: 'heard-partial', utterance }),
      final: ({ utterance, endOfTurnReason, lastVoicedMs, endOfTurnMs, finalTextMs }) =>
        this.#take({
          type: 'heard-final',
          utterance,
          endOfTurnReason,
          voicedUntilMs: clockMsOf(this.#level.endOf(lastVoicedMs)),
          endOfTurnAtMs: clockMsOf(endOfTurnMs),
          finalTextAtMs: clockMsOf(finalTextMs),
          nowMs: this.#clock.nowMs(),
        }),
    };
  }

  #obey(command: NonNullable<GatewayCommand['command']>): void {
    const nowMs = this.#clock.nowMs();
    switch (command.$case) {
      case 'speak': {
        const { sentenceId, text, interruptible } = command.value;
        this.#take({ type: 'speak', sentenceId, text, interruptible, nowMs });
        return;
      }
      case 'stop':
        this.#take({ type: 'stop' });
        return;
      case 'hold':
        this.#take({ type: 'hold', untilMs: nowMs + Math.max(0, command.value.expectedMs) });
        return;
      case 'transfer':
        this.#take({ type: 'transfer', destination: command.value.destination });
        return;
      case 'hangUp':
        this.#take({ type: 'hang-up' });
        return;
      case 'listen': {
        const { awaited, vocabulary, patience } = command.value;
        // Protobuf's default 0 means that nothing was said about patience.
        if (this.#state.phase !== 'ended')
          this.#ear.listen({ awaited, vocabulary, patience: patience > 0 ? patience : 1 });
        return;
      }
      case 'recording':
        this.#recording.allow(command.value.allowed);
        return;
    }
  }

  /** Takes one step. A step's effects may take steps of their own; those come first. */
  #take(input: LegInput): void {
    const { state, effects } = legStep(this.#state, input);
    this.#state = state;
    for (const effect of effects) this.#carryOut(effect);
  }

  #carryOut(effect: LegEffect): void {
    switch (effect.type) {
      case 'tell':
        if (!this.#state.conversationLost) {
          this.#conversation.tell(
            effect.event,
            this.#mediaClock.mediaMsOf(effect.atMs ?? this.#clock.nowMs()),
          );
        }
        return;
      case 'say':
        this.#player.say(effect);
        return;
      case 'cut':
        this.#takenBack(
          effect.cause,
          this.#player.cut((sentence) => effect.keepUninterruptible && !sentence.interruptible),
        );
        return;
      case 'hold-floor':
        this.#player.holdFloor(effect.held);
        return;
      case 'transfer':
        this.#transferring = this.#transfer(effect.destination);
        return;
      case 'end':
        void this.#end(effect.reason);
        return;
    }
  }

  #takenBack(cause: CutCause, played: ReturnType<SentencePlayer['cut']>): void {
    this.#take({ type: 'taken-back', cause, played, nowMs: this.#clock.nowMs() });
  }

  async #transfer(destination: string): Promise<void> {
    const { carrier, meta } = this.#parts;
    try {
      const connected = await carrier.transfer(meta.carrierCallId, destination);
      if (!connected)
        log.warn({ callId: this.callId, destination }, 'no way to transfer from here: the call ends');
    } catch (error) {
      log.error({ callId: this.callId, error: messageOf(error) }, 'a transfer was refused by the carrier');
    }
  }

  async #end(reason: CallEndReason): Promise<void> {
    this.#cancelTick();
    this.#player.close();
    this.#ear.close();
    this.#conversation.finish(FINISH_WITHIN_MS);
    try {
      const recorded = this.#recording.close(this.#mediaClock.mediaMsOf(this.#clock.nowMs()));
      // The carrier drops the call when its socket closes, so a transfer comes first.
      await this.#transferring;
      this.#parts.transport.close(reason);
      if (reason === 'agent-hung-up') await this.#parts.carrier.hangUp(this.#parts.meta.carrierCallId);
      await recorded;
    } catch (error) {
      const code = error instanceof AsterismError ? error.code : undefined;
      log.error({ callId: this.callId, code, error: messageOf(error) }, 'a call did not end cleanly');
    } finally {
      this.#parts.transport.close(reason);
      this.#settleEnded();
      this.#parts.onEnded(reason);
    }
  }

  #tick(): void {
    this.#cancelTick = this.#clock.after(TICK_MS, () => {
      this.#take({ type: 'tick', nowMs: this.#clock.nowMs() });
      if (this.#state.phase !== 'ended') this.#tick();
    });
  }
}
