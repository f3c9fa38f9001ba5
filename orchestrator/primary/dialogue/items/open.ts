import type { ProtocolItemOf } from '../../../../clinical-kb/protocols/schema.js';
import { AwaitedAnswer } from '../../../../protos/generated/asterism/v1/hearing.js';
import { actsIn } from '../../understanding/dialogue-acts.js';
import { toneOf } from '../../understanding/feelings.js';
import { plainWords } from '../../understanding/plain-words.js';
import { leaveItem } from './leave-item.js';
import { done, follow, notUnderstood, type ItemHandler } from './item-handler.js';

/** A question answered in the patient's own words, which are written down as they are. */
export function openItem(item: ProtocolItemOf<'open'>): ItemHandler {
  return {
    topic: item.topic,
    firstStep: 'ask',
    ask(turn, _step, again) {
      const variants = again ? (item.askOnReturn ?? item.ask) : item.ask;
      turn.ask(item.id, 'ask', turn.words(`${item.id} ${String(again)}`, variants), {
        awaited: AwaitedAnswer.OPEN,
        patience: item.patience,
        vocabulary: item.vocabulary,
      });
    },
    take(turn, _step, answer) {
      const acts = actsIn(answer.statement);
      const tone = toneOf(answer.statement);
      if (answer.statement === '' || acts.includes('greeting')) return notUnderstood;
      if (acts.includes('backchannel') && tone === 'neutral') return notUnderstood;
      if (plainWords(answer.statement).length < 2 && tone === 'neutral') return notUnderstood;
      turn.change(item.id, 'done', { text: answer.statement, tone });
      follow(turn, item.id, item.then, () => {
        turn.say(tone === 'good' ? 'glad' : tone === 'hard' ? 'sorry' : 'noted');
      });
      return done;
    },
    clarify: (turn, _step, attempt) =>
      turn.words(`${item.id} ${String(attempt)}`, [item.clarify[attempt - 1] ?? '']),
    leave: (turn, _step, why) => leaveItem(turn, item.id, item.topic, why),
  };
}
