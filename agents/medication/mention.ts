import type { Utterance } from '../../protos/generated/asterism/v1/hearing.js';
import type { WordFrequencies } from '../language/word-frequencies.js';
import type { Token } from '../spoken/tokens.js';
import type { LookAlikes } from './look-alikes.js';
import type { MedicineName, NameIndex } from './name-index.js';

/** How sure it is which medicine was named. */
export type Certainty =
  /** Heard surely and exactly. */
  | 'sure'
  /** One medicine sounds like it; it must be read back. */
  | 'near'
  /** Two or more could be meant; they must be told apart. */
  | 'ambiguous'
  /** It stands where a medicine stands, and no known name is like it. */
  | 'unknown';

/** A medicine named, or perhaps named, in what was heard. */
export interface Mention {
  readonly start: number;
  /** Index after its last word. */
  readonly end: number;
  readonly heard: string;
  readonly certainty: Certainty;
  /** Most probable first; empty when unknown. */
  readonly candidates: readonly Candidate[];
}

/** A name that a mention may stand for. */
export interface Candidate {
  readonly name: MedicineName;
  /** Probability from 0 to 1. */
  readonly confidence: number;
}

/** What identification leans on. */
export interface Hearing {
  readonly tokens: readonly Token[];
  readonly alternatives: Utterance['alternatives'];
  readonly index: NameIndex;
  readonly frequencies: WordFrequencies;
  /** Names on this patient's chart. */
  readonly chart: readonly MedicineName[];
  /** True while the agent waits for a medicine's name or list. */
  readonly expectsMedicine: boolean;
  /** Ingredients or products that the patient already confirmed in this exchange. */
  readonly confirmed: ReadonlySet<string>;
  /** Those confirmed earlier in the call: a name that sounds like one of them is not asked for again. */
  readonly confirmedEarlier: ReadonlySet<string>;
  readonly lookAlikes: LookAlikes;
  /** What the agent named in its last sentence. */
  readonly justAsked: ReadonlySet<string>;
}
