import type { Utterance } from '../../protos/generated/asterism/v1/hearing.js';
import type { Patient } from '../../protos/generated/asterism/v1/patient.js';
import type { Review } from '../../protos/generated/asterism/v1/specialist.js';
import type { CallEvent, Listening } from '../call/events.js';
import type { CallState } from '../call/state.js';
import type { Decision } from '../consultation/merge.js';

/** What makes the primary agent act. */
export type Stimulus =
  /** The call was answered; nobody has spoken yet. */
  | { readonly kind: 'opening' }
  /** The patient finished a turn; the first look over it has been merged. */
  | { readonly kind: 'heard'; readonly utterance: Utterance; readonly decision: Decision }
  /** Nobody has spoken for silenceMs after the agent finished; count is 1 the first time in a row. */
  | { readonly kind: 'silence'; readonly silenceMs: number; readonly count: number }
  | { readonly kind: 'dtmf'; readonly digit: string }
  /** Nobody spoke: a specialist's long work came to an emergency, whose instruction was just given. */
  | { readonly kind: 'emergency-found'; readonly review: Review };

/** One sentence that the agent wants to say, before the second look. */
export interface DraftSentence {
  readonly text: string;
  /** False for an emergency instruction: speech over it does not stop it. */
  readonly interruptible: boolean;
  /** The specialist whose own wording this is; absent for the agent's own. */
  readonly specialist?: string;
}

/** What the agent wants to do in a turn. */
export interface Draft {
  readonly sentences: readonly DraftSentence[];
  /** State changes that become true when the turn is committed: item-changed, verification-changed, primary-moved, … */
  readonly events: readonly CallEvent[];
  readonly listening: Listening;
  /** What happens after the last sentence was played. */
  readonly then:
    | { readonly kind: 'listen' }
    | { readonly kind: 'hang-up'; readonly reason: string }
    | { readonly kind: 'transfer'; readonly destination: string };
}

export interface PrimaryInput {
  readonly turnId: string;
  readonly state: CallState;
  readonly patient: Patient;
  readonly stimulus: Stimulus;
  /** Local wall-clock time of the call, for dates said by the patient ("last Tuesday"). */
  readonly now: Date;
}

/**
 * The one that talks. It is stateless: everything it remembers is in the call's state.
 * The dialogue mode answers at once; the llm mode streams.
 */
export interface PrimaryAgent {
  /** @throws AsterismError CANCELLED when signal aborts */
  respond(input: PrimaryInput, signal: AbortSignal): Promise<Draft>;
}
