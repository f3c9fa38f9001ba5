import { Disposition, Verdict, type Review } from '../../../protos/generated/asterism/v1/specialist.js';
import { isEmergency, needsNurse } from '../../call/disposition.js';
import { spokenWordings, type Decision } from '../../consultation/merge.js';
import { AwaitedAnswer } from '../../../protos/generated/asterism/v1/hearing.js';
import { yesNo } from '../understanding/yes-no.js';
import { instructEmergency, stayInCrisis, transferUrgently } from './emergencies.js';
import type { Turn } from './turn.js';

const longestHintWords = 25;

/** A specialist demands a human. @returns false when the call may go on after its words */
export function escalate(turn: Turn, review: Review): boolean {
  switch (review.disposition) {
    case Disposition.CALL_911:
      instructEmergency(turn, review.say);
      return true;
    case Disposition.CALL_988:
      stayInCrisis(turn, review.say);
      return true;
    case Disposition.URGENT_NURSE:
      transferUrgently(turn, review.say);
      return true;
    default:
      return false;
  }
}

/** True while the protocol must wait: an escalation that leaves it. */
export function leavesProtocol(decision: Decision): boolean {
  return (
    decision.winning?.verdict === Verdict.ESCALATE &&
    (isEmergency(decision.winning.disposition) || decision.winning.disposition === Disposition.URGENT_NURSE)
  );
}

/**
 * The escalation specialist took its emergency back: a nurse instead of 911. Only while it says that the
 * sign is settled; another sign that needs a nurse does not end an emergency.
 */
export function standsDown({ verdict, disposition, facts }: Review): boolean {
  return (
    verdict === Verdict.ESCALATE &&
    disposition === Disposition.URGENT_NURSE &&
    facts.some(({ severity }) => severity === 'none')
  );
}

/** What the specialists want said in this turn before the conversation goes on. */
export function wordingsToSay(decision: Decision): readonly Review[] {
  const wordings = spokenWordings(decision).filter(({ verdict }) => verdict !== Verdict.ASK);
  // Two specialists on one subject: the winner's words stand, the other's are in the record.
  const subjects = new Set(wordings[0]?.facts.flatMap((fact) => fact.subjects) ?? []);
  const distinct = wordings.filter(
    ({ facts }, index) =>
      index === 0 ||
      facts.length === 0 ||
      !facts.every(
        (fact) => fact.subjects.length > 0 && fact.subjects.every((subject) => subjects.has(subject)),
      ),
  );
  return distinct.filter(({ say }) => say.trim() !== '');
}

/** Specialists whose words hold nothing about health. */
const speakToAnybody: ReadonlySet<string> = new Set(['privacy-compliance', 'guard']);

/** Speaks them; each must be heard whole. What belongs to health waits until identity is established. */
export function sayWordings(turn: Turn, wordings: readonly Review[]): void {
  for (const wording of wordings) {
    const { say, specialist, verdict } = wording;
    const allowed = turn.verified || speakToAnybody.has(specialist) || verdict === Verdict.ESCALATE;
    if (!allowed) {
      turn.owe(say, '', 0);
      continue;
    }
    turn.speakExactly(say, { interruptible: true, mustHear: true, specialist });
    keepPromise(turn, wording);
  }
}

/**
 * A short hint of a specialist that fits before the next question, or its word that it looks at something for
 * longer; nothing when somebody had more to say.
 * @returns true when one was given
 */
export function sayHint(turn: Turn, decision: Decision): boolean {
  if (!turn.verified || turn.specialistSpeaks) return false;
  const hint = decision.reviews.find(
    ({ verdict, say, relevant }) =>
      (verdict === Verdict.ADVISE || verdict === Verdict.DEFER) &&
      relevant &&
      say.trim() !== '' &&
      say.split(/\s+/).length <= longestHintWords,
  );
  if (!hint) return false;
  turn.speakExactly(hint.say, { interruptible: true, mustHear: false, specialist: hint.specialist });
  keepPromise(turn, hint);
  return true;
}

/** From same-day on the conversation itself adds a task; a milder promise of a nurse needs one too. */
function keepPromise(turn: Turn, { say, specialist, disposition, reason }: Review): void {
  if (!/\bnurse\b/i.test(say) || needsNurse(disposition)) return;
  turn.addTask(`${specialist}: ${reason}`, Disposition.WITHIN_DAYS);
}

/** A specialist's question comes first and alone; what the patient said is held until it is answered. */
export function askForSpecialist(turn: Turn, review: Review, held: string, others: readonly Review[]): void {
  const { aside } = turn.position;
  const asked =
    aside?.kind === 'specialist-question' && aside.specialist === review.specialist ? aside.asked + 1 : 1;
  for (const { say } of others) turn.owe(say, '', 0);
  turn.speakExactly(review.say, { interruptible: true, mustHear: false, specialist: review.specialist });
  turn.position = {
    ...turn.position,
    aside: {
      kind: 'specialist-question',
      specialist: review.specialist,
      held: aside?.kind === 'specialist-question' ? aside.held : held,
      asked,
    },
  };
  turn.listenFor({ awaited: AwaitedAnswer.MEDICINE, patience: 1.2 });
}

/** How often one specialist may ask before the matter goes to a nurse. */
export const mostSpecialistQuestions = 3;

/** Whether the answer to a specialist's question lets what was held stand. */
export function confirmsHeld(text: string): boolean {
  return yesNo(text, { permission: true })?.answer === 'yes';
}
