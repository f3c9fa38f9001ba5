import type { MedicineKnowledge } from '../../clinical-kb/medicines/load-medicines.js';
import type { Observation, Patient } from '../../protos/generated/asterism/v1/patient.js';
import { numbersIn } from '../spoken/numbers.js';
import { tokensOfText } from '../spoken/tokens.js';
import { massInMg, readFrequency } from './dose.js';
import { nameKey, unknownName, type MedicineName, type NameIndex } from './name-index.js';

/** One medicine of the chart, with what the knowledge base makes of it. */
export interface ChartMedicine {
  readonly name: MedicineName;
  readonly written: string;
  /** As prescribed, for reading aloud; may be empty. */
  readonly dose: string;
  readonly frequency: string;
  readonly purpose: string;
  /** One dose in mg; undefined when the chart does not say it in a unit of mass. */
  readonly doseMg: number | undefined;
  readonly timesPerDay: number | undefined;
}

/** What rules need of a patient. */
export interface Chart {
  readonly medicines: readonly ChartMedicine[];
  /** Identifiers of conditions, as clinical-kb/medicines/conditions.yaml names them. */
  readonly conditions: ReadonlySet<string>;
  readonly allergies: readonly string[];
  /** Years; undefined when unknown. */
  readonly ageYears: number | undefined;
}

/** Reads a chart; an entry that cannot be understood stays a name without facts. */
export function chartOf(patient: Patient | undefined, index: NameIndex, knowledge: MedicineKnowledge): Chart {
  if (!patient) return { medicines: [], conditions: new Set(), allergies: [], ageYears: undefined };
  return {
    medicines: patient.medications
      .filter((entry) => nameKey(entry.name) !== '')
      .map((entry): ChartMedicine => {
        const name = nameOnChart(entry.name, index);
        const words = tokensOfText(entry.dose);
        return {
          name,
          written: entry.name,
          dose: entry.dose,
          frequency: entry.frequency,
          purpose: entry.purpose || (knowledge.medicines.get(name.ingredients[0] ?? '')?.purpose ?? ''),
          doseMg: massInMg(words, numbersIn(words)),
          timesPerDay: readFrequency(tokensOfText(entry.frequency)).timesPerDay,
        };
      }),
    conditions: new Set([
      ...conditionsOf(patient.conditions, knowledge),
      // "lisinopril: angioedema" forbids more than lisinopril.
      ...(patient.allergies.some((allergy) => /angioedema/i.test(allergy)) ? ['angioedema'] : []),
      ...measuredConditions(patient.labs),
    ]),
    allergies: patient.allergies,
    ageYears: patient.age > 0 ? patient.age : undefined,
  };
}

/** What kidney function and potassium on the chart say, whether or not a condition is written there. */
function measuredConditions(labs: readonly Observation[]): string[] {
  const newest = (loincs: ReadonlySet<string>, name: RegExp): Observation | undefined =>
    labs
      .filter((lab) => loincs.has(lab.loinc) || (lab.loinc === '' && name.test(lab.name)))
      .sort((a, b) => a.date.localeCompare(b.date))
      .at(-1);
  const filtration = newest(filtrationLoincs, /gfr|glomerular filtration/i)?.value;
  const potassium = newest(potassiumLoincs, /^potassium/i)?.value;
  const found: string[] = [];
  if (filtration !== undefined && filtration > 0 && filtration < 60) found.push('kidney-disease');
  if (filtration !== undefined && filtration > 0 && filtration < 30) found.push('severe-kidney-disease');
  else if (filtration !== undefined && filtration > 0 && filtration < 45)
    found.push('moderate-kidney-disease');
  // The limit from which labels of potassium-sparing medicines forbid a start.
  if (potassium !== undefined && potassium > 5.5 && potassium < 12) found.push('hyperkalemia');
  return found;
}

/** Estimated filtration by the MDRD and CKD-EPI formulas, in mL/min/1.73 m². */
const filtrationLoincs = new Set([
  '33914-3',
  '48642-3',
  '48643-1',
  '62238-1',
  '77147-7',
  '98979-8',
  '88293-6',
]);
/** Potassium in serum or plasma and in blood, in mmol/L. */
const potassiumLoincs = new Set(['2823-3', '6298-4']);

/** "metoprolol succinate ER 50 mg" is metoprolol: the longest run of words that is a name. */
function nameOnChart(written: string, index: NameIndex): MedicineName {
  const words = nameKey(written).split(' ');
  for (let length = words.length; length > 0; length -= 1) {
    for (let start = 0; start + length <= words.length; start += 1) {
      const name = index.exact(words.slice(start, start + length).join(' '));
      if (name) return name;
    }
  }
  return unknownName(written);
}

/** Condition identifiers in charted phrases, with what they imply. */
export function conditionsOf(phrases: readonly string[], knowledge: MedicineKnowledge): Set<string> {
  const found = new Set<string>();
  for (const phrase of phrases) {
    const text = ` ${nameKey(phrase)} `;
    if (/\b(no history of|denies|ruled out|family history)\b/.test(text)) continue;
    for (const { id, phrases: names, implies } of knowledge.conditions.values()) {
      if (!names.some((name) => text.includes(` ${nameKey(name)} `))) continue;
      found.add(id);
      for (const implied of implies ?? []) found.add(implied);
    }
  }
  return found;
}
