import type { Protocol, ProtocolItem } from '../../clinical-kb/protocols/schema.js';
import type { Patient } from '../../protos/generated/asterism/v1/patient.js';
import type { ChecklistItem } from '../../protos/generated/asterism/v1/specialist.js';
import { medicineOf, protocolItem } from './guide.js';

const lead = 'Before we finish, there is one more thing.';

/** The item's own question, in the protocol's approved words where they need nothing that is not known here. */
export function bringBack(
  protocol: Protocol,
  { itemId, topic }: ChecklistItem,
  patient: Patient | undefined,
): string {
  const item = protocolItem(protocol, itemId);
  const medicine = medicineOf(itemId);
  const slots: Readonly<Record<string, string>> = medicine === undefined ? {} : slotsOf(medicine, patient);
  const question = item
    ? wordingsOf(item)
        .map((wording) => fill(wording, slots))
        .find((one) => one !== undefined)
    : undefined;
  return `${lead} ${question ?? `Can we talk about ${topic}?`}`;
}

function wordingsOf(item: ProtocolItem): readonly string[] {
  const without = item.kind === 'appointment' ? [...item.ask, ...item.askWithout] : item.ask;
  return [...(item.askOnReturn ?? []), ...without, ...item.clarify];
}

function slotsOf(medicine: string, patient: Patient | undefined): Readonly<Record<string, string>> {
  const charted = patient?.medications.find(({ name }) => name.toLowerCase() === medicine);
  return {
    medicine: charted?.name ?? medicine,
    ...(charted !== undefined && charted.purpose !== '' ? { purpose: charted.purpose } : {}),
  };
}

/** @returns undefined when a slot is not known */
function fill(wording: string, slots: Readonly<Record<string, string>>): string | undefined {
  const names = [...wording.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
  if (names.some((name) => slots[name] === undefined)) return undefined;
  return wording.replace(/\{(\w+)\}/g, (_, name: string) => slots[name] ?? '');
}
