import { plainText } from '../understanding/plain-words.js';
import { agendaOf } from './agenda.js';
import type { Answer } from './items/item-handler.js';
import type { Turn } from './turn.js';

const correction =
  /^(?:(?:no|oh|wait|sorry|actually|hold on|and|um|well|i am) )*(?:i (?:meant|mean|misspoke|was wrong|made a mistake|said it wrong)|it was|it is|make that|correction|let me correct|that was wrong|(?:sorry|actually|wait) )/;

/** "No, I meant one eighty-seven": about the item before this one. */
export function amendsLast(turn: Turn, answer: Answer): boolean {
  const { lastItemId, pending } = turn.position;
  if (
    !turn.verified ||
    lastItemId === '' ||
    lastItemId === pending.itemId ||
    !correction.test(`${plainText(answer.statement)} `)
  )
    return false;
  const { protocol, patient } = turn.context;
  const last = agendaOf(protocol, patient).find(({ itemId }) => itemId === lastItemId);
  return last?.handler.amend?.(turn, answer) ?? false;
}

/** A weight said in passing is kept: confirmed when its turn comes, or taken when there was none before. */
export function noteVolunteered(turn: Turn, answer: Answer): void {
  if (!turn.verified) return;
  const { protocol, patient } = turn.context;
  const item = protocol.items.find(({ kind }) => kind === 'number');
  const before = item ? turn.item(item.id) : undefined;
  const hadNone = before?.value['answer'] === 'none';
  if (!item || item.id === turn.position.pending.itemId || (before !== undefined && !hadNone)) return;
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
  if (entity?.value === undefined || !known) return;
  const value = { pounds: entity.value, volunteered: true };
  if (hadNone) turn.change(item.id, 'done', { ...value, answer: 'measured' });
  else turn.change(item.id, 'partial', value);
}
