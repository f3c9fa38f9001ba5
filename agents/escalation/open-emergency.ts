import type { Occasion } from '../../clinical-kb/escalation/instructions.js';
import type { Fact } from '../../protos/generated/asterism/v1/specialist.js';
import { sentencesOf } from '../language/sentences.js';
import { answerOf, uptakeOf, type Answer, type Uptake } from './answers.js';
import { severityOf, type OpenEmergency } from './call-memory.js';
import type { Look } from './look.js';
import type { Outcome, OutcomeWriter } from './outcome.js';
import type { RuleBook } from './rule-book.js';

/** The rule for a crisis in which the means are at hand, or the caller is not safe. */
const IMMINENT = 'suicide-imminent';

/**
 * The next words after "call 911" or "988": nothing else is talked about until help is on its way or it is
 * taken back. The instruction is in every turn until somebody calls; where the caller is, whether anyone is
 * there and how the person is are asked one at a time beside it.
 */
export function stayWith(open: OpenEmergency, look: Look, book: RuleBook, write: OutcomeWriter): Outcome {
  const rule = book.rules.find(({ id }) => id === open.ruleId);
  const graver = look.weighed.find(({ action }) => action.kind === 'act' && action.urgency === 'call-911');
  if (open.urgency === 'call-988' && graver) return write.act(graver, 'call-911', look);
  const facts = [
    ...look.weighed.flatMap(({ action, sign }) =>
      action.kind === 'act' ? [write.fact(sign.rule, severityOf(action.urgency), sign.experiencer)] : [],
    ),
    ...write.location(look),
  ];
  const uptake = uptakeOf(look.heard);
  const takenBack = look.signs.some(
    (sign) =>
      sign.rule.id === open.ruleId &&
      (sign.status === 'absent' ||
        sign.status === 'history' ||
        (open.experiencer === 'patient' && sign.experiencer !== 'patient')),
  );
  const told = takenBack ? 'taken back' : uptake;
  const reason = `${rule?.name ?? open.ruleId} is still open; the caller's answer: ${told}`;
  if (rule && (takenBack || uptake === 'correction')) return write.ask(rule.ask, reason, facts);
  return open.urgency === 'call-988'
    ? inCrisis({ open, look, book, write, uptake, facts, reason })
    : send911({ open, look, book, write, uptake, facts, reason });
}

interface Step {
  readonly open: OpenEmergency;
  readonly look: Look;
  readonly book: RuleBook;
  readonly write: OutcomeWriter;
  readonly uptake: Uptake;
  readonly facts: readonly Fact[];
  readonly reason: string;
}

// --- 911 -------------------------------------------------------------------------------------

function send911({ open, look, write, uptake, facts, reason }: Step): Outcome {
  const said = (occasion: Occasion): Outcome => write.send('call-911', occasion, facts, reason, 0.95);
  const other = open.experiencer !== 'patient';
  switch (uptake === 'safe' ? (promises.test(look.heard.text) ? 'going' : 'refused') : uptake) {
    case 'coming':
      return said(other ? 'call-911-coming-other' : 'call-911-coming');
    case 'cannot':
      return said('call-911-cannot');
    case 'going':
      // "Yes" to "are they awake and breathing?" is no promise to call.
      if (!wasAsked(look, write, 'call-911-state-other') && !wasAsked(look, write, 'call-911-state'))
        return said(other ? 'call-911-going-other' : 'call-911-going');
      break;
    case 'refused':
      if (wasAsked(look, write, 'call-911-state-other')) return said('call-911-not-breathing');
      if (!wasAsked(look, write, 'call-911-state')) return said('call-911-refused');
      break;
    default:
      break;
  }
  const located = facts.some(({ kind }) => kind === 'location');
  if (located && !look.memory.located) return said('call-911-located');
  const next: readonly Occasion[] = [
    ...(look.memory.located || located ? [] : (['call-911-where'] as const)),
    other ? 'call-911-state-other' : 'call-911-state',
  ];
  return said(next.find((occasion) => !wasEverSaid(look, write, occasion)) ?? 'call-911-again');
}

/** "Yes I am, I'm calling now" beside "I am okay". */
const promises = / (?:yes|calling|i will call|hanging up) /;

// --- 988 -------------------------------------------------------------------------------------

function inCrisis({ open, look, book, write, uptake, facts, reason }: Step): Outcome {
  const safety = wasAsked(look, write, 'call-988') || wasAsked(look, write, 'call-988-other');
  const means = wasAsked(look, write, 'call-988-means');
  const answer: Answer = uptake === 'safe' ? 'yes' : safetyAnswer(look);
  if ((safety && answer === 'no') || (means && answer === 'yes' && uptake !== 'safe')) {
    const imminent = book.rules.find(({ id }) => id === IMMINENT);
    const danger = imminent ? [write.fact(imminent, severityOf('call-911'), open.experiencer)] : [];
    return write.send(
      'call-911',
      open.experiencer === 'patient' ? 'call-911-crisis' : 'call-911-other',
      [...danger, ...facts],
      `${imminent?.name ?? IMMINENT}: ${safety ? 'not safe right now' : 'has the means at hand'}, said when asked`,
      0.95,
    );
  }
  const said = (occasion: Occasion): Outcome => write.send('call-988', occasion, facts, reason, 0.95);
  if (uptake === 'safe' || uptake === 'going' || (safety && answer === 'yes')) {
    if (!wasEverSaid(look, write, 'call-988-safe')) return said('call-988-safe');
  }
  const next = (['call-988-means', 'call-988-where'] as const).find(
    (occasion) => !wasEverSaid(look, write, occasion),
  );
  return said(next ?? 'call-988-again');
}

/** "Not really", "I don't think so" and "I don't know" after "are you safe?" are not safe. */
function safetyAnswer(look: Look): Answer {
  if (/ (?:not safe|not really|do not think so|not sure i am|unsafe|i am not) /.test(look.heard.text))
    return 'no';
  return answerOf(look.heard);
}

// --- what was said ---------------------------------------------------------------------------

/** Whether the agent's words right before were these. */
function wasAsked(look: Look, write: OutcomeWriter, occasion: Occasion): boolean {
  return endsWith(look.exchange.agent, write.texts[occasion]);
}

function wasEverSaid(look: Look, write: OutcomeWriter, occasion: Occasion): boolean {
  const question = sentencesOf(write.texts[occasion]).at(-1) ?? '';
  return (look.request.context?.history ?? []).some(
    ({ speaker, text }) => speaker === 'agent' && sentencesOf(text).includes(question),
  );
}

/** The agent's question is its last sentence; what was said before it may have been cut. */
function endsWith(agent: string, text: string): boolean {
  return sentencesOf(agent).includes(sentencesOf(text).at(-1) ?? '');
}
