import type { Review } from '../../../protos/generated/asterism/v1/specialist.js';
import { agendaOf, isClosed } from './agenda.js';
import { postpone } from './flow.js';
import { skip } from './general-acts.js';
import { follow, type Answer } from './items/item-handler.js';
import { lastOwnTurnId, type Turn } from './turn.js';

const CHECKLIST = 'checklist';

interface Mark {
  readonly itemId: string;
  readonly mark: string;
  /** yes, no, or empty. */
  readonly answer: string;
}

/** What the checklist specialist heard in this utterance, by item. */
function marksIn(reviews: readonly Review[]): readonly Mark[] {
  return reviews
    .filter(({ specialist }) => specialist === CHECKLIST)
    .flatMap(({ facts }) => facts)
    .filter(({ kind }) => kind === CHECKLIST)
    .map(({ subjects: [itemId = '', mark = ''], severity }) => ({ itemId, mark, answer: severity }));
}

/** The patient would rather not talk about the pending item, or not now. @returns true when the turn is complete */
export function respectAttitude(turn: Turn, { reviews }: Answer): boolean {
  if (!turn.verified) return false;
  const { itemId } = turn.position.pending;
  const own = marksIn(reviews).find((mark) => mark.itemId === itemId);
  if (own?.mark === 'refused') skip(turn);
  else if (own?.mark === 'deferred') postpone(turn);
  else return false;
  return true;
}

/**
 * Yes-no items that the patient answered before they were asked are closed, with what follows from the answer,
 * so that nobody is asked what they just said. A word that escalates is the specialists' matter.
 */
export function noteAnsweredAhead(turn: Turn, { reviews, statement }: Answer): void {
  if (!turn.verified) return;
  const { protocol } = turn.context;
  for (const { itemId, mark, answer } of marksIn(reviews)) {
    const item = protocol.items.find(({ id }) => id === itemId);
    if (mark !== 'covered' || item?.kind !== 'yes-no' || (answer !== 'yes' && answer !== 'no')) continue;
    const known = turn.item(itemId);
    if (itemId === turn.position.pending.itemId || isClosed(known) || known?.status === 'partial') continue;
    if (item.on[answer]?.escalate) continue;
    turn.change(itemId, 'done', { answer, volunteered: true, text: statement });
    follow(turn, itemId, { task: item.on[answer]?.task }, () => undefined);
  }
}

/** The checklist held the end of the call back with a question of its own: that is what is pending now. */
export function takeUpOwnQuestion(turn: Turn): void {
  const { state, protocol, patient } = turn.context;
  if (state.questionOf !== CHECKLIST || !turn.verified) return;
  const asked = state.findings.findLast(
    ({ specialist, fact }) => specialist === CHECKLIST && fact.subjects[1] === 'brought-back',
  );
  const entry = agendaOf(protocol, patient).find(({ itemId }) => itemId === asked?.fact.subjects[0]);
  if (!asked || !entry || isClosed(turn.item(entry.itemId))) return;
  const spoken = Object.values(state.sentences).findLast(
    ({ turnId, status }) => turnId === asked.turnId && (status === 'played' || status === 'cut'),
  );
  // Only the turn right after the question answers it.
  if (!spoken || lastOwnTurnId(turn) !== asked.turnId) return;
  turn.position = {
    ...turn.position,
    pending: {
      itemId: entry.itemId,
      step: entry.handler.firstStep,
      attempts: 0,
      question: spoken.text,
      turnId: asked.turnId,
    },
  };
}
