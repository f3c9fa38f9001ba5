import { approvedPhrases } from '../../orchestrator/consultation/approved-phrases.js';
import {
  mergeLooks,
  spokenWordings,
  type Decision,
  type Look,
} from '../../orchestrator/consultation/merge.js';
import { judge } from '../../orchestrator/consultation/speech-gate.js';
import {
  Disposition,
  Verdict,
  type Entity,
  type Fact,
  type Review,
} from '../../protos/generated/asterism/v1/specialist.js';

/** One line of the output of `asterism consult`. */
export interface ResultLine {
  readonly id: string | number;
  readonly reviews: readonly ReviewJson[];
  readonly outcome: {
    readonly verdict: string;
    readonly disposition: DispositionWord;
    /** What the patient would hear; empty when that is left to the primary agent. */
    readonly spoken: string;
    /** Gates that gave no usable answer; absent when all did. */
    readonly unanswered?: readonly string[];
  };
}

export type DispositionWord =
  '911' | '988' | 'urgent-nurse' | 'same-day' | 'within-days' | 'routine' | 'none';

interface ReviewJson {
  readonly specialist: string;
  readonly verdict: string;
  readonly disposition: DispositionWord;
  readonly say: string;
  readonly entities: readonly Record<string, unknown>[];
  readonly facts: readonly Fact[];
  readonly reason: string;
  readonly confidence: number;
}

/**
 * What is left when the same specialist looked twice, at the words heard and at the draft: the graver
 * verdict stands with its wording and reason (the order of rows in orchestrator/consultation/merge.ts),
 * the more urgent disposition stands, and the entities and facts of both are kept, each once.
 */
export function joinReviews(first: Review, second: Review): Review {
  const winner = gravity(second.verdict) > gravity(first.verdict) ? second : first;
  const urgent = urgency(second.disposition) > urgency(first.disposition) ? second : first;
  return {
    ...winner,
    disposition: urgent.disposition,
    entities: once(
      [...first.entities, ...second.entities],
      ({ kind, heard, name }) => `${kind}|${heard}|${name}`,
    ),
    facts: once([...first.facts, ...second.facts], ({ kind, subjects, severity, text }) =>
      [kind, ...subjects, severity, text].join('|'),
    ),
    relevant: first.relevant || second.relevant,
    confidence: Math.min(first.confidence, second.confidence),
  };
}

/** The line for one request. @param looks one a specialist, with what it said in all looks */
export function resultLine(id: string | number, looks: readonly Look[], draft: string): ResultLine {
  const decision = mergeLooks(looks);
  return {
    id,
    reviews: decision.reviews.map(reviewJson),
    outcome: {
      verdict: verdictWord(decision.verdict),
      disposition: dispositionWord(decision.disposition),
      spoken: spokenOf(decision, draft),
      ...(decision.unansweredGates.length === 0 ? {} : { unanswered: decision.unansweredGates }),
    },
  };
}

/** What the speech gate would let be heard, without the turns that follow. */
function spokenOf(decision: Decision, draft: string): string {
  if (draft.trim() === '') {
    const texts = spokenWordings(decision).map(({ say }) => say);
    return texts.length > 0 || decision.unansweredGates.length === 0
      ? texts.join(' ')
      : approvedPhrases.nurseConfirms;
  }
  const judgement = judge({ kind: 'draft', decision, turnTexts: [], deadlinePassed: true });
  switch (judgement.kind) {
    case 'release':
      return draft;
    case 'replace':
      return [...judgement.wordings.map(({ say }) => say), ...(judgement.thenDraft ? [draft] : [])].join(' ');
    case 'emergency':
      return judgement.review.say;
    case 'hold':
    case 'nurse-confirm':
      return approvedPhrases.nurseConfirms;
    case 'withhold':
      return approvedPhrases.notOnThisCall;
  }
}

function reviewJson(review: Review): ReviewJson {
  return {
    specialist: review.specialist,
    verdict: verdictWord(review.verdict),
    disposition: dispositionWord(review.disposition),
    say: review.say,
    entities: review.entities.map(entityJson),
    facts: review.facts,
    reason: review.reason,
    confidence: review.confidence,
  };
}

function entityJson(entity: Entity): Record<string, unknown> {
  const { value, unit, negated, experiencer, ...always } = entity;
  return {
    ...always,
    ...(value === undefined ? {} : { value }),
    ...(unit === '' ? {} : { unit }),
    ...(negated ? { negated } : {}),
    ...(experiencer === '' ? {} : { experiencer }),
  };
}

function verdictWord(verdict: Verdict): string {
  return verdict.replace(/^VERDICT_/, '');
}

export function dispositionWord(disposition: Disposition): DispositionWord {
  switch (disposition) {
    case Disposition.CALL_911:
      return '911';
    case Disposition.CALL_988:
      return '988';
    case Disposition.URGENT_NURSE:
      return 'urgent-nurse';
    case Disposition.SAME_DAY:
      return 'same-day';
    case Disposition.WITHIN_DAYS:
      return 'within-days';
    case Disposition.ROUTINE:
      return 'routine';
    case Disposition.NONE:
    case Disposition.UNSPECIFIED:
    case Disposition.UNRECOGNIZED:
      return 'none';
  }
}

const verdictsMildestFirst: readonly Verdict[] = [
  Verdict.PASS,
  Verdict.ADVISE,
  Verdict.DEFER,
  Verdict.SAY,
  Verdict.REWRITE,
  Verdict.BLOCK,
  Verdict.ASK,
  Verdict.ESCALATE,
];

function gravity(verdict: Verdict): number {
  return verdictsMildestFirst.indexOf(verdict);
}

const wordsMildestFirst: readonly DispositionWord[] = [
  'none',
  'routine',
  'within-days',
  'same-day',
  'urgent-nurse',
  '988',
  '911',
];

function urgency(disposition: Disposition): number {
  return wordsMildestFirst.indexOf(dispositionWord(disposition));
}

function once<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[] {
  return [...new Map(items.map((item) => [keyOf(item), item] as const)).values()];
}
