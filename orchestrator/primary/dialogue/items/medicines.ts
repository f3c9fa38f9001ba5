import type { ProtocolItemOf } from '../../../../clinical-kb/protocols/schema.js';
import { AwaitedAnswer } from '../../../../protos/generated/asterism/v1/hearing.js';
import type { Medication } from '../../../../protos/generated/asterism/v1/patient.js';
import { Disposition } from '../../../../protos/generated/asterism/v1/specialist.js';
import { mention } from '../../understanding/mentions.js';
import { plainWords } from '../../understanding/plain-words.js';
import { compareRegimens, regimen, type Regimen, type RegimenVerdict } from '../../understanding/regimens.js';
import { yesNo } from '../../understanding/yes-no.js';
import type { Slots } from '../phrasing.js';
import { amountInWords, frequencyInWords, regimenInWords } from '../regimen-words.js';
import { doseInWords } from '../spoken-forms.js';
import type { Turn } from '../turn.js';
import { done, follow, notUnderstood, type Answer, type ItemHandler, type Taken } from './item-handler.js';
import { leaveItem } from './leave-item.js';

const stopped = [
  'stopped',
  'stop',
  'quit',
  'ran out',
  'run out',
  'never got',
  'never picked',
  'do not have',
  'can not afford',
  'not taking',
  'not take',
  'did not get',
  'did not pick',
  'not been taking',
  'used to',
];
const noProblems = [
  'no problem*',
  'no trouble',
  'no issues',
  'not miss*',
  'never miss*',
  'have not missed',
  'do not miss',
  'fine',
  'good',
  'going well',
];

/**
 * One medicine of the chart: taken or not, how much and how often, problems. What differs from the chart
 * is read back and goes to a nurse; the patient is not told to change anything.
 */
export function medicineItem(
  item: ProtocolItemOf<'medicines'>,
  medication: Medication,
  itemId: string,
  first: boolean,
): ItemHandler {
  const charted = regimen(`${medication.dose}, ${medication.frequency}`);
  const slots: Slots = {
    medicine: medication.name,
    purpose: medication.purpose,
    dose: doseInWords(medication.dose),
    frequency: medication.frequency,
  };
  const listening = { patience: item.patience, vocabulary: [medication.name, ...item.vocabulary] };
  const value = (turn: Turn): Readonly<Record<string, string | number | boolean>> =>
    turn.item(itemId)?.value ?? {};

  const takeTaking = (turn: Turn, answer: Answer): Taken => {
    const said = regimen(answer.statement);
    const knowsHow = said.timesADay !== undefined || said.dose !== undefined || said.asNeeded === true;
    const direct = yesNo(answer.statement);
    const not = mention(answer.statement, stopped) === 'affirmed' || (direct?.answer === 'no' && !knowsHow);
    if (not) {
      turn.change(itemId, 'partial', { taking: 'no', text: answer.statement });
      // "No, it made me dizzy" holds the reason already.
      return plainWords(answer.statement).length > 4
        ? takeReason(turn, answer)
        : { kind: 'next', step: 'why-not' };
    }
    if (direct?.answer === 'unsure' && !knowsHow) {
      turn.change(itemId, 'unconfirmed', { taking: 'unsure', text: answer.statement });
      return follow(
        turn,
        item.id,
        item.onUnsure,
        () => {
          turn.say('unsureAnswer');
        },
        slots,
      );
    }
    if (direct?.answer !== 'yes' && !knowsHow) return notUnderstood;
    turn.change(itemId, 'partial', {
      taking: direct?.hedged === true ? 'sometimes' : 'yes',
      text: answer.statement,
    });
    if (knowsHow) return takeHow(turn, answer, said);
    turn.say('thanks');
    return { kind: 'next', step: 'how' };
  };

  const takeHow = (turn: Turn, answer: Answer, said: Regimen): Taken => {
    const verdict = compareRegimens(said, charted);
    const heard = regimenInWords(said);
    turn.change(itemId, 'partial', { ...value(turn), ...howValue(answer.statement, said, verdict) });
    if (verdict === 'different' && !turn.specialistSpeaks) return { kind: 'next', step: 'confirm-how' };
    if (verdict === 'different') addDifference(turn, heard);
    if (turn.specialistSpeaks || verdict === 'different') turn.say('thanks');
    else if (verdict === 'same') turn.sayWords('medicine matches', item.matches);
    // What was not said was not checked: the list is told, and nothing is called a match.
    else turn.say('listSays', slots);
    return { kind: 'next', step: 'problems' };
  };

  const addDifference = (turn: Turn, heard: string): void => {
    follow(
      turn,
      `${item.id} differs`,
      item.differs,
      () => {
        turn.say('noted');
      },
      { ...slots, heard },
    );
  };

  const takeReason = (turn: Turn, answer: Answer): Taken => {
    turn.change(itemId, 'done', { ...value(turn), taking: 'no', reason: answer.statement });
    return follow(
      turn,
      `${item.id} not taking`,
      item.onNotTaking,
      () => {
        turn.say('noted');
      },
      slots,
    );
  };

  const takeProblems = (turn: Turn, answer: Answer): Taken => {
    const direct = yesNo(answer.statement);
    const none =
      mention(answer.statement, noProblems) === 'affirmed' ||
      mention(answer.statement, ['miss*', 'skip*', 'forg*']) === 'negated';
    const detailed = plainWords(answer.statement).length > 3;
    if (direct?.answer === 'no' && !(direct.hedged && detailed && /\bbut\b/.test(answer.statement)))
      return withoutProblems(turn);
    if (none && direct?.answer !== 'yes') return withoutProblems(turn);
    if (
      none &&
      direct?.answer === 'yes' &&
      mention(answer.statement, ['miss*', 'skip*', 'forg*']) === 'negated'
    )
      return withoutProblems(turn);
    if (detailed && direct?.answer !== 'unsure') return takeDetail(turn, answer);
    if (direct?.answer === 'yes') return { kind: 'next', step: 'problems-detail' };
    return direct?.answer === 'unsure' ? takeDetail(turn, answer) : notUnderstood;
  };

  const withoutProblems = (turn: Turn): Taken => {
    turn.change(itemId, 'done', { ...value(turn), problems: 'no' });
    if (!turn.specialistSpeaks) turn.say('glad');
    return done;
  };

  const takeDetail = (turn: Turn, answer: Answer): Taken => {
    turn.change(itemId, 'done', { ...value(turn), problems: 'yes', detail: answer.statement });
    return follow(
      turn,
      `${item.id} problems`,
      item.onProblems,
      () => {
        turn.say('noted');
      },
      slots,
    );
  };

  const questionOf = (turn: Turn, step: string): readonly string[] => {
    switch (step) {
      case 'how':
        return turn.words('medicine how', item.how, slots);
      case 'confirm-how':
        return turn.words('medicine confirm', item.confirmHow, {
          ...slots,
          heard: String(value(turn)['heard'] ?? ''),
        });
      case 'why-not':
        return turn.words('medicine why not', item.whyNot, slots);
      case 'problems':
        return turn.words('medicine problems', item.problems, slots);
      case 'problems-detail':
        return turn.words('medicine detail', item.problemsDetail, slots);
      default:
        return turn.words('medicine', item.ask, slots);
    }
  };

  return {
    topic: `your ${medication.name}`,
    firstStep: 'taking',
    ask(turn, step, again) {
      if (first && step === 'taking' && !again) turn.sayWords('medicines intro', item.intro);
      const open = step === 'why-not' || step === 'problems-detail';
      const awaited = open
        ? AwaitedAnswer.OPEN
        : step === 'how'
          ? AwaitedAnswer.MEDICINE
          : AwaitedAnswer.YES_NO;
      turn.ask(itemId, step, questionOf(turn, step), { ...listening, awaited });
    },
    take(turn, step, answer) {
      switch (step) {
        case 'how': {
          const said = regimen(answer.statement);
          if (said.timesADay === undefined && said.dose === undefined && said.asNeeded !== true) {
            if (yesNo(answer.statement)?.answer !== 'unsure') return notUnderstood;
            turn.change(itemId, 'unconfirmed', { ...value(turn), how: 'unsure' });
            return follow(
              turn,
              item.id,
              item.onUnsure,
              () => {
                turn.say('unsureAnswer');
              },
              slots,
            );
          }
          return takeHow(turn, answer, said);
        }
        case 'confirm-how': {
          const right = yesNo(answer.statement, { permission: true });
          const said = regimen(answer.statement);
          if (right?.answer === 'yes') {
            addDifference(turn, String(value(turn)['heard'] ?? ''));
            return { kind: 'next', step: 'problems' };
          }
          if (said.timesADay !== undefined || said.dose !== undefined) return takeHow(turn, answer, said);
          if (right?.answer !== 'no') return notUnderstood;
          turn.say('readBackWrong');
          return { kind: 'next', step: 'how' };
        }
        case 'why-not':
          return plainWords(answer.statement).length > 0 ? takeReason(turn, answer) : notUnderstood;
        case 'problems':
          return takeProblems(turn, answer);
        case 'problems-detail':
          return plainWords(answer.statement).length > 0 ? takeDetail(turn, answer) : notUnderstood;
        default:
          return takeTaking(turn, answer);
      }
    },
    clarify(turn, step, attempt) {
      if (step === 'how') return turn.words('medicine how clarify', [item.howClarify], slots);
      if (step === 'problems') return turn.words('medicine problems clarify', [item.problemsClarify], slots);
      if (step !== 'taking') return questionOf(turn, step);
      return turn.words(`medicine ${String(attempt)}`, [item.clarify[attempt - 1] ?? ''], slots);
    },
    leave(turn, _step, why) {
      if (why === 'refused' || value(turn)['taking'] === undefined)
        return leaveItem(turn, itemId, `taking ${medication.name}`, why);
      turn.change(itemId, 'unconfirmed', value(turn));
      turn.addTask(
        `confirm how ${medication.name} is taken: the answer was not understood`,
        Disposition.WITHIN_DAYS,
      );
      turn.say('moveOn');
      return done;
    },
    amend(turn, answer) {
      const said = regimen(answer.statement);
      if (said.timesADay === undefined && said.dose === undefined) return false;
      const heard = regimenInWords(said);
      const verdict = compareRegimens(said, charted);
      turn.change(itemId, 'done', {
        ...value(turn),
        ...howValue(answer.statement, said, verdict),
        corrected: true,
      });
      turn.say('correctedTo', { heard });
      if (verdict === 'different') addDifference(turn, heard);
      return true;
    },
  };
}

/** What was said about dose and frequency, each by itself, so that the record shows what was not said. */
function howValue(
  statement: string,
  said: Regimen,
  verdict: RegimenVerdict,
): Readonly<Record<string, string>> {
  const strengthSaid = said.dose !== undefined && said.dose.unit !== 'pieces';
  return {
    how: statement,
    heard: regimenInWords(said),
    dose: strengthSaid ? amountInWords(said) : 'not said',
    ...(said.dose?.unit === 'pieces' ? { pieces: amountInWords(said) } : {}),
    frequency: frequencyInWords(said) || 'not said',
    matchesChart: verdict,
  };
}
