import { join } from 'node:path';
import { AsterismError } from '../platform/errors.js';
import type { Clock } from '../platform/clock.js';
import { log } from '../platform/log.js';
import { Admission, type CallSlot } from './admission.js';
import { Pacer } from './audio/pacer.js';
import { StereoRecorder } from './audio/stereo-recorder.js';
import type { HearingModels } from './hearing/open-hearing.js';
import { newCallId } from './leg/call-id.js';
import { CallLeg } from './leg/call-leg.js';
import type { OpenConversation } from './leg/conversation-link.js';
import { SAFE_SENTENCE } from './leg/leg-state.js';
import type { Voice } from './speaking/voice.js';
import { CallTokens } from './tokens.js';
import { noCarrierControl, type CarrierControl } from './transports/carrier-control.js';
import type { Transport, TransportEvents, TransportStart } from './transports/transport.js';
import type { GatewayFigures } from './metrics.js';

/** What the carrier's webhook promised to the socket that follows it. */
export interface CallGrant {
  readonly slot: CallSlot;
  readonly patientId: string;
  readonly protocolId: string;
}

/** Carrier identifiers remembered, so that a caller can find its call after it ended too. */
const REMEMBERED_CALLS = 1_000;

export interface SwitchboardParts {
  readonly hearing: HearingModels;
  readonly voice: Voice;
  readonly openConversation: OpenConversation;
  readonly carrier: CarrierControl;
  readonly callsFolder: string;
  readonly maxCalls: number;
  readonly clock: Clock;
}

/** Answers callers: admits them, gives each a leg, and knows which calls there are. */
export class Switchboard {
  readonly #parts: SwitchboardParts;
  readonly #admission: Admission;
  readonly #tokens: CallTokens<CallGrant>;
  readonly #pacer: Pacer;
  readonly #legs = new Map<string, CallLeg>();
  readonly #waiting = new Set<Transport>();
  readonly #callIdsByCarrier = new Map<string, string>();
  readonly #ended: Record<string, number> = {};
  #closing = false;

  constructor(parts: SwitchboardParts) {
    this.#parts = parts;
    this.#admission = new Admission(parts.maxCalls);
    this.#tokens = new CallTokens(parts.clock, (grant) => grant.slot.release());
    this.#pacer = new Pacer(parts.clock);
    void parts.voice.prepare([SAFE_SENTENCE]);
  }

  /** Sockets that have not sent their start message. */
  get waiting(): number {
    return this.#waiting.size;
  }

  get figures(): GatewayFigures {
    return {
      callsActive: this.#admission.held,
      callsLimit: this.#admission.limit,
      admissionsRefused: this.#admission.refused,
      callsEnded: { ...this.#ended },
      pacer: this.#pacer.timing(),
      queueLengths: this.#parts.hearing.queueLengths(),
    };
  }

  /** The call that a carrier knows by its own identifier; undefined when there was none. */
  callIdOf(carrierCallId: string): string | undefined {
    return this.#callIdsByCarrier.get(carrierCallId);
  }

  /** Promises a call to a socket that will show the token; undefined when all slots are taken. */
  expect(patientId: string, protocolId: string): string | undefined {
    const slot = this.#closing ? undefined : this.#admission.enter();
    return slot && this.#tokens.mint({ slot, patientId, protocolId });
  }

  /**
   * Waits for one socket's start message and then holds its call.
   * @param trusted a call may start without a token
   * @param connect makes the transport that tells these events
   */
  answer(trusted: boolean, connect: (events: TransportEvents) => Transport): void {
    let leg: CallLeg | undefined;
    const transport = connect({
      start: (meta) => {
        this.#waiting.delete(transport);
        leg = this.#begin(meta, transport, trusted);
      },
      frame: (frame, mediaMs) => leg?.frame(frame, mediaMs),
      dtmf: (digit) => leg?.dtmf(digit),
      played: (mark) => leg?.played(mark),
      stop: (reason) => {
        this.#waiting.delete(transport);
        leg?.stop(reason);
      },
    });
    this.#waiting.add(transport);
  }

  /** Ends every call with server-stopping. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#tokens.close();
    for (const transport of this.#waiting) transport.close('server-stopping');
    this.#waiting.clear();
    await Promise.all([...this.#legs.values()].map((leg) => leg.close()));
    this.#pacer.close();
  }

  #begin(meta: TransportStart, transport: Transport, trusted: boolean): CallLeg | undefined {
    const grant = meta.token === '' ? undefined : this.#tokens.redeem(meta.token);
    if (!grant && (meta.token !== '' || !trusted)) {
      transport.close(
        new AsterismError(
          'TOKEN_INVALID',
          'missing, used or expired; each POST /twilio/voice gives a new one',
        ),
      );
      return undefined;
    }
    const slot = this.#closing ? undefined : (grant?.slot ?? this.#admission.enter());
    if (!slot) {
      grant?.slot.release();
      transport.close(new AsterismError('CALLS_AT_LIMIT', `${this.#admission.limit} calls are in progress`));
      return undefined;
    }
    try {
      return this.#openLeg(meta, grant ?? meta, transport, slot);
    } catch (error) {
      slot.release();
      throw error;
    }
  }

  /** @param about what the webhook promised, which holds: a socket cannot ask for another chart */
  #openLeg(
    meta: TransportStart,
    { patientId, protocolId }: { readonly patientId: string; readonly protocolId: string },
    transport: Transport,
    slot: CallSlot,
  ): CallLeg {
    const { hearing, voice, clock, callsFolder, carrier, openConversation } = this.#parts;
    const callId = newCallId(clock.epochMs());
    const leg = new CallLeg({
      callId,
      meta: { ...meta, patientId, protocolId },
      transport,
      createEar: (events) => hearing.createEar(events, clock),
      voice,
      openConversation,
      openRecording: () => StereoRecorder.create(join(callsFolder, callId, 'recording.wav')),
      carrier: meta.transport === 'twilio' ? carrier : noCarrierControl,
      pace: (onSlot) => this.#pacer.add(onSlot),
      modelVersions: { ...hearing.versions, ...voice.versions },
      clock,
      onEnded: (reason) => {
        this.#legs.delete(callId);
        this.#ended[reason] = (this.#ended[reason] ?? 0) + 1;
        slot.release();
        log.info({ callId, reason }, 'a call ended');
      },
    });
    this.#legs.set(callId, leg);
    if (meta.carrierCallId !== '') this.#remember(meta.carrierCallId, callId);
    log.info({ callId, transport: meta.transport }, 'a call began');
    return leg;
  }

  #remember(carrierCallId: string, callId: string): void {
    this.#callIdsByCarrier.delete(carrierCallId);
    this.#callIdsByCarrier.set(carrierCallId, callId);
    const oldest = this.#callIdsByCarrier.keys().next();
    if (this.#callIdsByCarrier.size > REMEMBERED_CALLS && !oldest.done)
      this.#callIdsByCarrier.delete(oldest.value);
  }
}
