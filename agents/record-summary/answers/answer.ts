import type { NamedMeasure } from '../../../clinical-kb/labs/load-measure-names.js';
import type { Medication, Observation, Patient } from '../../../protos/generated/asterism/v1/patient.js';
import type { Reading } from '../../language/reading.js';
import { readText } from '../../language/reading.js';
import { sayDay } from '../../spoken/dates.js';
import type { MeasureNames } from './measure-names.js';
import type { Question } from './questions.js';
import {
  doseSentence,
  listOf,
  medicineSentences,
  notInRecord,
  pressureSentence,
  purposeSentence,
  resultSentence,
  visitSentence,
} from './sentences.js';

/** What the record says to one question. */
export interface RecordAnswer {
  readonly say: string;
  /** Canonical names it is about. */
  readonly subjects: readonly string[];
  /** For a nurse, one sentence. */
  readonly text: string;
  /** The resources that say so; empty when the record says nothing. */
  readonly sources: readonly string[];
}

/** What answering needs to know. */
export interface AnswerMind {
  readonly measures: readonly NamedMeasure[];
  readonly names: MeasureNames;
}

/** Below this word probability a name was not surely heard. */
const SURELY_HEARD = 0.6;

/**
 * @param today YYYY-MM-DD; empty when unknown
 * @returns undefined when the question is not one for the record: then others answer, or nobody
 */
export function answerOf(
  mind: AnswerMind,
  question: Question,
  reading: Reading,
  patient: Patient,
  today: string,
): RecordAnswer | undefined {
  switch (question.kind) {
    case 'appointment':
      return appointment(patient, today);
    case 'medicine-list':
      return {
        say: medicineSentences(patient.medications),
        subjects: patient.medications.map(({ name }) => name),
        text: `The record lists ${String(patient.medications.length)} medicines.`,
        sources: sourcesOf(patient.medications),
      };
    case 'medicine-dose':
    case 'medicine-purpose':
      return medicine(question, reading, patient);
    case 'result':
      return result(mind, question, reading, patient, today);
    case 'doctor':
      return doctor(question, patient);
    case 'allergies':
      return allergies(patient);
    case 'discharge':
      return discharge(patient, today);
  }
}

function appointment(patient: Patient, today: string): RecordAnswer {
  const [next, ...later] = [...patient.appointments].sort((a, b) => (a.start < b.start ? -1 : 1));
  if (!next) return missing('a visit', 'a coming visit');
  const more =
    later.length === 0 ? '' : ` There ${later.length === 1 ? 'is one more' : 'are more'} after that.`;
  return {
    say: `${visitSentence(next, today)}${more}`,
    subjects: ['appointment'],
    text: `Visit with ${next.with} at ${next.start}.`,
    sources: sourcesOf([next]),
  };
}

/** One charted medicine that the sentence names in the chart's own words; a name beside the chart is not ours. */
function medicine(question: Question, reading: Reading, patient: Patient): RecordAnswer | undefined {
  const named = patient.medications.filter((one) => isNamed(one, question, reading));
  const [only] = named;
  if (!only || named.length > 1) return undefined;
  if (question.kind === 'medicine-purpose' && !/^(?:to|for) /.test(only.purpose)) return undefined;
  if (question.kind === 'medicine-dose' && only.dose === '' && only.frequency === '') {
    return missing(`how much ${only.name} you take`, `the dose of ${only.name}`);
  }
  const purpose = question.kind === 'medicine-purpose';
  return {
    say: purpose ? purposeSentence(only) : doseSentence(only),
    subjects: [only.name],
    text: [only.name, purpose ? only.purpose : `${only.dose}, ${only.frequency}`].join(': '),
    sources: sourcesOf([only]),
  };
}

/** Salts, which patients leave out: "metoprolol" is metoprolol succinate, but metoprolol tartrate is not. */
const salts = new Set(
  'succinate tartrate sodium potassium calcium magnesium hydrochloride besylate maleate mesylate fumarate sulfate'.split(
    ' ',
  ),
);

/** Every word of its name but a salt, surely heard, and no salt that it does not have. */
function isNamed({ name }: Medication, { from, to }: Question, reading: Reading): boolean {
  const words = readText(name)
    .tokens.map(({ text }) => text)
    .filter((word) => word !== 'and');
  const heard = reading.tokens.slice(from, to);
  const needed = words.filter((word) => !salts.has(word));
  const surely = needed.every((word) =>
    heard.some(({ text, confidence }) => text === word && confidence >= SURELY_HEARD),
  );
  return needed.length > 0 && surely && heard.every(({ text }) => !salts.has(text) || words.includes(text));
}

function result(
  { measures, names }: AnswerMind,
  { from, to }: Question,
  reading: Reading,
  patient: Patient,
  today: string,
): RecordAnswer | undefined {
  const found = names.find(reading, from, to);
  const ids = new Set(found.map(({ id }) => id));
  const [id] = ids;
  if (id === undefined || ids.size > 1) return undefined;
  if (found.some(({ confidence }) => confidence < SURELY_HEARD)) return undefined;
  if (id === 'blood pressure') return pressure(patient, today);
  const measure = measures.find((one) => one.id === id);
  if (!measure) return undefined;
  const latest = latestOf(patient, (one) => isOf(one, measure.loinc, measure.id));
  const spoken = measure.spoken;
  if (!latest) return missing(`a result for your ${spoken}`, `a result for ${spoken}`);
  const say = resultSentence(spoken, latest, today);
  return say === undefined ? undefined : said(say, spoken, [latest]);
}

/** Both numbers of one day. */
function pressure(patient: Patient, today: string): RecordAnswer {
  const systolic = latestOf(patient, (one) => one.loinc === '8480-6');
  const diastolic =
    systolic && latestOf(patient, (one) => one.loinc === '8462-4' && one.date === systolic.date);
  if (!systolic || !diastolic) return missing('a blood pressure', 'a blood pressure');
  return said(pressureSentence(systolic, diastolic, today), 'blood pressure', [systolic, diastolic]);
}

function said(say: string, subject: string, results: readonly Observation[]): RecordAnswer {
  const values = results.map(({ value, unit }) => `${String(value)} ${unit}`).join(' and ');
  return {
    say,
    subjects: [subject],
    text: `Latest ${subject} of the record: ${values} on ${results[0]?.date ?? ''}.`,
    sources: sourcesOf(results),
  };
}

function latestOf(patient: Patient, which: (one: Observation) => boolean): Observation | undefined {
  return patient.labs.filter(which).sort((a, b) => (a.date < b.date ? 1 : -1))[0];
}

function isOf(observation: Observation, loinc: string, id: string): boolean {
  return observation.loinc === ''
    ? observation.name.toLowerCase() === id.toLowerCase()
    : observation.loinc === loinc;
}

/** What a patient calls a field, and how a record writes it. */
const fields: readonly (readonly [RegExp, RegExp, string])[] = [
  [/ (?:cardiologist|heart doctor|heart specialist) /, /cardiolog|heart/i, 'a heart doctor'],
  [/ (?:pulmonologist|lung doctor) /, /pulmon|lung/i, 'a lung doctor'],
  [/ (?:nephrologist|kidney doctor) /, /kidney|nephro|renal/i, 'a kidney doctor'],
  [/ (?:surgeon|orthopedist) /, /surg|orthop/i, 'a surgeon'],
  [/ obstetrician /, /obstet/i, 'an obstetrician'],
  [/ (?:endocrinologist|diabetes doctor) /, /endocrin|diabet/i, 'a diabetes doctor'],
  [/ gastroenterologist /, /gastro/i, 'a stomach doctor'],
];

function doctor({ text }: Question, patient: Patient): RecordAnswer | undefined {
  const field = fields.find(([asked]) => asked.test(text));
  if (field) {
    const [, written, spoken] = field;
    const visit = patient.appointments.find((one) => written.test(one.with) && /\bDr\. /.test(one.with));
    if (!visit) return missing(spoken, spoken);
    return {
      say: `Your record shows a visit with ${visit.with}.`,
      subjects: ['doctor'],
      text: `Visit with ${visit.with}.`,
      sources: sourcesOf([visit]),
    };
  }
  if (/ (?:\w+ologist|surgeon|eye|skin|foot|heart|lung|kidney) /.test(text.replace(/ doctor .*/, ' ')))
    return undefined;
  const clinicians = patient.careTeam?.clinicians ?? [];
  if (clinicians.length === 0) return missing('the name of your doctor', 'a doctor');
  return {
    say: `Your record names ${listOf(clinicians.map(({ name }) => name))} as your primary care doctor.`,
    subjects: ['doctor'],
    text: `Primary care by ${listOf(clinicians.map(({ name }) => name))}.`,
    sources: clinicians.map(({ source }) => source),
  };
}

function allergies(patient: Patient): RecordAnswer {
  const names = patient.allergies;
  if (names.length === 0) {
    return {
      ...missing('any allergies', 'an allergy'),
      say: "I don't see any allergies in your record. If you have one, please tell a nurse, so that it can be added.",
    };
  }
  return {
    say: `Your record lists ${names.length === 1 ? 'an allergy' : 'allergies'} to ${listOf(names)}.`,
    subjects: [...names],
    text: `Allergies of the record: ${names.join('; ')}.`,
    sources: ['AllergyIntolerance'],
  };
}

function discharge({ dischargeDate }: Patient, today: string): RecordAnswer {
  const day = sayDay(dischargeDate, today);
  if (day === '') return missing('a stay in the hospital', 'a discharge');
  return {
    say: `Your record says that you left the hospital on ${day}.`,
    subjects: ['discharge'],
    text: `Discharged on ${dischargeDate}.`,
    sources: ['Encounter'],
  };
}

function missing(spoken: string, what: string): RecordAnswer {
  return {
    say: notInRecord(spoken),
    subjects: [],
    text: `The patient asks, and the record has nothing of it: ${what}.`,
    sources: [],
  };
}

function sourcesOf(lines: readonly { readonly source?: string | undefined }[]): string[] {
  return [...new Set(lines.flatMap(({ source }) => source ?? []))];
}
