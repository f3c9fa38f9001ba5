import type { MedicineKnowledge } from '../../clinical-kb/medicines/load-medicines.js';
import type { ReviewRequest } from '../../protos/generated/asterism/v1/specialist.js';
import { tokensOfText } from '../spoken/tokens.js';
import { occasionsOf, type Occasion } from './call-totals.js';
import { exactMentions } from './exact-names.js';
import { doseWordsOf, intakeOf } from './intake.js';
import type { MedicationMind } from './mind.js';
import type { MedicineName } from './name-index.js';
import type { Heard } from './read-heard.js';
import { withBrandAndIngredientAsOne } from './same-medicine.js';
import { statementOf } from './statement.js';

/** Medicines surely named by the patient earlier in this call as taken, with their doses. */
export function earlierIntakes(mind: MedicationMind, request: ReviewRequest, heard: Heard): Occasion[] {
  const now = request.heard?.text.trim() ?? '';
  const lines = (request.context?.history ?? []).filter(
    (turn) => turn.speaker === 'patient' && turn.turnId !== request.turnId && turn.text.trim() !== now,
  );
  return lines.flatMap(({ text }) => {
    const tokens = tokensOfText(text);
    const mentions = withBrandAndIngredientAsOne(exactMentions(tokens, mind.index));
    return mentions.flatMap((mention, at): Occasion[] => {
      const name = mention.candidates[0]?.name;
      const statement = statementOf(tokens, mention.start, mention.end);
      if (!name || statement.experiencer !== 'patient') return [];
      const words = doseWordsOf(tokens, mentions, at);
      const intake = intakeOf(name, words, heard.chart, mind.knowledge);
      const taken = statement.act === 'takes' || (statement.act === 'mentions' && intake.dose.said);
      const charted = heard.chart.medicines.some((entry) => entry.name.canonical === name.canonical);
      return taken && !(charted && !isOverTheCounter(name, mind.knowledge)) ? occasionsOf(intake, words) : [];
    });
  });
}

/** True for what is sold without a prescription. */
export function isOverTheCounter(name: MedicineName, knowledge: MedicineKnowledge): boolean {
  return (
    name.product !== undefined ||
    name.ingredients.some((of) => knowledge.medicines.get(of)?.otc !== undefined)
  );
}
