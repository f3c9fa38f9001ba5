import { z } from 'zod';
import type { Patient } from '../../protos/generated/asterism/v1/patient.js';
import { ageAt, resolveDate, resolveStart } from './relative-date.js';

const name = z.string().trim().min(1);

/** A chart file: the field names of protos/asterism/v1/patient.proto in camel case; a misspelt one is refused. */
function chartSchema(today: Date): z.ZodType<Patient> {
  const date = z.string().transform((text, context) => {
    const resolved = resolveDate(text, today);
    if (resolved !== undefined) return resolved;
    context.addIssue('must be a date: YYYY-MM-DD, or today, today-2, today+5');
    return z.NEVER;
  });
  const start = z.string().transform((text, context) => {
    const resolved = resolveStart(text, today);
    if (resolved !== undefined) return resolved;
    context.addIssue('must be a local date and time: YYYY-MM-DDTHH:MM, or today+5T10:30');
    return z.NEVER;
  });
  return z
    .strictObject({
      patientId: name,
      givenName: name,
      familyName: name,
      birthDate: date.or(z.literal('')).default(''),
      /** Years; counted from birthDate when that is known. */
      age: z.number().min(0).max(130).default(0),
      sex: z.enum(['female', 'male', 'unknown']).default('unknown'),
      conditions: z.array(name).default([]),
      allergies: z.array(name).default([]),
      medications: z
        .array(
          z.strictObject({
            name,
            dose: z.string().default(''),
            frequency: z.string().default(''),
            purpose: z.string().default(''),
          }),
        )
        .default([]),
      labs: z
        .array(
          z.strictObject({
            name,
            loinc: z.string().default(''),
            value: z.number(),
            unit: z.string(),
            date,
          }),
        )
        .default([]),
      appointments: z.array(z.strictObject({ with: name, start, place: z.string().default('') })).default([]),
      dischargeDate: date.or(z.literal('')).default(''),
      protocolId: z.string().default(''),
      telephone: z
        .string()
        .regex(/^(\+[1-9]\d{6,14})?$/, 'must be an E.164 number such as +15555550100')
        .default(''),
    })
    .transform((chart) => ({
      ...chart,
      age: chart.birthDate === '' ? chart.age : ageAt(chart.birthDate, today),
    }));
}

/** A chart from JSON, or the names of the fields that are wrong (never their values). */
export function parseChart(
  json: unknown,
  today: Date,
): { readonly ok: true; readonly patient: Patient } | { readonly ok: false; readonly problems: string } {
  const parsed = chartSchema(today).safeParse(json);
  if (parsed.success) return { ok: true, patient: parsed.data };
  const problems = parsed.error.issues.map((issue) => {
    const where = issue.path.join('.');
    return `${where === '' ? 'the chart' : where}: ${issue.message}`;
  });
  return { ok: false, problems: problems.join('; ') };
}
