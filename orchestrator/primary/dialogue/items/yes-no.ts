import type { ProtocolItemOf } from '../../../../clinical-kb/protocols/schema.js';
import { AwaitedAnswer } from '../../../../protos/generated/asterism/v1/hearing.js';
import { mention } from '../../understanding/mentions.js';
import { plainWords } from '../../understanding/plain-words.js';
import { yesNo, type YesNoAnswer } from '../../understanding/yes-no.js';
import { follow, notUnderstood, type Answer, type ItemHandler, type Taken } from './item-handler.js';
import { leaveItem } from './leave-item.js';
import type { Turn } from '../turn.js';

/** A question with yes or no, in words or by naming what was asked about. */
export function yesNoItem(item: ProtocolItemOf<'yes-no'>): ItemHandler {
  const settle = (turn: Turn, answer: YesNoAnswer, text: string): Taken => {
    turn.change(item.id, answer.answer === 'unsure' ? 'unconfirmed' : 'done', {
      answer: answer.answer,
      hedged: answer.hedged,
      text,
    });
    return follow(turn, item.id, item.on[answer.answer], () => {
      turn.say(answer.answer === 'unsure' ? 'unsureAnswer' : 'thanks');
    });
  };
  return {
    topic: item.topic,
    firstStep: 'ask',
    ask(turn, _step, again) {
      const variants = again ? (item.askOnReturn ?? item.ask) : item.ask;
      turn.ask(item.id, 'ask', turn.words(`${item.id} ${String(again)}`, variants), {
        awaited: AwaitedAnswer.YES_NO,
        patience: item.patience,
        vocabulary: item.vocabulary,
      });
    },
    take(turn, _step, answer) {
      const understood = answerFrom(item, answer);
      return understood ? settle(turn, understood, answer.statement) : notUnderstood;
    },
    clarify: (turn, _step, attempt) =>
      turn.words(`${item.id} ${String(attempt)}`, [item.clarify[attempt - 1] ?? '']),
    leave: (turn, _step, why) => leaveItem(turn, item.id, item.topic, why),
    amend(turn, answer) {
      const named = mention(answer.statement, item.means.yes);
      if (named === undefined) return false;
      turn.say('corrected');
      settle(turn, { answer: named === 'affirmed' ? 'yes' : 'no', hedged: false }, answer.statement);
      return true;
    },
  };
}

/**
 * What was answered. Naming the thing outweighs a plain "no" only when it is affirmed ("no, well, my
 * ankles are swollen"); a bare mention counts when neither yes nor no was said.
 */
export function answerFrom(
  item: Pick<ProtocolItemOf<'yes-no'>, 'means'>,
  answer: Pick<Answer, 'statement'>,
): YesNoAnswer | undefined {
  const { statement } = answer;
  const direct = yesNo(statement);
  const negative = mention(statement, item.means.no);
  const positive = mention(statement, item.means.yes);
  if (
    direct?.answer === 'no' &&
    positive === 'affirmed' &&
    negative === undefined &&
    plainWords(statement).length > 3
  ) {
    return { answer: 'yes', hedged: true };
  }
  if (direct?.answer === 'yes' && direct.hedged && negative === 'affirmed' && positive === undefined) {
    return { answer: 'no', hedged: true };
  }
  // "Yes, it is better" to "Is it worse?" says two things: asked again rather than guessed.
  if (direct?.answer === 'yes' && negative === 'affirmed' && positive === undefined) return undefined;
  if (direct && direct.answer !== 'unsure') return direct;
  if (negative === 'affirmed' && positive !== 'affirmed') return { answer: 'no', hedged: true };
  if (positive === 'affirmed')
    return { answer: 'yes', hedged: negative === 'affirmed' || direct !== undefined };
  if (positive === 'negated') return { answer: 'no', hedged: false };
  return direct;
}
