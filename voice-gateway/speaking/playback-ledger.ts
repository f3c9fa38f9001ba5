import { SAMPLES_PER_MS } from '../audio/frame.js';
import { textUntil } from './played-text.js';

/** A clause handed to playback. */
export interface QueuedClause {
  sentenceId: string;
  /** The words as the orchestrator gave them. */
  text: string;
  /** All samples of the clause that will be sent, its pause included. */
  sampleCount: number;
  /** Samples until the last audible one; the rest is pause. All of them when left out. */
  speechSamples?: number;
  /** True for the sentence's last clause. */
  last: boolean;
}

/** What became of one sentence, as the conversation needs to know it. */
export interface PlayedSentence {
  sentenceId: string;
  /** The part of the text that was audible, cut at a word boundary. */
  playedText: string;
  /** Milliseconds of the sentence that were audible. */
  playedMs: number;
  /** Samples that were played: where to go on from when a false alarm stopped the sentence. */
  playedSamples: number;
  /** True when all words were audible. */
  complete: boolean;
}

export interface LedgerOptions {
  /**
   * marks: the far end confirms what it has played (Twilio). clock: it does not, and what was sent counts as
   * played when its time has passed.
   */
  confirmation: 'marks' | 'clock';
  /** Assumed time from sending to hearing while no mark has been seen, in milliseconds. */
  assumedDelayMs: number;
  /** A mark that is still missing this long after its audio must have ended counts as lost, in milliseconds. */
  lostMarkMs: number;
}

interface ClauseEntry {
  readonly text: string;
  /** First sample within the sentence. */
  readonly start: number;
  readonly sampleCount: number;
  readonly speechSamples: number;
}

interface SentenceEntry {
  readonly sentenceId: string;
  /** Position of its first sample in everything that was ever queued. */
  readonly start: number;
  readonly sampleCount: number;
  readonly clauses: readonly ClauseEntry[];
  /** No clause will follow. */
  readonly closed: boolean;
  readonly started: boolean;
}

/** The far end plays without a break from this position and time on. */
interface Run {
  readonly position: number;
  readonly atMs: number;
}

interface OutstandingMark {
  readonly name: string;
  readonly position: number;
}

/**
 * Knows which samples of which sentence were queued, sent, and really played. A plain value: every function
 * returns the next one. Positions count samples over the whole call; times are milliseconds of one clock.
 */
export interface PlaybackLedger {
  readonly options: LedgerOptions;
  /** Sentences that are not yet finished, in order of playback. */
  readonly sentences: readonly SentenceEntry[];
  readonly queuedPosition: number;
  readonly sentPosition: number;
  readonly confirmedPosition: number;
  readonly runs: readonly Run[];
  readonly outstandingMarks: readonly OutstandingMark[];
  /** Round trip of the last confirmed mark: from the end of its audio to the answer, in milliseconds. */
  readonly delayMs: number;
  readonly flushes: number;
}

/** Frames that come a little late do not begin a new run, so that the list of runs stays short, in milliseconds. */
const RUN_SLACK_MS = 5;

const defaults: LedgerOptions = { confirmation: 'marks', assumedDelayMs: 0, lostMarkMs: 2_000 };

/** A ledger of a call in which nothing was said yet. */
export function emptyLedger(options: Partial<LedgerOptions> = {}): PlaybackLedger {
  const complete = { ...defaults, ...options };
  return {
    options: complete,
    sentences: [],
    queuedPosition: 0,
    sentPosition: 0,
    confirmedPosition: 0,
    runs: [],
    outstandingMarks: [],
    delayMs: complete.assumedDelayMs,
    flushes: 0,
  };
}

/** Queues a clause behind everything queued. Clauses of one sentence follow each other without another between. */
export function queueClause(ledger: PlaybackLedger, clause: QueuedClause): PlaybackLedger {
  const last = ledger.sentences.at(-1);
  const continues = last !== undefined && last.sentenceId === clause.sentenceId && !last.closed;
  const sentence: SentenceEntry = continues
    ? last
    : {
        sentenceId: clause.sentenceId,
        start: ledger.queuedPosition,
        sampleCount: 0,
        clauses: [],
        closed: false,
        started: false,
      };
  const extended: SentenceEntry = {
    ...sentence,
    sampleCount: sentence.sampleCount + clause.sampleCount,
    clauses: [
      ...sentence.clauses,
      {
        text: clause.text,
        start: sentence.sampleCount,
        sampleCount: clause.sampleCount,
        speechSamples: clause.speechSamples ?? clause.sampleCount,
      },
    ],
    closed: clause.last,
  };
  return {
    ...ledger,
    sentences: continues ? [...ledger.sentences.slice(0, -1), extended] : [...ledger.sentences, extended],
    queuedPosition: ledger.queuedPosition + clause.sampleCount,
  };
}

/** Closes a sentence whose synthesis ended early, so that it can finish with what was queued. */
export function closeSentence(ledger: PlaybackLedger, sentenceId: string): PlaybackLedger {
  return {
    ...ledger,
    sentences: ledger.sentences.map((sentence) =>
      sentence.sentenceId === sentenceId ? { ...sentence, closed: true } : sentence,
    ),
  };
}

/** Samples that are queued and not yet sent. */
export function unsentSamples(ledger: PlaybackLedger): number {
  return ledger.queuedPosition - ledger.sentPosition;
}

/** Notes that the next samples in order of the queue went to the transport. More than are queued are not counted. */
export function sendSamples(ledger: PlaybackLedger, sampleCount: number, atMs: number): PlaybackLedger {
  const sent = Math.min(sampleCount, unsentSamples(ledger));
  if (sent <= 0) return ledger;
  // When the far end has already played all that it was given, it starts afresh with this frame.
  const ranDry = atMs > modelledPlayoutMs(ledger.runs, ledger.sentPosition) + RUN_SLACK_MS;
  return {
    ...ledger,
    sentPosition: ledger.sentPosition + sent,
    runs: ranDry ? [...ledger.runs, { position: ledger.sentPosition, atMs }] : ledger.runs,
  };
}

/**
 * Names a mark to send now, behind everything sent so far: `sentenceId:ms`, with `#n` after n flushes, so that
 * a mark returned late by a cleared buffer is never taken for a new one.
 */
export function addMark(ledger: PlaybackLedger): { ledger: PlaybackLedger; name: string } {
  const position = ledger.sentPosition;
  const sentence = sentenceAt(ledger, Math.max(0, position - 1));
  const ms = sentence ? Math.round((position - sentence.start) / SAMPLES_PER_MS) : 0;
  const name = `${sentence?.sentenceId ?? '-'}:${ms}${ledger.flushes > 0 ? `#${ledger.flushes}` : ''}`;
  return { ledger: { ...ledger, outstandingMarks: [...ledger.outstandingMarks, { name, position }] }, name };
}

/** Notes that the far end returned a mark. One that is not outstanding, as after a clear, says nothing. */
export function confirmMark(ledger: PlaybackLedger, name: string, atMs: number): PlaybackLedger {
  const index = ledger.outstandingMarks.findIndex((mark) => mark.name === name);
  const mark = ledger.outstandingMarks[index];
  if (!mark) return ledger;
  const confirmedPosition = Math.max(ledger.confirmedPosition, mark.position);
  return {
    ...ledger,
    confirmedPosition,
    // Marks come back in order: those before this one are answered by it.
    outstandingMarks: ledger.outstandingMarks.slice(index + 1),
    delayMs: Math.max(0, atMs - modelledPlayoutMs(ledger.runs, mark.position)),
    runs: ledger.runs.filter((run, at) => {
      const next = ledger.runs[at + 1];
      return next === undefined || next.position > confirmedPosition;
    }),
  };
}

/** What happened since the last look. */
export interface Progress {
  ledger: PlaybackLedger;
  /** Sentences whose first sample has been played by now. */
  started: string[];
  /** Sentences that were played to their end, in order; the ledger forgets them. */
  finished: PlayedSentence[];
}

/** Finds which sentences have begun and ended by now. */
export function progress(ledger: PlaybackLedger, atMs: number): Progress {
  const heard = playedPosition(ledger, atMs);
  const ended = endedPosition(ledger, atMs);
  const started: string[] = [];
  const finished: PlayedSentence[] = [];
  const remaining: SentenceEntry[] = [];
  for (const sentence of ledger.sentences) {
    const done = sentence.closed && ended >= sentence.start + sentence.sampleCount;
    const begun = done || heard > sentence.start;
    if (begun && !sentence.started) started.push(sentence.sentenceId);
    if (done) finished.push(playedPart(sentence, sentence.sampleCount));
    else remaining.push(begun ? { ...sentence, started: true } : sentence);
  }
  return { ledger: { ...ledger, sentences: remaining }, started, finished };
}

/** What would have been played of a sentence if playback stopped now; undefined when the ledger does not hold it. */
export function playedNow(
  ledger: PlaybackLedger,
  sentenceId: string,
  atMs: number,
): PlayedSentence | undefined {
  const sentence = ledger.sentences.find((entry) => entry.sentenceId === sentenceId);
  return sentence && playedPart(sentence, playedPosition(ledger, atMs) - sentence.start);
}

/**
 * Forgets everything queued and everything the far end was told to clear, and says what was really played:
 * at least up to the last confirmed mark, at most what wall-clock time allows, never more than was sent.
 */
export function flush(
  ledger: PlaybackLedger,
  atMs: number,
): { ledger: PlaybackLedger; played: PlayedSentence[] } {
  const heard = playedPosition(ledger, atMs);
  return {
    played: ledger.sentences.map((sentence) => playedPart(sentence, heard - sentence.start)),
    ledger: {
      ...ledger,
      sentences: [],
      queuedPosition: ledger.queuedPosition,
      sentPosition: ledger.queuedPosition,
      confirmedPosition: ledger.queuedPosition,
      runs: [],
      outstandingMarks: [],
      flushes: ledger.flushes + 1,
    },
  };
}

/** When the far end, if it heard without delay, finishes playing the sample before this position. */
function modelledPlayoutMs(runs: readonly Run[], position: number): number {
  const run = runs.findLast((candidate) => candidate.position < position) ?? runs[0];
  if (!run) return Number.NEGATIVE_INFINITY;
  return run.atMs + (position - run.position) / SAMPLES_PER_MS;
}

/** The estimate of what has been played by now. */
function playedPosition(ledger: PlaybackLedger, atMs: number): number {
  const thenMs = atMs - ledger.delayMs;
  let byClock = ledger.confirmedPosition;
  for (const [index, run] of ledger.runs.entries()) {
    if (run.atMs > thenMs) break;
    const end = ledger.runs[index + 1]?.position ?? ledger.sentPosition;
    byClock = Math.min(end, run.position + (thenMs - run.atMs) * SAMPLES_PER_MS);
  }
  return Math.min(ledger.sentPosition, Math.max(ledger.confirmedPosition, Math.floor(byClock)));
}

/** Up to where playback has surely ended: by marks where there are marks, else by the clock. */
function endedPosition(ledger: PlaybackLedger, atMs: number): number {
  switch (ledger.options.confirmation) {
    case 'clock':
      return playedPosition(ledger, atMs);
    case 'marks': {
      const lost =
        atMs >
        modelledPlayoutMs(ledger.runs, ledger.sentPosition) + ledger.delayMs + ledger.options.lostMarkMs;
      return lost ? ledger.sentPosition : ledger.confirmedPosition;
    }
  }
}

function sentenceAt(ledger: PlaybackLedger, position: number): SentenceEntry | undefined {
  return ledger.sentences.find(
    (sentence) => position >= sentence.start && position < sentence.start + sentence.sampleCount,
  );
}

function playedPart(sentence: SentenceEntry, samples: number): PlayedSentence {
  const playedSamples = Math.max(0, Math.min(samples, sentence.sampleCount));
  const texts: string[] = [];
  let complete = sentence.closed;
  for (const clause of sentence.clauses) {
    const within = playedSamples - clause.start;
    if (within < clause.speechSamples) complete = false;
    if (within <= 0) continue;
    const text =
      within >= clause.speechSamples ? clause.text : textUntil(clause.text, within / clause.speechSamples);
    if (text) texts.push(text);
  }
  return {
    sentenceId: sentence.sentenceId,
    playedText: texts.join(' '),
    playedMs: playedSamples / SAMPLES_PER_MS,
    playedSamples,
    complete,
  };
}
