import { citationOf, citationText } from '../../clinical-kb/citation.js';
import {
  loadInstructions,
  loadRedFlags,
  type Occasion,
  type RedFlag,
  type RedFlags,
  type Urgency,
} from '../../clinical-kb/escalation/red-flags.js';
import { joinVersions } from '../../clinical-kb/load.js';
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
import { otherReadings, readText, readUtterance, type Reading } from '../language/reading.js';
import { reviewOf, type SpecialistLogic } from '../specialist.js';
import { answerOf, isBareYes, uptakeOf } from './answers.js';
import type { Setting } from './assertion.js';
import {
  dispositionOf,
  lastExchange,
  memoryOf,
  SETTLED,
  severityOf,
  type CallMemory,
  type Exchange,
} from './call-memory.js';
import { isEmergencyContent, isFalseReassurance, sentencesOf } from './draft-check.js';
import { RuleBook, type Sign } from './rule-book.js';
import { isEmergency, rankOf, weigh, type Background, type Weighed } from './triage.js';

/** @throws AsterismError KNOWLEDGE_INVALID */
export async function createEscalation(): Promise<SpecialistLogic> {
  const [flags, instructions] = await Promise.all([loadRedFlags(), loadInstructions()]);
  return new Escalation(flags.data, instructions.data, joinVersions([flags.version, instructions.version]));
}

/** What a first look comes to, before it is written as a review. */
interface Outcome {
  readonly verdict: Verdict;
  readonly urgency: Urgency | undefined;
  readonly say: string;
  readonly facts: readonly Fact[];
  readonly reason: string;
  readonly confidence: number;
  readonly relevant: boolean;
}

/** Everything one look needs, read once. */
interface Look {
  readonly heard: Reading;
  readonly request: ReviewRequest;
  readonly memory: CallMemory;
  readonly exchange: Exchange;
  readonly setting: Setting;
  readonly background: Background;
  readonly signs: readonly Sign[];
  readonly weighed: readonly Weighed[];
}

/** How often a question is asked before a nurse settles it. */
const QUESTION_LIMIT = 2;

const asksWhatToDo =
  / (?:what (?:should|do|would|can|must) i do|what if|who (?:do|should) i call|should i call|do i call|when should i) /;

const teachBackWords =
  / (?:in your own words|own words|what would you do|what will you do|when would you|when should you|when will you|tell me back|warning signs|what are the signs|what signs|say back|repeat back|teach) /;

class Escalation implements SpecialistLogic {
  readonly description: Description;
  readonly #book: RuleBook;
  readonly #flags: RedFlags;
  readonly #texts: Readonly<Record<Occasion, string>>;
  readonly #ruleIds: ReadonlySet<string>;
  readonly #ownSentences: ReadonlySet<string>;

  constructor(flags: RedFlags, texts: Readonly<Record<Occasion, string>>, knowledgeVersion: string) {
    this.#flags = flags;
    this.#texts = texts;
    this.#book = new RuleBook(flags);
    this.#ruleIds = new Set(flags.rules.map(({ id }) => id));
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
        'While an emergency is open, lets nothing else be said.',
      ],
      version: '1',
      knowledgeVersion,
    };
  }

  review(request: ReviewRequest): Review {
    return request.pass === Pass.DRAFT ? this.#reviewDraft(request) : this.#reviewHeard(request);
  }

  // --- first look ------------------------------------------------------------------------------

  #reviewHeard(request: ReviewRequest): Review {
    const look = this.#look(request);
    return this.#written(this.#decide(look), look.signs);
  }

  #look(request: ReviewRequest): Look {
    const utterance = request.heard;
    const heard = utterance ? readUtterance(utterance) : readText('');
    const memory = memoryOf(request.context, this.#ruleIds);
    const exchange = lastExchange(request.context?.history ?? [], utterance?.text ?? '');
    const setting = {
      teachBack:
        (request.context?.itemId ?? '').includes('teach') ||
        teachBackWords.test(readText(exchange.agent).text),
    };
    const background: Background = {
      medicines: (request.patient?.medications ?? []).map(({ name }) => name.toLowerCase()),
      groups: this.#book.groups,
      raised: new Set(memory.raised.keys()),
      settled: memory.settled,
    };
    const named = this.#book.signsOf(heard, setting);
    const doubtful = utterance ? this.#heardPerhaps(otherReadings(utterance), named, setting) : [];
    const signs = [...named, ...doubtful];
    const weighed = weigh(signs, this.#book.rules, background);
    return { heard, request, memory, exchange, setting, background, signs, weighed };
  }

  /** Emergencies that are only in another reading of what was said: worth a question, never an alarm. */
  #heardPerhaps(
    others: readonly { reading: Reading; confidence: number }[],
    named: readonly Sign[],
    setting: Setting,
  ): Sign[] {
    const found: Sign[] = [];
    for (const { reading, confidence } of others) {
      for (const sign of this.#book.signsOf(reading, setting)) {
        const known =
          named.some(
            ({ rule, status }) =>
              rule === sign.rule && status !== 'hypothetical' && status !== 'unsure' && status !== 'absent',
          ) || found.some(({ rule }) => rule === sign.rule);
        if (known || !sign.certain || sign.status !== 'present' || !isEmergency(sign.rule.disposition))
          continue;
        found.push({ ...sign, certain: false, confidence });
      }
    }
    return found;
  }

  #decide(look: Look): Outcome {
    const first = look.weighed.find(({ action }) => action.kind !== 'note');
    const acts = first?.action.kind === 'act' ? first.action.urgency : undefined;
    // A new emergency outranks everything that was going on.
    if (first && acts !== undefined && isEmergency(acts) && look.memory.emergency === undefined) {
      return this.#act(first, acts, look);
    }
    if (look.request.context?.answeringOwnQuestion === true) return this.#settle(look);
    if (look.memory.emergency) return this.#stayWith(look.memory.emergency, look);
    if (first) return this.#open(first, look);
    return this.#leaningAnswer(look) ?? this.#nothing(look);
  }

  #open(first: Weighed, look: Look): Outcome {
    const { action, sign } = first;
    if (action.kind === 'act') return this.#act(first, action.urgency, look);
    return this.#ask(sign.rule.ask, `${sign.rule.name}: ${describe(sign)}, so it is asked about`);
  }

  #act({ sign }: Weighed, urgency: Urgency, look: Look): Outcome {
    const already = look.memory.raised.get(sign.rule.id);
    const facts = look.weighed.flatMap((one) =>
      one.action.kind === 'act' ? [this.#fact(one.sign.rule, severityOf(one.action.urgency))] : [],
    );
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
    return this.#send(urgency, this.#occasion(urgency, sign.experiencer), facts, reason, confidenceOf(sign));
  }

  #occasion(urgency: Urgency, experiencer: string): Occasion {
    if (urgency === 'call-911' && experiencer !== 'patient') return 'call-911-other';
    if (urgency === 'call-988' && experiencer !== 'patient') return 'call-988-other';
    return urgency;
  }

  #send(
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
      say: this.#texts[occasion],
      facts,
      reason,
      confidence,
      relevant: true,
    };
  }

  #ask(question: string, reason: string, facts: readonly Fact[] = []): Outcome {
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

  #nothing(look: Look): Outcome {
    const feared = look.signs.find(
      ({ status, rule }) => status === 'hypothetical' && isEmergency(rule.disposition),
    );
    if (feared && !look.setting.teachBack && asksWhatToDo.test(look.heard.text)) {
      return {
        verdict: Verdict.SAY,
        urgency: undefined,
        say: this.#texts['if-it-happens'],
        facts: [],
        reason: `${feared.rule.name}: asked what to do if it happens; it is not said to be there`,
        confidence: 0.85,
        relevant: true,
      };
    }
    const notes = look.weighed.map(
      ({ sign, action }) => `${sign.rule.name}: ${action.kind === 'note' ? action.why : ''}`,
    );
    return {
      verdict: Verdict.PASS,
      urgency: undefined,
      say: '',
      facts: [],
      reason:
        notes.length > 0
          ? notes.join('; ')
          : 'no sign of an emergency or of anything a nurse must hear was named',
      confidence: 0.9,
      relevant: notes.length > 0,
    };
  }

  // --- answers ---------------------------------------------------------------------------------

  /** The patient answers a question that this specialist asked. */
  #settle(look: Look): Outcome {
    const asked = this.#askedRules(look.exchange.agent);
    const which = sentencesOf(look.exchange.agent).some((one) =>
      sentencesOf(this.#texts['which-one']).includes(one),
    );
    const worst = look.weighed.find(({ action }) => action.kind === 'act');
    const worstUrgency = worst?.action.kind === 'act' ? worst.action.urgency : undefined;
    const rule = asked[0];
    if (!rule && !which) return this.#withoutQuestion(look);

    const own = rule ? look.signs.find((sign) => sign.rule === rule) : undefined;
    const answer = own?.status === 'present' ? 'yes' : own?.status === 'absent' ? 'no' : answerOf(look.heard);
    if (answer === 'yes' && rule) {
      const stated: Sign = own ?? {
        rule,
        heard: look.heard.text.trim(),
        certain: true,
        confidence: 1,
        status: 'present',
        experiencer: 'patient',
      };
      const urgency = this.#urgencyOf({ ...stated, status: 'present', certain: true, confidence: 1 }, look);
      const facts = [this.#fact(rule, severityOf(urgency))];
      return this.#send(
        urgency,
        this.#occasion(urgency, 'patient'),
        facts,
        `${rule.name}: confirmed when asked. ${rule.why}`,
        0.95,
      );
    }
    if (
      worst &&
      worstUrgency !== undefined &&
      (answer !== 'no' || rankOf(worstUrgency) <= rankOf('urgent-nurse'))
    ) {
      return this.#act(worst, worstUrgency, look);
    }
    const other = look.weighed.find(({ action, sign }) => action.kind === 'ask' && sign.rule !== rule);
    if (answer === 'no') {
      const settledFacts = rule ? [this.#fact(rule, SETTLED)] : [];
      if (other)
        return this.#ask(
          other.sign.rule.ask,
          `${other.sign.rule.name}: ${describe(other.sign)}`,
          settledFacts,
        );
      return this.#afterNo(rule, which, settledFacts, look);
    }
    return this.#unanswered(rule, which, look);
  }

  /** After "no": an emergency that had been open is stood down to a nurse; what was over stays worth passing on. */
  #afterNo(rule: RedFlag | undefined, which: boolean, facts: readonly Fact[], look: Look): Outcome {
    if (rule && look.memory.raised.has(rule.id) && look.memory.emergency) {
      const fact = this.#fact(rule, SETTLED);
      return this.#send(
        'urgent-nurse',
        'stood-down',
        [fact],
        `${rule.name}: taken back by the caller when asked; a nurse makes sure`,
        0.8,
      );
    }
    const before = weigh(
      this.#book.signsOf(readText(look.exchange.patientBefore), look.setting),
      this.#book.rules,
      look.background,
    );
    const left = before
      .flatMap(({ action }) => {
        switch (action.kind) {
          case 'act':
            return [action.urgency];
          case 'ask':
            return action.ifNo === undefined ? [] : [action.ifNo];
          case 'note':
            return [];
        }
      })
      .sort((a, b) => rankOf(a) - rankOf(b))[0];
    const urgency = which ? 'urgent-nurse' : left;
    if (urgency !== undefined) {
      const severity = severityOf(urgency);
      const about = before.find(({ action }) => action.kind !== 'note')?.sign.rule;
      const more = about && about !== rule ? [this.#fact(about, severity)] : [];
      return this.#send(
        urgency,
        urgency,
        [...facts, ...more],
        `${rule?.name ?? 'a sign'}: not going on now, but it was there lately`,
        0.85,
      );
    }
    return {
      verdict: Verdict.PASS,
      urgency: undefined,
      say: '',
      facts,
      reason: `${rule?.name ?? 'the signs asked about'}: denied when asked`,
      confidence: 0.9,
      relevant: true,
    };
  }

  #unanswered(rule: RedFlag | undefined, which: boolean, look: Look): Outcome {
    const question = rule?.ask ?? this.#texts['which-one'];
    const asked = (look.request.context?.history ?? []).filter(
      ({ speaker, text }) => speaker === 'agent' && text.includes(question),
    ).length;
    if (asked < QUESTION_LIMIT)
      return this.#ask(
        question,
        `${rule?.name ?? 'which sign'}: the answer was not clear, so it is asked again`,
      );
    const facts = rule ? [this.#fact(rule, severityOf('urgent-nurse'))] : [];
    return this.#send(
      'urgent-nurse',
      'urgent-nurse',
      facts,
      `${rule?.name ?? (which ? 'which sign' : 'a sign')}: asked twice without a clear answer, so a nurse settles it`,
      0.7,
    );
  }

  #withoutQuestion(look: Look): Outcome {
    const first = look.weighed.find(({ action }) => action.kind !== 'note');
    if (look.memory.emergency) return this.#stayWith(look.memory.emergency, look);
    return first ? this.#open(first, look) : this.#nothing(look);
  }

  /** "Yes" to the agent's own "have you had chest pain?": the sign is in the question. */
  #leaningAnswer(look: Look): Outcome | undefined {
    const agent = look.exchange.agent;
    if (
      look.setting.teachBack ||
      look.signs.length > 0 ||
      !isBareYes(look.heard) ||
      !agent.trim().endsWith('?')
    )
      return undefined;
    const question = sentencesOf(agent).at(-1) ?? '';
    if (/\b(?:if you|call 911|safe)\b/.test(question)) return undefined;
    const named = this.#book.rulesNamedIn(readText(question));
    const [rule] = named;
    if (!rule) return undefined;
    const grave = named.filter(({ disposition }) => isEmergency(disposition));
    const several = new Set(named.map(({ ask }) => ask)).size > 1 && /\bor\b/.test(question);
    if (grave.length > 0 && several) {
      return this.#ask(
        this.#texts['which-one'],
        `yes to a question about ${named.map(({ name }) => name).join(', ')}`,
      );
    }
    // A protocol item knows what its yes means; an emergency is not left to it.
    const fromItem = (look.request.context?.itemId ?? '') !== '';
    if (!isEmergency(rule.disposition) && fromItem) return undefined;
    if (isEmergency(rule.disposition) && !/\b(?:right now|at this moment)\b/.test(question)) {
      return this.#ask(
        rule.ask,
        `${rule.name}: yes to the agent's question, so it is asked whether it is now`,
      );
    }
    return this.#send(
      rule.disposition,
      rule.disposition,
      [this.#fact(rule, severityOf(rule.disposition))],
      `${rule.name}: yes to the agent's question. ${rule.why}`,
      0.85,
    );
  }

  // --- an open emergency -----------------------------------------------------------------------

  /** The next words after "call 911" or "988": nothing else is talked about until help is on its way or it is taken back. */
  #stayWith(open: NonNullable<CallMemory['emergency']>, look: Look): Outcome {
    const rule = this.#flags.rules.find(({ id }) => id === open.ruleId);
    const graver = look.weighed.find(({ action }) => action.kind === 'act' && action.urgency === 'call-911');
    if (open.urgency === 'call-988' && graver) return this.#act(graver, 'call-911', look);
    const facts = look.weighed.flatMap((one) =>
      one.action.kind === 'act' ? [this.#fact(one.sign.rule, severityOf(one.action.urgency))] : [],
    );
    const uptake = uptakeOf(look.heard);
    const takenBack = look.signs.some(
      (sign) =>
        sign.rule.id === open.ruleId &&
        (sign.status === 'absent' || sign.status === 'history' || sign.experiencer !== 'patient'),
    );
    const reason = `${rule?.name ?? open.ruleId} is still open; the caller's answer: ${takenBack ? 'taken back' : uptake}`;
    if (rule && (takenBack || uptake === 'correction')) return this.#ask(rule.ask, reason, facts);
    if (open.urgency === 'call-988') {
      const occasion = uptake === 'safe' || uptake === 'going' ? 'call-988-safe' : 'call-988-again';
      return this.#send('call-988', occasion, facts, reason, 0.95);
    }
    const occasions: Readonly<Record<typeof uptake, Occasion>> = {
      going: 'call-911-going',
      coming: 'call-911-coming',
      cannot: 'call-911-cannot',
      refused: 'call-911-refused',
      correction: 'call-911-again',
      safe: 'call-911-again',
      other: 'call-911-again',
    };
    return this.#send('call-911', occasions[uptake], facts, reason, 0.95);
  }

  // --- second look -----------------------------------------------------------------------------

  #reviewDraft(request: ReviewRequest): Review {
    const look = this.#look(request);
    const outcome = request.heard ? this.#decide(look) : undefined;
    const openBefore = look.memory.emergency;
    const openNow =
      outcome?.verdict === Verdict.ESCALATE && outcome.urgency !== undefined && isEmergency(outcome.urgency);
    if (openNow || (openBefore && outcome?.urgency !== 'urgent-nurse')) {
      if (isEmergencyContent(request.draft, this.#ownSentences)) {
        return this.#draftPass('this sentence belongs to the open emergency', true);
      }
      const urgency = openNow ? (outcome.urgency ?? 'call-911') : (openBefore?.urgency ?? 'call-911');
      const say =
        outcome && outcome.say !== ''
          ? outcome.say
          : this.#texts[urgency === 'call-988' ? 'call-988-again' : 'call-911-again'];
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
        say: this.#texts['reassurance-stopped'],
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

  #fact(rule: RedFlag, severity: string): Fact {
    return {
      kind: 'symptom',
      subjects: [rule.id],
      severity,
      text: rule.why,
      citation: citationText(citationOf(this.#flags.sources, rule.cite)),
    };
  }

  #askedRules(agent: string): RedFlag[] {
    const said = new Set(sentencesOf(agent));
    return this.#flags.rules.filter(({ ask }) => sentencesOf(ask).every((one) => said.has(one)));
  }

  #urgencyOf(sign: Sign, look: Look): Urgency {
    const [weighed] = weigh([sign], this.#book.rules, look.background);
    return weighed?.action.kind === 'act' ? weighed.action.urgency : sign.rule.disposition;
  }
}

function describe(sign: Sign): string {
  const whose = sign.experiencer === 'patient' ? '' : `, of another person (${sign.experiencer})`;
  const sure = sign.certain ? '' : ', the words only may mean it';
  return `heard "${sign.heard}", ${sign.status}${whose}${sure}`;
}

function confidenceOf(sign: Sign): number {
  return Math.max(0.5, Math.min(0.97, sign.confidence));
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
