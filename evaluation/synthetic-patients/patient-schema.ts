import { z } from 'zod';

/** Days from the day of the call; -2 is two days before it. */
const day = z.number().int();

const medicine = z.strictObject({
  name: z.string(),
  /** "40 mg", "24 mg/26 mg", "2 puffs". */
  dose: z.string(),
  /** How often in a day. */
  times: z.number().int().positive().optional(),
  everyHours: z.number().int().positive().optional(),
  weekday: z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']).optional(),
  /** HL7 EventTiming. */
  when: z.enum(['MORN', 'EVE', 'HS', 'AC', 'C']).optional(),
  asNeeded: z.boolean().optional(),
  /** The last day of a course. */
  endsOn: day.optional(),
  purpose: z.string().regex(/^(?:to|for) /),
});
export type SyntheticMedicine = z.infer<typeof medicine>;

/** An invented patient, as short as a person can write one. */
export const syntheticPatient = z.strictObject({
  id: z.string(),
  given: z.string(),
  family: z.string(),
  born: z.iso.date(),
  sex: z.enum(['female', 'male']),
  telephone: z.string(),
  /** Family name of the primary care doctor. */
  doctor: z.string(),
  programme: z.string(),
  /** Protocol of the next call. */
  protocol: z.string().optional(),
  stay: z.strictObject({ from: day, to: day, reason: z.string() }).optional(),
  /** Codes are ICD-10-CM. */
  conditions: z.array(z.strictObject({ name: z.string(), code: z.string() })),
  allergies: z.array(z.string()),
  medicines: z.array(medicine),
  /** Medicines that were stopped: a reader must not count them. */
  stopped: z.array(z.string()).default([]),
  results: z.array(
    z.strictObject({ name: z.string(), loinc: z.string(), value: z.number(), unit: z.string(), day }),
  ),
  visits: z.array(
    z.strictObject({
      with: z.string(),
      field: z.string(),
      place: z.string(),
      day,
      at: z.string().regex(/^\d{2}:\d{2}$/),
    }),
  ),
});
export type SyntheticPatient = z.infer<typeof syntheticPatient>;
