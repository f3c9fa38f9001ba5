import type {
  Disposition,
  Fact,
  Review,
  Verification,
} from '../../protos/generated/asterism/v1/specialist.js';
import type { ItemStatus, JobEnd, Listening } from './events.js';

/** One sentence of the agent, from draft to ear. */
export interface SentenceState {
  readonly sentenceId: string;
  readonly turnId: string;
  readonly text: string;
  readonly status: 'drafted' | 'released' | 'withheld' | 'played' | 'cut';
  /** What the patient really heard of it. */
  readonly playedText: string;
  readonly interruptible: boolean;
}

/** One thing said, by either side, in the order it was heard. */
export interface TranscriptLine {
  readonly speaker: 'patient' | 'agent';
  readonly turnId: string;
  readonly text: string;
  /** Media time in milliseconds of its end. */
  readonly mediaMs: number;
  /** Patient lines: mean word probability. Agent lines: 1. */
  readonly confidence: number;
  /** Agent lines: false when the patient cut it short. */
  readonly complete: boolean;
}

export interface ItemState {
  readonly itemId: string;
  readonly status: ItemStatus;
  readonly value: Readonly<Record<string, string | number | boolean>>;
  /** The turns in which it was answered. */
  readonly evidence: readonly string[];
}

/** Long work of a specialist. */
export interface JobState {
  readonly turnId: string;
  readonly specialist: string;
  readonly jobId: string;
  /** The sentence that was under review; empty when the job is about what the patient said. */
  readonly sentenceId: string;
  readonly reason: string;
  readonly disposition: Disposition;
  readonly status: 'running' | JobEnd;
  /** From 0 to 1. */
  readonly progress: number;
}

/** Something that came too late for its turn, and that the patient hears on a later one. */
export interface FollowUp {
  /** job: long work has its result; late: a monitor answered after the decision. */
  readonly origin: 'job' | 'late';
  readonly turnId: string;
  /** The sentence it is about; empty when it is about what the patient said. */
  readonly sentenceId: string;
  readonly review: Review;
  /** The whole text as it is to be spoken. */
  readonly text: string;
  /** True when it takes back what was said; then it waits until that was really heard. */
  readonly corrects: boolean;
  /** How often it was drafted and not said. */
  readonly withheld: number;
  /** stopped: it was withheld too often to be tried again. */
  readonly stage: 'due' | 'said' | 'stopped';
}

export interface NurseTask {
  readonly turnId: string;
  readonly reason: string;
  readonly disposition: Disposition;
}

export interface Escalation {
  readonly turnId: string;
  readonly specialist: string;
  readonly disposition: Disposition;
  readonly reason: string;
}

/** Everything known of a call; a pure fold over its events. */
export interface CallState {
  readonly callId: string;
  readonly patientId: string;
  readonly protocolId: string;
  /** The local date on which the call began, YYYY-MM-DD; undefined in calls of earlier versions. */
  readonly localDate: string | undefined;
  readonly versions: Readonly<Record<string, string>>;
  readonly specialists: readonly {
    readonly specialist: string;
    readonly gate: boolean;
    readonly lost: boolean;
  }[];
  readonly verification: Verification;
  readonly recordingConsented: boolean;
  readonly transcript: readonly TranscriptLine[];
  readonly sentences: Readonly<Record<string, SentenceState>>;
  readonly items: Readonly<Record<string, ItemState>>;
  /** The primary agent's own position (see primary-moved); undefined before its first turn. */
  readonly position: Readonly<Record<string, unknown>> | undefined;
  readonly findings: readonly { readonly turnId: string; readonly specialist: string; readonly fact: Fact }[];
  /** Long work, in the order in which it began. */
  readonly jobs: readonly JobState[];
  /** What came too late for its turn, in the order in which it came. */
  readonly followUps: readonly FollowUp[];
  readonly nurseTasks: readonly NurseTask[];
  /** Items that the call left out; known at its end. */
  readonly omissions: readonly { readonly itemId: string; readonly topic: string }[];
  /** The most urgent disposition raised so far. */
  readonly disposition: Disposition;
  /** Specialist whose question (an ASK verdict) was the last thing asked, or empty. */
  readonly questionOf: string;
  /** Looks in which a gate did not answer. */
  readonly unansweredGates: number;
  /** Turns in a row in which nothing could be said because a gate did not answer. */
  readonly uncheckedTurns: number;
  /** The last turn counted in uncheckedTurns. */
  readonly lastUncheckedTurn: string;
  /** A specialist's question that was decided on but not heard by the patient yet. */
  readonly pendingQuestion: { readonly specialist: string; readonly turnId: string } | undefined;
  /** The protocol item that was asked last and waits for its answer, or empty. */
  readonly askedItemId: string;
  readonly listening: Listening;
  /** Silences in a row since the patient last spoke. */
  readonly silences: number;
  /** Every call for a human, in the order raised. */
  readonly escalations: readonly Escalation[];
  /** Why the agent ends or hands over the call; undefined while it goes on. */
  readonly closing: { readonly kind: 'hang-up' | 'transfer'; readonly reason: string } | undefined;
  readonly ended: { readonly reason: string; readonly outcome: string } | undefined;
}
