import type { Patient } from '../../../protos/generated/asterism/v1/patient.js';
import { AwaitedAnswer } from '../../../protos/generated/asterism/v1/hearing.js';
import { Verification, type Disposition } from '../../../protos/generated/asterism/v1/specialist.js';
import type { Protocol } from '../../../clinical-kb/protocols/schema.js';
import type { PhraseKey, Wording } from '../../../clinical-kb/protocols/wording-schema.js';
import type { CallEvent, ItemStatus, Listening } from '../../call/events.js';
import type { CallState, ItemState } from '../../call/state.js';
import type { Draft, DraftSentence } from '../primary-agent.js';
import type { Position } from '../position.js';
import { phrase, type Slots } from './phrasing.js';

/** Everything that a turn may look at. */
export interface TurnContext {
  readonly turnId: string;
  readonly protocol: Protocol;
  readonly wording: Wording;
  readonly patient: Patient;
  readonly state: CallState;
  readonly now: Date;
  readonly slots: Slots;
}

export type ItemValue = Readonly<Record<string, string | number | boolean>>;

/**
 * One turn being written: sentences, events and the next position, gathered while the rules run and
 * handed out once as a Draft. It reads its own changes back, so that rules see what rules before them did.
 */
export class Turn {
  readonly context: TurnContext;
  position: Position;
  readonly #sentences: DraftSentence[] = [];
  readonly #repeatable: string[] = [];
  readonly #events: CallEvent[] = [];
  readonly #items: Record<string, ItemState>;
  #verification: Verification;
  #then: Draft['then'] = { kind: 'listen' };
  /** A specialist speaks in this turn: the protocol's own comment on the answer is left out. */
  specialistSpeaks = false;

  constructor(context: TurnContext, position: Position) {
    this.context = context;
    this.position = { ...position, turns: position.turns + 1, turnId: context.turnId, said: [] };
    this.#items = { ...context.state.items };
    this.#verification = context.state.verification;
  }

  get verified(): boolean {
    return this.#verification === Verification.VERIFIED;
  }

  get ended(): boolean {
    return this.#then.kind !== 'listen';
  }

  get hasSpoken(): boolean {
    return this.#sentences.length > 0;
  }

  item(itemId: string): ItemState | undefined {
    return this.#items[itemId];
  }

  /** Says a phrase that every protocol shares. */
  say(key: PhraseKey, slots: Slots = {}): void {
    this.speak(this.words(`phrase ${key}`, this.context.wording.phrases[key], slots), key);
  }

  /** Chooses among a protocol's own wordings and says it. @param name under which the variants take turns */
  sayWords(name: string, variants: readonly string[], slots: Slots = {}): void {
    this.speak(this.words(name, variants, slots), name);
  }

  /** Chooses among wordings without saying anything. */
  words(name: string, variants: readonly string[], slots: Slots = {}): readonly string[] {
    const timesUsed = this.position.used[name] ?? 0;
    if (variants.length > 1)
      this.position = { ...this.position, used: { ...this.position.used, [name]: timesUsed + 1 } };
    return phrase(variants, { ...this.context.slots, ...slots }, timesUsed);
  }

  speak(sentences: readonly string[], name = ''): void {
    for (const text of sentences) {
      this.#sentences.push({ text, interruptible: true });
      if (!acknowledgements.has(name)) this.#repeatable.push(text);
    }
  }

  /** Says a specialist's or a protocol's instruction in its own words. */
  speakExactly(
    text: string,
    options: { readonly interruptible: boolean; readonly mustHear: boolean; readonly specialist?: string },
  ): void {
    this.#sentences.push({
      text,
      interruptible: options.interruptible,
      ...(options.specialist === undefined ? {} : { specialist: options.specialist }),
    });
    this.#repeatable.push(text);
    if (options.mustHear) this.owe(text, this.context.turnId);
  }

  /** Notes that the patient must hear this whole; turnId '' when it was not said yet. */
  owe(text: string, turnId: string, times = 1): void {
    const others = this.position.owed.filter((owed) => owed.text !== text);
    this.position = { ...this.position, owed: [...others, { text, turnId, times }] };
  }

  change(itemId: string, status: ItemStatus, value: ItemValue = {}): void {
    const { turnId } = this.context;
    const before = this.#items[itemId];
    this.#items[itemId] = { itemId, status, value, evidence: [...(before?.evidence ?? []), turnId] };
    this.#events.push({ type: 'item-changed', turnId, itemId, status, value: { ...value } });
  }

  addTask(reason: string, disposition: Disposition): void {
    this.#events.push({ type: 'nurse-task-added', turnId: this.context.turnId, reason, disposition });
  }

  raise(disposition: Disposition, reason: string): void {
    const { turnId } = this.context;
    this.#events.push({ type: 'escalation-raised', turnId, specialist: 'primary', disposition, reason });
  }

  consent(granted: boolean): void {
    this.#events.push({ type: 'recording-consent', turnId: this.context.turnId, granted });
  }

  verify(verification: Verification, reason: string): void {
    this.#verification = verification;
    this.#events.push({ type: 'verification-changed', turnId: this.context.turnId, verification, reason });
  }

  /** Asks: the sentences are spoken, and the item waits for its answer. */
  ask(itemId: string, step: string, sentences: readonly string[], listening: Partial<Listening>): void {
    const { turnId } = this.context;
    this.speak(sentences);
    const same = this.position.pending.itemId === itemId && this.position.pending.step === step;
    const attempts = same ? this.position.pending.attempts : 0;
    const before = this.#items[itemId];
    if (before === undefined || before.status === 'open' || before.status === 'asked')
      this.change(itemId, 'asked');
    else if (this.context.state.askedItemId !== itemId) this.change(itemId, 'partial', before.value);
    this.position = {
      ...this.position,
      aside: undefined,
      digits: '',
      pending: { itemId, step, attempts, question: sentences.at(-1) ?? '', turnId },
      listening: this.#listening(listening),
    };
  }

  /** Listens for an answer to a question that belongs to no item. */
  listenFor(listening: Partial<Listening>): void {
    this.position = { ...this.position, listening: this.#listening(listening) };
  }

  hangUp(reason: string): void {
    this.#then = { kind: 'hang-up', reason };
  }

  transfer(destination: string): void {
    this.#then = { kind: 'transfer', destination };
  }

  taskCount(): number {
    return (
      this.context.state.nurseTasks.length +
      this.#events.filter((event) => event.type === 'nurse-task-added').length
    );
  }

  draft(): Draft {
    const said =
      this.#repeatable.length > 0 ? this.#repeatable : this.context.state.position ? this.#lastSaid() : [];
    this.position = { ...this.position, said: [...said] };
    const position: Record<string, unknown> = { ...this.position };
    return {
      sentences: this.#sentences,
      events: [...this.#events, { type: 'primary-moved', turnId: this.context.turnId, position }],
      listening: this.position.listening,
      then: this.#then,
    };
  }

  #lastSaid(): readonly string[] {
    const said = this.context.state.position?.['said'];
    return Array.isArray(said) ? said.filter((text): text is string => typeof text === 'string') : [];
  }

  #listening(listening: Partial<Listening>): Position['listening'] {
    const medicines = this.verified ? this.context.patient.medications.map(({ name }) => name) : [];
    const own = [...(listening.vocabulary ?? [])];
    return {
      awaited: listening.awaited ?? AwaitedAnswer.OPEN,
      vocabulary: [...new Set([...own, ...medicines])].slice(0, 40),
      patience: (listening.patience ?? 1) * (this.position.slow ? 1.4 : 1),
    };
  }
}

/** Small words before the matter; not worth repeating. */
const acknowledgements: ReadonlySet<string> = new Set<PhraseKey>([
  'thanks',
  'glad',
  'sorry',
  'noted',
  'repeating',
  'rephrase',
  'notUnderstood',
  'notHeard',
  'bridge',
  'verified',
  'consentYes',
  'consentNo',
  'takeYourTime',
  'waiting',
  'goodYouAreThere',
  'unsureAnswer',
  'skipped',
  'postponed',
  'moveOn',
  'welcome',
  'slower',
]);

/** The last turn that the agent committed before this one; empty before its first. */
export function lastOwnTurnId(turn: Turn): string {
  const turnId = turn.context.state.position?.['turnId'];
  return typeof turnId === 'string' ? turnId : '';
}
