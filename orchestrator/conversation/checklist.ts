import type { Protocol } from '../../clinical-kb/protocols/schema.js';
import type { Patient } from '../../protos/generated/asterism/v1/patient.js';
import {
  Disposition,
  ItemProgress,
  Verification,
  type ChecklistItem,
} from '../../protos/generated/asterism/v1/specialist.js';
import type { CallEvent, ItemStatus } from '../call/events.js';
import type { CallState } from '../call/state.js';
import { agendaOf, applies } from '../primary/dialogue/agenda.js';

/** Whose call it is, and what it follows. */
export interface CallSubject {
  readonly patient: Patient;
  /** Undefined when the call's protocol is not loaded. */
  readonly protocol: Protocol | undefined;
}

const CHECKLIST = 'checklist';

/**
 * The items of the care protocol that apply to this call, in order, as they stand. What the checklist
 * specialist heard counts where the dialogue has no answer of its own.
 * A call whose protocol is not loaded has none.
 */
export function checklistOf(state: CallState, { protocol, patient }: CallSubject): readonly ChecklistItem[] {
  if (!protocol) return [];
  const own = new Set(protocol.items.map(({ id }) => id));
  return agendaOf(protocol, patient)
    .filter(
      (entry) =>
        (own.has(entry.itemId) || isMedicine(entry.itemId)) &&
        applies(entry, (itemId) => state.items[itemId]),
    )
    .map(({ itemId, handler, required }) => {
      const item = state.items[itemId];
      // A half-taken answer may wait for its read-back, so there the dialogue knows better.
      const heard = waits.has(item?.status ?? 'open') ? heardOf(state, itemId) : undefined;
      return {
        itemId,
        topic: handler.topic,
        progress: heard?.progress ?? progressOf[item?.status ?? 'open'],
        evidenceTurnIds: [...new Set([...(item?.evidence ?? []), ...(heard ? [heard.turnId] : [])])],
        required,
      };
    });
}

/**
 * What the call left out: required items that are neither answered nor refused nor with a nurse. None when
 * the protocol did not begin, because identity was never established.
 */
export function omissionsOf(state: CallState, subject: CallSubject): readonly ChecklistItem[] {
  const items = checklistOf(state, subject);
  const begun =
    state.verification === Verification.VERIFIED ||
    items.some(({ progress }) => progress !== ItemProgress.OPEN);
  if (!begun) return [];
  return items.filter(({ required, progress }) => required && !settled.has(progress));
}

/**
 * What the end of a call leaves in the log about them: the omissions, and one task for a nurse. Who does not
 * want these calls is not called about them.
 */
export function omissionEvents(state: CallState, subject: CallSubject): readonly CallEvent[] {
  const omissions = omissionsOf(state, subject);
  if (omissions.length === 0) return [];
  const items = omissions.map(({ itemId, topic, progress }) => ({ itemId, topic, progress }));
  const noted: CallEvent = { type: 'omissions-noted', items };
  if (state.closing?.reason === 'opted-out') return [noted];
  const turnId = state.transcript.at(-1)?.turnId ?? '0';
  const reason = `not covered in this call: ${items.map(({ topic }) => topic).join(', ')}`;
  return [noted, { type: 'nurse-task-added', turnId, reason, disposition: Disposition.WITHIN_DAYS }];
}

const progressOf: Readonly<Record<ItemStatus, ItemProgress>> = {
  open: ItemProgress.OPEN,
  asked: ItemProgress.ASKED,
  partial: ItemProgress.PARTIAL,
  postponed: ItemProgress.DEFERRED,
  done: ItemProgress.COVERED,
  refused: ItemProgress.REFUSED,
  unconfirmed: ItemProgress.WITH_NURSE,
  deferred: ItemProgress.WITH_NURSE,
};

const settled: ReadonlySet<ItemProgress> = new Set([
  ItemProgress.COVERED,
  ItemProgress.REFUSED,
  ItemProgress.WITH_NURSE,
]);

const waits: ReadonlySet<ItemStatus> = new Set(['open', 'asked', 'postponed']);

function isMedicine(itemId: string): boolean {
  return itemId.startsWith('medicine:');
}

/** What the checklist specialist heard last of an item, when that settles it. */
function heardOf(
  { findings }: CallState,
  itemId: string,
): { readonly progress: ItemProgress; readonly turnId: string } | undefined {
  const found = findings.findLast(
    ({ specialist, fact: { kind, subjects } }) =>
      specialist === CHECKLIST &&
      kind === CHECKLIST &&
      subjects[0] === itemId &&
      subjects[1] !== 'brought-back',
  );
  switch (found?.fact.subjects[1]) {
    case 'covered':
      return { progress: ItemProgress.COVERED, turnId: found.turnId };
    case 'refused':
      return { progress: ItemProgress.REFUSED, turnId: found.turnId };
    default:
      return undefined;
  }
}
