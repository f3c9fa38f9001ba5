import { z } from 'zod';
import { AwaitedAnswer, Utterance } from '../../protos/generated/asterism/v1/hearing.js';
import {
  Disposition,
  Fact,
  ItemProgress,
  Pass,
  Review,
  Verdict,
  Verification,
} from '../../protos/generated/asterism/v1/specialist.js';

/**
 * The log of a call. State is a fold over these events and nothing else (see state.ts), so an event
 * holds everything that a later replay needs; nothing is looked up again.
 */

const utterance = z.unknown().transform((json) => Utterance.fromJSON(json));
const review = z.unknown().transform((json) => Review.fromJSON(json));
const fact = z.unknown().transform((json) => Fact.fromJSON(json));

/** How one specialist's look ended. */
export const lookStatus = z.enum(['answered', 'late', 'failed', 'invalid']);
export type LookStatus = z.infer<typeof lookStatus>;

/** How long work ended: abandoned when the call could not wait for it any longer. */
export const jobEnd = z.enum(['answered', 'failed', 'timed-out', 'abandoned']);
export type JobEnd = z.infer<typeof jobEnd>;

/**
 * The state of one checklist item of the care protocol. postponed: the patient wants to come back to it in
 * this call; deferred: a nurse has it.
 */
export const itemStatus = z.enum([
  'open',
  'asked',
  'partial',
  'postponed',
  'done',
  'refused',
  'unconfirmed',
  'deferred',
]);
export type ItemStatus = z.infer<typeof itemStatus>;

export const callEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('call-started'),
    callId: z.string(),
    patientId: z.string(),
    protocolId: z.string(),
    transport: z.string(),
    /** The local date on which the call began, YYYY-MM-DD; logs of earlier versions have none. */
    localDate: z.string().optional(),
    /** Versions of everything that runs: models, knowledge, protocol, specialists, software. */
    versions: z.record(z.string(), z.string()),
    /** Which specialists were asked to take part, and whether each is a gate. */
    specialists: z.array(z.object({ specialist: z.string(), gate: z.boolean() })),
  }),
  z.object({
    type: z.literal('utterance-heard'),
    turnId: z.string(),
    mediaMs: z.number(),
    utterance,
    endOfTurnReason: z.string(),
  }),
  z.object({ type: z.literal('dtmf-received'), turnId: z.string(), mediaMs: z.number(), digit: z.string() }),
  z.object({
    type: z.literal('silence-elapsed'),
    turnId: z.string(),
    mediaMs: z.number(),
    silenceMs: z.number(),
  }),
  z.object({
    type: z.literal('review-given'),
    turnId: z.string(),
    pass: z.enum(Pass),
    /** The sentence looked at; empty on the first look. */
    sentenceId: z.string(),
    specialist: z.string(),
    gate: z.boolean(),
    status: lookStatus,
    /**
     * What was answered; absent when nothing came, or nothing that could be read. A late review that
     * came after all decides nothing, but its facts count from then on.
     */
    review: review.optional(),
    elapsedMs: z.number(),
  }),
  z.object({
    type: z.literal('decision-made'),
    turnId: z.string(),
    pass: z.enum(Pass),
    sentenceId: z.string(),
    verdict: z.enum(Verdict),
    disposition: z.enum(Disposition),
    /** Whose verdict won; empty when nobody objected. */
    winner: z.string(),
    /** Verdicts other than PASS that did not win, in merging order. */
    losers: z.array(z.object({ specialist: z.string(), verdict: z.enum(Verdict), reason: z.string() })),
    /** Gates that did not answer in time: the look failed closed. */
    unansweredGates: z.array(z.string()),
    elapsedMs: z.number(),
  }),
  /** A specialist deferred its answer: the long work behind it begins. A job's name is unique for its specialist. */
  z.object({
    type: z.literal('job-started'),
    turnId: z.string(),
    specialist: z.string(),
    jobId: z.string(),
    /** The sentence that was under review; empty when the job is about what the patient said. */
    sentenceId: z.string(),
    reason: z.string(),
    disposition: z.enum(Disposition),
  }),
  z.object({
    type: z.literal('job-progressed'),
    specialist: z.string(),
    jobId: z.string(),
    /** From 0 to 1. */
    progress: z.number(),
  }),
  z.object({
    type: z.literal('job-ended'),
    specialist: z.string(),
    jobId: z.string(),
    status: jobEnd,
    /** What it came to; present when it was answered. */
    review: review.optional(),
    elapsedMs: z.number(),
  }),
  /** A monitor's answer that came after all, and that the patient must hear of on a later turn. */
  z.object({
    type: z.literal('follow-up-due'),
    turnId: z.string(),
    specialist: z.string(),
    /** The sentence it is about; empty when it is about what the patient said. */
    sentenceId: z.string(),
    review,
  }),
  z.object({
    type: z.literal('findings-noted'),
    turnId: z.string(),
    specialist: z.string(),
    facts: z.array(fact),
  }),
  z.object({
    type: z.literal('verification-changed'),
    turnId: z.string(),
    verification: z.enum(Verification),
    reason: z.string(),
  }),
  z.object({ type: z.literal('recording-consent'), turnId: z.string(), granted: z.boolean() }),
  z.object({
    type: z.literal('item-changed'),
    turnId: z.string(),
    itemId: z.string(),
    status: itemStatus,
    /** What was answered, in the protocol's own terms, for example {"pounds": 187}. */
    value: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  }),
  /** The primary agent's own position in the conversation after a turn; opaque to everyone else. */
  z.object({
    type: z.literal('primary-moved'),
    turnId: z.string(),
    position: z.record(z.string(), z.unknown()),
  }),
  z.object({
    type: z.literal('sentence-drafted'),
    turnId: z.string(),
    sentenceId: z.string(),
    text: z.string(),
  }),
  z.object({
    type: z.literal('sentence-released'),
    turnId: z.string(),
    sentenceId: z.string(),
    text: z.string(),
    interruptible: z.boolean(),
    /**
     * draft: as drafted, after the second look; review: a specialist's own wording, after a look of its
     * own; holding: an approved phrase (see consultation/approved-phrases.ts); emergency: a 911 or 988
     * instruction, which waits for no other specialist.
     */
    source: z.enum(['draft', 'review', 'holding', 'emergency']),
  }),
  z.object({
    type: z.literal('sentence-withheld'),
    turnId: z.string(),
    sentenceId: z.string(),
    reason: z.string(),
  }),
  z.object({
    type: z.literal('sentence-played'),
    sentenceId: z.string(),
    mediaMs: z.number(),
    playedText: z.string(),
    playedMs: z.number(),
    complete: z.boolean(),
  }),
  z.object({
    type: z.literal('barged-in'),
    sentenceId: z.string(),
    mediaMs: z.number(),
    playedMs: z.number(),
    yieldMs: z.number(),
  }),
  z.object({
    type: z.literal('turn-timed'),
    utteranceId: z.string(),
    endOfTurnMs: z.number(),
    finalTextMs: z.number(),
    responseMs: z.number(),
    firstAudioMs: z.number(),
    voiceToVoiceMs: z.number(),
  }),
  z.object({
    type: z.literal('escalation-raised'),
    turnId: z.string(),
    specialist: z.string(),
    disposition: z.enum(Disposition),
    reason: z.string(),
  }),
  /** Something a nurse must do after the call: an unconfirmed medicine, a gate that did not answer. */
  z.object({
    type: z.literal('nurse-task-added'),
    turnId: z.string(),
    reason: z.string(),
    disposition: z.enum(Disposition),
  }),
  /** Required items of the care protocol that the call left open; written at its end. */
  z.object({
    type: z.literal('omissions-noted'),
    items: z.array(z.object({ itemId: z.string(), topic: z.string(), progress: z.enum(ItemProgress) })),
  }),
  z.object({
    type: z.literal('specialist-lost'),
    specialist: z.string(),
    gate: z.boolean(),
    detail: z.string(),
  }),
  z.object({ type: z.literal('specialist-back'), specialist: z.string() }),
  /** What the agent listens for from now on. */
  z.object({
    type: z.literal('listening-changed'),
    turnId: z.string(),
    awaited: z.enum(AwaitedAnswer),
    vocabulary: z.array(z.string()),
    patience: z.number(),
  }),
  /** The agent ends the call. The reason 'completed' means that the care protocol reached its end. */
  z.object({ type: z.literal('hang-up-requested'), turnId: z.string(), reason: z.string() }),
  z.object({
    type: z.literal('transfer-requested'),
    turnId: z.string(),
    destination: z.string(),
    sbar: z.string(),
  }),
  z.object({
    type: z.literal('call-ended'),
    reason: z.string(),
    /** completed: the protocol reached its end; transferred; escalated; stopped-early. */
    outcome: z.enum(['completed', 'transferred', 'escalated', 'stopped-early']),
    /** SHA-256 of the state before this event, so that a replay can prove that it saw the same. */
    stateDigest: z.string(),
  }),
  /** What became of the write-back into the patient's record; follows call-ended and changes no state. */
  z.object({
    type: z.literal('record-written'),
    written: z.boolean(),
    /** Resources in the transaction; 0 when it was not written. */
    resources: z.number(),
    /** Whether a FHIR server took it. */
    posted: z.boolean(),
    /** Why it was not written: an error's code and words; empty when it was. */
    detail: z.string(),
  }),
]);

/** The reason of a sentence that is withheld because the turn was over before it was released. */
export const PATIENT_SPOKE_FIRST = 'the patient spoke first';

export type CallEvent = z.infer<typeof callEvent>;
export type CallEventOf<Type extends CallEvent['type']> = Extract<CallEvent, { type: Type }>;

/** An event as the log holds it. */
export interface LoggedEvent {
  /** 1, 2, 3, … within the call. */
  readonly sequence: number;
  /** Wall clock, milliseconds since 1970 in UTC. */
  readonly recordedAtMs: number;
  readonly event: CallEvent;
}

/** What the agent listens for after a turn. */
export interface Listening {
  readonly awaited: AwaitedAnswer;
  readonly vocabulary: readonly string[];
  /** Multiplies the silence limits; 1 is normal. */
  readonly patience: number;
}
