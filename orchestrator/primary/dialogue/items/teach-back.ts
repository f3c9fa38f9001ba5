import type { ProtocolItemOf } from '../../../../clinical-kb/protocols/schema.js';
import { AwaitedAnswer } from '../../../../protos/generated/asterism/v1/hearing.js';
import { mention } from '../../understanding/mentions.js';
import { plainWords } from '../../understanding/plain-words.js';
import { sentencesOf } from '../phrasing.js';
import { listInWords } from '../spoken-forms.js';
import { follow, notUnderstood, type ItemHandler } from './item-handler.js';
import { leaveItem } from './leave-item.js';

/**
 * Teaches, then hears it back in the patient's own words. What was missed is explained once more in
 * another way; what is still missing then goes to a nurse, with no blame.
 */
export function teachBackItem(item: ProtocolItemOf<'teach-back'>): ItemHandler {
  const listening = { awaited: AwaitedAnswer.OPEN, patience: item.patience, vocabulary: item.vocabulary };
  return {
    topic: item.topic,
    firstStep: 'ask',
    ask(turn, step, again) {
      if (step === 'ask' && !again) {
        for (const sentence of turn.words(`${item.id} teach`, item.teach)) {
          turn.speakExactly(sentence, { interruptible: true, mustHear: true });
        }
      }
      turn.ask(item.id, step, turn.words(item.id, step === 'again' ? item.askAgain : item.ask), listening);
    },
    take(turn, step, answer) {
      const known = new Set(String(turn.item(item.id)?.value['named'] ?? '').split(', '));
      const named = item.concepts.filter(
        ({ id, words }) => known.has(id) || mention(answer.text, words) !== undefined,
      );
      const missing = item.concepts.filter((concept) => !named.includes(concept));
      const newlyNamed = named.some(({ id }) => !known.has(id));
      if (!newlyNamed && plainWords(answer.text).length < 3 && step === 'ask') return notUnderstood;
      const value = { text: answer.text, named: named.map(({ id }) => id).join(', ') };
      if (missing.length === 0) {
        turn.change(item.id, 'done', { ...value, answer: 'complete' });
        turn.sayWords(`${item.id} complete`, item.complete);
        return { kind: 'done' };
      }
      if (step === 'again') {
        turn.change(item.id, 'unconfirmed', { ...value, answer: 'incomplete' });
        const slots = { missing: listInWords(missing.map(({ id }) => id)) };
        return follow(
          turn,
          item.id,
          item.incomplete,
          () => {
            turn.say('noted');
          },
          slots,
        );
      }
      turn.change(item.id, 'partial', value);
      turn.sayWords(`${item.id} missing`, item.missing);
      for (const { explain } of missing) {
        for (const sentence of sentencesOf(explain))
          turn.speakExactly(sentence, { interruptible: true, mustHear: true });
      }
      return { kind: 'next', step: 'again' };
    },
    clarify: (turn, _step, attempt) =>
      turn.words(`${item.id} ${String(attempt)}`, [item.clarify[attempt - 1] ?? '']),
    leave: (turn, _step, why) => leaveItem(turn, item.id, item.topic, why),
  };
}
