import { existsSync } from 'node:fs';
import { loadMedicineNames } from '../../clinical-kb/medicine-names/load-medicine-names.js';
import { loadMedicines } from '../../clinical-kb/medicines/load-medicines.js';
import { joinVersions } from '../../clinical-kb/load.js';
import { readMedicineNames, type KnownName } from '../../models/medicine-names/medicine-names.js';
import { modelFilePath } from '../../models/resolve.js';
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
import { investigateMedicines } from './investigate-medicines.js';
import { KnownNames } from './known-names.js';
import { LookAlikes } from './look-alikes.js';
import { NameIndex, namesOf, otherNames, spokenForms } from './name-index.js';
import { withReconciliation } from './reconciliation-due.js';

/**
 * The medication specialist: which medicine was meant, whether its dose is right, and whether it is safe
 * beside this patient's other medicines, conditions and allergies. It abstains on what it does not know.
 * @param known further names of medicines; default: those that were fetched at set-up, if they were
 * @throws AsterismError KNOWLEDGE_INVALID when its knowledge is refused, MODEL_PREPARE when the fetched names are damaged
 */
export async function createMedication(known?: readonly KnownName[]): Promise<SpecialistLogic> {
  const [knowledge, names, rows] = await Promise.all([
    loadMedicines(),
    loadMedicineNames(),
    known ?? fetchedNames(),
  ]);
  const frequencies = loadWordFrequencies();
  const own = namesOf(knowledge);
  const ownKeys = new Set(own.map((name) => name.key));
  own.push(...otherNames(names.others, frequencies).filter((name) => !ownKeys.has(name.key)));
  for (const name of own) ownKeys.add(name.key);
  own.push(...spokenForms(own, names.pronunciations));
  const further = new KnownNames(rows, knowledge, frequencies, (key) => ownKeys.has(key));
  const index = new NameIndex(own, further);
  const mind: MedicationMind = {
    knowledge,
    index,
    frequencies,
    lookAlikes: new LookAlikes(names.lookAlikes, (key) => index.exact(key)),
  };
  const description: Description = {
    specialist: 'medication',
    gate: true,
    covers: [
      `Recognising ${knowledge.medicines.size} medicines and ${knowledge.products.length} combination products by generic and brand name, also when they were misheard.`,
      further.size === 0
        ? 'No other name of a medicine is known: the list of names was not fetched (asterism models fetch).'
        : `Knowing ${further.size} further names as those of medicines, about which it says nothing else.`,
      'Doses that were said against the prescription, and over-the-counter doses against the label, over the whole call.',
      `${knowledge.interactions.length} rules of interaction and ${knowledge.contraindications.length} of contraindication, and allergies by class.`,
      'All medicines of the list against everything said in the call, as a job whose result comes later.',
      'Sentences about to be spoken that name a medicine or a dose.',
    ],
    version: '1',
    knowledgeVersion: joinVersions([knowledge.version, names.version]),
  };
  return {
    description,
    review: (request: ReviewRequest): Review => {
      const parts =
        request.pass === Pass.DRAFT
          ? reviewDraft(mind, request)
          : withReconciliation(request, reviewHeard(mind, request));
      return reviewOf(description, { verdict: Verdict.PASS, ...parts });
    },
    investigate: (request, signal) => investigateMedicines(mind, description, request, signal),
  };
}

/** What `asterism models fetch` made; none where it did not run. */
async function fetchedNames(): Promise<readonly KnownName[]> {
  const path = modelFilePath('medicine-names');
  return existsSync(path) ? readMedicineNames(path) : [];
}
