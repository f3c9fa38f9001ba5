import { z } from 'zod';
import { citedFact, knowledgeFile } from '../citation.js';

const bound = citedFact({ value: z.number() });

/** What counts as usual for somebody; the first interval whose conditions all hold is used. */
const interval = citedFact({
  sex: z.enum(['female', 'male']).optional(),
  /** A condition identifier of clinical-kb/medicines/conditions.yaml. */
  condition: z.string().optional(),
  /** An ingredient that the patient takes, where its goal takes the place of the interval. */
  medicine: z.string().optional(),
  low: z.number().optional(),
  high: z.number().optional(),
});
export type Interval = z.infer<typeof interval>;

/** Another unit: value in the measure's unit = value × factor + offset. */
const conversion = citedFact({
  names: z.array(z.string()).min(1),
  ucum: z.string(),
  factor: z.number().positive(),
  offset: z.number().optional(),
});

/** Something measured: a laboratory analyte or a home reading. Its own cite is that of the LOINC code. */
const measure = citedFact({
  id: z.string(),
  kind: z.enum(['lab', 'vital']),
  /** As the agent calls it. */
  spoken: z.string(),
  /** As patients call it, lower case. */
  names: z.array(z.string()).min(1),
  loinc: z.string().regex(/^\d+-\d$/),
  /** UCUM. */
  unit: z.string(),
  /** Outside of this a value was misheard or mismeasured; no clinical limit. */
  plausible: z.strictObject({ low: z.number(), high: z.number() }),
  reference: z.array(interval),
  /** At or below this a human is needed at once. */
  criticalLow: bound.optional(),
  criticalLowByCondition: z.array(citedFact({ condition: z.string(), value: z.number() })).optional(),
  /** At or above this a human is needed at once. */
  criticalHigh: bound.optional(),
  conversions: z.array(conversion),
});
export type Measure = z.infer<typeof measure>;

/** A change that matters for a condition, in the measure's unit. */
const trend = citedFact({
  measure: z.string(),
  condition: z.string(),
  gainWithinDay: z.number().positive(),
  gainWithinWeek: z.number().positive(),
  unit: z.string(),
});
export type Trend = z.infer<typeof trend>;

export const labsFile = knowledgeFile({ measures: z.array(measure).min(1) });
export const vitalsFile = knowledgeFile({ measures: z.array(measure).min(1), trends: z.array(trend) });
