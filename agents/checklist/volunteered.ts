import type { ChecklistItem } from '../../protos/generated/asterism/v1/specialist.js';
import type { Utterance } from '../../protos/generated/asterism/v1/hearing.js';
import { assertionOf, type Status } from '../escalation/assertion.js';
import { clausesOf } from '../language/clauses.js';
import type { Reading } from '../language/reading.js';
import { numbersIn } from '../spoken/numbers.js';
import { tokensOf } from '../spoken/tokens.js';
import type { Marked } from './facts.js';
import { medicineOf, protocolItem, type Guide, type Volunteered } from './guide.js';
import { isOpen } from './open-items.js';

const weighs = / (?:i (?:weigh|weighed|am)|(?:my|the) (?:weight|scale)|scale (?:said|says|read)|pounds) /;
const takes =
  / (?:take|takes|taking|took|on|using) (?:[a-z0-9]+ ){0,4}$|^ (?:[a-z0-9]+ ){0,3}(?:once|twice|every|\d+|in the|at) /;

/** What an utterance says to items of the checklist other than the one that was asked. */
export function volunteeredIn(
  guide: Guide,
  checklist: readonly ChecklistItem[],
  askedItemId: string,
  utterance: Utterance,
  reading: Reading,
): readonly Marked[] {
  const others = checklist.filter((item) => item.itemId !== askedItemId && isOpen(item));
  if (others.length === 0) return [];
  const signs = signsIn(guide, reading);
  return others.flatMap(({ itemId, topic }): readonly Marked[] => {
    const answers = signs.get(itemId);
    if (answers !== undefined) {
      const [answer] = answers;
      return answers.size === 1 && answer !== undefined
        ? [{ itemId, topic, mark: 'covered', answer }]
        : [{ itemId, topic, mark: 'partial', missing: 'a clear yes or no' }];
    }
    const medicine = medicineOf(itemId);
    if (medicine !== undefined) {
      return isTaken(medicine, reading)
        ? [{ itemId, topic, mark: 'partial', missing: 'missed doses and problems' }]
        : [];
    }
    const isNumber = protocolItem(guide.protocol, itemId)?.kind === 'number';
    const measured =
      isNumber &&
      weighs.test(reading.text) &&
      numbersIn(tokensOf(utterance)).some(({ value }) => value >= 80 && value < 700);
    return measured ? [{ itemId, topic, mark: 'partial', missing: 'that this is the reading of today' }] : [];
  });
}

/** Yes and no, by the yes-no items that the patient spoke of: of themselves, and of now. */
function signsIn(guide: Guide, reading: Reading): ReadonlyMap<string, ReadonlySet<'yes' | 'no'>> {
  const clauses = clausesOf(reading);
  const found = new Map<string, Set<'yes' | 'no'>>();
  for (const match of guide.volunteered.find(reading)) {
    const { itemId, means } = match.meaning;
    const { status, experiencer } = assertionOf(reading, clauses, match, { teachBack: false });
    if (experiencer !== 'patient') continue;
    const answer = answerOf(means, status);
    if (answer === undefined) continue;
    const answers = found.get(itemId) ?? new Set();
    found.set(itemId, answers.add(answer));
  }
  return found;
}

function answerOf(means: Volunteered['means'], status: Status): 'yes' | 'no' | undefined {
  switch (means) {
    case 'yes':
      return status === 'present' ? 'yes' : undefined;
    case 'denied':
      return status === 'absent' ? 'no' : undefined;
    case 'no':
      // "My breathing is better" tells of something that is over.
      return status === 'present' || status === 'over' ? 'no' : undefined;
  }
}

/** "I take my furosemide every morning": the medicine by its whole name, with how it is taken. */
function isTaken(medicine: string, { text }: Reading): boolean {
  const at = text.indexOf(` ${medicine.toLowerCase()} `);
  if (at < 0) return false;
  return takes.test(text.slice(0, at + 1)) || takes.test(text.slice(at + medicine.length + 1));
}
