import { AwaitedAnswer } from '../../../protos/generated/asterism/v1/hearing.js';
import { Disposition, Verdict, type Review } from '../../../protos/generated/asterism/v1/specialist.js';
import { isEmergency } from '../../call/disposition.js';
import type { Decision } from '../../consultation/merge.js';
import type { Stimulus } from '../primary-agent.js';
import { actsIn, type DialogueAct } from '../understanding/dialogue-acts.js';
import { plainText, plainWords } from '../understanding/plain-words.js';
import { separateQuestions } from '../understanding/questions.js';
import { hearAside } from './asides.js';
import { connectInCrisis, continueEmergency, transferUrgently } from './emergencies.js';
import { noteAnsweredAhead, respectAttitude, takeUpOwnQuestion } from './checklist-marks.js';
import { clarify, goOn, pendingEntry, proceed, resume, sayWhatIsOwed, take } from './flow.js';
import { leaving, respondFirmly, respondSoftly } from './general-acts.js';
import type { Answer } from './items/item-handler.js';
import { passOn } from './patient-questions.js';
import {
  askForSpecialist,
  escalate,
  leavesProtocol,
  mostSpecialistQuestions,
  sayHint,
  sayWordings,
  standsDown,
  wordingsToSay,
} from './reviews.js';
import { amendsLast, noteVolunteered } from './second-thoughts.js';
import { lastOwnTurnId, type Turn } from './turn.js';
import { askedInstead, spokenMeanwhile, wasHeard } from './what-was-heard.js';

/**
 * Whose questions are asked before identity is established: they hold nothing of the chart, and the
 * second look of the privacy specialist still stands before the sentence.
 */
const asksBeforeIdentity: ReadonlySet<string> = new Set(['privacy-compliance', 'escalation']);

type Heard = Extract<Stimulus, { kind: 'heard' }>;

/**
 * The agent's answer to what the patient said. In order: an emergency, requests that end or hand over
 * the call, a specialist's question, what stands aside, other requests, and then the pending question.
 */
export function hear(turn: Turn, { utterance, decision }: Heard): void {
  const text = utterance.text.trim();
  const { winning } = decision;
  turn.position = { ...turn.position, silences: 0 };
  const escalates = winning !== undefined && leavesProtocol(decision);
  if (turn.position.aside?.kind === 'emergency') {
    const said = decision.reviews.find(({ specialist }) => specialist === 'escalation');
    if (said?.verdict === Verdict.ASK && !leavesProtocol(decision)) {
      // "No, that was last year": whether it is an emergency at all is the specialist's question.
      askForSpecialist(turn, said, '', []);
      return;
    }
    if (said && standsDown(said) && !isEmergency(winning?.disposition ?? Disposition.NONE)) {
      turn.position = { ...turn.position, aside: undefined };
      transferUrgently(turn, said.say);
      return;
    }
    continueEmergency(
      turn,
      text,
      escalates && winning.disposition === Disposition.CALL_911 ? winning.say : '',
    );
    return;
  }
  if (escalates && escalate(turn, winning)) return;
  if (turn.position.aside?.kind === 'crisis') {
    connectInCrisis(turn);
    return;
  }
  if (text === '') {
    notHeard(turn);
    return;
  }
  const acts = actsIn(text);
  const ends = acts.filter((act) => leaving.has(act));
  if (
    turn.position.aside?.kind !== 'fetch-person' &&
    respondFirmly(turn, ends, text, wordingsOfThisTurn(decision))
  )
    return;
  if (winning?.verdict === Verdict.ASK && (turn.verified || asksBeforeIdentity.has(winning.specialist))) {
    const { aside } = turn.position;
    const asked = aside?.kind === 'specialist-question' ? aside.asked : 0;
    if (decision.followUps.includes(winning)) {
      askLate(turn, { utterance, decision }, winning);
      return;
    }
    if (asked < mostSpecialistQuestions) {
      askForSpecialist(turn, winning, text, wordingsToSay(decision));
      return;
    }
    turn.addTask(
      `${winning.specialist} could not clear up in three questions: ${winning.reason}`,
      Disposition.SAME_DAY,
    );
    sayWordings(turn, wordingsToSay(decision));
    // Who is speaking is still the first thing to find out.
    if (turn.verified) leavePending(turn);
    else resume(turn);
    return;
  }
  const answer: Answer = {
    text,
    statement: separateQuestions(text).statement,
    utterance,
    reviews: decision.reviews,
  };
  const asideHandled = turn.position.aside ? hearAside(turn, answer, acts, decision) : false;
  if (asideHandled) return;
  if (respondFirmly(turn, acts, text, wordingsToSay(decision))) return;
  answerPending(turn, answer, acts, decision);
}

/** Who leaves, or is not the patient, is not told what came too late for an earlier turn. */
function wordingsOfThisTurn(decision: Decision): readonly Review[] {
  return wordingsToSay(decision).filter((wording) => !decision.followUps.includes(wording));
}

/** A question that long work came to has nothing to do with these words: they are taken first, then it is asked. */
function askLate(
  turn: Turn,
  { utterance, decision }: Pick<Heard, 'utterance' | 'decision'>,
  question: Review,
): void {
  const text = utterance.text.trim();
  const { statement } = separateQuestions(text);
  const taken = turn.position.aside
    ? { kind: 'not-understood' as const }
    : take(turn, { text, statement, utterance, reviews: decision.reviews });
  if (taken.kind === 'ended') return;
  if (taken.kind === 'next')
    turn.position = { ...turn.position, pending: { ...turn.position.pending, step: taken.step } };
  sayWordings(turn, wordingsToSay(decision));
  askForSpecialist(turn, question, taken.kind === 'not-understood' ? text : '', []);
}

/** The protocol's question and everything else in the utterance. */
function answerPending(turn: Turn, answer: Answer, acts: readonly DialogueAct[], decision: Decision): void {
  const wordings = wordingsToSay(decision);
  turn.specialistSpeaks = wordings.length > 0;
  const question = separateQuestions(answer.text).question;
  if (amendsLast(turn, answer)) {
    sayWordings(turn, wordings);
    resume(turn, { bridge: false });
    return;
  }
  const waited = turn.position.waiting;
  turn.position = { ...turn.position, waiting: false };
  if (waited && isBack.test(plainText(answer.text)) && wordings.length === 0) {
    sayWhatIsOwed(turn);
    resume(turn, { bridge: false });
    return;
  }
  // Any words answer an open question, so short requests come before it.
  const open = turn.position.listening.awaited === AwaitedAnswer.OPEN && plainWords(answer.text).length <= 8;
  if (
    open &&
    wordings.length === 0 &&
    respondSoftly(
      turn,
      acts.filter((act) => act === 'wait' || act === 'skip'),
      answer.text,
    )
  )
    return;
  takeUpOwnQuestion(turn);
  const { pending } = turn.position;
  const heard = wasHeard(turn.context.state, pending.turnId, pending.question);
  const asked =
    heard === 'heard' ||
    heard === 'unknown' ||
    (heard === 'withheld' && askedInstead(turn.context.state, pending.turnId));
  if (asked && wordings.length === 0 && respectAttitude(turn, answer)) return;
  const taken = asked ? take(turn, answer) : { kind: 'not-understood' as const };
  if (taken.kind === 'ended') return;
  if (taken.kind !== 'not-understood') {
    noteVolunteered(turn, answer);
    noteAnsweredAhead(turn, answer);
    finishAnswer(turn, question, wordings, decision);
    proceed(turn, taken);
    return;
  }
  if (wordings.length > 0) {
    sayWordings(turn, wordings);
    sayWhatIsOwed(turn);
    resume(turn);
    return;
  }
  if (heard === 'withheld') {
    // A specialist stopped the question itself: asking it again would be stopped again.
    turn.addTask(
      `ask about ${pendingEntry(turn)?.handler.topic ?? 'the last item'}: the question was stopped`,
      Disposition.WITHIN_DAYS,
    );
    leavePending(turn);
    return;
  }
  if (respondSoftly(turn, acts, answer.text)) return;
  if (question !== '' && question === answer.text) {
    if (!sayHint(turn, decision)) passOn(turn, question);
    sayWhatIsOwed(turn);
    resume(turn);
    return;
  }
  const meanwhile = spokenMeanwhile(turn.context.state, lastOwnTurnId(turn), turn.context.turnId);
  if (heard === 'unheard' || meanwhile || acts.includes('backchannel')) {
    sayWhatIsOwed(turn);
    resume(turn, { bridge: turn.verified });
    return;
  }
  clarify(turn, 'notUnderstood');
}

/** "Okay, I have it. Go ahead." after "Hold on." */
const isBack =
  /^(?:(?:ok|okay|alright|all right|yes|so|now|thank you|sorry|i am|i have|i got|got|found|it|them|go|ahead|back|ready|here|now|you can|continue|about that|for waiting|my|glasses|pencil|paper|list|bottles|pills) ?)+$/;

/** After an answer: what specialists want said, questions that nobody answered, hints, what is owed. */
function finishAnswer(turn: Turn, question: string, wordings: readonly Review[], decision: Decision): void {
  sayWordings(turn, wordings);
  const hinted = sayHint(turn, decision);
  if (question !== '' && wordings.length === 0 && !hinted) passOn(turn, question);
  sayWhatIsOwed(turn);
}

function notHeard(turn: Turn): void {
  const { pending, aside } = turn.position;
  if (aside || pending.itemId === '') {
    turn.say('notHeard');
    turn.speak([turn.position.said.at(-1) ?? pending.question].filter((text) => text !== ''));
    return;
  }
  turn.say('notHeard');
  resume(turn, { bridge: false });
}

function leavePending(turn: Turn): void {
  const entry = pendingEntry(turn);
  turn.position = { ...turn.position, aside: undefined };
  if (!entry) {
    goOn(turn);
    return;
  }
  const taken = entry.handler.leave(turn, turn.position.pending.step, 'not-understood');
  if (taken.kind !== 'not-understood') proceed(turn, taken);
}
