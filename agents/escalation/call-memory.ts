import type { Urgency } from '../../clinical-kb/escalation/red-flags.js';
import type {
  CallContext,
  Disposition as WireDisposition,
  SpokenTurn,
} from '../../protos/generated/asterism/v1/specialist.js';
import { Disposition } from '../../protos/generated/asterism/v1/specialist.js';

/** The words for urgency in facts and in `asterism consult`. */
const severities: Readonly<Record<Urgency, string>> = {
  'call-911': '911',
  'call-988': '988',
  'urgent-nurse': 'urgent-nurse',
  'same-day': 'same-day',
  'within-days': 'within-days',
  routine: 'routine',
};

const dispositions: Readonly<Record<Urgency, WireDisposition>> = {
  'call-911': Disposition.CALL_911,
  'call-988': Disposition.CALL_988,
  'urgent-nurse': Disposition.URGENT_NURSE,
  'same-day': Disposition.SAME_DAY,
  'within-days': Disposition.WITHIN_DAYS,
  routine: Disposition.ROUTINE,
};

/** Severity of a fact that takes an earlier one back. */
export const SETTLED = 'none';

export function severityOf(urgency: Urgency): string {
  return severities[urgency];
}

export function dispositionOf(urgency: Urgency): WireDisposition {
  return dispositions[urgency];
}

/** What this specialist found earlier in the call, from the facts of its own reviews. */
export interface CallMemory {
  /** Rules acted on and not taken back, with the urgency then. */
  readonly raised: ReadonlyMap<string, Urgency>;
  /** Rules asked about and denied. */
  readonly settled: ReadonlySet<string>;
  /** The most urgent unresolved emergency. */
  readonly emergency: OpenEmergency | undefined;
  /** Whether the caller has said where they are. */
  readonly located: boolean;
}

export interface OpenEmergency {
  readonly ruleId: string;
  readonly urgency: 'call-911' | 'call-988';
  /** "patient", or the other person who has it: "husband". */
  readonly experiencer: string;
}

/** Kind of the fact that holds where the caller is. */
export const LOCATION = 'location';

/** @param ruleIds identifiers of this specialist's rules; facts of other specialists are not its own */
export function memoryOf(context: CallContext | undefined, ruleIds: ReadonlySet<string>): CallMemory {
  const raised = new Map<string, Urgency>();
  const settled = new Set<string>();
  const experiencers = new Map<string, string>();
  let located = false;
  for (const fact of context?.findings ?? []) {
    const ruleId = fact.subjects[0];
    if (fact.kind === LOCATION) located = true;
    if (fact.kind !== 'symptom' || ruleId === undefined || !ruleIds.has(ruleId)) continue;
    const urgency = urgencyOfSeverity(fact.severity);
    if (fact.severity === SETTLED) {
      raised.delete(ruleId);
      settled.add(ruleId);
    } else if (urgency !== undefined) {
      raised.set(ruleId, urgency);
      experiencers.set(ruleId, fact.subjects[1] ?? 'patient');
      settled.delete(ruleId);
    }
  }
  const open = [...raised].filter(([, urgency]) => urgency === 'call-911' || urgency === 'call-988');
  const worst = open.find(([, urgency]) => urgency === 'call-911') ?? open[0];
  return {
    raised,
    settled,
    located,
    emergency: worst
      ? {
          ruleId: worst[0],
          urgency: worst[1] === 'call-911' ? 'call-911' : 'call-988',
          experiencer: experiencers.get(worst[0]) ?? 'patient',
        }
      : undefined,
  };
}

function urgencyOfSeverity(severity: string): Urgency | undefined {
  return (Object.keys(severities) as Urgency[]).find((urgency) => severities[urgency] === severity);
}

/** The agent's words right before the patient's latest ones, and what the patient had said before those. */
export interface Exchange {
  /** Everything the agent said since the patient's turn before; empty when it has not spoken. */
  readonly agent: string;
  /** The patient's turn that the agent answered; empty when there was none. */
  readonly patientBefore: string;
}

/**
 * @param heard the utterance under review; a history that already ends with it is read without it
 */
export function lastExchange(history: readonly SpokenTurn[], heard: string): Exchange {
  let end = history.length;
  while (end > 0 && history[end - 1]?.speaker === 'patient' && history[end - 1]?.text === heard) end -= 1;
  let start = end;
  while (start > 0 && history[start - 1]?.speaker === 'agent') start -= 1;
  return {
    agent: history
      .slice(start, end)
      .map(({ text }) => text)
      .join(' '),
    patientBefore: start > 0 ? (history[start - 1]?.text ?? '') : '',
  };
}
