import { z } from 'zod';

/**
 * What is read of FHIR R4 resources. Fields not named here are ignored; a named field of a wrong type makes the
 * resource unusable, and the path says which field it was.
 */
const text = z.string().max(5_000);
const coding = z.object({ system: text.optional(), code: text.optional(), display: text.optional() });
const concept = z.object({ text: text.optional(), coding: z.array(coding).optional() });
const reference = z.object({ reference: text.optional(), display: text.optional() });
const quantity = z.object({
  value: z.number().optional(),
  unit: text.optional(),
  system: text.optional(),
  code: text.optional(),
  comparator: text.optional(),
});
const period = z.object({ start: text.optional(), end: text.optional() });
const dosage = z.object({
  text: text.optional(),
  patientInstruction: text.optional(),
  asNeededBoolean: z.boolean().optional(),
  asNeededCodeableConcept: concept.optional(),
  timing: z
    .object({
      code: concept.optional(),
      repeat: z
        .object({
          frequency: z.number().optional(),
          frequencyMax: z.number().optional(),
          period: z.number().optional(),
          periodMax: z.number().optional(),
          periodUnit: text.optional(),
          when: z.array(text).optional(),
          dayOfWeek: z.array(text).optional(),
          timeOfDay: z.array(text).optional(),
          boundsPeriod: period.optional(),
        })
        .optional(),
    })
    .optional(),
  doseAndRate: z
    .array(
      z.object({
        doseQuantity: quantity.optional(),
        doseRange: z.object({ low: quantity.optional(), high: quantity.optional() }).optional(),
      }),
    )
    .optional(),
});
const contained = z.array(z.object({ resourceType: text, id: text.optional(), code: concept.optional() }));
const medicine = {
  id: text.default(''),
  status: text.optional(),
  medicationCodeableConcept: concept.optional(),
  medicationReference: reference.optional(),
  contained: contained.optional(),
  reasonCode: z.array(concept).optional(),
  subject: reference.optional(),
};

export const schemas = {
  Patient: z.object({
    id: text.min(1),
    name: z
      .array(
        z.object({
          use: text.optional(),
          text: text.optional(),
          family: text.optional(),
          given: z.array(text).optional(),
        }),
      )
      .optional(),
    birthDate: text.optional(),
    gender: text.optional(),
    telecom: z
      .array(z.object({ system: text.optional(), value: text.optional(), use: text.optional() }))
      .optional(),
    deceasedBoolean: z.boolean().optional(),
    deceasedDateTime: text.optional(),
    generalPractitioner: z.array(reference).optional(),
  }),
  Condition: z.object({
    id: text.default(''),
    clinicalStatus: concept.optional(),
    verificationStatus: concept.optional(),
    code: concept.optional(),
    subject: reference.optional(),
  }),
  AllergyIntolerance: z.object({
    id: text.default(''),
    clinicalStatus: concept.optional(),
    verificationStatus: concept.optional(),
    code: concept.optional(),
    patient: reference.optional(),
  }),
  MedicationRequest: z.object({
    ...medicine,
    intent: text.optional(),
    doNotPerform: z.boolean().optional(),
    dosageInstruction: z.array(dosage).optional(),
  }),
  MedicationStatement: z.object({ ...medicine, dosage: z.array(dosage).optional() }),
  Medication: z.object({ id: text.default(''), code: concept.optional() }),
  Observation: z.object({
    id: text.default(''),
    status: text.optional(),
    code: concept.optional(),
    subject: reference.optional(),
    effectiveDateTime: text.optional(),
    effectiveInstant: text.optional(),
    issued: text.optional(),
    valueQuantity: quantity.optional(),
    component: z.array(z.object({ code: concept.optional(), valueQuantity: quantity.optional() })).optional(),
  }),
  Encounter: z.object({
    id: text.default(''),
    status: text.optional(),
    class: coding.optional(),
    subject: reference.optional(),
    period: period.optional(),
  }),
  CarePlan: z.object({
    id: text.default(''),
    status: text.optional(),
    subject: reference.optional(),
    instantiatesUri: z.array(text).optional(),
    period: period.optional(),
  }),
  Appointment: z.object({
    id: text.default(''),
    status: text.optional(),
    start: text.optional(),
    serviceType: z.array(concept).optional(),
    specialty: z.array(concept).optional(),
    participant: z.array(z.object({ actor: reference.optional(), status: text.optional() })).optional(),
  }),
  Practitioner: z.object({
    id: text.default(''),
    name: z
      .array(
        z.object({
          text: text.optional(),
          family: text.optional(),
          given: z.array(text).optional(),
          prefix: z.array(text).optional(),
        }),
      )
      .optional(),
  }),
  Location: z.object({ id: text.default(''), name: text.optional() }),
} as const;

export type ReadType = keyof typeof schemas;
/** The part of a resource that is read. */
export type Read<T extends ReadType> = z.infer<(typeof schemas)[T]>;
export type Concept = z.infer<typeof concept>;
export type Dosage = z.infer<typeof dosage>;
export type Quantity = z.infer<typeof quantity>;

export function isReadType(type: string): type is ReadType {
  return Object.hasOwn(schemas, type);
}

/** How a concept is called; empty when it has neither a text nor a display. */
export function nameOf(from: Concept | undefined): string {
  const named = from?.text ?? from?.coding?.find(({ display }) => display !== undefined)?.display ?? '';
  return named.trim();
}

/** The LOINC code of a concept; empty when it has none. */
export function loincOf(from: Concept | undefined): string {
  return from?.coding?.find(({ system }) => system === 'http://loinc.org')?.code ?? '';
}

/** Whether a concept has one of these codes in any coding. */
export function hasCode(from: Concept | undefined, ...codes: readonly string[]): boolean {
  return from?.coding?.some(({ code }) => code !== undefined && codes.includes(code)) ?? false;
}
