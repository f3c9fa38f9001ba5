import { readText } from '../language/reading.js';
import { isBareYes } from './answers.js';
import { severityOf } from './call-memory.js';
import { sentencesOf } from '../language/sentences.js';
import type { Look } from './look.js';
import type { Outcome, OutcomeWriter } from './outcome.js';
import type { RuleBook } from './rule-book.js';
import { isEmergency } from './triage.js';

/** "Yes" to the agent's own "have you had chest pain?": the sign is in the question. */
export function leaningAnswer(look: Look, book: RuleBook, write: OutcomeWriter): Outcome | undefined {
  const agent = look.exchange.agent;
  if (
    look.setting.teachBack ||
    look.signs.length > 0 ||
    !isBareYes(look.heard) ||
    !agent.trim().endsWith('?')
  )
    return undefined;
  const question = sentencesOf(agent).at(-1) ?? '';
  if (/\b(?:if you|call 911|safe|did you say|did i hear|is that right|correct|taking|take)\b/.test(question))
    return undefined;
  const named = book.rulesNamedIn(readText(question));
  const [rule] = named;
  if (!rule) return undefined;
  const grave = named.filter(({ disposition }) => isEmergency(disposition));
  const several = new Set(named.map(({ ask }) => ask)).size > 1 && /\bor\b/.test(question);
  if (grave.length > 0 && several) {
    return write.ask(
      write.texts['which-one'],
      `yes to a question about ${named.map(({ name }) => name).join(', ')}`,
    );
  }
  // A protocol item knows what its yes means; an emergency is not left to it.
  const fromItem = (look.request.context?.itemId ?? '') !== '';
  if (!isEmergency(rule.disposition) && fromItem) return undefined;
  if (isEmergency(rule.disposition) && !/\b(?:right now|at this moment)\b/.test(question)) {
    return write.ask(rule.ask, `${rule.name}: yes to the agent's question, so it is asked whether it is now`);
  }
  return write.send(
    rule.disposition,
    rule.disposition,
    [write.fact(rule, severityOf(rule.disposition))],
    `${rule.name}: yes to the agent's question. ${rule.why}`,
    0.85,
  );
}
