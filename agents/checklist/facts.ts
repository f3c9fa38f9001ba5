import type { Protocol } from '../../clinical-kb/protocols/schema.js';
import type { Fact } from '../../protos/generated/asterism/v1/specialist.js';

/** What an utterance did to an item; brought-back when the checklist itself asked for it before the end. */
export type Mark = 'covered' | 'partial' | 'refused' | 'deferred' | 'brought-back';

/** A mark on one item. */
export interface Marked {
  readonly itemId: string;
  readonly topic: string;
  readonly mark: Mark;
  /** Where the answer is yes or no. */
  readonly answer?: 'yes' | 'no';
  /** What is missing, for a partial answer. */
  readonly missing?: string;
}

/** @param turnId the turn that is the evidence */
export function checklistFact(protocol: Protocol, turnId: string, marked: Marked): Fact {
  const { itemId, topic, mark, answer = '', missing } = marked;
  return {
    kind: 'checklist',
    subjects: [itemId, mark],
    severity: answer,
    text: `Turn ${turnId}: ${sentenceOf[mark](topic, answer)}${missing === undefined ? '' : `; missing: ${missing}`}.`,
    citation: `${protocol.title}, version ${protocol.version}`,
  };
}

const sentenceOf: Readonly<Record<Mark, (topic: string, answer: string) => string>> = {
  covered: (topic, answer) => `answered about ${topic}${answer === '' ? '' : ` (${answer})`}`,
  partial: (topic) => `answered in part about ${topic}`,
  refused: (topic) => `does not want to talk about ${topic}`,
  deferred: (topic) => `wants to come back to ${topic} later in the call`,
  'brought-back': (topic) => `asked once more about ${topic} before the end of the call`,
};

/** The items that earlier reviews marked so, from the call's findings. */
export function markedItems(findings: readonly Fact[], mark: Mark): ReadonlySet<string> {
  return new Set(
    findings.flatMap(({ kind, subjects: [itemId, marked] }) =>
      kind === 'checklist' && itemId !== undefined && marked === mark ? [itemId] : [],
    ),
  );
}
