import { loadMedicines } from '../../clinical-kb/medicines/load-medicines.js';
import {
  Pass,
  Verdict,
  type Description,
  type Review,
  type ReviewRequest,
} from '../../protos/generated/asterism/v1/specialist.js';
import { reviewOf, type SpecialistLogic } from '../specialist.js';
import { reviewDraft } from './draft.js';
import { loadWordFrequencies } from '../language/word-frequencies.js';
import { reviewHeard } from './heard.js';
import type { MedicationMind } from './mind.js';
import { lookAlikesOf } from './look-alikes.js';
import { NameIndex, namesOf } from './name-index.js';

/**
 * The medication specialist: which medicine was meant, whether its dose is right, and whether it is safe
 * beside this patient's other medicines, conditions and allergies. It abstains on what it does not know.
 * @throws AsterismError KNOWLEDGE_INVALID when its knowledge is refused
 */
export async function createMedication(): Promise<SpecialistLogic> {
  const knowledge = await loadMedicines();
  const mind: MedicationMind = {
    knowledge,
    index: new NameIndex(namesOf(knowledge)),
    frequencies: loadWordFrequencies(),
    lookAlikes: lookAlikesOf(knowledge),
  };
  const description: Description = {
    specialist: 'medication',
    gate: true,
    covers: [
      `Recognising ${knowledge.medicines.size} medicines and ${knowledge.products.length} combination products by generic and brand name, also when they were misheard.`,
      'Doses that were said against the prescription, and over-the-counter doses against the label, over the whole call.',
      `${knowledge.interactions.length} rules of interaction and ${knowledge.contraindications.length} of contraindication, and allergies by class.`,
      'Sentences about to be spoken that name a medicine or a dose.',
    ],
    version: '1',
    knowledgeVersion: knowledge.version,
  };
  return {
    description,
    review: (request: ReviewRequest): Review => {
      const parts = request.pass === Pass.DRAFT ? reviewDraft(mind, request) : reviewHeard(mind, request);
      return reviewOf(description, { verdict: Verdict.PASS, ...parts });
    },
  };
}
