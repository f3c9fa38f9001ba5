import { AsterismError } from '../../platform/errors.js';
import { citationOf, citationText, type Citation } from '../citation.js';
import { joinVersions, loadKnowledge } from '../load.js';
import {
  conditionsFile,
  contraindicationsFile,
  interactionsFile,
  medicinesFile,
  productsFile,
  type Allergy,
  type Condition,
  type Contraindication,
  type Interaction,
  type Medicine,
  type Product,
} from './schema.js';

/** A fact with its citation as one line. */
export type Cited<Fact> = Omit<Fact, 'cite'> & { readonly citation: string };

/** All that is known of medicines, checked for contradictions between the files. */
export interface MedicineKnowledge {
  readonly medicines: ReadonlyMap<string, Cited<Medicine>>;
  readonly products: readonly Cited<Product>[];
  readonly interactions: readonly Cited<Interaction>[];
  readonly contraindications: readonly Cited<Contraindication>[];
  readonly conditions: ReadonlyMap<string, Cited<Condition>>;
  readonly allergies: readonly Cited<Allergy>[];
  readonly version: string;
}

/** @throws AsterismError KNOWLEDGE_INVALID when a file does not pass its schema or names what no other file knows */
export async function loadMedicines(): Promise<MedicineKnowledge> {
  const [medicines, products, interactions, contraindications, conditions] = await Promise.all([
    loadKnowledge('medicines/medicines.json', medicinesFile),
    loadKnowledge('medicines/products.json', productsFile),
    loadKnowledge('medicines/interactions.json', interactionsFile),
    loadKnowledge('medicines/contraindications.json', contraindicationsFile),
    loadKnowledge('medicines/conditions.yaml', conditionsFile),
  ]);
  const knowledge: MedicineKnowledge = {
    medicines: keyed(cited(medicines.data.sources, medicines.data.medicines), (of) => of.ingredient),
    products: cited(products.data.sources, products.data.products),
    interactions: cited(interactions.data.sources, interactions.data.interactions),
    contraindications: cited(contraindications.data.sources, contraindications.data.contraindications),
    conditions: keyed(cited(conditions.data.sources, conditions.data.conditions), (of) => of.id),
    allergies: cited(conditions.data.sources, conditions.data.allergies),
    version: joinVersions(
      [medicines, products, interactions, contraindications, conditions].map((of) => of.version),
    ),
  };
  checkReferences(knowledge);
  return knowledge;
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

function checkReferences(knowledge: MedicineKnowledge): void {
  const classes = new Set([...knowledge.medicines.values()].flatMap((of) => of.classes));
  const wrong = (where: string, what: string): never => {
    throw new AsterismError('KNOWLEDGE_INVALID', `medicines: ${where} names "${what}", which no file knows`);
  };
  const checkSelectors = (where: string, selectors: readonly string[]): void => {
    for (const selector of selectors) {
      const [kind, value] = splitSelector(selector);
      const known = kind === 'class' ? classes.has(value) : knowledge.medicines.has(value);
      if (!known) wrong(where, selector);
    }
  };
  for (const { product, ingredients } of knowledge.products) {
    for (const { ingredient } of ingredients)
      if (!knowledge.medicines.has(ingredient)) wrong(product, ingredient);
  }
  for (const { id, a, b, also, except } of knowledge.interactions)
    checkSelectors(id, [...a, ...b, ...(also ?? []), ...(except ?? [])]);
  for (const { id, medicines, except, conditions } of knowledge.contraindications) {
    checkSelectors(id, [...medicines, ...(except ?? [])]);
    for (const condition of conditions) if (!knowledge.conditions.has(condition)) wrong(id, condition);
  }
  for (const { id, implies } of knowledge.conditions.values()) {
    for (const implied of implies ?? []) if (!knowledge.conditions.has(implied)) wrong(id, implied);
  }
  for (const { id, avoid, caution } of knowledge.allergies) checkSelectors(id, [...avoid, ...caution]);
}

/** "class:nsaid" → ["class", "nsaid"]. */
export function splitSelector(selector: string): [kind: string, value: string] {
  const colon = selector.indexOf(':');
  return [selector.slice(0, colon), selector.slice(colon + 1)];
}
