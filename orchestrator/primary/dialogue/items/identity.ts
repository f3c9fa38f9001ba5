import { AwaitedAnswer } from '../../../../protos/generated/asterism/v1/hearing.js';
import { Disposition, Verification } from '../../../../protos/generated/asterism/v1/specialist.js';
import type { Position } from '../../position.js';
import { birthDate, isSameDay, isWhole } from '../../understanding/birth-dates.js';
import { matchName } from '../../understanding/names.js';
import type { Turn } from '../turn.js';
import { sayGoodbye } from '../leave-taking.js';
import { done, notUnderstood, type Answer, type ItemHandler, type Taken } from './item-handler.js';

export const IDENTITY = 'identity';

const mostFailures = 2;

/**
 * Two identifiers, asked and never offered: full name and date of birth. What did not match is not
 * said. After the second mismatch the call ends without a word about health.
 */
export const identity: ItemHandler = {
  topic: 'checking who I am talking with',
  firstStep: 'name',
  ask(turn, step, again) {
    const { phrases } = turn.context.wording;
    if (step === 'name' && !again) turn.say('identityWhy');
    const nameWords = turn.position.identity.given
      ? phrases.nameAskFamily
      : turn.position.identity.family
        ? phrases.nameAskGiven
        : phrases.nameAsk;
    const dateWords =
      turn.position.identity.month === undefined ? phrases.birthDateAsk : phrases.birthDateYear;
    askIdentifier(turn, step, turn.words(`identity ${step}`, step === 'name' ? nameWords : dateWords));
  },
  take(turn, step, answer) {
    return step === 'name' ? takeName(turn, answer) : takeBirthDate(turn, answer);
  },
  clarify(turn, step, attempt) {
    const { phrases } = turn.context.wording;
    if (step === 'name')
      return turn.words(
        `name ${String(attempt)}`,
        attempt === 1 ? phrases.nameClarify1 : phrases.nameClarify2,
      );
    return turn.words(
      `date ${String(attempt)}`,
      attempt === 1 ? phrases.birthDateClarify1 : phrases.birthDateClarify2,
    );
  },
  leave(turn, _step, why) {
    return fail(
      turn,
      why === 'refused'
        ? 'did not want to give name and date of birth'
        : 'name or date of birth not understood',
    );
  },
};

function askIdentifier(turn: Turn, step: string, question: readonly string[]): void {
  const { givenName, familyName } = turn.context.patient;
  // The name helps the recogniser; the date never does, so that it cannot be heard into an answer.
  turn.ask(
    IDENTITY,
    step,
    question,
    step === 'name'
      ? { awaited: AwaitedAnswer.NAME, vocabulary: [`${givenName} ${familyName}`], patience: 1.2 }
      : { awaited: AwaitedAnswer.DATE, patience: 1.3 },
  );
}

function takeName(turn: Turn, answer: Answer): Taken {
  const heardDate = noteDate(turn, answer.text);
  const { givenName, familyName } = turn.context.patient;
  const readings = [answer.text, ...answer.utterance.alternatives.map(({ text }) => text)];
  const matches = readings.map((text) => matchName(text, givenName, familyName));
  const best = matches.includes('match') ? 'match' : (matches[0] ?? 'none');
  const known = turn.position.identity;
  switch (best) {
    case 'none':
      return notUnderstood;
    case 'match':
      setIdentity(turn, { given: true, family: true, otherName: false });
      break;
    case 'given-only':
      setIdentity(turn, { given: true });
      if (!known.family) return { kind: 'next', step: 'name' };
      break;
    case 'family-only':
      setIdentity(turn, { family: true });
      if (!known.given) return { kind: 'next', step: 'name' };
      break;
    case 'mismatch':
      setIdentity(turn, { otherName: true });
      break;
  }
  turn.change(IDENTITY, 'partial', { nameHeard: true });
  return heardDate ? compare(turn) : { kind: 'next', step: 'birth-date' };
}

function takeBirthDate(turn: Turn, answer: Answer): Taken {
  const before = turn.position.identity;
  if (noteDate(turn, answer.text)) return compare(turn);
  const after = turn.position.identity;
  const learned = after.month !== before.month || after.year !== before.year;
  return learned && after.month !== undefined && after.day !== undefined
    ? { kind: 'next', step: 'birth-date' }
    : notUnderstood;
}

/** Keeps what was said of the date; a part said now replaces the same part said before. @returns true when it is whole */
function noteDate(turn: Turn, text: string): boolean {
  const said = birthDate(text, turn.context.now);
  if (said) setIdentity(turn, said);
  return isWhole(dateOf(turn.position.identity));
}

function dateOf({ year, month, day }: Position['identity']): { year?: number; month?: number; day?: number } {
  return {
    ...(year === undefined ? {} : { year }),
    ...(month === undefined ? {} : { month }),
    ...(day === undefined ? {} : { day }),
  };
}

function compare(turn: Turn): Taken {
  const known = turn.position.identity;
  const named = known.given && known.family && !known.otherName;
  if (named && isSameDay(dateOf(known), turn.context.patient.birthDate)) {
    turn.verify(Verification.VERIFIED, 'full name and date of birth match the chart');
    turn.change(IDENTITY, 'done', { matched: true });
    return done;
  }
  const failures = known.failures + 1;
  if (failures >= mostFailures)
    return fail(turn, 'full name and date of birth did not match the chart twice');
  turn.position = { ...turn.position, identity: { failures, given: false, family: false, otherName: false } };
  askIdentifier(turn, 'name', turn.words('identityAgain', turn.context.wording.phrases.identityAgain));
  return { kind: 'ended' };
}

function fail(turn: Turn, reason: string): Taken {
  turn.verify(Verification.FAILED, reason);
  turn.change(IDENTITY, 'refused', { matched: false });
  turn.addTask(`call back: identity not established (${reason})`, Disposition.ROUTINE);
  turn.say('identityFailed');
  sayGoodbye(turn);
  turn.hangUp('identity-not-established');
  return { kind: 'ended' };
}

function setIdentity(turn: Turn, change: Partial<Position['identity']>): void {
  turn.position = { ...turn.position, identity: { ...turn.position.identity, ...change } };
}
