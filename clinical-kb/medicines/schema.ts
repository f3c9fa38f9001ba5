import { z } from 'zod';
import { citedFact, knowledgeFile } from '../citation.js';

const name = z.string().min(2);
/** "class:nsaid" or "ingredient:ibuprofen". */
const selector = z.string().regex(/^(class|ingredient):.+$/);
const interactionSeverity = z.enum(['contraindicated', 'major', 'moderate', 'minor']);
export type InteractionSeverity = z.infer<typeof interactionSeverity>;

const medicine = citedFact({
  /** Generic ingredient (or ingredients, with a slash), the name used in every entity and fact. */
  ingredient: name,
  brands: z.array(name),
  classes: z.array(z.string().regex(/^[a-z0-9-]+$/)).min(1),
  /** As labels print them, for example "40 mg". */
  strengths: z.array(z.string()).min(1),
  frequency: z.string(),
  /** What it is for, in words for a patient: "your heart", "extra fluid". */
  purpose: z.string(),
  /** Highest labelled adult dose in 24 hours, in mg, whoever directs it. */
  maxDailyMg: z.number().positive().optional(),
  /** Present when it is sold without a prescription: adult limits of the Drug Facts label, in mg. */
  otc: z
    .strictObject({
      singleMg: z.number().positive().optional(),
      dailyMg: z.number().positive().optional(),
      /** Where the label's limit depends on the strength of one tablet in mg, as a string. */
      dailyMgByStrength: z.record(z.string(), z.number().positive()).optional(),
      singleMgByStrength: z.record(z.string(), z.number().positive()).optional(),
      /** What a name on the shelf tells by itself: strength of one tablet, of one mL, and a limit at a time of its own. */
      byName: z
        .record(
          name,
          z.strictObject({
            unitMg: z.number().positive().optional(),
            mgPerMl: z.number().positive().optional(),
            singleMg: z.number().positive().optional(),
          }),
        )
        .optional(),
      /** Above this an adult is in danger and needs a human at once. */
      dangerDailyMg: z.number().positive().optional(),
    })
    .optional(),
  /** Narrow range between help and harm: any deviation from the prescription matters. */
  highAlert: z.boolean().optional(),
  /** Sold without a prescription, yet often ordered: who takes it is never told to stop, a nurse decides. */
  stoppingCanHarm: z.boolean().optional(),
  /** Ingredients inside a fixed combination that goes by one name, with their amount in one tablet, in mg. */
  holds: z
    .array(z.strictObject({ ingredient: name, mgPerUnit: z.number().positive().optional() }))
    .min(1)
    .optional(),
});
export type Medicine = z.infer<typeof medicine>;

const product = citedFact({
  product: name,
  names: z.array(name),
  ingredients: z
    .array(z.strictObject({ ingredient: name, mgPerUnit: z.number().positive().optional() }))
    .min(1),
  unit: z.string(),
  /** Where it is also sold as a liquid with the same dose: how many mL hold what one unit holds. */
  mlPerUnit: z.number().positive().optional(),
  otc: z.boolean(),
  directions: z
    .strictObject({
      unitsPerDose: z.number().positive(),
      everyHours: z.number().positive(),
      maxUnitsPer24h: z.number().positive(),
    })
    .optional(),
});
export type Product = z.infer<typeof product>;

const interaction = citedFact({
  id: z.string(),
  a: z.array(selector).min(1),
  b: z.array(selector).min(1),
  also: z.array(selector).min(1).optional(),
  /** Members of a and of b that the rule does not hold for. */
  except: z.array(selector).min(1).optional(),
  /** Identifiers of rules that this one replaces for the pairs that both are about. */
  overrides: z.array(z.string()).min(1).optional(),
  severity: interactionSeverity,
  /** Which side can be left out without harm until a nurse calls. */
  avoid: z.enum(['a', 'none']),
  mechanism: z.string(),
  /** Completes "it can …", in words for a patient. */
  harm: z.string(),
  do: z.string(),
});
export type Interaction = z.infer<typeof interaction>;

const contraindication = citedFact({
  id: z.string(),
  medicines: z.array(selector).min(1),
  except: z.array(selector).optional(),
  conditions: z.array(z.string()),
  minimumAgeYears: z.number().positive().optional(),
  /** Identifiers of rules that this one replaces where both are about one medicine and one condition. */
  overrides: z.array(z.string()).min(1).optional(),
  severity: interactionSeverity,
  avoid: z.boolean(),
  /** One sentence; {a} stands for the ingredient. */
  text: z.string(),
  harm: z.string(),
});
export type Contraindication = z.infer<typeof contraindication>;

const condition = citedFact({
  id: z.string(),
  spoken: z.string(),
  phrases: z.array(z.string()).min(1),
  implies: z.array(z.string()).optional(),
});
export type Condition = z.infer<typeof condition>;

const allergy = citedFact({
  id: z.string(),
  spoken: z.string(),
  phrases: z.array(z.string()).min(1),
  avoid: z.array(selector),
  caution: z.array(selector),
  /** Akin by name or structure, and yet tolerated as a rule: known, and no reason for a warning. */
  unlikely: z.array(selector).optional(),
});
export type Allergy = z.infer<typeof allergy>;

const medicineClass = citedFact({ class: z.string().regex(/^[a-z0-9-]+$/), members: z.array(name).min(1) });

/** Classes beside those that each medicine names itself. */
export const classesFile = knowledgeFile({ classes: z.array(medicineClass).min(1) });
const dose = citedFact({
  ingredient: name,
  forms: z.array(name).min(1),
  /** Usual adult doses in 24 hours, in mg, lowest and highest, over all uses. */
  usualDailyMg: z.tuple([z.number().positive(), z.number().positive()]).optional(),
  /** Lower limits in 24 hours for some people, by age or by a condition of conditions.yaml. */
  limits: z
    .array(
      citedFact({
        fromAgeYears: z.number().positive().optional(),
        condition: z.string().optional(),
        maxDailyMg: z.number().positive(),
        text: z.string(),
      }),
    )
    .min(1)
    .optional(),
});
export type Dose = z.infer<typeof dose>;

const missedDose = citedFact({
  id: z.string(),
  medicines: z.array(selector).min(1),
  /** Where brands of one ingredient differ: the brand as it is named. */
  brand: name.optional(),
  /** Whole sentences for the patient, after "don't take a double dose". */
  say: z.string(),
  /** True where the sentences hold also on the days after; else a dose is made good on the same day or not at all. */
  anyDay: z.boolean().optional(),
  /** True where the missed one and the next one may be taken on one day. */
  twoOnOneDay: z.boolean().optional(),
  /** True where a nurse has to know on the same day. */
  sameDay: z.boolean().optional(),
});
export type MissedDose = z.infer<typeof missedDose>;

const substance = citedFact({ id: z.string(), spoken: z.string(), words: z.array(z.string()).min(1) });
export type Substance = z.infer<typeof substance>;

const substanceRule = citedFact({
  id: z.string(),
  substance: z.string(),
  medicines: z.array(selector).min(1),
  except: z.array(selector).optional(),
  severity: interactionSeverity,
  mechanism: z.string(),
  /** Completes "it can …". */
  harm: z.string(),
  do: z.string(),
});
export type SubstanceRule = z.infer<typeof substanceRule>;

/** Two medicines that were studied together, and nothing of importance was found. */
const studied = citedFact({ pair: z.tuple([name, name]), text: z.string() });
export type Studied = z.infer<typeof studied>;

export const dosesFile = knowledgeFile({ doses: z.array(dose).min(1) });
export const missedDosesFile = knowledgeFile({ missedDoses: z.array(missedDose).min(1) });
export const substancesFile = knowledgeFile({
  substances: z.array(substance).min(1),
  rules: z.array(substanceRule).min(1),
});
export const noInteractionFile = knowledgeFile({ studied: z.array(studied).min(1) });
export const medicinesFile = knowledgeFile({ medicines: z.array(medicine).min(1) });
export const productsFile = knowledgeFile({ products: z.array(product).min(1) });
export const interactionsFile = knowledgeFile({ interactions: z.array(interaction).min(1) });
export const contraindicationsFile = knowledgeFile({ contraindications: z.array(contraindication).min(1) });
export const conditionsFile = knowledgeFile({
  conditions: z.array(condition).min(1),
  allergies: z.array(allergy).min(1),
});
