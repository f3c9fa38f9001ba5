import type { ProtocolItemOf } from '../../../../clinical-kb/protocols/schema.js';
import { AwaitedAnswer } from '../../../../protos/generated/asterism/v1/hearing.js';
import type { Patient } from '../../../../protos/generated/asterism/v1/patient.js';
import { mention } from '../../understanding/mentions.js';
import { plainWords } from '../../understanding/plain-words.js';
import { yesNo, type YesNoAnswer } from '../../understanding/yes-no.js';
import { dateInWords } from '../spoken-forms.js';
import { done, follow, notUnderstood, type ItemHandler } from './item-handler.js';
import { leaveItem } from './leave-item.js';

const someoneDrives = [
  'drive*',
  'driving',
  'ride',
  'bus',
  'taxi',
  'uber',
  'lyft',
  'van',
  'walk',
  'takes me',
  'will take',
  'taking me',
  'bring me',
  'brings me',
];

/** The next visit: known, and a way to get there. */
export function appointmentItem(item: ProtocolItemOf<'appointment'>, patient: Patient): ItemHandler {
  const next = patient.appointments[0];
  const slots = next
    ? { appointmentWith: next.with, appointmentWhen: dateInWords(next.start), appointmentPlace: next.place }
    : {};
  const known = next !== undefined && slots.appointmentWhen !== undefined;

  return {
    topic: item.topic,
    firstStep: 'ask',
    ask(turn, step) {
      const words =
        step === 'transport'
          ? turn.words('transport', item.transport, slots)
          : turn.words(item.id, known ? item.ask : item.askWithout, slots);
      turn.ask(item.id, step, words, {
        awaited: AwaitedAnswer.YES_NO,
        patience: item.patience,
        vocabulary: item.vocabulary,
      });
    },
    take(turn, step, answer) {
      if (step === 'transport') {
        const means = mention(answer.statement, someoneDrives);
        const way: YesNoAnswer['answer'] | undefined =
          yesNo(answer.statement)?.answer ??
          (means === undefined ? undefined : means === 'affirmed' ? 'yes' : 'no');
        if (way === undefined) return notUnderstood;
        turn.change(item.id, 'done', {
          ...turn.item(item.id)?.value,
          transport: way,
          text: answer.statement,
        });
        if (way !== 'yes')
          return follow(turn, 'transport', item.onNoTransport, () => {
            turn.say('noted');
          });
        turn.say('glad');
        return done;
      }
      const goes = mention(answer.statement, someoneDrives) === 'affirmed';
      const knows =
        mention(answer.statement, ['know', 'calendar', 'wrote it', 'have it', 'written']) === 'affirmed';
      const aware = yesNo(answer.statement)?.answer ?? (knows || goes ? 'yes' : undefined);
      if (aware === 'yes' && goes) {
        turn.change(item.id, 'done', { answer: 'yes', transport: 'yes', text: answer.statement });
        turn.say('glad');
        return done;
      }
      if (aware === undefined || plainWords(answer.statement).length === 0) return notUnderstood;
      if (!known && aware !== 'yes') {
        turn.change(item.id, 'done', { answer: 'none' });
        return follow(turn, item.id, item.onNone, () => {
          turn.say('noted');
        });
      }
      turn.change(item.id, 'partial', { answer: aware });
      if (aware === 'yes') turn.say('thanks');
      else
        follow(turn, item.id, item.onUnknown, () => {
          turn.say('noted');
        });
      return { kind: 'next', step: 'transport' };
    },
    clarify(turn, step, attempt) {
      if (step === 'transport') return turn.words('transport clarify', [item.transportClarify]);
      return known
        ? turn.words(`${item.id} ${String(attempt)}`, [item.clarify[attempt - 1] ?? ''])
        : turn.words(item.id, item.askWithout);
    },
    leave: (turn, _step, why) => leaveItem(turn, item.id, item.topic, why),
  };
}
