import { citationOf, citationText } from '../../clinical-kb/citation.js';
import type { PrivacySignals, Signal } from '../../clinical-kb/privacy/privacy-rules.js';
import {
  Disposition,
  Verdict,
  type Fact,
  type Review,
  type ReviewRequest,
} from '../../protos/generated/asterism/v1/specialist.js';
import { namedIn } from './permission.js';

/** What follows from what the caller signals, most important first; only the first is answered. */
export function heardReview(
  signals: readonly Signal[],
  request: ReviewRequest,
  knowledge: PrivacySignals,
): Partial<Review> {
  const [signal] = signals;
  if (!signal) return { reason: 'nothing about who is on the line or what may be told', relevant: false };
  // Only one is answered, but "this is her son, stop calling" is both.
  const facts = signals.map((one) => signalFact(one, request, knowledge));
  if (signal.silent) return { facts, reason: signal.fact, confidence: 0.8 };
  return {
    verdict: Verdict.SAY,
    disposition: signals.some(({ task }) => task) ? Disposition.SAME_DAY : Disposition.NONE,
    say: signal.say,
    facts,
    reason: signal.fact,
    confidence: 0.9,
  };
}

function signalFact(signal: Signal, request: ReviewRequest, knowledge: PrivacySignals): Fact {
  const relations =
    signal.id === 'permission-given'
      ? namedIn(request.heard?.text ?? '', knowledge.lexicon['relative'] ?? [])
      : [];
  return {
    kind: 'identity',
    subjects: [signal.id, ...relations],
    severity: '',
    text: signal.fact,
    citation: citationText(citationOf(knowledge.sources, signal.cite)),
  };
}
