import type { ProtocolItemOf } from '../../../../clinical-kb/protocols/schema.js';
import { AwaitedAnswer } from '../../../../protos/generated/asterism/v1/hearing.js';
import { Disposition } from '../../../../protos/generated/asterism/v1/specialist.js';
import { measure } from '../../understanding/measures.js';
import { mention } from '../../understanding/mentions.js';
import { yesNo } from '../../understanding/yes-no.js';
import { numberInWords } from '../spoken-forms.js';
import type { Turn } from '../turn.js';
import { done, follow, notUnderstood, type Answer, type ItemHandler, type Taken } from './item-handler.js';
import { leaveItem } from './leave-item.js';

/** Below this word probability a number is read back. */
const sureEnough = 0.6;

const POUNDS_PER_KILOGRAM = 2.204_622_6;

/** A measured value, read back when it was heard with doubt or is far from the chart's. */
export function numberItem(item: ProtocolItemOf<'number'>): ItemHandler {
  const listening = { awaited: AwaitedAnswer.NUMBER, patience: item.patience, vocabulary: item.vocabulary };

  const accept = (turn: Turn, pounds: number, confirmed: boolean): Taken => {
    turn.change(item.id, 'done', { answer: 'measured', pounds, readBack: confirmed });
    turn.sayWords(`${item.id} accepted`, item.accepted, { pounds: numberInWords(pounds) });
    return done;
  };

  const takeValue = (turn: Turn, pounds: number, doubtful: boolean): Taken => {
    if (!doubtful && !isUnlikely(turn, item, pounds)) return accept(turn, pounds, false);
    turn.change(item.id, 'partial', { pounds });
    return { kind: 'next', step: 'confirm' };
  };

  return {
    topic: item.topic,
    firstStep: 'ask',
    ask(turn, step) {
      const pounds = turn.item(item.id)?.value['pounds'];
      const volunteered = typeof pounds === 'number';
      if ((step === 'confirm' || turn.item(item.id)?.status === 'partial') && volunteered) {
        const words = turn.words(`${item.id} confirm`, item.confirm, { pounds: numberInWords(pounds) });
        turn.ask(item.id, 'confirm', words, { ...listening, awaited: AwaitedAnswer.YES_NO });
      } else turn.ask(item.id, 'ask', turn.words(item.id, item.ask), listening);
    },
    take(turn, step, answer) {
      const heard = heardMeasure(answer);
      if (step === 'confirm') {
        const pounds = turn.item(item.id)?.value['pounds'];
        const right = yesNo(answer.statement, { permission: true });
        if (heard && heard.value !== pounds) return takeValue(turn, heard.value, heard.doubtful);
        if ((right?.answer === 'yes' || heard) && typeof pounds === 'number')
          return accept(turn, pounds, true);
        if (right?.answer !== 'no') return notUnderstood;
        turn.change(item.id, 'asked');
        turn.say('readBackWrong');
        return { kind: 'next', step: 'ask' };
      }
      if (heard) return takeValue(turn, heard.value, heard.doubtful);
      if (yesNo(answer.statement)?.answer !== 'no' && mention(answer.statement, noScale) === undefined)
        return notUnderstood;
      turn.change(item.id, 'done', { answer: 'none', text: answer.statement });
      return follow(turn, item.id, item.none, () => {
        turn.say('unsureAnswer');
      });
    },
    clarify: (turn, step, attempt) => {
      const pounds = turn.item(item.id)?.value['pounds'];
      if (step === 'confirm' && typeof pounds === 'number') {
        return turn.words(`${item.id} confirm`, item.confirm, { pounds: numberInWords(pounds) });
      }
      return turn.words(`${item.id} ${String(attempt)}`, [item.clarify[attempt - 1] ?? '']);
    },
    leave(turn, step, why) {
      if (step !== 'confirm' || why === 'refused') return leaveItem(turn, item.id, item.topic, why);
      const value = turn.item(item.id)?.value ?? {};
      turn.change(item.id, 'unconfirmed', value);
      turn.addTask(`confirm ${item.topic}: the number was not confirmed`, Disposition.SAME_DAY);
      turn.say('moveOn');
      return done;
    },
    amend(turn, answer) {
      const heard = heardMeasure(answer);
      if (!heard) return false;
      turn.change(item.id, 'done', { answer: 'measured', pounds: heard.value, corrected: true });
      turn.say('correctedTo', { heard: `${numberInWords(heard.value)} pounds` });
      return true;
    },
  };
}

const noScale = [
  'no scale',
  'do not have a scale',
  'scale is broken',
  'not weighed',
  'did not weigh',
  'have not weighed',
  'forgot',
  'do not weigh',
  'not yet',
  'not today',
  'do not know',
  'not sure',
];

interface HeardMeasure {
  readonly value: number;
  readonly doubtful: boolean;
}

/** The value in the patient's words, or what labs and vitals understood when the words gave none. */
function heardMeasure(answer: Answer): HeardMeasure | undefined {
  const own = measure(answer.statement, 'body-weight');
  if (own) return { value: own.value, doubtful: own.ambiguous || numberConfidence(answer) < sureEnough };
  const entity = answer.reviews
    .flatMap(({ entities }) => entities)
    .find(
      ({ kind, name, value, negated, experiencer }) =>
        kind === 'vital' &&
        /weight/i.test(name) &&
        value !== undefined &&
        !negated &&
        /^(?:patient)?$/.test(experiencer),
    );
  if (entity?.value === undefined) return undefined;
  const factor = entity.unit === 'kg' ? POUNDS_PER_KILOGRAM : 1;
  return { value: Math.round(entity.value * factor * 10) / 10, doubtful: entity.confidence < sureEnough };
}

const numberWord =
  /^(?:\d[\d.,]*|zero|oh|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|point)\W*$/i;

/** The least sure of the words that make the number; 1 when the recogniser gave no words. */
function numberConfidence(answer: Answer): number {
  const parts = answer.utterance.words.filter(({ text }) =>
    text.split('-').every((part) => numberWord.test(part.trim())),
  );
  return parts.reduce((least, { confidence }) => Math.min(least, confidence), 1);
}

function isUnlikely(turn: Turn, item: ProtocolItemOf<'number'>, pounds: number): boolean {
  const charted = turn.context.patient.labs
    .filter(({ loinc }) => loinc === item.chartLoinc)
    .sort((one, other) => (one.date < other.date ? 1 : -1))[0];
  if (!charted) return false;
  const before = charted.unit === 'kg' ? charted.value * POUNDS_PER_KILOGRAM : charted.value;
  return Math.abs(pounds - before) > item.readBackAbove;
}
