import type { Cited, MedicineKnowledge } from '../../clinical-kb/medicines/load-medicines.js';
import type { Contraindication, Interaction } from '../../clinical-kb/medicines/schema.js';

/** A rule of interaction with its selectors looked up. */
export interface CompiledInteraction {
  readonly rule: Cited<Interaction>;
  readonly a: ReadonlySet<string>;
  readonly b: ReadonlySet<string>;
  readonly also: ReadonlySet<string> | undefined;
}

/** Rules by the ingredients that they are about, so that a long list of medicines costs no more than it must. */
export interface CompiledRules {
  interactionsOf(ingredient: string): readonly CompiledInteraction[];
  contraindicationsOf(ingredient: string): readonly Cited<Contraindication>[];
}

const compiled = new WeakMap<MedicineKnowledge, CompiledRules>();

/** The rules of a knowledge base by ingredient; made once for each. */
export function compiledRules(knowledge: MedicineKnowledge): CompiledRules {
  const known = compiled.get(knowledge);
  if (known) return known;
  const made = compile(knowledge);
  compiled.set(knowledge, made);
  return made;
}

function compile(knowledge: MedicineKnowledge): CompiledRules {
  const interactions = new Map<string, CompiledInteraction[]>();
  const contraindications = new Map<string, Cited<Contraindication>[]>();
  const { members } = knowledge;
  for (const rule of knowledge.interactions) {
    const of: CompiledInteraction = {
      rule,
      a: members.of(rule.a, rule.except),
      b: members.of(rule.b, rule.except),
      also: rule.also && members.of(rule.also),
    };
    for (const ingredient of new Set([...of.a, ...of.b, ...(of.also ?? [])]))
      push(interactions, ingredient, of);
  }
  for (const rule of knowledge.contraindications)
    for (const ingredient of members.of(rule.medicines, rule.except))
      push(contraindications, ingredient, rule);
  return {
    interactionsOf: (ingredient) => interactions.get(ingredient) ?? [],
    contraindicationsOf: (ingredient) => contraindications.get(ingredient) ?? [],
  };
}

function push<Rule>(map: Map<string, Rule[]>, key: string, rule: Rule): void {
  const list = map.get(key);
  if (list) list.push(rule);
  else map.set(key, [rule]);
}
