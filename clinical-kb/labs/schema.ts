import { z } from 'zod';
import { citedFact, knowledgeFile } from '../citation.js';
import { conditionsFile } from '../medicines/schema.js';

const bound = citedFact({ value: z.number() });

/** How soon somebody must see a value or a change; Disposition of the specialist contract in data. */
const urgency = z.enum(['none', 'routine', 'within-days', 'same-day', 'urgent-nurse']);
export type Urgency = z.infer<typeof urgency>;

/** The ages in years for which something holds: fromAge included, belowAge not. */
const ages = { fromAge: z.number().positive().optional(), belowAge: z.number().positive().optional() };

/** What counts as usual for healthy adults. Those of one measure never hold for the same person. */
const interval = citedFact({
  sex: z.enum(['female', 'male']).optional(),
  ...ages,
  low: z.number().optional(),
  high: z.number().optional(),
});
export type Interval = z.infer<typeof interval>;

/**
 * What is looked for in somebody with a condition or on a medicine, in place of the interval. The first whose
 * conditions all hold is used, together with those for the very same persons: where they differ it depends.
 * Without limits the goal is one that the patient's own clinic sets.
 */
const goal = citedFact({
  /** A condition identifier of clinical-kb/medicines/conditions.yaml or clinical-kb/labs/conditions.json. */
  condition: z.string().optional(),
  /** "ingredient:warfarin" or "class:xanthine-oxidase-inhibitor". */
  medicine: z
    .string()
    .regex(/^(class|ingredient):.+$/)
    .optional(),
  ...ages,
  low: z.number().optional(),
  high: z.number().optional(),
  /** True when it is told beside the interval, which still judges. */
  beside: z.boolean().optional(),
});
export type Goal = z.infer<typeof goal>;

/** How soon an abnormal, not critical value below or from a number is acted on; the first that fits counts. */
const band = citedFact({
  below: z.number().optional(),
  from: z.number().optional(),
  disposition: urgency,
});

/** Something measured: a laboratory analyte or a home reading. Its own cite is that of the LOINC code. */
const measure = citedFact({
  id: z.string(),
  kind: z.enum(['lab', 'vital']),
  /** As the agent calls it. */
  spoken: z.string(),
  /** As patients call it, lower case. */
  names: z.array(z.string().regex(/^[^A-Z]+$/)).min(1),
  loinc: z.string().regex(/^\d+-\d$/),
  /** UCUM. */
  unit: z.string(),
  /** Outside of this a value was misheard or mismeasured; no clinical limit. */
  plausible: z.strictObject({ low: z.number(), high: z.number() }),
  reference: z.array(interval),
  goals: z.array(goal).optional(),
  /** At or below this a human is needed at once. */
  criticalLow: bound.optional(),
  /** At or above this a human is needed at once. */
  criticalHigh: bound.optional(),
  /** Takes the place of both critical limits; a limit left out is none. */
  criticalByCondition: z
    .array(citedFact({ condition: z.string(), low: z.number().optional(), high: z.number().optional() }))
    .optional(),
  bands: z.array(band).optional(),
  /** Judged as a part of the patient's own best value: zones of a peak flow. */
  personalBest: citedFact({ lowBelowPercent: z.number(), criticalBelowPercent: z.number() }).optional(),
  /** How soon a pulse that was told to be irregular must be seen, whatever its rate; not where the condition explains it. */
  irregular: citedFact({ disposition: urgency, explainedBy: z.string() }).optional(),
  molarMass: citedFact({ gramsPerMole: z.number().positive() }).optional(),
  /** Charges of the ion, where it is counted in equivalents and has a molar mass. */
  valence: z.number().int().positive().optional(),
  /** Other units that people say, in UCUM; converted by the library, by the molar mass where amounts meet masses. */
  units: z.array(z.string()),
  /** Units that only an agreed equation leads to: value in the measure's unit = value × factor + offset. */
  equations: z
    .array(citedFact({ ucum: z.string(), factor: z.number().positive(), offset: z.number().optional() }))
    .optional(),
  /** True when its name is also that of a medicine or supplement ("lithium", "iron"). */
  alsoTaken: z.boolean().optional(),
});
export type Measure = z.infer<typeof measure>;

/** A change that matters, in the measure's unit or in percent of the earlier value. */
const trendStep = z.strictObject({
  atLeast: z.number().positive().optional(),
  moreThan: z.number().positive().optional(),
  atLeastPercent: z.number().positive().optional(),
  /** Days between both values; without it any. A step also holds when the days are not known. */
  withinDays: z.number().positive().optional(),
  disposition: urgency,
});
export type TrendStep = z.infer<typeof trendStep>;

const trend = citedFact({
  id: z.string(),
  measure: z.string(),
  condition: z.string().optional(),
  direction: z.enum(['rise', 'fall']),
  steps: z.array(trendStep).min(1),
});
export type Trend = z.infer<typeof trend>;

/** A unit as it is written in facts, asked for by the agent and said by patients. */
const unit = citedFact({
  ucum: z.string(),
  written: z.string(),
  spoken: z.string(),
  names: z.array(z.string()),
});
export type Unit = z.infer<typeof unit>;

export const labsFile = knowledgeFile({ measures: z.array(measure).min(1) });
export const vitalsFile = knowledgeFile({ measures: z.array(measure).min(1), trends: z.array(trend) });
export const labConditionsFile = knowledgeFile({ conditions: conditionsFile.shape.conditions });
export const unitsFile = knowledgeFile({ units: z.array(unit).min(1) });

/** An organisation's own limits: each replaces what is given of a measure, the rest stays. */
export const limitsFile = knowledgeFile({
  limits: z
    .array(
      citedFact({
        measure: z.string(),
        criticalLow: z.number().optional(),
        criticalHigh: z.number().optional(),
        reference: z.array(interval).optional(),
        goals: z.array(goal).optional(),
      }),
    )
    .min(1),
});
export type Limits = z.infer<typeof limitsFile>;

const selector = z.string().regex(/^(class|ingredient):.+$/);

/** What a medicine does to a laboratory value or a home reading. */
const labEffect = citedFact({
  medicines: z.array(selector).min(1),
  except: z.array(selector).min(1).optional(),
  /** Identifiers of measures. */
  analytes: z.array(z.string()).min(1),
  /** changes: it can go either way. */
  effect: z.enum(['raises', 'lowers', 'none', 'changes']),
  /** Only together with this medicine: what strengthens warfarin raises the INR of those who take warfarin. */
  with: selector.optional(),
  /** True when only the test is disturbed, not the body. */
  testOnly: z.boolean().optional(),
  /** Why, in words for a patient: completes "…, because". */
  why: z.string(),
});
export type LabEffect = z.infer<typeof labEffect>;

export const effectsFile = knowledgeFile({
  /** Measures of the same substance: an effect on the first is one on the others. */
  sameAnalyte: z.array(z.array(z.string()).min(2)),
  /** How patients call whole classes. */
  classes: z.array(z.strictObject({ class: z.string(), names: z.array(z.string()).min(1) })),
  /** Names for several measures at once ("liver enzymes"), and what a fact calls its subject. */
  topics: z.array(
    z.strictObject({
      subject: z.string(),
      names: z.array(z.string()).min(1),
      analytes: z.array(z.string()).min(1),
    }),
  ),
  /** Medicines and supplements that clinical-kb/medicines does not know; nothing else is known of them. */
  medicines: z.array(
    z.strictObject({
      ingredient: z.string(),
      names: z.array(z.string()).min(1),
      classes: z.array(z.string()).min(1),
    }),
  ),
  effects: z.array(labEffect).min(1),
});
export type EffectsFile = z.infer<typeof effectsFile>;
