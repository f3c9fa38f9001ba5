import { z } from 'zod';
import { citedFact, knowledgeFile } from '../citation.js';

const amount = z.number().min(0).nullable();

/** The nutrients that are known of a food, as its fields name them. */
export const nutrients = ['sodiumMg', 'potassiumMg', 'carbohydrateG', 'vitaminKUg', 'phosphorusMg'] as const;
export type Nutrient = (typeof nutrients)[number];

const nutrient = z.enum(nutrients);

const food = citedFact({
  /** As the agent calls it. */
  id: z.string().min(2),
  /** As patients call it, lower case, in the singular; with "=" before it only exactly as written. */
  names: z.array(z.string().regex(/^=?[a-z0-9%][a-z0-9% ]*$/)).min(1),
  /** Grams of household portions by the name of one; the first is the usual one. Empty when not known. */
  portions: z.record(z.string(), z.number().positive()),
  /** In 100 g; null when the record gives no figure. */
  per100g: z.strictObject({
    sodiumMg: amount,
    potassiumMg: amount,
    carbohydrateG: amount,
    vitaminKUg: amount,
    phosphorusMg: amount,
  }),
  /** mL of the usual portion that count as fluid: drinks, soups, and what melts to fluid; 0 for other food. */
  fluidMl: z.number().min(0),
  /** What rules select it by: milk, wheat, grapefruit, tyramine, processed-meat, … */
  tags: z.array(z.string().regex(/^[a-z-]+$/)).optional(),
  /** Number and description of the USDA record; empty when no figure is given. */
  record: z.string(),
});
export type Food = z.infer<typeof food>;

export const foodsFile = knowledgeFile({ foods: z.array(food).min(1) });

/** avoid: not at all; limit: little of it; steady: as much as always; apart: not together in time; note: worth knowing. */
const kind = z.enum(['avoid', 'limit', 'steady', 'apart', 'note']);
export type RuleKind = z.infer<typeof kind>;

/** Whom a rule is for: one of the conditions, one of the medicines or one of the allergies. */
const who = {
  conditions: z.array(z.string()).optional(),
  /** "class:statin" or "ingredient:warfarin". */
  medicines: z.array(z.string().regex(/^(class|ingredient):.+$/)).optional(),
  /** Words of an allergy or intolerance as charts write them. */
  allergies: z.array(z.string()).optional(),
};

const rule = citedFact({
  id: z.string(),
  ...who,
  /** Foods by tag. */
  tags: z.array(z.string()).optional(),
  /** Foods by id. */
  foods: z.array(z.string()).optional(),
  /** Foods by how much of a nutrient a portion holds: from this on; beside tags or foods, both must hold. */
  nutrient: z.strictObject({ of: nutrient, from: z.number().positive() }).optional(),
  /** Holds only when the latest such result on the chart is from this on, or below this. */
  whenLab: z
    .strictObject({
      name: z.string(),
      loinc: z.string(),
      from: z.number().optional(),
      below: z.number().optional(),
      units: z.array(z.string()).min(1),
    })
    .optional(),
  /** Holds only where a large amount was told: "a big plate of", "three bowls". */
  whenLarge: z.boolean().optional(),
  /** Rules that say nothing where this one holds. */
  replaces: z.array(z.string()).optional(),
  kind,
  /** One sentence to the patient; {food} and {amount} are filled in, {because} names what the rule rests on. */
  say: z.string(),
  /** One sentence for a nurse. */
  text: z.string(),
});
export type Rule = z.infer<typeof rule>;

/** A question about eating that names no food. */
const topic = citedFact({
  id: z.string(),
  ...who,
  /** Regular expressions over the normalised words of a sentence. */
  asks: z.array(z.string()).min(1),
  /** Regular expressions of a sentence that is not meant after all: the habit is denied or over. */
  unless: z.array(z.string()).optional(),
  /** True when a statement calls for the answer too, not only a question. */
  alsoTold: z.boolean().optional(),
  say: z.string(),
  text: z.string(),
});
export type Topic = z.infer<typeof topic>;

/** Medicines whose labels name no trouble with foods of a tag. */
const cleared = citedFact({
  tag: z.string(),
  medicines: z.array(z.string().regex(/^(class|ingredient):.+$/)).min(1),
});
export type Cleared = z.infer<typeof cleared>;

const condition = citedFact({ id: z.string(), spoken: z.string(), phrases: z.array(z.string()).min(1) });

export const rulesFile = knowledgeFile({
  /** Conditions that only eating asks for; the others are in medicines/conditions.yaml. */
  conditions: z.array(condition),
  rules: z.array(rule).min(1),
  topics: z.array(topic),
  /** With any other medicine on the chart, the tags named here are not called harmless. */
  cleared: z.array(cleared),
  /** Phrases that hold the name of a food and mean something else ("milk of magnesia"). */
  notFood: z.array(z.string()),
});
