import type { Clock } from '../../platform/clock.js';
import { AsterismError } from '../../platform/errors.js';
import { log } from '../../platform/log.js';
import type {
  Description,
  InvestigateRequest,
  ReviewRequest,
} from '../../protos/generated/asterism/v1/specialist.js';
import { Consultation, type Member } from './consultation.js';
import { investigate, type Investigated } from './investigation.js';
import { rehearse, rehearseOn } from './rehearsal.js';
import { SpecialistChannel } from './specialist-channel.js';
import { compareSpecialists, isGate } from './specialist-order.js';

/** A specialist went away or came back. */
export interface SpecialistHealth {
  readonly specialist: string;
  readonly gate: boolean;
  readonly lost: boolean;
}

/**
 * All specialists of a constellation, asked together. Owns one connection to each; close() closes them.
 */
export class SpecialistPool {
  /** In merging order. */
  readonly descriptions: readonly Description[];
  readonly #members: readonly (Member & { readonly channel: SpecialistChannel })[];
  readonly #clock: Clock;
  readonly #lost = new Set<string>();
  readonly #listeners = new Set<(health: SpecialistHealth) => void>();
  readonly #closing = new AbortController();
  #lastLookMs = -Infinity;

  private constructor(
    channels: readonly SpecialistChannel[],
    descriptions: readonly Description[],
    clock: Clock,
  ) {
    this.#clock = clock;
    this.descriptions = descriptions;
    this.#members = channels.map((channel, index) => ({
      specialist: channel.specialist,
      gate: isGate(channel.specialist, descriptions[index]?.gate ?? true),
      channel,
    }));
  }

  /**
   * Connects to every specialist, lets each introduce itself, and rehearses with them.
   * @param addresses host:port (or unix:path) by name
   * @throws AsterismError SPECIALIST_UNREACHABLE, CONFIGURATION_INVALID when another one answers at an address
   */
  static async connect(addresses: Readonly<Record<string, string>>, clock: Clock): Promise<SpecialistPool> {
    let pool: SpecialistPool | undefined;
    const channels = Object.entries(addresses)
      .sort(([one], [other]) => compareSpecialists(one, other))
      .map(
        ([specialist, address]) =>
          new SpecialistChannel(specialist, address, (connected) => {
            pool?.noteConnection(specialist, connected);
          }),
      );
    try {
      const descriptions = await Promise.all(channels.map((channel) => introduction(channel)));
      const connected = new SpecialistPool(channels, descriptions, clock);
      pool = connected;
      await rehearse(connected.#ask, clock);
      return connected;
    } catch (thrown) {
      channels.forEach((channel) => {
        channel.close();
      });
      throw thrown;
    }
  }

  /** Who takes part, in merging order. */
  get members(): readonly { readonly specialist: string; readonly gate: boolean }[] {
    return this.#members.map(({ specialist, gate }) => ({ specialist, gate }));
  }

  /** Specialists that cannot be reached now. */
  get lost(): readonly SpecialistHealth[] {
    return this.#members
      .filter(({ specialist }) => this.#lost.has(specialist))
      .map(({ specialist, gate }) => ({ specialist, gate, lost: true }));
  }

  /** Asks all specialists at once. */
  consult(requestFor: (specialist: string) => ReviewRequest, secondDeadlineMs: number): Consultation {
    this.#lastLookMs = this.#clock.nowMs();
    return this.#ask(requestFor, secondDeadlineMs);
  }

  /**
   * Lets one specialist do the long work that its review deferred to. Never rejects.
   * @param onProgress told how far it is, from 0 to 1
   */
  investigate(
    specialist: string,
    request: InvestigateRequest,
    deadlineMs: number,
    onProgress: (progress: number) => void,
    signal: AbortSignal,
  ): Promise<Investigated> {
    const member = this.#members.find((candidate) => candidate.specialist === specialist);
    return member
      ? investigate(member, request, { deadlineMs, clock: this.#clock, onProgress, signal })
      : Promise.resolve({ status: 'failed', review: undefined });
  }

  readonly #ask = (
    requestFor: (specialist: string) => ReviewRequest,
    secondDeadlineMs: number,
  ): Consultation => new Consultation(this.#members, requestFor, secondDeadlineMs, this.#clock);

  /** Goes on rehearsing in the pauses of calls, until close() at the latest. @param drafts what the agent says in calls */
  async rehearseOn(drafts: readonly string[]): Promise<void> {
    const sinceLookMs = (): number => this.#clock.nowMs() - this.#lastLookMs;
    await rehearseOn(this.#ask, this.#clock, drafts, sinceLookMs, this.#closing.signal);
  }

  /** @returns what ends the subscription */
  onHealth(listener: (health: SpecialistHealth) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Called by the connections; each change is told once. */
  noteConnection(specialist: string, connected: boolean): void {
    if (connected !== this.#lost.has(specialist)) return;
    const member = this.#members.find((candidate) => candidate.specialist === specialist);
    if (!member) return;
    if (connected) this.#lost.delete(specialist);
    else this.#lost.add(specialist);
    log.warn({ specialist }, connected ? 'a specialist is back' : 'a specialist is lost');
    for (const listener of this.#listeners) listener({ specialist, gate: member.gate, lost: !connected });
  }

  /** Idempotent. */
  close(): void {
    this.#closing.abort();
    this.#listeners.clear();
    for (const { channel } of this.#members) channel.close();
  }
}

async function introduction(channel: SpecialistChannel): Promise<Description> {
  const description = await channel.describe();
  if (description.specialist === channel.specialist) return description;
  throw new AsterismError(
    'CONFIGURATION_INVALID',
    `at the address of ${channel.specialist} another specialist answers (${description.specialist}); correct the addresses`,
  );
}
