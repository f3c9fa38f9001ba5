import {
  Disposition,
  Verdict,
  type Fact,
  type Review,
  type ReviewRequest,
} from '../../protos/generated/asterism/v1/specialist.js';
import { numbersIn } from '../spoken/numbers.js';
import { tokensOf, tokensOfText, type Token } from '../spoken/tokens.js';
import { latestOnChart } from './chart.js';
import { contradictedEffect } from './effect-claim.js';
import { read, reviewHeard } from './heard.js';
import type { LabsMind } from './mind.js';

const reassures =
  /\b(normal|in range|in the (usual |normal )?range|looks? (good|great|fine|okay)|is (good|great|fine|okay|perfect)(?! to\b)|sounds? (good|great|fine)|nothing to worry|no need to worry|don't worry|perfect|healthy)\b/i;
const alarms =
  /\b(too high|too low|is high|is low|is up|dangerous|very high|very low|higher than|lower than)\b/i;
const negated = /\b(not|isn't|aren't|never|n't)\b/i;

/** The second look: what a sentence says of a value must not contradict what is known of it. */
export function reviewDraft(mind: LabsMind, request: ReviewRequest): Partial<Review> {
  const draft = request.draft.trim();
  const tokens = tokensOfText(draft);
  const cues = mind.index.cuesIn(tokens);
  const comforts = reassures.test(draft) && !negated.test(draft);
  const alarmed = alarms.test(draft) && !negated.test(draft);
  const wrongEffect = contradictedEffect(mind, tokens);
  if (wrongEffect) {
    return block(
      `The sentence says the opposite of what is known: ${wrongEffect.text}`,
      'A nurse can go over what your medicines do to your results.',
      [wrongEffect],
    );
  }
  if (cues.length === 0 && !comforts && !alarmed) {
    return { reason: 'The sentence speaks of no value.', relevant: false };
  }
  const heard = request.heard ? reviewHeard(mind, request) : {};
  const own = (heard.say ?? '') !== '' && (heard.say ?? '').includes(draft);
  if (own) return { reason: 'The sentence is this specialist’s own.', relevant: true };
  const wrongNumber = inventedValue(mind, request, tokens);
  if (wrongNumber !== undefined) {
    return block(
      `The sentence gives a ${wrongNumber.measure} of ${wrongNumber.value}, which nobody said and the chart does not have.`,
      'Let me have a nurse confirm that number with you.',
      [],
    );
  }
  const about = new Set(cues.map((cue) => cue.measure.id));
  const facts = [...(heard.facts ?? []), ...(about.size > 0 ? (request.context?.findings ?? []) : [])].filter(
    (fact) =>
      isMeasured(fact) &&
      (about.size === 0 || fact.subjects.some((subject) => about.has(subject) || sameFamily(subject, about))),
  );
  const abnormal = facts.filter((fact) => fact.severity !== 'normal' && fact.severity !== '');
  if (comforts && abnormal.length > 0) {
    return block(
      `The sentence reassures, but: ${abnormal.map((fact) => fact.text).join(' ')}`,
      (heard.say ?? '') === '' ? 'A nurse will go over that number with you today.' : (heard.say ?? ''),
      abnormal,
    );
  }
  if (alarmed && facts.length > 0 && abnormal.length === 0) {
    return block(
      `The sentence alarms, but: ${facts.map((fact) => fact.text).join(' ')}`,
      'A nurse can go over that number with you.',
      facts,
    );
  }
  return { reason: 'The sentence agrees with what is known of the values.', relevant: cues.length > 0 };
}

function block(reason: string, say: string, facts: Fact[]): Partial<Review> {
  return {
    verdict: Verdict.BLOCK,
    disposition: Disposition.ROUTINE,
    say,
    facts,
    reason,
    confidence: 0.95,
    relevant: true,
  };
}

function isMeasured(fact: Fact): boolean {
  return (
    fact.kind === 'lab' ||
    fact.kind === 'vital' ||
    (fact.kind === 'trend' && fact.subjects.includes('body weight'))
  );
}

/** Both numbers of a blood pressure are one thing. */
function sameFamily(subject: string, about: ReadonlySet<string>): boolean {
  return /blood pressure$/.test(subject) && [...about].some((id) => /blood pressure$/.test(id));
}

/** A value in the sentence that was neither heard in this call nor stands on the chart. */
function inventedValue(
  mind: LabsMind,
  request: ReviewRequest,
  tokens: readonly Token[],
): { measure: string; value: number } | undefined {
  // The sentence is read by itself: a number far from the chart's is no mishearing here.
  const stated = read(mind, { ...request, context: undefined, patient: undefined }, tokens).readings.filter(
    ({ doubt, measure, value }) => doubt === undefined && value >= measure.plausible.low,
  );
  if (stated.length === 0) return undefined;
  const said = new Set<number>();
  const add = (words: readonly Token[]): void => {
    for (const number of numbersIn(words)) {
      said.add(number.value);
      if (number.twin !== undefined) said.add(number.twin);
    }
    for (const { value, doubt } of read(mind, request, words).readings) {
      said.add(value);
      if (doubt?.kind === 'regrouped') said.add(doubt.pounds);
    }
  };
  if (request.heard) add(tokensOf(request.heard));
  for (const turn of request.context?.history ?? [])
    if (turn.speaker === 'patient') add(tokensOfText(turn.text));
  // Limits that the knowledge base itself names may be taught.
  return stated
    .filter(({ measure, value, said: spoken }) => {
      const limits = measure.reference.flatMap(({ low, high }) => [low, high]);
      const onChart = latestOnChart(request.patient, measure)?.value;
      return (
        ![...limits, measure.criticalLow?.value, measure.criticalHigh?.value].includes(value) &&
        // A chart in kilograms and a sentence in kilograms part in the third decimal of pounds.
        !(onChart !== undefined && Math.abs(onChart - value) < 0.01) &&
        !said.has(value) &&
        !said.has(spoken)
      );
    })
    .map(({ measure, value }) => ({ measure: measure.spoken, value }))[0];
}
