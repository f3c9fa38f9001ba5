import { AsterismError } from '../../platform/errors.js';
import { citationOf, citationText, type Citation } from '../citation.js';
import { joinVersions, loadKnowledge, loadKnowledgeFolder, type Knowledge } from '../load.js';
import { checkMedicines } from './check-medicines.js';
import { Members } from './members.js';
import {
  classesFile,
  conditionsFile,
  contraindicationsFile,
  dosesFile,
  interactionsFile,
  medicinesFile,
  missedDosesFile,
  noInteractionFile,
  productsFile,
  substancesFile,
  type Allergy,
  type Condition,
  type Contraindication,
  type Dose,
  type Interaction,
  type Medicine,
  type MissedDose,
  type Product,
  type Studied,
  type Substance,
  type SubstanceRule,
} from './schema.js';

/** A fact with its citation as one line. */
export type Cited<Fact> = Omit<Fact, 'cite'> & { readonly citation: string };

/** All that is known of medicines, checked for contradictions between the files. */
export interface MedicineKnowledge {
  readonly medicines: ReadonlyMap<string, Cited<Medicine>>;
  /** Which medicines the selectors of rules name. */
  readonly members: Members;
  readonly products: readonly Cited<Product>[];
  readonly interactions: readonly Cited<Interaction>[];
  readonly contraindications: readonly Cited<Contraindication>[];
  readonly conditions: ReadonlyMap<string, Cited<Condition>>;
  readonly allergies: readonly Cited<Allergy>[];
  readonly doses: ReadonlyMap<string, KnownDose>;
  readonly missedDoses: readonly Cited<MissedDose>[];
  readonly substances: readonly Cited<Substance>[];
  readonly substanceRules: readonly Cited<SubstanceRule>[];
  readonly studied: readonly Cited<Studied>[];
  readonly version: string;
}

/** Usual doses of one ingredient, and the limits for some people. */
export type KnownDose = Omit<Cited<Dose>, 'limits'> & {
  readonly limits: readonly Cited<NonNullable<Dose['limits']>[number]>[];
};

/** @throws AsterismError KNOWLEDGE_INVALID when a file does not pass its schema, or contradicts or misses another */
export async function loadMedicines(): Promise<MedicineKnowledge> {
  const files = await Promise.all([
    loadKnowledge('medicines/medicines.json', medicinesFile),
    loadKnowledge('medicines/classes.json', classesFile),
    loadKnowledge('medicines/products.json', productsFile),
    loadKnowledgeFolder('medicines/interactions', interactionsFile),
    loadKnowledgeFolder('medicines/contraindications', contraindicationsFile),
    loadKnowledge('medicines/conditions.yaml', conditionsFile),
    loadKnowledge('medicines/doses.json', dosesFile),
    loadKnowledge('medicines/missed-doses.json', missedDosesFile),
    loadKnowledge('medicines/substances.json', substancesFile),
    loadKnowledge('medicines/no-interaction.json', noInteractionFile),
  ]);
  const [medicines, classes, products, interactions, contraindications, conditions] = files;
  const [doses, missed, substances, none] = [files[6].data, files[7].data, files[8].data, files[9].data];
  const known = keyed(cited(medicines.data.sources, medicines.data.medicines), (of) => of.ingredient);
  for (const { class: name, members } of classes.data.classes) {
    for (const member of members) {
      const medicine = known.get(member);
      if (!medicine) throw unknownTo(`classes.json ${name}`, member);
      known.set(member, { ...medicine, classes: [...new Set([...medicine.classes, name])] });
    }
  }
  const knowledge: MedicineKnowledge = {
    medicines: known,
    members: new Members(known.values()),
    products: cited(products.data.sources, products.data.products),
    interactions: ofAll(interactions, ({ sources, interactions: rules }) => cited(sources, rules)),
    contraindications: ofAll(contraindications, ({ sources, contraindications: rules }) =>
      cited(sources, rules),
    ),
    conditions: keyed(cited(conditions.data.sources, conditions.data.conditions), (of) => of.id),
    allergies: cited(conditions.data.sources, conditions.data.allergies),
    doses: keyed(
      cited(doses.sources, doses.doses).map(({ limits, ...of }) => ({
        ...of,
        limits: cited(doses.sources, limits ?? []),
      })),
      (of) => of.ingredient,
    ),
    missedDoses: cited(missed.sources, missed.missedDoses),
    substances: cited(substances.sources, substances.substances),
    substanceRules: cited(substances.sources, substances.rules),
    studied: cited(none.sources, none.studied),
    version: joinVersions(files.map((of) => of.version)),
  };
  checkMedicines(knowledge);
  return knowledge;
}

function ofAll<File, Fact>(folder: Knowledge<readonly File[]>, factsOf: (file: File) => Fact[]): Fact[] {
  return folder.data.flatMap(factsOf);
}

function cited<Fact extends { cite: string | Citation }>(
  sources: Readonly<Record<string, Citation>>,
  facts: readonly Fact[],
): Cited<Fact>[] {
  return facts.map(({ cite, ...fact }) => ({ ...fact, citation: citationText(citationOf(sources, cite)) }));
}

function keyed<Fact>(facts: readonly Fact[], keyOf: (fact: Fact) => string): Map<string, Fact> {
  const map = new Map<string, Fact>();
  for (const fact of facts) {
    const key = keyOf(fact);
    if (map.has(key)) throw new AsterismError('KNOWLEDGE_INVALID', `medicines: "${key}" is there twice`);
    map.set(key, fact);
  }
  return map;
}

function unknownTo(where: string, what: string): AsterismError {
  return new AsterismError('KNOWLEDGE_INVALID', `medicines: ${where} names "${what}", which no file knows`);
}

export { splitSelector } from './members.js';
