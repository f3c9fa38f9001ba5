import { splitSelector } from '../../clinical-kb/medicines/load-medicines.js';
import type { NamedMedicine, NutritionKnowledge } from '../../clinical-kb/nutrition/load-nutrition.js';
import type { Observation, Patient } from '../../protos/generated/asterism/v1/patient.js';

/** What judging a food needs of a patient. */
export interface Person {
  /** Condition identifiers with how they are said. */
  readonly conditions: ReadonlyMap<string, string>;
  /** Medicines of the chart and those named in the question. */
  readonly medicines: readonly NamedMedicine[];
  /** How many medicines of the chart are not known by name. */
  readonly unknownMedicines: number;
  readonly allergies: readonly string[];
  readonly labs: readonly Observation[];
}

/** Reads a chart; what cannot be understood stays out. */
export function personOf(patient: Patient | undefined, knowledge: NutritionKnowledge): Person {
  if (!patient) return { conditions: new Map(), medicines: [], unknownMedicines: 0, allergies: [], labs: [] };
  const conditions = new Map<string, string>();
  const spokenOf = new Map(knowledge.conditions.map(({ id, spoken }) => [id, spoken]));
  // An intolerance stands among allergies as often as among conditions.
  for (const written of [...patient.conditions, ...patient.allergies]) {
    const text = ` ${plain(written)} `;
    if (/ (?:no history of|denies|ruled out|family history) /.test(text)) continue;
    for (const { id, spoken, phrases, implies } of knowledge.conditions) {
      if (!phrases.some((phrase) => text.includes(` ${plain(phrase)} `))) continue;
      conditions.set(id, spoken);
      for (const implied of implies ?? []) conditions.set(implied, spokenOf.get(implied) ?? implied);
    }
  }
  const medicines = patient.medications.flatMap(({ name }) => {
    const found = medicinesIn(plain(name).split(' '), knowledge)[0];
    return found ? [found.medicine] : [];
  });
  return {
    conditions,
    medicines,
    unknownMedicines: patient.medications.length - medicines.length,
    allergies: patient.allergies.map((allergy) => ` ${plain(allergy)} `),
    labs: patient.labs,
  };
}

/** Longest name of a medicine, in words. */
const LONGEST_NAME = 4;

/** The medicines that words name by generic or brand name; the longest name at a place wins. */
export function medicinesIn(
  words: readonly string[],
  knowledge: NutritionKnowledge,
): { readonly medicine: NamedMedicine; readonly name: string; readonly from: number; readonly to: number }[] {
  const found = [];
  for (let from = 0; from < words.length; from += 1) {
    for (let length = Math.min(LONGEST_NAME, words.length - from); length > 0; length -= 1) {
      const name = words.slice(from, from + length).join(' ');
      const medicine = knowledge.medicines.get(name);
      if (!medicine) continue;
      found.push({ medicine, name, from, to: from + length });
      from += length - 1;
      break;
    }
  }
  return found;
}

export function takes(medicine: NamedMedicine, selector: string): boolean {
  const [kind, value] = splitSelector(selector);
  return kind === 'class' ? medicine.classes.includes(value) : medicine.ingredient === value;
}

/** The latest value of an analyte on the chart in one of the units; undefined when there is none. */
export function latestLab(
  labs: readonly Observation[],
  analyte: { readonly name: string; readonly loinc: string; readonly units: readonly string[] },
): number | undefined {
  return labs
    .filter(
      ({ name, loinc, value, unit }) =>
        (loinc === '' ? plain(name) === analyte.name : loinc === analyte.loinc) &&
        Number.isFinite(value) &&
        analyte.units.some((known) => known.toLowerCase() === unit.toLowerCase()),
    )
    .sort((a, b) => a.date.localeCompare(b.date))
    .at(-1)?.value;
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}'./]+/gu, ' ')
    .trim();
}
