import { citationOf, citationText } from '../../clinical-kb/citation.js';
import type { Occasion } from '../../clinical-kb/escalation/instructions.js';
import type { RedFlag, RedFlags, Urgency } from '../../clinical-kb/escalation/red-flags.js';
import { Verdict, type Fact } from '../../protos/generated/asterism/v1/specialist.js';
import { LOCATION, severityOf } from './call-memory.js';
import { locationIn } from './location.js';
import type { Look } from './look.js';
import type { Sign } from './rule-book.js';
import { isEmergency, rankOf, type Weighed } from './triage.js';

/** What a first look comes to, before it is written as a review. */
export interface Outcome {
  readonly verdict: Verdict;
  readonly urgency: Urgency | undefined;
  readonly say: string;
  readonly facts: readonly Fact[];
  readonly reason: string;
  readonly confidence: number;
  readonly relevant: boolean;
}

/** Puts decisions into approved words, with the facts and citations behind them. */
export class OutcomeWriter {
  readonly texts: Readonly<Record<Occasion, string>>;
  readonly #sources: RedFlags['sources'];

  constructor(texts: Readonly<Record<Occasion, string>>, sources: RedFlags['sources']) {
    this.texts = texts;
    this.#sources = sources;
  }

  /** A sign that must be acted on; one that was passed on earlier in the call is not said again. */
  act({ sign }: Weighed, urgency: Urgency, look: Look): Outcome {
    const already = look.memory.raised.get(sign.rule.id);
    const facts = look.weighed.flatMap((one) =>
      one.action.kind === 'act'
        ? [this.fact(one.sign.rule, severityOf(one.action.urgency), one.sign.experiencer)]
        : [],
    );
    if (isEmergency(urgency)) facts.push(...this.location(look));
    const reason = `${sign.rule.name} (${describe(sign)}): ${sign.rule.why}`;
    if (already !== undefined && !isEmergency(urgency) && rankOf(already) <= rankOf(urgency)) {
      return {
        verdict: Verdict.PASS,
        urgency,
        say: '',
        facts,
        reason: `${sign.rule.name}: already passed on earlier in this call`,
        confidence: 0.9,
        relevant: true,
      };
    }
    const occasion = occasionOf(sign.rule, urgency, sign.experiencer);
    return this.send(urgency, occasion, facts, reason, confidenceOf(sign));
  }

  send(
    urgency: Urgency,
    occasion: Occasion,
    facts: readonly Fact[],
    reason: string,
    confidence: number,
  ): Outcome {
    const verdicts: Readonly<Record<Urgency, Verdict>> = {
      'call-911': Verdict.ESCALATE,
      'call-988': Verdict.ESCALATE,
      'urgent-nurse': Verdict.ESCALATE,
      'same-day': Verdict.SAY,
      'within-days': Verdict.ADVISE,
      routine: Verdict.ADVISE,
    };
    return {
      verdict: verdicts[urgency],
      urgency,
      say: this.texts[occasion],
      facts,
      reason,
      confidence,
      relevant: true,
    };
  }

  ask(question: string, reason: string, facts: readonly Fact[] = []): Outcome {
    return {
      verdict: Verdict.ASK,
      urgency: undefined,
      say: question,
      facts,
      reason,
      confidence: 0.7,
      relevant: true,
    };
  }

  /** @param experiencer who has it, when it is not the patient: the second subject */
  fact(rule: RedFlag, severity: string, experiencer = 'patient'): Fact {
    return {
      kind: 'symptom',
      subjects: experiencer === 'patient' ? [rule.id] : [rule.id, experiencer],
      severity,
      text: rule.why,
      citation: citationText(citationOf(this.#sources, rule.cite)),
    };
  }

  /** Where the caller says to be, for whoever sends help or takes over; empty when it was not said. */
  location(look: Look): Fact[] {
    const asked = asksWhere.test(look.exchange.agent);
    const where = locationIn(look.request.heard, asked);
    if (where === undefined) return [];
    return [
      {
        kind: LOCATION,
        subjects: ['caller'],
        severity: '',
        text: `The caller is here, in their own words: ${where}`,
        citation: 'said by the caller in this call, not checked',
      },
    ];
  }

  /** Nothing to say. */
  pass(reason: string, relevant: boolean, facts: readonly Fact[] = []): Outcome {
    return { verdict: Verdict.PASS, urgency: undefined, say: '', facts, reason, confidence: 0.9, relevant };
  }
}

const asksWhere = /\bwhere (?:are you|you are)\b|\baddress where\b/i;

export function occasionOf(rule: RedFlag, urgency: Urgency, experiencer: string): Occasion {
  if (rule.say !== undefined && experiencer === 'patient' && urgency === rule.disposition) return rule.say;
  if (urgency === 'call-911' && experiencer !== 'patient') return 'call-911-other';
  if (urgency === 'call-988' && experiencer !== 'patient') return 'call-988-other';
  return urgency;
}

export function describe(sign: Sign): string {
  const whose = sign.experiencer === 'patient' ? '' : `, of another person (${sign.experiencer})`;
  const sure = sign.certain ? '' : ', the words only may mean it';
  return `heard "${sign.heard}", ${sign.status}${whose}${sure}`;
}

function confidenceOf(sign: Sign): number {
  return Math.max(0.5, Math.min(0.97, sign.confidence));
}
