import { Disposition, Verdict } from '../../protos/generated/asterism/v1/specialist.js';

/** What one finding asks for; the gravest of several becomes the review. */
export interface Outcome {
  readonly verdict: Verdict;
  readonly disposition: Disposition;
  readonly say: string;
  readonly reason: string;
  readonly confidence: number;
}

/** Something to record and not to say. */
export function quiet(disposition: Disposition, reason: string, confidence: number): Outcome {
  return { verdict: Verdict.PASS, disposition, say: '', reason, confidence };
}

const verdictRank: readonly Verdict[] = [
  Verdict.ESCALATE,
  Verdict.SAY,
  Verdict.ASK,
  Verdict.ADVISE,
  Verdict.PASS,
];
const dispositionRank: readonly Disposition[] = [
  Disposition.URGENT_NURSE,
  Disposition.SAME_DAY,
  Disposition.WITHIN_DAYS,
  Disposition.ROUTINE,
  Disposition.NONE,
];

/** The gravest outcome speaks; where two are equally grave, both sentences when they are short enough. */
export function worst(outcomes: readonly Outcome[]): Outcome {
  const sorted = [...outcomes].sort(
    (a, b) =>
      verdictRank.indexOf(a.verdict) - verdictRank.indexOf(b.verdict) ||
      dispositionRank.indexOf(a.disposition) - dispositionRank.indexOf(b.disposition),
  );
  const first = sorted[0] ?? quiet(Disposition.NONE, 'A medicine was named.', 0.8);
  const disposition =
    dispositionRank.find((candidate) => outcomes.some((outcome) => outcome.disposition === candidate)) ??
    first.disposition;
  const second = sorted.find(
    (outcome) => outcome !== first && outcome.verdict === Verdict.SAY && outcome.say !== first.say,
  );
  const say = second && first.verdict === Verdict.SAY ? joinSay(first.say, second.say) : first.say;
  const reasons = [
    ...new Set(
      sorted.filter((outcome) => outcome.verdict === first.verdict).map((outcome) => outcome.reason),
    ),
  ];
  return { ...first, disposition, say, reason: reasons.slice(0, 3).join(' ') };
}

/** Two warnings in one breath: of the second only what it adds, not its advice again. */
function joinSay(first: string, second: string): string {
  const added = second
    .split(/(?<=[.!?]) /)
    .filter((sentence) => !/^(Please|A nurse|It is|It has|You can also|I am asking)/.test(sentence));
  return [first, ...added].join(' ');
}
