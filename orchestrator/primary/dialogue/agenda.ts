import type { Protocol, ProtocolItem } from '../../../clinical-kb/protocols/schema.js';
import type { Patient } from '../../../protos/generated/asterism/v1/patient.js';
import type { ItemState } from '../../call/state.js';
import { appointmentItem } from './items/appointment.js';
import { IDENTITY, identity } from './items/identity.js';
import type { ItemHandler } from './items/item-handler.js';
import { medicineItem } from './items/medicines.js';
import { numberItem } from './items/number.js';
import { openItem } from './items/open.js';
import { questionsItem } from './items/questions.js';
import { RECORDING_CONSENT, recordingConsent } from './items/recording-consent.js';
import { teachBackItem } from './items/teach-back.js';
import { yesNoItem } from './items/yes-no.js';

/** One thing to ask in this call. */
export interface AgendaEntry {
  readonly itemId: string;
  readonly handler: ItemHandler;
  readonly when: ProtocolItem['when'];
  /** Whether a call that ends without it has left something out. */
  readonly required: boolean;
}

/** Everything to ask, in order: consent, identity, then the protocol's items with one entry per medicine. */
export function agendaOf(protocol: Protocol, patient: Patient): readonly AgendaEntry[] {
  return [
    { itemId: RECORDING_CONSENT, handler: recordingConsent, when: undefined, required: false },
    { itemId: IDENTITY, handler: identity, when: undefined, required: false },
    ...protocol.items.flatMap((item) => entriesOf(item, patient)),
  ];
}

function entriesOf(item: ProtocolItem, patient: Patient): readonly AgendaEntry[] {
  const entry = (handler: ItemHandler): readonly AgendaEntry[] => [
    { itemId: item.id, handler, when: item.when, required: item.required },
  ];
  switch (item.kind) {
    case 'open':
      return entry(openItem(item));
    case 'yes-no':
      return entry(yesNoItem(item));
    case 'number':
      return entry(numberItem(item));
    case 'medicines':
      return patient.medications.map((medication, index) => {
        const itemId = medicineItemId(medication.name);
        const handler = medicineItem(item, medication, itemId, index === 0);
        return { itemId, handler, when: item.when, required: item.required };
      });
    case 'appointment':
      return entry(appointmentItem(item, patient));
    case 'teach-back':
      return entry(teachBackItem(item));
    case 'questions':
      return entry(questionsItem(item));
  }
}

/** The identifier of the item about one medicine, for example medicine:furosemide. */
export function medicineItemId(name: string): string {
  return `medicine:${name.toLowerCase()}`;
}

const closed: ReadonlySet<ItemState['status']> = new Set(['done', 'refused', 'unconfirmed', 'deferred']);

export function isClosed(item: ItemState | undefined): boolean {
  return item !== undefined && closed.has(item.status);
}

/** The next entry that is not answered and whose condition holds, those put off last; undefined at the end. */
export function nextEntry(
  agenda: readonly AgendaEntry[],
  itemOf: (itemId: string) => ItemState | undefined,
): AgendaEntry | undefined {
  const open = agenda.filter((entry) => applies(entry, itemOf) && !isClosed(itemOf(entry.itemId)));
  return open.find(({ itemId }) => itemOf(itemId)?.status !== 'postponed') ?? open[0];
}

/** Whether an entry belongs into this call: it has no condition, or an earlier answer meets it. */
export function applies(
  { when }: Pick<AgendaEntry, 'when'>,
  itemOf: (itemId: string) => ItemState | undefined,
): boolean {
  return when === undefined || itemOf(when.item)?.value['answer'] === when.is;
}
