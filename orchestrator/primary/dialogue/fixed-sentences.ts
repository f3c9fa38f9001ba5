import { loadWording } from '../../../clinical-kb/protocols/load.js';
import type { Consequence, Protocol, ProtocolItem } from '../../../clinical-kb/protocols/schema.js';
import type { Wording } from '../../../clinical-kb/protocols/wording-schema.js';
import type { Medication, Patient } from '../../../protos/generated/asterism/v1/patient.js';
import { fill, sentencesOf, slotsIn, type Slots } from './phrasing.js';
import { slotsFor, type CallingFor } from './slots.js';
import { dateInWords, doseInWords } from './spoken-forms.js';

export interface FixedSentencesOptions extends CallingFor {
  readonly wording?: Wording;
  /** Day of the call; today when left out. */
  readonly now?: Date;
}

/**
 * Every sentence of a protocol that is known before the call, in about the order in which it may be
 * needed, for synthesis ahead of time. Without a patient: the ones that are the same for everybody.
 */
export function fixedSentences(
  protocol: Protocol,
  patient?: Patient,
  options: FixedSentencesOptions = {},
): readonly string[] {
  const wording = options.wording ?? loadWording();
  const slots = slotsFor(options, patient, options.now ?? new Date());
  const { greeting, consentAsk, ...phrases } = wording.phrases;
  const { bridge, ...others } = phrases;
  const texts: [readonly string[], Slots][] = [
    [greeting, slots],
    [consentAsk, slots],
    ...Object.values(others).map((variants): [readonly string[], Slots] => [variants, slots]),
    [protocol.purpose, slots],
    ...protocol.items.flatMap((item) => textsOfItem(item, bridge, patient, slots)),
    ...Object.values(protocol.closing).map((variants): [readonly string[], Slots] => [variants, slots]),
  ];
  return [...new Set(texts.flatMap(([variants, known]) => variants.flatMap((text) => filled(text, known))))];
}

/** The sentences of a text whose slots are all known. */
function filled(text: string, slots: Slots): readonly string[] {
  return sentencesOf(text)
    .filter((sentence) => slotsIn(sentence).every((slot) => (slots[slot] ?? '') !== ''))
    .map((sentence) => fill(sentence, slots));
}

function textsOfItem(
  item: ProtocolItem,
  bridge: readonly string[],
  patient: Patient | undefined,
  slots: Slots,
): readonly [readonly string[], Slots][] {
  if (item.kind === 'medicines') {
    return (patient?.medications ?? []).flatMap((medication) => {
      const known = { ...slots, ...medicineSlots(medication), topic: `your ${medication.name}` };
      return [...textsOfKind(item), bridge].map((variants): [readonly string[], Slots] => [variants, known]);
    });
  }
  const next = item.kind === 'appointment' ? patient?.appointments[0] : undefined;
  const known: Slots = {
    ...slots,
    topic: item.topic,
    ...(next
      ? {
          appointmentWith: next.with,
          appointmentWhen: dateInWords(next.start),
          appointmentPlace: next.place,
        }
      : {}),
  };
  return [...textsOfKind(item), bridge].map((variants): [readonly string[], Slots] => [variants, known]);
}

function textsOfKind(item: ProtocolItem): readonly (readonly string[])[] {
  const common = [item.ask, item.askOnReturn ?? [], item.clarify];
  switch (item.kind) {
    case 'open':
      return [...common, ...said(item.then)];
    case 'yes-no':
      return [...common, ...said(item.on.yes), ...said(item.on.no), ...said(item.on.unsure)];
    case 'number':
      return [...common, ...said(item.none)];
    case 'medicines':
      return [
        item.intro,
        ...common,
        item.how,
        [item.howClarify],
        item.matches,
        item.problems,
        [item.problemsClarify],
        item.problemsDetail,
        item.whyNot,
        ...said(item.differs),
        ...said(item.onProblems),
        ...said(item.onNotTaking),
        ...said(item.onUnsure),
      ];
    case 'appointment':
      return [
        ...common,
        item.askWithout,
        item.transport,
        [item.transportClarify],
        ...said(item.onUnknown),
        ...said(item.onNoTransport),
        ...said(item.onNone),
      ];
    case 'teach-back':
      return [
        item.teach,
        ...common,
        item.missing,
        item.askAgain,
        item.complete,
        item.concepts.map(({ explain }) => explain),
        ...said(item.incomplete),
      ];
    case 'questions':
      return [...common, item.more];
  }
}

function said(consequence: Consequence | undefined): readonly (readonly string[])[] {
  return [consequence?.say ?? [], consequence?.escalate ? [consequence.escalate.say] : []];
}

function medicineSlots(medication: Medication): Slots {
  return {
    medicine: medication.name,
    purpose: medication.purpose,
    dose: doseInWords(medication.dose),
    frequency: medication.frequency,
  };
}
