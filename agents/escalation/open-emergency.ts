import type { Occasion } from '../../clinical-kb/escalation/red-flags.js';
import { uptakeOf } from './answers.js';
import { severityOf, type CallMemory } from './call-memory.js';
import type { Look } from './look.js';
import type { Outcome, OutcomeWriter } from './outcome.js';
import type { RuleBook } from './rule-book.js';

/** The next words after "call 911" or "988": nothing else is talked about until help is on its way or it is taken back. */
export function stayWith(
  open: NonNullable<CallMemory['emergency']>,
  look: Look,
  book: RuleBook,
  write: OutcomeWriter,
): Outcome {
  const rule = book.rules.find(({ id }) => id === open.ruleId);
  const graver = look.weighed.find(({ action }) => action.kind === 'act' && action.urgency === 'call-911');
  if (open.urgency === 'call-988' && graver) return write.act(graver, 'call-911', look);
  const facts = look.weighed.flatMap((one) =>
    one.action.kind === 'act' ? [write.fact(one.sign.rule, severityOf(one.action.urgency))] : [],
  );
  const uptake = uptakeOf(look.heard);
  const takenBack = look.signs.some(
    (sign) =>
      sign.rule.id === open.ruleId &&
      (sign.status === 'absent' || sign.status === 'history' || sign.experiencer !== 'patient'),
  );
  const reason = `${rule?.name ?? open.ruleId} is still open; the caller's answer: ${takenBack ? 'taken back' : uptake}`;
  if (rule && (takenBack || uptake === 'correction')) return write.ask(rule.ask, reason, facts);
  if (open.urgency === 'call-988') {
    const occasion = uptake === 'safe' || uptake === 'going' ? 'call-988-safe' : 'call-988-again';
    return write.send('call-988', occasion, facts, reason, 0.95);
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
  return write.send('call-911', occasions[uptake], facts, reason, 0.95);
}
