import { hasCode, nameOf, type Concept, type Read } from './fhir-schemas.js';
import type { Resources } from './resources.js';

/** A condition or an allergy of the record. */
export interface Problem {
  readonly name: string;
  readonly source: string;
}

const ACTIVE = ['active', 'recurrence', 'relapse'];
/** SNOMED CT: no known allergy, no known drug allergy; and how charts write it. */
const NO_ALLERGY_CODES = ['716186003', '409137002'];
const NO_ALLERGY = /^(?:no|nil) known\b|^nka$|^nkda$/i;

/** Conditions that the patient has now. What was refuted, entered in error or only suspected does not count. */
export function conditionsOf(resources: Resources): Problem[] {
  return resources.ours('Condition').flatMap((condition) => {
    if (!counts(resources, 'Condition', condition)) return [];
    return named(resources, 'Condition', condition.id, condition.code);
  });
}

/** Allergies on record; "no known allergy" is none. */
export function allergiesOf(resources: Resources): Problem[] {
  return resources.ours('AllergyIntolerance').flatMap((allergy) => {
    if (hasCode(allergy.code, ...NO_ALLERGY_CODES) || NO_ALLERGY.test(nameOf(allergy.code))) return [];
    if (!counts(resources, 'AllergyIntolerance', allergy)) return [];
    return named(resources, 'AllergyIntolerance', allergy.id, allergy.code);
  });
}

function counts(
  resources: Resources,
  type: 'Condition' | 'AllergyIntolerance',
  problem: Read<'Condition' | 'AllergyIntolerance'>,
): boolean {
  const { id, clinicalStatus, verificationStatus } = problem;
  if (hasCode(verificationStatus, 'refuted', 'entered-in-error')) return false;
  // A suspected allergy is one to mind; a suspected condition is none yet.
  if (type === 'Condition' && hasCode(verificationStatus, 'unconfirmed', 'differential')) return false;
  if (clinicalStatus?.coding === undefined) {
    resources.warn(type, id, 'clinicalStatus', 'is missing; counted as active');
    return true;
  }
  return hasCode(clinicalStatus, ...ACTIVE);
}

function named(
  resources: Resources,
  type: 'Condition' | 'AllergyIntolerance',
  id: string,
  code: Concept | undefined,
): Problem[] {
  const name = nameOf(code);
  if (name === '') {
    resources.warn(type, id, 'code', 'has neither text nor display; left out');
    return [];
  }
  return [{ name, source: `${type}/${id}` }];
}
