import { joinVersions } from '../../clinical-kb/load.js';
import { loadInstructions, type Occasion } from '../../clinical-kb/escalation/instructions.js';
import { loadRedFlags, type RedFlags } from '../../clinical-kb/escalation/red-flags.js';
import {
  Disposition,
  Pass,
  Verdict,
  type Description,
  type Entity,
  type Fact,
  type Review,
  type ReviewRequest,
} from '../../protos/generated/asterism/v1/specialist.js';
import { reviewOf, type SpecialistLogic } from '../specialist.js';
import { dispositionOf } from './call-memory.js';
import { sentencesOf } from '../language/sentences.js';
import { isEmergencyContent, isFalseReassurance } from './draft-check.js';
import { leaningAnswer } from './leaning-answer.js';
import { readLook, type Look } from './look.js';
import { stayWith } from './open-emergency.js';
import { describe, OutcomeWriter, type Outcome } from './outcome.js';
import { settle } from './own-question.js';
import { RuleBook, type Sign } from './rule-book.js';
import { isEmergency, type Weighed } from './triage.js';

/** @throws AsterismError KNOWLEDGE_INVALID */
export async function createEscalation(): Promise<SpecialistLogic> {
  const [flags, instructions] = await Promise.all([loadRedFlags(), loadInstructions()]);
  return new Escalation(flags.data, instructions.data, joinVersions([flags.version, instructions.version]));
}

const asksWhatToDo =
  / (?:what (?:should|do|would|can|must) i do|what if|who (?:do|should) i call|should i call|do i call|when should i) /;

class Escalation implements SpecialistLogic {
  readonly description: Description;
  readonly #book: RuleBook;
  readonly #write: OutcomeWriter;
  readonly #ownSentences: ReadonlySet<string>;

  constructor(flags: RedFlags, texts: Readonly<Record<Occasion, string>>, knowledgeVersion: string) {
    this.#write = new OutcomeWriter(texts, flags.sources);
    this.#book = new RuleBook(flags);
    this.#ownSentences = new Set(
      [...Object.values(texts), ...flags.rules.map(({ ask }) => ask)].flatMap(sentencesOf),
    );
    this.description = {
      specialist: 'escalation',
      gate: true,
      covers: [
        'Emergency signs named by the caller: sends to 911, or to 988 for thoughts of suicide.',
        'Signs that a nurse must hear about right away, the same day, or within days.',
        'Whether a sign is denied, over, long ago, feared, or of another person; asks when unsure.',
        'After a 911 or 988 instruction: where the caller is, whether help was called, how the person is.',
        'While an emergency is open, lets nothing else be said.',
      ],
      version: '2',
      knowledgeVersion,
    };
  }

  review(request: ReviewRequest): Review {
    return request.pass === Pass.DRAFT ? this.#reviewDraft(request) : this.#reviewHeard(request);
  }

  // --- first look ------------------------------------------------------------------------------

  #reviewHeard(request: ReviewRequest): Review {
    const look = readLook(request, this.#book);
    return this.#written(this.#decide(look), look.signs);
  }

  #decide(look: Look): Outcome {
    const first = look.weighed.find(({ action }) => action.kind !== 'note');
    const acts = first?.action.kind === 'act' ? first.action.urgency : undefined;
    // A new emergency outranks everything that was going on.
    if (first && acts !== undefined && isEmergency(acts) && look.memory.emergency === undefined) {
      return this.#write.act(first, acts, look);
    }
    if (look.request.context?.answeringOwnQuestion === true) {
      const settled = settle(look, this.#book, this.#write);
      if (settled) return settled;
    }
    if (look.memory.emergency) return stayWith(look.memory.emergency, look, this.#book, this.#write);
    if (first) return this.#open(first, look);
    return leaningAnswer(look, this.#book, this.#write) ?? this.#nothing(look);
  }

  #open(first: Weighed, look: Look): Outcome {
    const { action, sign } = first;
    if (action.kind === 'act') return this.#write.act(first, action.urgency, look);
    return this.#write.ask(sign.rule.ask, `${sign.rule.name}: ${describe(sign)}, so it is asked about`);
  }

  #nothing(look: Look): Outcome {
    const feared = look.signs.find(
      ({ status, rule }) => status === 'hypothetical' && isEmergency(rule.disposition),
    );
    if (feared && !look.setting.teachBack && asksWhatToDo.test(look.heard.text)) {
      return {
        verdict: Verdict.SAY,
        urgency: undefined,
        say: this.#write.texts['if-it-happens'],
        facts: [],
        reason: `${feared.rule.name}: asked what to do if it happens; it is not said to be there`,
        confidence: 0.85,
        relevant: true,
      };
    }
    const notes = look.weighed.map(
      ({ sign, action }) => `${sign.rule.name}: ${action.kind === 'note' ? action.why : ''}`,
    );
    return this.#write.pass(
      notes.length > 0
        ? notes.join('; ')
        : 'no sign of an emergency or of anything a nurse must hear was named',
      notes.length > 0,
    );
  }

  // --- second look -----------------------------------------------------------------------------

  #reviewDraft(request: ReviewRequest): Review {
    const look = readLook(request, this.#book);
    const outcome = request.heard ? this.#decide(look) : undefined;
    const openBefore = look.memory.emergency;
    const openNow =
      outcome?.verdict === Verdict.ESCALATE && outcome.urgency !== undefined && isEmergency(outcome.urgency);
    if (openNow || (openBefore && outcome?.urgency !== 'urgent-nurse')) {
      if (isEmergencyContent(request.draft, this.#ownSentences)) {
        return this.#draftPass('this sentence belongs to the open emergency', true);
      }
      const urgency = openNow ? outcome.urgency : (openBefore?.urgency ?? 'call-911');
      const say =
        outcome && outcome.say !== ''
          ? outcome.say
          : this.#write.texts[urgency === 'call-988' ? 'call-988-again' : 'call-911-again'];
      return reviewOf(this.description, {
        verdict: Verdict.BLOCK,
        disposition: dispositionOf(urgency),
        say,
        reason: 'an emergency is open: nothing else is said until it is settled',
        confidence: 0.95,
      });
    }
    if (
      isFalseReassurance(request.draft) &&
      !sentencesOf(request.draft).every((one) => this.#ownSentences.has(one))
    ) {
      return reviewOf(this.description, {
        verdict: Verdict.BLOCK,
        say: this.#write.texts['reassurance-stopped'],
        reason: 'the sentence talks the patient out of seeking help',
        confidence: 0.9,
      });
    }
    if (
      outcome?.verdict === Verdict.ASK &&
      !sentencesOf(request.draft).every((one) => this.#ownSentences.has(one))
    ) {
      return this.#written(outcome, []);
    }
    return this.#draftPass('no emergency is open', false);
  }

  #draftPass(reason: string, relevant: boolean): Review {
    return reviewOf(this.description, { reason, relevant, confidence: 0.95 });
  }

  // --- writing ---------------------------------------------------------------------------------

  #written(outcome: Outcome, signs: readonly Sign[]): Review {
    return reviewOf(this.description, {
      verdict: outcome.verdict,
      disposition: outcome.urgency === undefined ? Disposition.NONE : dispositionOf(outcome.urgency),
      say: outcome.say,
      entities: signs.map(entityOf),
      facts: unique(outcome.facts),
      reason: outcome.reason,
      confidence: outcome.confidence,
      relevant: outcome.relevant,
    });
  }
}

function entityOf(sign: Sign): Entity {
  return {
    kind: 'symptom',
    heard: sign.heard,
    name: sign.rule.name,
    confidence: sign.certain ? sign.confidence : sign.confidence * 0.6,
    alternatives: [],
    value: undefined,
    unit: '',
    negated: sign.status === 'absent',
    experiencer: sign.experiencer,
  };
}

function unique(facts: readonly Fact[]): Fact[] {
  return facts.filter(
    (fact, index) => facts.findIndex((other) => other.subjects[0] === fact.subjects[0]) === index,
  );
}
