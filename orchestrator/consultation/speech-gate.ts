import { Verdict, type Review } from '../../protos/generated/asterism/v1/specialist.js';
import { isEmergencyReview, spokenWordings, type Decision, type Look } from './merge.js';

/** One sentence before the gate, after its look was merged. */
export interface Judged {
  /** draft: the primary agent's own; wording: a specialist's, which was put in a draft's place. */
  readonly kind: 'draft' | 'wording';
  /** Merged from withoutRepeats(looks, …). */
  readonly decision: Decision;
  /** Every other text that is drafted or released in this turn. */
  readonly turnTexts: readonly string[];
  /** Whether the second deadline has passed. */
  readonly deadlinePassed: boolean;
}

/** What becomes of one sentence. */
export type Judgement =
  /** Speak it as it is. */
  | { readonly kind: 'release' }
  /** Speak the specialists' wordings, each after a look of its own, with or without the draft after them. */
  | {
      readonly kind: 'replace';
      readonly wordings: readonly Review[];
      readonly thenDraft: boolean;
      /** Nothing else of the turn is spoken: a question waits for its answer, or a human takes over. */
      readonly endsTurn: boolean;
    }
  /** A 911 or 988 instruction: speak it now, wait for nobody, and nothing else of the turn. */
  | { readonly kind: 'emergency'; readonly review: Review }
  /** Do not speak it; the turn goes on. */
  | { readonly kind: 'withhold'; readonly reason: string }
  /** A gate is silent: keep the line with a holding phrase and wait until the second deadline. */
  | { readonly kind: 'hold' }
  /** Fail closed: a nurse will confirm. */
  | {
      readonly kind: 'nurse-confirm';
      readonly reason: string;
      readonly unansweredGates: readonly string[];
    };

/**
 * The gate. The first row that applies decides.
 *
 *   911 or 988 in the answers               emergency. It does not wait for a gate that is silent: a dead
 *                                           medication specialist must never stop "call 911". The wording
 *                                           is the instruction alone, so neither privacy nor a missing
 *                                           check can make it wrong to say.
 *   a gate silent, second deadline ahead    hold
 *   a gate silent, second deadline passed   nurse-confirm
 *   no objection, a hint, a deferred job    release
 *   an objection to a specialist's wording  nurse-confirm: there is never a third wording
 *   nothing to say in the draft's place     withhold
 *   SAY                                     the wording, then the draft
 *   REWRITE, BLOCK with words               the wording instead of the draft
 *   ASK, ESCALATE                           the wording instead of the draft, and the turn ends there
 */
export function judge({ kind, decision, turnTexts, deadlinePassed }: Judged): Judgement {
  const { winning, unansweredGates } = decision;
  if (winning && isEmergencyReview(winning)) return { kind: 'emergency', review: winning };
  if (unansweredGates.length > 0) {
    if (!deadlinePassed) return { kind: 'hold' };
    return { kind: 'nurse-confirm', reason: `no answer from ${unansweredGates.join(', ')}`, unansweredGates };
  }
  if (!winning || winning.verdict === Verdict.ADVISE || winning.verdict === Verdict.DEFER) {
    return { kind: 'release' };
  }
  if (kind === 'wording') {
    return {
      kind: 'nurse-confirm',
      reason: `${winning.specialist} objects to another specialist's wording: ${winning.reason}`,
      unansweredGates,
    };
  }
  const wordings = spokenWordings(decision).filter((review) => !isSaidIn(review.say, turnTexts));
  if (wordings.length === 0) return { kind: 'withhold', reason: `${winning.specialist}: ${winning.reason}` };
  return {
    kind: 'replace',
    wordings,
    thenDraft: winning.verdict === Verdict.SAY,
    endsTurn: winning.verdict === Verdict.ASK || winning.verdict === Verdict.ESCALATE,
  };
}

/**
 * A specialist sees the patient's words in both looks, so it often asks for the same thing twice. What is
 * said in this turn already, or is the very sentence under review, is no objection any more: it counts
 * as PASS. A BLOCK, and a REWRITE of another sentence, stay what they are.
 */
export function withoutRepeats(
  looks: readonly Look[],
  sentence: string,
  turnTexts: readonly string[],
): readonly Look[] {
  return looks.map((look) => {
    if (!look.review || !isRepeat(look.review, sentence, turnTexts)) return look;
    return { ...look, review: { ...look.review, verdict: Verdict.PASS } };
  });
}

function isRepeat(review: Review, sentence: string, turnTexts: readonly string[]): boolean {
  switch (review.verdict) {
    case Verdict.SAY:
    case Verdict.ASK:
    case Verdict.ESCALATE:
      return isSaidIn(review.say, [...turnTexts, sentence]);
    case Verdict.REWRITE:
      return plain(review.say) === plain(sentence);
    default:
      return false;
  }
}

/**
 * Whether texts, spoken one after the other, contain a wording sentence by sentence; punctuation inside a
 * sentence and case do not matter. Part of a sentence is not enough: "Take one" is not in "Take one hundred".
 */
export function isSaidIn(wording: string, texts: readonly string[]): boolean {
  const wanted = sentencesOf(wording);
  const said = texts.flatMap(sentencesOf);
  if (wanted.length === 0) return false;
  return said.some((_, start) => wanted.every((sentence, index) => said[start + index] === sentence));
}

function sentencesOf(text: string): readonly string[] {
  return text
    .split(/[.?!]+(?:\s+|$)/)
    .map(plain)
    .filter((sentence) => sentence !== '');
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
