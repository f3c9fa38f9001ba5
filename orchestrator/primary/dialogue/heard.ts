import { AwaitedAnswer } from '../../../protos/generated/asterism/v1/hearing.js';
import { Disposition, Verdict } from '../../../protos/generated/asterism/v1/specialist.js';
import type { Stimulus } from '../primary-agent.js';
import { actsIn, type DialogueAct } from '../understanding/dialogue-acts.js';
import { plainText, plainWords } from '../understanding/plain-words.js';
import { separateQuestions } from '../understanding/questions.js';
import { yesNo } from '../understanding/yes-no.js';
import { agendaOf } from './agenda.js';
import { continueEmergency, destinations } from './emergencies.js';
import { clarify, forgetIdentity, goOn, pendingEntry, proceed, resume, sayWhatIsOwed, take } from './flow.js';
import { askToFetch, leaving, respondFirmly, respondSoftly } from './general-acts.js';
import type { Answer } from './items/item-handler.js';
import { sayGoodbye } from './leave-taking.js';
import {
  askForSpecialist,
  confirmsHeld,
  escalate,
  leavesProtocol,
  mostSpecialistQuestions,
  sayHint,
  sayWordings,
  wordingsToSay,
} from './reviews.js';
import type { Turn } from './turn.js';
import { spokenMeanwhile, wasHeard } from './what-was-heard.js';

type Heard = Extract<Stimulus, { kind: 'heard' }>;

/**
 * The agent's answer to what the patient said. In order: an emergency, requests that end or hand over
 * the call, a specialist's question, what stands aside, other requests, and then the pending question.
 */
export function hear(turn: Turn, { utterance, decision }: Heard): void {
  const text = utterance.text.trim();
  const { winning } = decision;
  if (winning && leavesProtocol(decision) && escalate(turn, winning)) return;
  if (turn.position.aside?.kind === 'emergency') {
    continueEmergency(turn, text);
    return;
  }
  if (text === '') {
    notHeard(turn);
    return;
  }
  const acts = actsIn(text);
  const ends = acts.filter((act) => leaving.has(act));
  if (turn.position.aside?.kind !== 'fetch-person' && respondFirmly(turn, ends, text)) return;
  if (winning?.verdict === Verdict.ASK && (turn.verified || winning.specialist === 'privacy-compliance')) {
    const { aside } = turn.position;
    const asked = aside?.kind === 'specialist-question' ? aside.asked : 0;
    if (asked < mostSpecialistQuestions) {
      askForSpecialist(turn, winning, text, wordingsToSay(decision));
      return;
    }
    turn.addTask(
      `${winning.specialist} could not clear up in three questions: ${winning.reason}`,
      Disposition.SAME_DAY,
    );
    sayWordings(turn, wordingsToSay(decision));
    leavePending(turn);
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
  if (respondFirmly(turn, acts, text)) return;
  answerPending(turn, answer, acts, decision);
}

/** The protocol's question and everything else in the utterance. */
function answerPending(
  turn: Turn,
  answer: Answer,
  acts: readonly DialogueAct[],
  decision: Heard['decision'],
): void {
  const wordings = wordingsToSay(decision);
  turn.specialistSpeaks = wordings.length > 0;
  const question = separateQuestions(answer.text).question;
  if (amendsLast(turn, answer)) {
    sayWordings(turn, wordings);
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
  const { pending } = turn.position;
  const heard = wasHeard(turn.context.state, pending.turnId, pending.question);
  const taken = heard === 'unheard' ? { kind: 'not-understood' as const } : take(turn, answer);
  if (taken.kind === 'ended') return;
  if (taken.kind !== 'not-understood') {
    noteVolunteered(turn, answer);
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
    passOn(turn, question);
    sayWhatIsOwed(turn);
    resume(turn);
    return;
  }
  const meanwhile = spokenMeanwhile(
    turn.context.state,
    turn.context.state.position === undefined ? '' : lastOwnTurn(turn),
    turn.context.turnId,
  );
  if (heard === 'unheard' || meanwhile || acts.includes('backchannel')) {
    sayWhatIsOwed(turn);
    resume(turn, { bridge: turn.verified });
    return;
  }
  clarify(turn, 'notUnderstood');
}

/** After an answer: what specialists want said, questions that nobody answered, hints, what is owed. */
function finishAnswer(
  turn: Turn,
  question: string,
  wordings: ReturnType<typeof wordingsToSay>,
  decision: Heard['decision'],
): void {
  sayWordings(turn, wordings);
  if (question !== '' && wordings.length === 0) passOn(turn, question);
  sayHint(turn, decision);
  sayWhatIsOwed(turn);
}

/** Nobody knows the answer: said plainly, and a nurse gets the question. */
function passOn(turn: Turn, question: string): void {
  if (!turn.verified) {
    turn.say('reasonBeforeIdentity');
    return;
  }
  turn.addTask(`the patient asks: ${question}`, Disposition.WITHIN_DAYS);
  turn.say('unknownQuestion');
}

/** @returns true when the utterance was about what stands aside and the turn is complete */
function hearAside(
  turn: Turn,
  answer: Answer,
  acts: readonly DialogueAct[],
  decision: Heard['decision'],
): boolean {
  const { aside } = turn.position;
  const { text } = answer;
  switch (aside?.kind) {
    case 'presence': {
      turn.position = { ...turn.position, aside: undefined };
      if (
        !/^(?:(?:yes|hello|hi|hey|sorry|i am|still|here|right|oh|i|was|just|thinking|ok|okay|go|ahead|there|you|can|hear|me|what) ?)+$/.test(
          plainText(text),
        )
      )
        return false;
      turn.say('goodYouAreThere');
      resume(turn, { bridge: false });
      return true;
    }
    case 'offer-human': {
      const wanted = yesNo(text, { permission: true });
      if (wanted?.answer === 'yes') {
        turn.say('human');
        turn.transfer(destinations.nurse);
        return true;
      }
      turn.position = { ...turn.position, aside: undefined };
      if (wanted?.answer !== 'no') return false;
      turn.say('offerHumanDeclined');
      resume(turn);
      return true;
    }
    case 'fetch-person':
      hearRelative(turn, text, acts, aside.asked);
      return true;
    case 'person-coming':
      turn.position = { ...turn.position, aside: undefined };
      turn.say('greeting');
      goOn(turn);
      return true;
    case 'specialist-question':
      return hearSpecialistAnswer(turn, answer, acts, decision, aside.held);
    case 'emergency':
    case undefined:
      return false;
  }
}

function hearRelative(turn: Turn, text: string, acts: readonly DialogueAct[], asked: number): void {
  const answer = yesNo(text, { permission: true });
  if (acts.includes('stop-calling')) {
    respondFirmly(turn, ['stop-calling'], text);
  } else if (acts.includes('not-available') || answer?.answer === 'no') {
    turn.position = { ...turn.position, aside: undefined };
    respondFirmly(turn, ['not-available'], text);
  } else if (acts.includes('wait') || answer?.answer === 'yes') {
    turn.say('relativeWait');
    turn.position = { ...turn.position, aside: { kind: 'person-coming' } };
    turn.listenFor({ patience: 3 });
  } else if (asked < 2) askToFetch(turn, asked + 1);
  else {
    forgetIdentity(turn, 'another person is speaking');
    respondFirmly(turn, ['not-available'], text);
  }
}

/** The specialist has what it asked for: what was held counts if it was confirmed; then back to the protocol. */
function hearSpecialistAnswer(
  turn: Turn,
  answer: Answer,
  acts: readonly DialogueAct[],
  decision: Heard['decision'],
  held: string,
): boolean {
  turn.position = { ...turn.position, aside: undefined };
  if (acts.includes('repeat')) return respondFirmly(turn, ['repeat'], answer.text);
  const wordings = wordingsToSay(decision);
  turn.specialistSpeaks = wordings.length > 0;
  const heldAnswer: Answer = {
    ...answer,
    text: held,
    statement: separateQuestions(held).statement,
    reviews: [],
  };
  const taken = held !== '' && confirmsHeld(answer.text) ? take(turn, heldAnswer) : undefined;
  if (taken?.kind === 'ended') return true;
  if (!turn.hasSpoken) turn.say('thanks');
  sayWordings(turn, wordings);
  const question = separateQuestions(held).question;
  if (question !== '' && wordings.length === 0 && confirmsHeld(answer.text)) passOn(turn, question);
  sayHint(turn, decision);
  sayWhatIsOwed(turn);
  if (taken && taken.kind !== 'not-understood') proceed(turn, taken);
  else resume(turn);
  return true;
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

const correction =
  /^(?:(?:no|oh|wait|sorry|actually|hold on|and|um|well|i am) )*(?:i (?:meant|mean|misspoke|was wrong|made a mistake|said it wrong)|it was|it is|make that|correction|let me correct|that was wrong|(?:sorry|actually|wait) )/;

/** "No, I meant one eighty-seven": about the item before this one. */
function amendsLast(turn: Turn, answer: Answer): boolean {
  const { lastItemId, pending } = turn.position;
  if (
    lastItemId === '' ||
    lastItemId === pending.itemId ||
    !correction.test(`${plainText(answer.statement)} `)
  )
    return false;
  const { protocol, patient } = turn.context;
  const last = agendaOf(protocol, patient).find(({ itemId }) => itemId === lastItemId);
  return last?.handler.amend?.(turn, answer) ?? false;
}

/** A weight said in passing is kept, to be confirmed when its turn comes. */
function noteVolunteered(turn: Turn, answer: Answer): void {
  if (!turn.verified) return;
  const { protocol, patient } = turn.context;
  const item = protocol.items.find(({ kind }) => kind === 'number');
  if (!item || item.id === turn.position.pending.itemId || turn.item(item.id) !== undefined) return;
  const entity = answer.reviews
    .flatMap(({ entities }) => entities)
    .find(
      ({ kind, name, value, unit, negated, experiencer, confidence }) =>
        kind === 'vital' &&
        /body weight|^weight$/i.test(name) &&
        value !== undefined &&
        /^(?:\[lb_av\]|lb)$/.test(unit) &&
        !negated &&
        /^(?:patient)?$/.test(experiencer) &&
        confidence >= 0.6,
    );
  const known = agendaOf(protocol, patient).some(({ itemId }) => itemId === item.id);
  if (entity?.value !== undefined && known)
    turn.change(item.id, 'partial', { pounds: entity.value, volunteered: true });
}

function lastOwnTurn(turn: Turn): string {
  const turnId = turn.context.state.position?.['turnId'];
  return typeof turnId === 'string' ? turnId : '';
}
