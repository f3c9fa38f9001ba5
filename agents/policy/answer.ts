import type { Hit } from './policy-index.js';
import { valuesIn, type ValueKind } from './values.js';

/** Longer than this is no longer heard to its end. */
const MOST_WORDS = 55;
/** A sentence is chosen by meaning first, then by words. */
const WORDS_COUNT = 0.5;
/** What a sentence gains when it holds the kind of thing that was asked for: the hours for "when". */
const FITTING_KIND = 0.25;
/** A second sentence is said when it holds so much more of the question's words. */
const ADDS = 0.1;
/** The first sentence of a passage is what it is about; it is said too when it is nearly as close. */
const NEARLY = 0.15;

/** A sentence that cannot stand without the one before it. */
const leansOn =
  /^(?:it|its|they|their|this|that|these|those|he|she|the (?:first|second|other|same)|other|otherwise|then|also)\b/i;

/** What must be in an answer, and what should be. */
export interface Wanted {
  /** Without one of these in it, a sentence does not answer. */
  readonly must: readonly ValueKind[] | 'price' | undefined;
  readonly should: readonly ValueKind[];
}

/** What kind of thing a question asks for. @param question normalised, as Reading.text */
export function wantedIn(question: string): Wanted {
  if (
    / (?:how much (?:is|are|does|do|will|would|for)|what (?:does|do|will|would) .*cost|cost|price|charge|fee|expensive) /.test(
      question,
    )
  )
    return { must: 'price', should: ['money'] };
  if (/ (?:phone|telephone) number | what (?:is )?(?:the |your )?number | what number /.test(question))
    return { must: ['telephone'], should: ['telephone'] };
  if (
    / (?:how long|how soon|how quickly|how far (?:ahead|in advance)|how many (?:days|hours|minutes|weeks)|how early) /.test(
      question,
    )
  )
    return { must: undefined, should: ['duration'] };
  if (/ (?:what time|hours|how late|until when|opens?|closes?|closed) /.test(question))
    return { must: undefined, should: ['time'] };
  if (/ when /.test(question)) return { must: undefined, should: ['time'] };
  if (
    / (?:how (?:do|can|could|would) i|call|reach|contact|talk to|speak (?:to|with)|cancel|change|reschedule|complain|complaint|lost|forgot) /.test(
      question,
    )
  )
    return { must: undefined, should: ['telephone'] };
  return { must: undefined, should: [] };
}

/**
 * The one or two sentences of a passage that answer, word for word as the document has them; undefined when the
 * passage does not hold what was asked for, or holds it in a form that cannot be said.
 */
export function answerFrom(hit: Hit, wanted: Wanted): string | undefined {
  const { sentences } = hit.passage;
  const chosen = chooseSentences(hit, wanted.should);
  const [best] = chosen;
  if (best === undefined) return undefined;
  for (const index of [...chosen]) {
    if (index > 0 && leansOn.test(sentences[index]?.text ?? '')) chosen.add(index - 1);
  }
  const said = [...chosen].sort((a, b) => a - b).map((index) => sentences[index]);
  if (said.some((sentence) => sentence?.speakable !== true)) return undefined;
  const text = said.map((sentence) => sentence?.text ?? '').join(' ');
  if (wanted.must !== undefined && !holds(text, wanted.must)) return undefined;
  if (text.split(' ').length <= MOST_WORDS) return text;
  const alone = sentences[best]?.text ?? '';
  return alone.split(' ').length <= MOST_WORDS && !leansOn.test(alone) ? alone : undefined;
}

/** One or two, the one that fits best first. */
function chooseSentences({ passage, cosines, held }: Hit, should: readonly ValueKind[]): Set<number> {
  const { sentences } = passage;
  const fit = sentences.map(
    ({ text }, index) =>
      (cosines[index] ?? 0) +
      WORDS_COUNT * sum(held[index] ?? []) +
      (hasKind(text, should) ? FITTING_KIND : 0),
  );
  const best = indexOfLargest(fit);
  if (best < 0) return new Set();
  if (sentences.length <= 2) return new Set([best, ...sentences.keys()]);
  const alsoFitting = fit
    .map((value, index) => ({ index, value }))
    .filter(({ index }) => index !== best && hasKind(sentences[index]?.text ?? '', should))
    .sort((a, b) => b.value - a.value)[0];
  if (alsoFitting) return new Set([best, alsoFitting.index]);
  const heldByBest = held[best] ?? [];
  const added = held.map((words) =>
    sum(words.map((part, word) => Math.max(0, part - (heldByBest[word] ?? 0)))),
  );
  const second = indexOfLargest(added);
  if ((added[second] ?? 0) >= ADDS) return new Set([best, second]);
  return (cosines[0] ?? 0) >= (cosines[best] ?? 0) - NEARLY ? new Set([best, 0]) : new Set([best]);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function indexOfLargest(values: readonly number[]): number {
  return values.indexOf(Math.max(...values));
}

function holds(text: string, must: readonly ValueKind[] | 'price'): boolean {
  if (must !== 'price') return hasKind(text, must);
  return (
    hasKind(text, ['money']) ||
    /\b(?:free|no charge|cost|costs|copay|charged?|fee|discounted|estimate)\b/i.test(text)
  );
}

function hasKind(text: string, kinds: readonly ValueKind[]): boolean {
  return kinds.length > 0 && valuesIn(text).some(({ kind }) => kinds.includes(kind));
}
