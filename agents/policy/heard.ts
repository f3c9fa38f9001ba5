import {
  Disposition,
  Verdict,
  type Fact,
  type Review,
  type ReviewRequest,
} from '../../protos/generated/asterism/v1/specialist.js';
import { readText } from '../language/reading.js';
import { answerFrom, wantedIn, type Wanted } from './answer.js';
import { askedIn, type Asked } from './asking.js';
import { inDocumentWords } from './everyday.js';
import type { PolicyMind } from './mind.js';
import type { Found, Hit } from './policy-index.js';
import { contentWords } from './words.js';

/*
 * Certainty from which a passage answers, set by fixtures/labelled-questions.yaml so that hardly anything that no
 * document answers was answered there. A wish ("I need to…") is no question yet, so more is asked of it.
 */
const ANSWERS: Readonly<Record<Asked['kind'], number>> = { question: 0.57, wish: 0.65 };
/** What is asked in a single word ("is coffee okay?") may be about anything. */
const ONE_WORD_COSTS = 0.06;
/** A second section that lies closer than this may be the one that was meant. */
const LEAST_LEAD = 0.04;
/** Score from which a question is surely about the organisation, though nothing answers it. */
const ABOUT_US = 0.55;

/** Below this the question may have been another one. */
const LEAST_HEARD = 0.5;

/** How certainty became right answers in the labelled questions: a logistic curve. */
const CURVE = { middle: 0.4, steepness: 10 };

/** For a question about the organisation that no document answers: the primary agent's own words for it. */
const notKnown = 'I do not know that, so I will not guess. I will pass your question to a nurse.';

/** When and where the patient's own appointment is stands in the chart and not in a policy. */
const ownChart =
  / (?:what time|when|where|what day|which day|who|how long) (?:is|are|was|were|do|will) (?:i have )?(?:my|our) (?:next |own |first )?[a-z]+ ?(?:appointment|visit|surgery|colonoscopy|results?|tests?|procedure)?/;
const ownChartThing =
  / (?:appointments?|visit|surgery|operation|colonoscopy|results?|tests?|procedure|prescription) /;

interface Searched {
  readonly asked: Asked;
  readonly wanted: Wanted;
  readonly found: Found;
}

/** The first look: a question that a document of the organisation answers. */
export async function reviewHeard(
  mind: PolicyMind,
  request: ReviewRequest,
  today: string,
): Promise<Partial<Review>> {
  const text = request.heard?.text.trim() ?? '';
  const surelyHeard = heardConfidence(request);
  if (surelyHeard < LEAST_HEARD) return { reason: 'It was not surely heard.', relevant: false };
  const asked = askedIn(text).filter((one) => !isOfChart(one));
  if (asked.length === 0) return { reason: 'Nothing was asked that a policy could answer.', relevant: false };
  const index = mind.indexOn(today);
  const found = await Promise.all(
    asked.map(async (one): Promise<Searched> => {
      const { text, rest } = inDocumentWords(one.text);
      const wanted = wantedIn(readText(one.text).text);
      return {
        asked: one,
        wanted,
        found: index.search(text, await mind.embedder.embed(text), wanted.should, rest),
      };
    }),
  );
  const best = found.reduce((a, b) => (b.found.certainty > a.found.certainty ? b : a));
  const answer = answerTo(best, surelyHeard);
  if (answer) return answer;
  const [hit] = best.found.hits;
  if (hit && hit.score >= ABOUT_US && best.asked.kind === 'question') {
    return {
      verdict: Verdict.ADVISE,
      disposition: Disposition.ROUTINE,
      say: notKnown,
      reason: `Asked something about ${hit.passage.document.title} that no document answers surely.`,
      confidence: rounded(1 - probability(best.found.certainty)),
      relevant: true,
    };
  }
  return { reason: 'No document answers this.', relevant: false };
}

function answerTo(
  { asked, wanted, found: { hits, certainty } }: Searched,
  surelyHeard: number,
): Partial<Review> | undefined {
  const [hit, next] = hits;
  const single = contentWords(asked.text).length < 2 ? ONE_WORD_COSTS : 0;
  if (!hit || certainty < ANSWERS[asked.kind] + single) return undefined;
  if (next && hit.score - next.score < LEAST_LEAD) return undefined;
  const say = answerFrom(hit, wanted);
  if (say === undefined) return undefined;
  return {
    verdict: Verdict.SAY,
    disposition: Disposition.NONE,
    say,
    facts: [policyFact(hit, say)],
    reason: `A question that ${hit.passage.citation} answers.`,
    confidence: rounded(Math.min(surelyHeard, probability(certainty))),
    relevant: true,
  };
}

/** A passage with what of it was said. */
export function policyFact({ passage }: Pick<Hit, 'passage'>, text: string): Fact {
  return {
    kind: 'policy',
    subjects: [`${passage.document.id}/${passage.heading}`],
    severity: '',
    text,
    citation: passage.citation,
  };
}

function isOfChart({ text }: Asked): boolean {
  const reading = readText(text).text;
  return ownChart.test(reading) && ownChartThing.test(reading);
}

function probability(certainty: number): number {
  return 1 / (1 + Math.exp(-CURVE.steepness * (certainty - CURVE.middle)));
}

/** How surely the utterance was heard; 1 where the hearer says nothing of it. */
function heardConfidence({ heard }: ReviewRequest): number {
  return heard !== undefined && heard.confidence > 0 ? heard.confidence : 1;
}

function rounded(confidence: number): number {
  return Math.round(confidence * 100) / 100;
}
