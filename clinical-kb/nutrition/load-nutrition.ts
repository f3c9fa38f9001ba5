import { AsterismError } from '../../platform/errors.js';
import { citationOf, citationText, type Citation } from '../citation.js';
import { joinVersions, loadKnowledge } from '../load.js';
import { loadMedicines, splitSelector } from '../medicines/load-medicines.js';
import {
  foodsFile,
  rulesFile,
  type Cleared,
  type Food,
  type Nutrient,
  type Rule,
  type Topic,
} from './schema.js';

/** A food with its citation as one line, for example "USDA …, Release 26, 09040 BANANAS,RAW (2013)". */
export type KnownFood = Omit<Food, 'cite' | 'record' | 'tags'> & {
  readonly citation: string;
  readonly tags: ReadonlySet<string>;
};
export type KnownRule = Omit<Rule, 'cite'> & { readonly citation: string };
export type KnownTopic = Omit<Topic, 'cite' | 'asks' | 'unless'> & {
  readonly citation: string;
  readonly asks: readonly RegExp[];
  readonly unless: readonly RegExp[];
};

/** A medicine as far as eating is concerned. */
export interface NamedMedicine {
  /** As it is written, for example "Nardil". */
  readonly written: string;
  readonly ingredient: string;
  readonly classes: readonly string[];
}

/** All that is known of food. */
export interface NutritionKnowledge {
  readonly foods: readonly KnownFood[];
  readonly rules: readonly KnownRule[];
  readonly topics: readonly KnownTopic[];
  readonly cleared: readonly Omit<Cleared, 'cite'>[];
  readonly conditions: readonly {
    readonly id: string;
    readonly spoken: string;
    readonly phrases: readonly string[];
    readonly implies?: readonly string[] | undefined;
  }[];
  /** Medicines by generic and brand name, lower case. */
  readonly medicines: ReadonlyMap<string, NamedMedicine>;
  readonly notFood: readonly string[];
  readonly version: string;
}

/** @throws AsterismError KNOWLEDGE_INVALID when a file does not pass its schema or names what no file knows */
export async function loadNutrition(): Promise<NutritionKnowledge> {
  const [foods, rules, medicines] = await Promise.all([
    loadKnowledge('nutrition/foods.json', foodsFile),
    loadKnowledge('nutrition/rules.yaml', rulesFile),
    loadMedicines(),
  ]);
  const byName = new Map<string, NamedMedicine>();
  for (const { ingredient, brands, classes } of medicines.medicines.values()) {
    for (const name of [ingredient, ...brands])
      if (!byName.has(name.toLowerCase()))
        byName.set(name.toLowerCase(), { written: name, ingredient, classes });
  }
  const knowledge: NutritionKnowledge = {
    foods: foods.data.foods.map((food) => knownFood(food, foods.data.sources)),
    rules: rules.data.rules.map(({ cite, ...rule }) => ({
      ...rule,
      citation: citationText(citationOf(rules.data.sources, cite)),
    })),
    topics: rules.data.topics.map(({ cite, asks, unless, ...topic }) => ({
      ...topic,
      asks: asks.map((pattern) => compiled(topic.id, pattern)),
      unless: (unless ?? []).map((pattern) => compiled(topic.id, pattern)),
      citation: citationText(citationOf(rules.data.sources, cite)),
    })),
    cleared: rules.data.cleared,
    conditions: [
      ...[...medicines.conditions.values()].map(({ id, spoken, phrases, implies }) => ({
        id,
        spoken,
        phrases,
        implies,
      })),
      ...rules.data.conditions,
    ],
    medicines: byName,
    notFood: rules.data.notFood,
    version: joinVersions([foods.version, rules.version, medicines.version]),
  };
  checkFoods(knowledge);
  checkRules(knowledge);
  return knowledge;
}

/** A nutrient of so many grams of a food, in the nutrient's unit; undefined when the record gives none. */
export function amountIn(food: KnownFood, nutrient: Nutrient, grams: number | undefined): number | undefined {
  const per100g = food.per100g[nutrient];
  return per100g === null || grams === undefined ? undefined : (per100g * grams) / 100;
}

/** The name and the grams of a food's usual portion. */
export function usualPortion(food: KnownFood): { readonly unit: string; readonly grams: number } | undefined {
  const [first] = Object.entries(food.portions);
  return first && { unit: first[0], grams: first[1] };
}

function knownFood(
  { cite, record, tags, ...food }: Food,
  sources: Readonly<Record<string, Citation>>,
): KnownFood {
  const source = citationOf(sources, cite);
  const { year, ...rest } = source;
  const edition = year === undefined ? '' : ` (${year})`;
  return {
    ...food,
    tags: new Set(tags ?? []),
    citation: record === '' ? citationText(source) : `${rest.source}, ${record}${edition}`,
  };
}

function compiled(topic: string, pattern: string): RegExp {
  try {
    return new RegExp(pattern);
  } catch {
    return wrong(`topic ${topic}: "${pattern}" is no regular expression`);
  }
}

/** No name means two foods, figures can be true, and what has figures has a portion and a record. */
function checkFoods({ foods }: NutritionKnowledge): void {
  const names = new Map<string, string>();
  const ids = new Set<string>();
  for (const food of foods) {
    if (ids.has(food.id)) wrong(`${food.id} is there twice`);
    ids.add(food.id);
    for (const name of food.names) {
      const key = name.replace('=', '');
      const other = names.get(key);
      if (other !== undefined) wrong(`"${key}" is both ${other} and ${food.id}`);
      names.set(key, food.id);
    }
    const known = Object.values(food.per100g).some((value) => value !== null);
    if (known && !usualPortion(food)) wrong(`${food.id} has figures and no portion`);
    const { carbohydrateG } = food.per100g;
    if (carbohydrateG !== null && carbohydrateG > 100) wrong(`${food.id} is more than all carbohydrate`);
  }
}

function checkRules({ foods, rules, topics, cleared, conditions, medicines }: NutritionKnowledge): void {
  const ids = new Set(foods.map(({ id }) => id));
  const tags = new Set(foods.flatMap((food) => [...food.tags]));
  const known = new Set(conditions.map(({ id }) => id));
  const ingredients = new Set([...medicines.values()].map(({ ingredient }) => ingredient));
  const classes = new Set([...medicines.values()].flatMap((medicine) => medicine.classes));
  for (const { id, foods: named, tags: tagged, nutrient } of rules) {
    for (const food of named ?? [])
      if (!ids.has(food)) wrong(`${id} names the food "${food}", which no file knows`);
    for (const tag of tagged ?? [])
      if (!tags.has(tag)) wrong(`${id} names the tag "${tag}", which no food has`);
    if (!named && !tagged && !nutrient) wrong(`${id} is about no food`);
  }
  const rulesById = new Map(rules.map((rule) => [rule.id, rule]));
  if (rulesById.size !== rules.length) wrong('two rules have one id');
  for (const { id, replaces, conditions: named, medicines: taken, allergies, whenLab } of rules) {
    for (const other of replaces ?? []) if (!rulesById.has(other)) wrong(`${id} replaces "${other}"`);
    if (!named && !taken && !allergies && !whenLab) wrong(`${id} is for nobody`);
  }
  for (const { id, conditions: named, medicines: taken } of [
    ...rules,
    ...topics,
    ...cleared.map(({ tag, medicines: taken }) => ({
      id: `cleared ${tag}`,
      medicines: taken,
      conditions: undefined,
    })),
  ]) {
    for (const condition of named ?? [])
      if (!known.has(condition)) wrong(`${id} names the condition "${condition}"`);
    for (const selector of taken ?? []) {
      const [kind, value] = splitSelector(selector);
      if (!(kind === 'class' ? classes : ingredients).has(value)) wrong(`${id} names "${selector}"`);
    }
  }
}

function wrong(what: string): never {
  throw new AsterismError('KNOWLEDGE_INVALID', `nutrition: ${what}`);
}
