import { loadProtocols } from '../../../clinical-kb/protocols/load.js';
import { Utterance } from '../../../protos/generated/asterism/v1/hearing.js';
import { Patient } from '../../../protos/generated/asterism/v1/patient.js';
import type { Entity, Fact, Verdict } from '../../../protos/generated/asterism/v1/specialist.js';
import { Disposition, Review } from '../../../protos/generated/asterism/v1/specialist.js';
import type { CallEvent } from '../../call/events.js';
import { initialState, reduce } from '../../call/reduce.js';
import type { CallState } from '../../call/state.js';
import { mergeLooks } from '../../consultation/merge.js';
import { createDialogueAgent } from '../dialogue-agent.js';
import type { Draft, Stimulus } from '../primary-agent.js';

const protocols = loadProtocols();
const agent = createDialogueAgent({
  protocols,
  organisation: 'Riverside Community Health',
  telephone: '+15555550100',
});

/** Margaret Ellis, two days home, with two medicines to keep scripts short. */
export const margaret: Patient = Patient.fromPartial({
  patientId: 'margaret-ellis',
  givenName: 'Margaret',
  familyName: 'Ellis',
  birthDate: '1954-03-04',
  age: 72,
  sex: 'female',
  conditions: ['heart failure with reduced ejection fraction', 'hypertension'],
  medications: [
    {
      name: 'lisinopril',
      dose: '10 mg',
      frequency: 'once a day',
      purpose: 'for your blood pressure and heart',
    },
    {
      name: 'furosemide',
      dose: '40 mg',
      frequency: 'twice a day',
      purpose: 'to take extra water out of your body',
    },
  ],
  labs: [{ name: 'body weight', loinc: '29463-7', value: 182, unit: '[lb_av]', date: '2026-11-22' }],
  appointments: [{ with: 'Dr. Chen, cardiology', start: '2026-12-01T10:30', place: 'the Heart Clinic' }],
  dischargeDate: '2026-11-22',
  protocolId: 'heart-failure-discharge',
});

/** What a specialist says about one patient line. */
export function review(
  specialist: string,
  verdict: Verdict,
  say: string,
  more: { disposition?: Disposition; entities?: Entity[]; facts?: Fact[] } = {},
): Review {
  return Review.fromPartial({
    specialist,
    verdict,
    say,
    disposition: more.disposition ?? Disposition.NONE,
    entities: more.entities ?? [],
    facts: more.facts ?? [],
    reason: 'as the script says',
    confidence: 0.9,
    relevant: true,
  });
}

export interface LineOptions {
  readonly reviews?: readonly Review[];
  /** What came too late for an earlier turn. */
  readonly followUps?: readonly Review[];
  /** Word probabilities, in order; 1 when left out. */
  readonly confidences?: readonly number[];
  readonly alternatives?: readonly string[];
}

/**
 * A call without audio and clocks: every draft is committed, released and played at once, as the
 * conversation would do it, and the state is folded from the same events.
 */
export class ScriptedCall {
  state: CallState;
  readonly events: CallEvent[] = [];
  draft: Draft | undefined;
  readonly #patient: Patient;
  #turn = 0;
  #mediaMs = 0;
  #silences = 0;

  constructor(patient: Patient = margaret, protocolId = 'heart-failure-discharge') {
    this.#patient = patient;
    this.state = initialState('call-1');
    this.#note({
      type: 'call-started',
      callId: 'call-1',
      patientId: patient.patientId,
      protocolId,
      transport: 'pcm',
      versions: {},
      specialists: [],
    });
  }

  /** What the agent said in its last turn. */
  get said(): string {
    return this.draft?.sentences.map(({ text }) => text).join(' ') ?? '';
  }

  get then(): string {
    const then = this.draft?.then;
    if (then?.kind === 'hang-up') return `hang-up ${then.reason}`;
    if (then?.kind === 'transfer') return `transfer ${then.destination}`;
    return 'listen';
  }

  get tasks(): readonly string[] {
    return this.state.nurseTasks.map(({ reason }) => reason);
  }

  /** Everything the agent said, turn by turn. */
  get agentLines(): readonly string[] {
    return this.state.transcript.filter(({ speaker }) => speaker === 'agent').map(({ text }) => text);
  }

  /** The turn without its playback: nothing is heard until play() is called. */
  async open(): Promise<string> {
    return this.#respond({ kind: 'opening' });
  }

  async patient(text: string, options: LineOptions = {}): Promise<string> {
    this.#silences = 0;
    const words = text.split(/\s+/).filter((word) => word !== '');
    const utterance = Utterance.fromPartial({
      utteranceId: `u${String(this.#turn + 1)}`,
      text,
      words: words.map((word, index) => ({ text: word, confidence: options.confidences?.[index] ?? 1 })),
      alternatives: (options.alternatives ?? []).map((alternative) => ({
        text: alternative,
        confidence: 0.3,
      })),
      confidence: 1,
    });
    const looks = (options.reviews ?? []).map((given) => ({
      specialist: given.specialist,
      gate: true,
      status: 'answered' as const,
      review: given,
      elapsedMs: 1,
    }));
    const decision = mergeLooks(looks, options.followUps);
    this.#note({
      type: 'utterance-heard',
      turnId: this.#nextTurnId(),
      mediaMs: this.#mediaMs++,
      utterance,
      endOfTurnReason: 'script',
    });
    for (const { specialist, facts } of options.reviews ?? []) {
      if (facts.length > 0)
        this.#note({ type: 'findings-noted', turnId: this.#nextTurnId(), specialist, facts });
    }
    return this.#respond({ kind: 'heard', utterance, decision });
  }

  async silence(): Promise<string> {
    this.#silences++;
    return this.#respond({ kind: 'silence', silenceMs: 6000, count: this.#silences });
  }

  async key(digit: string): Promise<string> {
    return this.#respond({ kind: 'dtmf', digit });
  }

  /** Several lines in a row. @returns what was said after the last */
  async patientLines(...lines: readonly string[]): Promise<string> {
    for (const line of lines) await this.patient(line);
    return this.said;
  }

  /** The patient spoke over the last turn: this many sentences were heard, and so many letters of the next. */
  cut(wholeSentences: number, letters: number): void {
    const turnId = this.#turnId();
    const sentences = Object.values(this.state.sentences).filter((sentence) => sentence.turnId === turnId);
    sentences.forEach((sentence, index) => {
      if (index < wholeSentences) return;
      const playedText = index === wholeSentences ? sentence.text.slice(0, letters) : '';
      this.#note({
        type: 'sentence-played',
        sentenceId: sentence.sentenceId,
        mediaMs: this.#mediaMs++,
        playedText,
        playedMs: playedText.length * 60,
        complete: false,
      });
    });
  }

  async #respond(stimulus: Stimulus): Promise<string> {
    this.#turn++;
    const turnId = this.#turnId();
    const draft = await agent.respond(
      { turnId, state: this.state, patient: this.#patient, stimulus, now: new Date('2026-11-24T10:00:00') },
      new AbortController().signal,
    );
    this.draft = draft;
    // The position must survive the log as JSON.
    this.#note(...draft.events.map((event) => JSON.parse(JSON.stringify(event)) as CallEvent));
    draft.sentences.forEach(({ text, interruptible }, index) => {
      const sentenceId = `${turnId}.${String(index + 1)}`;
      this.#note(
        { type: 'sentence-drafted', turnId, sentenceId, text },
        { type: 'sentence-released', turnId, sentenceId, text, interruptible, source: 'draft' },
        {
          type: 'sentence-played',
          sentenceId,
          mediaMs: this.#mediaMs++,
          playedText: text,
          playedMs: 1000,
          complete: true,
        },
      );
    });
    return this.said;
  }

  #turnId(): string {
    return `t${String(this.#turn)}`;
  }

  #nextTurnId(): string {
    return `t${String(this.#turn + 1)}`;
  }

  #note(...events: readonly CallEvent[]): void {
    for (const event of events) {
      this.events.push(event);
      this.state = reduce(this.state, event);
    }
  }
}

/** A call with consent given and identity established; the first item was asked. */
export async function verifiedCall(patient: Patient = margaret): Promise<ScriptedCall> {
  const call = new ScriptedCall(patient);
  await call.open();
  await call.patientLines('yes', 'Margaret Ellis', 'March fourth nineteen fifty-four');
  return call;
}
