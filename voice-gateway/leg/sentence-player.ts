import type { Clock } from '../../platform/clock.js';
import { messageOf } from '../../platform/errors.js';
import { log } from '../../platform/log.js';
import { FRAME_MS, FRAME_SAMPLES } from '../audio/frame.js';
import { isAudible } from '../audio/level.js';
import type { Slot } from '../audio/pacer.js';
import {
  addMark,
  closeSentence,
  confirmMark,
  emptyLedger,
  flush,
  progress,
  queueClause,
  sendSamples,
  type PlaybackLedger,
  type PlayedSentence,
} from '../speaking/playback-ledger.js';
import type { SpokenClause, Voice } from '../speaking/voice.js';
import type { Transport } from '../transports/transport.js';

/** How far the far side is kept supplied beyond now, in milliseconds: enough for jitter, little to take back. */
export const LEAD_MS = 80;

/** A mark at least this often while speaking, in milliseconds, so that what was heard is known closely. */
const MARK_EVERY_MS = 200;

/** Sentences synthesised and not yet finished, the one that plays included. */
const SYNTHESISED_AHEAD = 3;

/** A synthesis that gives nothing for so long has failed, in milliseconds. */
const SYNTHESIS_WITHIN_MS = 10_000;

/** A sentence to be said. */
export interface PlayerSentence {
  readonly sentenceId: string;
  readonly text: string;
  readonly interruptible: boolean;
}

export interface PlayerEvents {
  /** The sentence's first audio was synthesised. */
  firstAudio(sentenceId: string, atMs: number): void;
  /** The sentence's first audible sample is on the wire; atMs is when the far side plays it, transit aside. */
  firstAudible(sentenceId: string, atMs: number): void;
  /** The sentence was played to its end, or could not be spoken (playedMs 0, complete false). */
  finished(played: PlayedSentence): void;
  /** A frame went out. @param audibleAtMs clock time at which the far side plays it, transit aside */
  wrote(frame: Float32Array, audibleAtMs: number): void;
  /** Everything that would have been played from now on was taken back. */
  flushed(atMs: number): void;
}

interface Entry {
  readonly sentence: PlayerSentence;
  readonly clauses: SpokenClause[];
  readonly abort: AbortController;
  synthesis: 'waiting' | 'running' | 'done';
  failed: boolean;
  /** Its first sample was sent, so that the ledger knows it. */
  begun: boolean;
  /** Next sample to send. */
  clauseIndex: number;
  clauseOffset: number;
  audible: boolean;
}

/** Where the agent's sentences become audio on the wire, in order, at the pace of speech. */
export class SentencePlayer {
  readonly #voice: Voice;
  readonly #transport: Transport;
  readonly #clock: Clock;
  readonly #pace: (onSlot: (slot: Slot) => void) => () => void;
  readonly #events: PlayerEvents;
  readonly #entries: Entry[] = [];
  #ledger: PlaybackLedger = emptyLedger({ confirmation: 'marks' });
  /** When the far side will have played all that it was given. */
  #suppliedUntilMs = Number.NEGATIVE_INFINITY;
  #sinceMarkMs = 0;
  #floorHeld = false;
  #closed = false;
  #leavePacer: (() => void) | undefined;

  /** @param pace adds a callback to the shared pacer and returns what removes it */
  constructor(parts: {
    voice: Voice;
    transport: Transport;
    clock: Clock;
    pace: (onSlot: (slot: Slot) => void) => () => void;
    events: PlayerEvents;
  }) {
    this.#voice = parts.voice;
    this.#transport = parts.transport;
    this.#clock = parts.clock;
    this.#pace = parts.pace;
    this.#events = parts.events;
  }

  /** Queues a sentence; its synthesis starts as soon as those before it allow. */
  say(sentence: PlayerSentence): void {
    if (this.#closed) return;
    this.#entries.push({
      sentence,
      clauses: [],
      abort: new AbortController(),
      synthesis: 'waiting',
      failed: false,
      begun: false,
      clauseIndex: 0,
      clauseOffset: 0,
      audible: false,
    });
    this.#leavePacer ??= this.#pace(() => this.#pump());
    this.#synthesise();
  }

  /** While held, no interruptible sentence begins; one that has begun goes on. */
  holdFloor(held: boolean): void {
    this.#floorHeld = held;
    if (!held) this.#pump();
  }

  /** Notes a mark that came back. */
  played(mark: string): void {
    if (this.#closed) return;
    this.#ledger = confirmMark(this.#ledger, mark, this.#clock.nowMs());
    this.#pump();
  }

  /**
   * Stops at once: takes back what the far side has not played, and forgets the sentences that are not kept.
   * @returns what was really played of each forgotten sentence, in order
   */
  cut(keep: (sentence: PlayerSentence) => boolean): PlayedSentence[] {
    const nowMs = this.#clock.nowMs();
    const begun = this.#entries.some((entry) => entry.begun);
    const flushed = flush(this.#ledger, nowMs);
    this.#ledger = flushed.ledger;
    if (begun) {
      this.#transport.flush();
      this.#suppliedUntilMs = nowMs;
      this.#events.flushed(nowMs);
    }
    for (const entry of this.#entries) rewind(entry);
    return this.#forget((sentence) => !keep(sentence)).map(
      ({ sentenceId }) =>
        flushed.played.find((played) => played.sentenceId === sentenceId) ?? unplayed(sentenceId),
    );
  }

  /** Ends all synthesis and pacing; nothing is told afterwards. Idempotent. */
  close(): void {
    this.#closed = true;
    for (const entry of this.#entries.splice(0)) entry.abort.abort();
    this.#rest();
  }

  #forget(cancel: (sentence: PlayerSentence) => boolean): PlayerSentence[] {
    const forgotten = this.#entries.filter((entry) => cancel(entry.sentence));
    for (const entry of forgotten) {
      entry.abort.abort();
      this.#entries.splice(this.#entries.indexOf(entry), 1);
    }
    if (this.#entries.length === 0) this.#rest();
    else this.#synthesise();
    return forgotten.map((entry) => entry.sentence);
  }

  #rest(): void {
    this.#leavePacer?.();
    this.#leavePacer = undefined;
  }

  #synthesise(): void {
    if (this.#entries.some((entry) => entry.synthesis === 'running')) return;
    const next = this.#entries.slice(0, SYNTHESISED_AHEAD).find((entry) => entry.synthesis === 'waiting');
    if (!next) return;
    next.synthesis = 'running';
    this.#speak(next)
      .catch((error: unknown) => {
        if (next.abort.signal.aborted && !next.failed) return;
        next.failed = true;
        log.error({ error: messageOf(error) }, 'a sentence could not be synthesised');
      })
      .finally(() => {
        next.synthesis = 'done';
        if (next.begun) this.#ledger = closeSentence(this.#ledger, next.sentence.sentenceId);
        if (this.#closed) return;
        this.#pump();
        this.#synthesise();
      });
  }

  async #speak(entry: Entry): Promise<void> {
    const { sentenceId, text } = entry.sentence;
    let cancelDeadline = this.#synthesisDeadline(entry);
    try {
      for await (const clause of this.#voice.speak(text, entry.abort.signal)) {
        cancelDeadline();
        if (entry.abort.signal.aborted) return;
        if (entry.clauses.length === 0) this.#events.firstAudio(sentenceId, this.#clock.nowMs());
        entry.clauses.push(clause);
        if (entry.begun) this.#queueInLedger(entry, clause);
        this.#pump();
        if (!clause.last) cancelDeadline = this.#synthesisDeadline(entry);
      }
    } finally {
      cancelDeadline();
    }
  }

  #synthesisDeadline(entry: Entry): () => void {
    return this.#clock.after(SYNTHESIS_WITHIN_MS, () => {
      entry.failed = true;
      entry.synthesis = 'done';
      entry.abort.abort();
      log.error('a synthesis gave nothing in time');
      if (entry.begun) this.#ledger = closeSentence(this.#ledger, entry.sentence.sentenceId);
      this.#pump();
      this.#synthesise();
    });
  }

  #queueInLedger(entry: Entry, clause: SpokenClause): void {
    this.#ledger = queueClause(this.#ledger, {
      sentenceId: entry.sentence.sentenceId,
      text: clause.text,
      sampleCount: clause.samples.length,
      speechSamples: clause.speechSamples,
      last: clause.last,
    });
  }

  #pump(): void {
    if (this.#closed) return;
    const nowMs = this.#clock.nowMs();
    this.#finish(nowMs);
    // A stretch that the process missed is not made up: the far side simply starts afresh from now.
    this.#suppliedUntilMs = Math.max(this.#suppliedUntilMs, nowMs);
    while (this.#suppliedUntilMs + FRAME_MS <= nowMs + LEAD_MS) {
      if (!this.#sendFrame(nowMs)) break;
    }
  }

  #finish(nowMs: number): void {
    const { ledger, finished } = progress(this.#ledger, nowMs);
    this.#ledger = ledger;
    const over = finished.map((played) => {
      const failed = this.#entries.some(
        (entry) => entry.sentence.sentenceId === played.sentenceId && entry.failed,
      );
      return failed ? { ...played, complete: false } : played;
    });
    // A sentence without any audio has nothing to wait for once it is at the head.
    let head = this.#entries.find(
      (entry) => !over.some((played) => played.sentenceId === entry.sentence.sentenceId),
    );
    while (head && head.synthesis === 'done' && head.clauses.length === 0) {
      over.push(unplayed(head.sentence.sentenceId));
      head = this.#entries[this.#entries.indexOf(head) + 1];
    }
    if (over.length === 0) return;
    this.#forget((sentence) => over.some((played) => played.sentenceId === sentence.sentenceId));
    for (const played of over) this.#events.finished(played);
  }

  /** @returns false when there is nothing that may be sent now */
  #sendFrame(nowMs: number): boolean {
    const entry = this.#entries.find((candidate) => !sentWhole(candidate));
    if (!entry || entry.clauses.length === 0) return false;
    if (!entry.begun && this.#floorHeld && entry.sentence.interruptible) return false;
    const ready = samplesReady(entry);
    if (ready === 0 || (ready < FRAME_SAMPLES && entry.synthesis !== 'done')) return false;
    if (!entry.begun) {
      entry.begun = true;
      for (const clause of entry.clauses) this.#queueInLedger(entry, clause);
      if (entry.synthesis === 'done') this.#ledger = closeSentence(this.#ledger, entry.sentence.sentenceId);
    }
    const clauseBefore = entry.clauseIndex;
    const { frame, sampleCount } = takeFrame(entry);
    const audibleAtMs = this.#suppliedUntilMs;
    this.#transport.write(frame);
    this.#ledger = sendSamples(this.#ledger, sampleCount, nowMs);
    this.#suppliedUntilMs += FRAME_MS;
    this.#sinceMarkMs += FRAME_MS;
    this.#events.wrote(frame, audibleAtMs);
    if (!entry.audible && isAudible(frame)) {
      entry.audible = true;
      this.#events.firstAudible(entry.sentence.sentenceId, audibleAtMs);
    }
    if (entry.clauseIndex !== clauseBefore || this.#sinceMarkMs >= MARK_EVERY_MS) this.#mark();
    return !this.#closed;
  }

  #mark(): void {
    const { ledger, name } = addMark(this.#ledger);
    this.#ledger = ledger;
    this.#sinceMarkMs = 0;
    this.#transport.mark(name);
  }
}

function unplayed(sentenceId: string): PlayedSentence {
  return { sentenceId, playedText: '', playedMs: 0, playedSamples: 0, complete: false };
}

function rewind(entry: Entry): void {
  entry.begun = false;
  entry.clauseIndex = 0;
  entry.clauseOffset = 0;
}

function sentWhole(entry: Entry): boolean {
  return entry.synthesis === 'done' && entry.clauseIndex >= entry.clauses.length;
}

function samplesReady(entry: Entry): number {
  return entry.clauses
    .slice(entry.clauseIndex)
    .reduce((sum, clause) => sum + clause.samples.length, -entry.clauseOffset);
}

/** The next frame of a sentence, padded with silence at its end. sampleCount leaves the padding out. */
function takeFrame(entry: Entry): { frame: Float32Array; sampleCount: number } {
  const frame = new Float32Array(FRAME_SAMPLES);
  let filled = 0;
  for (;;) {
    const clause = entry.clauses[entry.clauseIndex];
    if (!clause) break;
    const part = clause.samples.subarray(entry.clauseOffset, entry.clauseOffset + FRAME_SAMPLES - filled);
    frame.set(part, filled);
    filled += part.length;
    entry.clauseOffset += part.length;
    if (entry.clauseOffset < clause.samples.length) break;
    entry.clauseIndex++;
    entry.clauseOffset = 0;
  }
  return { frame, sampleCount: filled };
}
