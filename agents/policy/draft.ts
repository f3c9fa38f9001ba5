import {
  Disposition,
  Verdict,
  type Review,
  type ReviewRequest,
} from '../../protos/generated/asterism/v1/specialist.js';
import { policyFact } from './heard.js';
import type { PolicyMind } from './mind.js';
import type { Hit } from './policy-index.js';
import { valuesIn, type Value, type ValueKind } from './values.js';

/** Only kinds of which a wrong one misleads, and of which two different ones cannot both be right. */
const kinds: readonly ValueKind[] = ['time', 'money', 'telephone', 'duration'];

/** A draft is set right only where it is surely about the same thing as the passage and its sentence. */
const SURE = 0.6;
const SAME_THING = 0.65;
const LEAST_LEAD = 0.05;

/** The second look: hours, amounts, times and numbers that a document of the organisation gives otherwise. */
export async function reviewDraft(
  mind: PolicyMind,
  request: ReviewRequest,
  today: string,
): Promise<Partial<Review>> {
  const draft = request.draft.trim();
  const stated = valuesIn(draft).filter(({ kind }) => kinds.includes(kind));
  if (stated.length === 0 || draft.endsWith('?'))
    return { reason: 'The sentence states no hours, amounts or numbers.', relevant: false };
  const index = mind.indexOn(today);
  // A word that no document knows: it speaks of something else, and nothing needs to be embedded.
  if (index.strangeWords(draft) > 1)
    return { reason: 'The sentence is not about a policy.', relevant: false };
  const { hits, certainty } = index.search(draft, await mind.embedder.embed(draft));
  const [hit, next] = hits;
  if (!hit || certainty < SURE || hit.score - (next?.score ?? 0) < LEAST_LEAD)
    return { reason: 'The sentence is not surely about one policy.', relevant: false };
  const against = contradiction(hit, stated);
  if (against === undefined)
    return { reason: `Nothing in ${hit.passage.citation} says otherwise.`, relevant: true };
  return {
    verdict: Verdict.REWRITE,
    disposition: Disposition.NONE,
    say: against,
    facts: [policyFact(hit, against)],
    reason: `The sentence says otherwise than ${hit.passage.citation}.`,
    confidence: 0.9,
    relevant: true,
  };
}

/** The sentence about the same thing that gives another value; undefined when there is none. */
function contradiction({ passage, cosines }: Hit, stated: readonly Value[]): string | undefined {
  const closest = cosines.indexOf(Math.max(...cosines));
  const sentence = passage.sentences[closest];
  if (!sentence?.speakable || (cosines[closest] ?? 0) < SAME_THING) return undefined;
  const written = passage.sentences.flatMap(({ text }) => valuesIn(text));
  const inSentence = valuesIn(sentence.text);
  const wrong = stated.some(
    ({ kind, value }) =>
      inSentence.some((one) => one.kind === kind) &&
      !written.some((one) => one.kind === kind && one.value === value),
  );
  return wrong ? sentence.text : undefined;
}
