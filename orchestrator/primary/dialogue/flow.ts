import type { Protocol } from '../../../clinical-kb/protocols/schema.js';
import { Disposition, Verification } from '../../../protos/generated/asterism/v1/specialist.js';
import { agendaOf, isClosed, nextEntry, type AgendaEntry } from './agenda.js';
import { IDENTITY, identity } from './items/identity.js';
import { RECORDING_CONSENT } from './items/recording-consent.js';
import type { Answer, Taken } from './items/item-handler.js';
import { close } from './leave-taking.js';
import { wasHeard, wasHeardAtAll } from './what-was-heard.js';
import type { Turn } from './turn.js';

/** The item that says that the purpose of the call was told. */
const PURPOSE = 'purpose';

/** The entry whose answer is awaited; undefined before the first question. */
export function pendingEntry(turn: Turn): AgendaEntry | undefined {
  const { itemId } = turn.position.pending;
  return agendaOf(turn.context.protocol, turn.context.patient).find((entry) => entry.itemId === itemId);
}

/** Asks what comes next, or closes the call. Nothing of the protocol is reached before identity is established. */
export function goOn(turn: Turn): void {
  const { protocol, patient } = turn.context;
  const agenda = agendaOf(protocol, patient);
  const reachable = turn.verified ? agenda : agenda.filter(({ itemId }) => beforeIdentity.has(itemId));
  const entry = nextEntry(reachable, (itemId) => turn.item(itemId));
  if (!entry) {
    if (turn.verified) close(turn, protocol.closing);
    else identity.ask(turn, identity.firstStep, false);
    return;
  }
  if (turn.verified && turn.position.pending.itemId === IDENTITY) welcome(turn, protocol);
  entry.handler.ask(turn, entry.handler.firstStep, false);
}

const beforeIdentity: ReadonlySet<string> = new Set([RECORDING_CONSENT, IDENTITY]);

/** The first words that may be about health: why the call is made. */
function welcome(turn: Turn, protocol: Protocol): void {
  turn.say('verified');
  if (turn.item(PURPOSE) !== undefined) return;
  turn.sayWords('purpose', protocol.purpose);
  turn.say('howLong');
  turn.change(PURPOSE, 'done', { told: true });
}

/** Returns to the pending question, or to the next one when it was answered meanwhile. */
export function resume(turn: Turn, options: { readonly bridge: boolean } = { bridge: true }): void {
  const entry = pendingEntry(turn);
  turn.position = { ...turn.position, aside: undefined };
  const allowed = entry !== undefined && (turn.verified || beforeIdentity.has(entry.itemId));
  if (!entry || !allowed || isClosed(turn.item(entry.itemId))) {
    goOn(turn);
    return;
  }
  if (options.bridge) turn.say('bridge', { topic: entry.handler.topic });
  entry.handler.ask(turn, turn.position.pending.step, true);
}

/** Offers the utterance to the pending item. */
export function take(turn: Turn, answer: Answer): Taken {
  const entry = pendingEntry(turn);
  if (!entry || isClosed(turn.item(entry.itemId))) return { kind: 'not-understood' };
  return entry.handler.take(turn, turn.position.pending.step, answer);
}

/** What follows from an answer that was taken. */
export function proceed(turn: Turn, taken: Exclude<Taken, { kind: 'not-understood' }>): void {
  const entry = pendingEntry(turn);
  turn.position = { ...turn.position, repeats: 0, waiting: false };
  switch (taken.kind) {
    case 'done':
      if (entry) turn.position = { ...turn.position, lastItemId: entry.itemId };
      goOn(turn);
      return;
    case 'next':
      entry?.handler.ask(turn, taken.step, false);
      return;
    case 'ended':
      return;
  }
}

/** Asks again in other words, more specifically the second time; then leaves the item to a nurse. */
export function clarify(turn: Turn, lead: 'notUnderstood' | 'rephrase' | 'notHeard'): void {
  const entry = pendingEntry(turn);
  if (!entry) {
    goOn(turn);
    return;
  }
  const { step, attempts } = turn.position.pending;
  if (attempts >= 2) {
    const taken = entry.handler.leave(turn, step, 'not-understood');
    if (taken.kind !== 'not-understood') proceed(turn, taken);
    return;
  }
  turn.say(lead);
  const words = entry.handler.clarify(turn, step, attempts === 0 ? 1 : 2);
  turn.ask(entry.itemId, step, words, turn.position.listening);
  turn.position = { ...turn.position, pending: { ...turn.position.pending, attempts: attempts + 1 } };
}

/**
 * The patient wants to come back to the pending item later: it is asked once more when everything else is
 * through. Put off a second time, it goes to a nurse.
 */
export function postpone(turn: Turn): void {
  const entry = pendingEntry(turn);
  if (!entry) return;
  const before = turn.item(entry.itemId)?.value ?? {};
  if (before['postponed'] === true) {
    turn.change(entry.itemId, 'deferred', before);
    turn.addTask(`ask about ${entry.handler.topic}: the patient put it off twice`, Disposition.WITHIN_DAYS);
    turn.say('moveOn');
  } else {
    turn.change(entry.itemId, 'postponed', { ...before, postponed: true });
    turn.say('postponed');
  }
  proceed(turn, { kind: 'done' });
}

/** Says again what the patient must hear whole and did not. */
export function sayWhatIsOwed(turn: Turn): void {
  if (!turn.verified) return;
  const mostTimes = 2;
  const owed = turn.position.owed.filter(({ text, turnId, times }) => {
    if (turnId === turn.context.turnId) return false;
    if (turnId === '') return true;
    return (
      times <= mostTimes &&
      wasHeard(turn.context.state, turnId, text) === 'unheard' &&
      !wasHeardAtAll(turn.context.state, text)
    );
  });
  const kept = turn.position.owed.filter(({ turnId }) => turnId === turn.context.turnId);
  turn.position = { ...turn.position, owed: kept };
  if (owed.length === 0) return;
  if (owed.some(({ turnId }) => turnId !== '')) turn.say('asIWasSaying');
  for (const { text, times } of owed) {
    turn.speakExactly(text, { interruptible: true, mustHear: false });
    turn.owe(text, turn.context.turnId, times + 1);
  }
}

/** Another person took the telephone: leave to record and identity start again. */
export function forgetIdentity(turn: Turn, reason: string): void {
  if (turn.verified) turn.verify(Verification.UNVERIFIED, reason);
  turn.change(IDENTITY, 'open');
  turn.change(RECORDING_CONSENT, 'open');
  if (turn.context.state.recordingConsented) turn.consent(false);
  turn.position = {
    ...turn.position,
    pending: { itemId: IDENTITY, step: identity.firstStep, attempts: 0, question: '', turnId: '' },
    lastItemId: '',
    identity: { failures: turn.position.identity.failures, given: false, family: false, otherName: false },
  };
}
