/** A patient's bundle for tests: Pat Doe and whatever is given besides. */
export function bundleWith(...resources: readonly Record<string, unknown>[]): Record<string, unknown> {
  const patient = {
    resourceType: 'Patient',
    id: 'pat',
    name: [{ use: 'official', family: 'Doe', given: ['Pat'] }],
    birthDate: '1954-03-04',
    gender: 'female',
  };
  return {
    resourceType: 'Bundle',
    type: 'collection',
    entry: [patient, ...resources].map((resource) => ({ resource })),
  };
}

/** A resource about Pat Doe. */
export function about(resourceType: string, parts: Record<string, unknown>): Record<string, unknown> {
  return { resourceType, id: 'one', subject: { reference: 'Patient/pat' }, ...parts };
}

/** An active order. @param dosage FHIR Dosage */
export function order(
  name: string,
  dosage?: unknown,
  parts: Record<string, unknown> = {},
): Record<string, unknown> {
  return about('MedicationRequest', {
    id: name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 60),
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: { text: name },
    ...(dosage === undefined ? {} : { dosageInstruction: [dosage] }),
    ...parts,
  });
}

/** A quantity taken some times a day. */
export function daily(value: number, unit: string, times: number): Record<string, unknown> {
  return {
    timing: { repeat: { frequency: times, period: 1, periodUnit: 'd' } },
    doseAndRate: [{ doseQuantity: { value, unit } }],
  };
}
