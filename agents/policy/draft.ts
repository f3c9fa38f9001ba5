import {
  Disposition,
  Verdict,
  type Review,
  type ReviewRequest,
} from '../../protos/generated/asterism/v1/specialist.js';
import { inDocumentWords } from './everyday.js';
import { policyFact } from './heard.js';
import type { PolicyMind } from './mind.js';
import type { Hit } from './policy-index.js';
import { spoken } from './spoken.js';
import { valuesIn, type Value, type ValueKind } from './values.js';

/** Only kinds of which a wrong one misleads, and of which two different ones cannot both be right. */
const kinds: readonly ValueKind[] = ['time', 'money', 'telephone', 'duration'];

/** A draft is set right only where it is surely about the same thing as the passage and its sentence. */
const SURE = 0.6;
const SAME_THING = 0.65;
const ONLY_ONE = 0.4;
const LEAST_LEAD = 0.05;

/** A date of the patient's own and what a clinician ordered stand in the chart and not in a policy. */
const ofOwnChart =
  /\b(?:your|the) (?:next |own |first |follow-up )?(?:[a-z]+ )?(?:appointment|visit|surgery|colonoscopy|operation|procedure|test|ride|refill) (?:is|was|will be|has been|starts?|begins?)\b|\byou (?:have|had) (?:an?|your) (?:[a-z]+ )?(?:appointment|visit|surgery|colonoscopy|operation|procedure|test|ride)\b/i;

/** The second look: hours, amounts, times and numbers that a document of the organisation gives otherwise. */
export async function reviewDraft(
  mind: PolicyMind,
  request: ReviewRequest,
  today: string,
): Promise<Partial<Review>> {
  const draft = request.draft.trim();
  const stated = valuesIn(draft).filter(({ kind }) => kinds.includes(kind));
  if (ofOwnChart.test(draft))
    return { reason: 'The sentence is of this patient’s own chart.', relevant: false };
  if (stated.length === 0 || draft.endsWith('?'))
    return { reason: 'The sentence states no hours, amounts or numbers.', relevant: false };
  const index = mind.indexOn(today);
  // A word that no document knows: it speaks of something else, and nothing needs to be embedded.
  // "6 p.m." as it is spoken, so that no letter of it counts as a strange word.
  const { text: told, rest } = inDocumentWords(spoken(draft));
  if (index.strangeWords(told) > 1) return { reason: 'The sentence is not about a policy.', relevant: false };
  const kindsStated = [...new Set(stated.map(({ kind }) => kind))];
  const { hits, certainty } = index.search(told, await mind.embedder.embed(told), kindsStated, rest);
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
  const written = passage.sentences.map(({ text }) => valuesIn(text));
  for (const kind of new Set(stated.map((one) => one.kind))) {
    const wrong = stated.some(
      (one) => one.kind === kind && !written.flat().some((other) => sameValue(one, other)),
    );
    if (!wrong) continue;
    const giving = written.flatMap((values, at) => (values.some((one) => one.kind === kind) ? [at] : []));
    const [closest] = giving.sort((a, b) => (cosines[b] ?? 0) - (cosines[a] ?? 0));
    if (closest === undefined) continue;
    // Where no other sentence of the section gives such a value, the draft can mean no other.
    const least = giving.length === 1 ? ONLY_ONE : SAME_THING;
    const sentence = passage.sentences[closest];
    if (sentence?.speakable === true && (cosines[closest] ?? 0) >= least) return sentence.text;
  }
  return undefined;
}

function sameValue(a: Value, b: Value): boolean {
  return a.kind === b.kind && a.value === b.value;
}
