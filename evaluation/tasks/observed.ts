/** What a constellation made of one task: the output of `asterism consult` for it, as far as grading reads it. */
export interface Observed {
  readonly reviews: readonly ObservedReview[];
  readonly outcome: {
    /** After merging, for example SAY. */
    readonly verdict: string;
    readonly disposition: string;
    /** What the patient would hear of specialists and draft. */
    readonly spoken: string;
    /** Gates that gave no usable answer. */
    readonly unanswered?: readonly string[];
  };
}

export interface ObservedReview {
  readonly specialist: string;
  readonly verdict: string;
  readonly say: string;
  readonly reason: string;
  readonly facts: readonly ObservedFact[];
  /** As written by `asterism consult`: kind, heard, name, confidence, alternatives, value, unit, negated, … */
  readonly entities: readonly Readonly<Record<string, unknown>>[];
}

export interface ObservedFact {
  readonly kind: string;
  readonly subjects: readonly string[];
  readonly severity: string;
}
