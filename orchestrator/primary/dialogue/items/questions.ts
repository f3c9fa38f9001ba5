import type { ProtocolItemOf } from '../../../../clinical-kb/protocols/schema.js';
import { AwaitedAnswer } from '../../../../protos/generated/asterism/v1/hearing.js';
import { Disposition } from '../../../../protos/generated/asterism/v1/specialist.js';
import { actsIn } from '../../understanding/dialogue-acts.js';
import { plainText, plainWords } from '../../understanding/plain-words.js';
import { yesNo } from '../../understanding/yes-no.js';
import { done, notUnderstood, type ItemHandler } from './item-handler.js';
import { leaveItem } from './leave-item.js';

const nothing =
  /\b(?:no(?:ne)?|nope|nothing|not (?:really|now|today|right now|that i)|all (?:set|good|done)|that is (?:all|it|everything)|i am (?:good|fine|okay|ok|all set)|i think (?:that is|we are|i am)|can not think)\b/;

/** The patient's own questions: asked until there are none. What nobody knows goes to a nurse. */
export function questionsItem(item: ProtocolItemOf<'questions'>): ItemHandler {
  const listening = { awaited: AwaitedAnswer.OPEN, patience: item.patience };
  return {
    topic: item.topic,
    firstStep: 'ask',
    ask(turn, step) {
      turn.ask(
        item.id,
        step,
        turn.words(`${item.id} ${step}`, step === 'more' ? item.more : item.ask),
        listening,
      );
    },
    take(turn, _step, answer) {
      const { statement } = answer;
      const count = Number(turn.item(item.id)?.value['asked'] ?? 0);
      // The questions themselves are answered, or passed on, before this is asked.
      if (answer.text !== '' && statement !== answer.text) {
        turn.change(item.id, 'partial', { asked: count + 1 });
        return { kind: 'next', step: 'more' };
      }
      const acts = actsIn(statement);
      const finished =
        nothing.test(plainText(statement)) ||
        acts.includes('goodbye') ||
        (acts.includes('thanks') && plainWords(statement).length <= 4);
      if (finished) {
        // The closing thanks the patient.
        turn.change(item.id, 'done', { asked: count });
        return done;
      }
      const direct = yesNo(statement);
      if (direct?.answer === 'yes' && plainWords(statement).length <= 4) {
        turn.change(item.id, 'partial', { asked: count });
        return { kind: 'next', step: 'more' };
      }
      if (plainWords(statement).length < 3) return notUnderstood;
      turn.change(item.id, 'partial', { asked: count + 1 });
      turn.addTask(`the patient wants a nurse to know: ${statement}`, Disposition.WITHIN_DAYS);
      turn.say('noted');
      return { kind: 'next', step: 'more' };
    },
    clarify: (turn, _step, attempt) =>
      turn.words(`${item.id} ${String(attempt)}`, [item.clarify[attempt - 1] ?? '']),
    leave: (turn, _step, why) => leaveItem(turn, item.id, item.topic, why),
  };
}
