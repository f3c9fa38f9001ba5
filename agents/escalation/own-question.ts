import type { RedFlag, Urgency } from '../../clinical-kb/escalation/red-flags.js';
import type { Fact } from '../../protos/generated/asterism/v1/specialist.js';
import { readText } from '../language/reading.js';
import { answerOf } from './answers.js';
import { SETTLED, severityOf } from './call-memory.js';
import { sentencesOf } from '../language/sentences.js';
import type { Look } from './look.js';
import { describe, occasionOf, type Outcome, type OutcomeWriter } from './outcome.js';
import type { RuleBook, Sign } from './rule-book.js';
import { rankOf, weigh } from './triage.js';

/** How often a question is asked before a nurse settles it. */
const QUESTION_LIMIT = 2;

/**
 * The patient answers a question that this specialist asked.
 * @returns undefined when none of its questions is among the agent's last words
 */
export function settle(look: Look, book: RuleBook, write: OutcomeWriter): Outcome | undefined {
  const asked = askedRules(look.exchange.agent, book);
  const which = sentencesOf(look.exchange.agent).some((one) =>
    sentencesOf(write.texts['which-one']).includes(one),
  );
  const worst = look.weighed.find(({ action }) => action.kind === 'act');
  const worstUrgency = worst?.action.kind === 'act' ? worst.action.urgency : undefined;
  const rule = asked[0];
  if (!rule && !which) return undefined;

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
    const urgency = urgencyOf({ ...stated, status: 'present', certain: true, confidence: 1 }, look, book);
    const facts = [write.fact(rule, severityOf(urgency))];
    return write.send(
      urgency,
      occasionOf(rule, urgency, 'patient'),
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
    return write.act(worst, worstUrgency, look);
  }
  const other = look.weighed.find(({ action, sign }) => action.kind === 'ask' && sign.rule !== rule);
  if (answer === 'no') {
    const settledFacts = rule ? [write.fact(rule, SETTLED)] : [];
    if (other)
      return write.ask(other.sign.rule.ask, `${other.sign.rule.name}: ${describe(other.sign)}`, settledFacts);
    return afterNo(rule, which, settledFacts, look, book, write);
  }
  return unanswered(rule, which, look, write);
}

/** After "no": an emergency that had been open is stood down to a nurse; what was over stays worth passing on. */
function afterNo(
  rule: RedFlag | undefined,
  which: boolean,
  facts: readonly Fact[],
  look: Look,
  book: RuleBook,
  write: OutcomeWriter,
): Outcome {
  if (rule && look.memory.raised.has(rule.id) && look.memory.emergency) {
    const fact = write.fact(rule, SETTLED);
    return write.send(
      'urgent-nurse',
      'stood-down',
      [fact],
      `${rule.name}: taken back by the caller when asked; a nurse makes sure`,
      0.8,
    );
  }
  const before = weigh(
    book.signsOf(readText(look.exchange.patientBefore), look.setting),
    book.rules,
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
    const more = about && about !== rule ? [write.fact(about, severity)] : [];
    return write.send(
      urgency,
      urgency,
      [...facts, ...more],
      `${rule?.name ?? 'a sign'}: not going on now, but it was there lately`,
      0.85,
    );
  }
  return write.pass(`${rule?.name ?? 'the signs asked about'}: denied when asked`, true, facts);
}

function unanswered(rule: RedFlag | undefined, which: boolean, look: Look, write: OutcomeWriter): Outcome {
  const question = rule?.ask ?? write.texts['which-one'];
  const asked = (look.request.context?.history ?? []).filter(
    ({ speaker, text }) => speaker === 'agent' && text.includes(question),
  ).length;
  if (asked < QUESTION_LIMIT)
    return write.ask(
      question,
      `${rule?.name ?? 'which sign'}: the answer was not clear, so it is asked again`,
    );
  const facts = rule ? [write.fact(rule, severityOf('urgent-nurse'))] : [];
  return write.send(
    'urgent-nurse',
    'urgent-nurse',
    facts,
    `${rule?.name ?? (which ? 'which sign' : 'a sign')}: asked twice without a clear answer, so a nurse settles it`,
    0.7,
  );
}

function askedRules(agent: string, book: RuleBook): RedFlag[] {
  const said = new Set(sentencesOf(agent));
  return book.rules.filter(({ ask }) => sentencesOf(ask).every((one) => said.has(one)));
}

function urgencyOf(sign: Sign, look: Look, book: RuleBook): Urgency {
  const [weighed] = weigh([sign], book.rules, look.background);
  return weighed?.action.kind === 'act' ? weighed.action.urgency : sign.rule.disposition;
}
