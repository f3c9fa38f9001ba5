import { z } from 'zod';
import { findCall, followCall, type FeedEvent } from './call-feed.js';
import { chooseAnswer, chooseInterruption, noProgress, type PatientProgress } from './choose-line.js';
import { Exchange, type ExchangeTiming } from './exchange.js';
import type { Persona } from './persona.js';
import { Telephone } from './telephone.js';

export type PatientScript =
  | { readonly kind: 'persona'; readonly persona: Persona }
  /** Lines said one after the other, each when the agent has been silent for reactionMs. */
  | {
      readonly kind: 'lines';
      readonly lines: readonly string[];
      readonly reactionMs: number;
      /** Instead, each line is said over the agent, this long after the agent became audible. */
      readonly interruptAfterMs?: number;
      /** The patient speaks first: the agent has no greeting. */
      readonly speakFirst?: boolean;
    };

export interface PatientCallOptions {
  /** The agent's Media Streams socket. */
  readonly url: string;
  /** Custom parameters of the start message, for example patientId. */
  readonly parameters: Readonly<Record<string, string>>;
  /** How a line sounds: 8 kHz samples in [-1, 1]. */
  readonly sound: (line: string) => Float32Array;
  readonly script: PatientScript;
  /** Every line of the call's log as it is written. */
  readonly onEvent?: (event: FeedEvent) => void;
  /** The patient tries something else when nobody has answered for this long. */
  readonly maxWaitMs?: number;
}

export interface AnsweredExchange extends ExchangeTiming {
  /** The turn in which the line was heard; undefined when it was not, or the call's log could not be followed. */
  readonly turnId: string | undefined;
}

export interface PatientCallResult {
  readonly callId: string | undefined;
  readonly exchanges: readonly AnsweredExchange[];
  readonly events: readonly FeedEvent[];
  /** Why the line ended, as the telephone saw it. */
  readonly closed: string;
}

/**
 * Places one call and holds the patient's side of it in real time. When to speak is decided by ear alone
 * (the agent has been silent for a while); what to say is chosen from the call's log where there is one.
 * @throws AsterismError INPUT_INVALID when no call can be placed
 */
export async function placePatientCall(options: PatientCallOptions): Promise<PatientCallResult> {
  const stopped = new AbortController();
  const patient = new PatientOnTheLine(options);
  const telephone = await Telephone.dial({
    url: options.url,
    parameters: options.parameters,
    onTick: (line, nowMs) => patient.tick(line, nowMs),
  });
  const gatewayUrl = options.url.replace(/^ws/, 'http');
  let callId: string | undefined;
  const following = (async () => {
    callId = await findCall(gatewayUrl, telephone.carrierCallId, stopped.signal);
    if (callId === undefined) return;
    for await (const event of followCall(gatewayUrl, callId, stopped.signal)) patient.read(event);
  })();
  // Without the log the patient has nothing to go by: it hangs up, and the reason is thrown below.
  following.catch(() => telephone.hangUp());
  const closed = await telephone.closed;
  // The log ends with call-ended, which follows the line's end; a server that died never writes it.
  const giveUp = setTimeout(() => stopped.abort(), 5_000);
  await following.catch((thrown: unknown) => {
    if (!stopped.signal.aborted) throw thrown;
  });
  clearTimeout(giveUp);
  return { callId, exchanges: patient.exchanges, events: patient.events, closed };
}

const releasedSentence = z.object({ sentenceId: z.string(), text: z.string() });
/** Between two words the agent is inaudible and has not finished. */
const wordGapMs = 300;

const heardUtterance = z.object({ turnId: z.string() });
const playedSentence = z.object({ sentenceId: z.string(), playedText: z.string() });

interface PlannedInterruption {
  readonly line: string;
  readonly sentenceId: string;
  readonly afterMs: number;
  /** Set when the sentence became audible. */
  dueMs: number | undefined;
}

/** The patient's mind: listens to the telephone and to the call's log, and decides when to say what. */
class PatientOnTheLine {
  readonly events: FeedEvent[] = [];
  /** What the patient said, in order, with the turn in which it was heard. */
  readonly #exchanges: { readonly exchange: Exchange; turnId: string | undefined }[] = [];
  readonly #options: PatientCallOptions;
  readonly #reactionMs: number;
  #progress: PatientProgress | undefined;
  #linesSaid = 0;
  /** What was heard of the agent since the patient last spoke. */
  #agentSaid: string[] = [];
  /** Sentences released and not yet played, in order. */
  readonly #awaited = new Set<string>();
  /** The exchange whose answer is awaited. */
  #exchange: Exchange | undefined;
  /** Since when the agent has been audible without a pause of reactionMs; undefined while it is silent. */
  #audibleSinceMs: number | undefined;
  #interruption: PlannedInterruption | undefined;

  constructor(options: PatientCallOptions) {
    this.#options = options;
    const { script } = options;
    this.#reactionMs = script.kind === 'persona' ? script.persona.reactionMs : script.reactionMs;
    this.#progress = script.kind === 'persona' ? noProgress(script.persona) : undefined;
  }

  read(event: FeedEvent): void {
    this.events.push(event);
    this.#options.onEvent?.(event);
    if (event.type === 'sentence-released') {
      const sentence = releasedSentence.parse(event.event);
      this.#awaited.add(sentence.sentenceId);
      this.#planInterruption(sentence);
    } else if (event.type === 'utterance-heard') {
      const last = this.#exchanges.at(-1);
      if (last) last.turnId = heardUtterance.parse(event.event).turnId;
    } else if (event.type === 'sentence-played') {
      const sentence = playedSentence.parse(event.event);
      this.#awaited.delete(sentence.sentenceId);
      if (sentence.playedText !== '') this.#agentSaid.push(sentence.playedText);
      if (this.#interruption?.sentenceId === sentence.sentenceId) this.#interruption = undefined; // too late
    }
  }

  tick(telephone: Telephone, nowMs: number): void {
    const audible = telephone.lastAudibleMs === nowMs;
    this.#exchange?.observe(nowMs, audible);
    const waitedMs = this.#exchange?.waitedMs(nowMs) ?? 0;
    if (this.#exchange?.answered || waitedMs > (this.#options.maxWaitMs ?? 15_000))
      this.#exchange = undefined;

    const silentMs = nowMs - telephone.lastAudibleMs;
    if (audible) this.#audibleSinceMs ??= nowMs;
    else if (silentMs >= this.#reactionMs) this.#audibleSinceMs = undefined;

    if (this.#interruption) {
      this.#interruptWhenDue(telephone, this.#interruption, nowMs);
      return;
    }
    if (telephone.speaking || this.#exchange) return;
    if (this.#isTimeToSpeak(nowMs, silentMs, telephone)) this.#answer(telephone, silentMs < wordGapMs);
  }

  #isTimeToSpeak(nowMs: number, silentMs: number, telephone: Telephone): boolean {
    const { script } = this.#options;
    if (
      script.kind === 'lines' &&
      script.interruptAfterMs !== undefined &&
      this.#linesSaid < script.lines.length
    ) {
      return this.#audibleSinceMs !== undefined && nowMs - this.#audibleSinceMs >= script.interruptAfterMs;
    }
    const greeted = telephone.lastAudibleMs > 0 || (script.kind === 'lines' && (script.speakFirst ?? false));
    return greeted && silentMs >= this.#reactionMs;
  }

  #interruptWhenDue(telephone: Telephone, planned: PlannedInterruption, nowMs: number): void {
    const silentMs = nowMs - telephone.lastAudibleMs;
    const [speakingNow] = this.#awaited;
    if (silentMs === 0 && speakingNow === planned.sentenceId) planned.dueMs ??= nowMs + planned.afterMs;
    if (planned.dueMs === undefined || nowMs < planned.dueMs) return;
    this.#interruption = undefined;
    this.#say(telephone, planned.line, silentMs < wordGapMs);
  }

  /** What the patient experienced, exchange by exchange. */
  get exchanges(): readonly AnsweredExchange[] {
    return this.#exchanges.map(({ exchange, turnId }) => ({ ...exchange.timing(), turnId }));
  }

  #answer(telephone: Telephone, agentAudible: boolean): void {
    const { script } = this.#options;
    if (script.kind === 'lines') {
      const line = script.lines[this.#linesSaid++];
      if (line === undefined) telephone.hangUp();
      else this.#say(telephone, line, agentAudible);
      return;
    }
    // The log knows sentences that are not audible yet: the agent has not finished.
    if (this.#awaited.size > 0 || this.#agentSaid.length === 0 || !this.#progress) return;
    const { move, progress } = chooseAnswer(script.persona, this.#progress, this.#agentSaid.join(' '));
    this.#progress = progress;
    if (move.kind === 'hang-up') telephone.hangUp();
    else this.#say(telephone, move.line, agentAudible);
  }

  #say(telephone: Telephone, line: string, interrupting: boolean): void {
    this.#agentSaid = [];
    this.#audibleSinceMs = undefined;
    this.#exchange = new Exchange(line, telephone.say(this.#options.sound(line)), interrupting);
    this.#exchanges.push({ exchange: this.#exchange, turnId: undefined });
  }

  #planInterruption(sentence: { sentenceId: string; text: string }): void {
    const { script } = this.#options;
    if (script.kind !== 'persona' || !this.#progress || this.#interruption) return;
    const chosen = chooseInterruption(script.persona, this.#progress, sentence.text);
    if (!chosen) return;
    this.#progress = chosen.progress;
    this.#interruption = {
      line: chosen.line,
      sentenceId: sentence.sentenceId,
      afterMs: chosen.afterMs,
      dueMs: undefined,
    };
  }
}
