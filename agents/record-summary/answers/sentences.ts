import type { Appointment, Medication, Observation } from '../../../protos/generated/asterism/v1/patient.js';
import { sayDay, sayTime } from '../../spoken/dates.js';
import { sayNumber } from '../../spoken/digits.js';

/** Medicines whose doses are read out; more than these are only named. */
const MOST_WITH_DOSES = 5;
/** Medicines that are named; a longer list is for a nurse. */
const MOST_NAMED = 12;

/** Not in the record: said plainly, and the question goes on. @param what "a result for your potassium" */
export function notInRecord(what: string): string {
  return `I don't see ${what} in your record. I will pass your question on to a nurse.`;
}

export function visitSentence(visit: Appointment, today: string): string {
  const { with: who, start, place } = visit;
  const time = sayTime(start);
  const when = `${sayDay(start, today)}${time === '' ? '' : `, at ${time}`}`;
  return `Your record shows a visit with ${who}, on ${when}${place === '' ? '' : `, at ${place}`}.`;
}

/** The list as far as it can be followed by ear. It counts only what it does not name: a number beside a name is a dose. */
export function medicineSentences(medications: readonly Medication[]): string {
  const count = medications.length;
  if (count === 0) return notInRecord('any medicines');
  if (count > MOST_NAMED) {
    return `Your record lists ${sayNumber(count)} medicines. That is too many to read out on this call. A nurse can go over the list with you.`;
  }
  const these = count === 1 ? 'this medicine' : 'these medicines';
  const doses =
    count <= MOST_WITH_DOSES && medications.every(({ dose }) => dose === '' || byWeight.test(dose));
  if (!doses) return `Your record lists ${these}: ${listOf(medications.map(({ name }) => name))}.`;
  return [`Your record lists ${these}.`, ...medications.map((one) => `${capital(regimenOf(one))}.`)].join(
    ' ',
  );
}

/**
 * Doses that no listener, and no gate, can take for the next medicine's: "one tablet" in a list is heard with either
 * neighbour.
 */
const byWeight = /^[\d./ ]+(?:mg|mcg|g|units|meq)(?: ?\/ ?[\d.]+ ?(?:mg|mcg|g))?$/i;

export function doseSentence(medication: Medication): string {
  return `Your record says ${regimenOf(medication)}.`;
}

export function purposeSentence({ name, purpose }: Medication): string {
  return `Your record says that ${name} is ${purpose}.`;
}

/** "Your last potassium in the record is four point six millimoles per liter, from Monday, …". */
export function resultSentence(
  spoken: string,
  { value, unit, date }: Observation,
  today: string,
): string | undefined {
  const words = unitInWords(unit);
  if (words === undefined) return undefined;
  const amount = [sayNumber(value), words].filter((part) => part !== '').join(' ');
  return `Your last ${spoken} in your record is ${amount}, from ${sayDay(date, today)}.`;
}

export function pressureSentence(systolic: Observation, diastolic: Observation, today: string): string {
  const values = `${sayNumber(systolic.value)} over ${sayNumber(diastolic.value)}`;
  return `Your last blood pressure in your record is ${values}, from ${sayDay(systolic.date, today)}.`;
}

export function listOf(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')}, and ${last}`;
}

/** "furosemide, 40 milligrams, once a day". */
function regimenOf({ name, dose, frequency }: Medication): string {
  return [name, doseInWords(dose), frequency].filter((part) => part !== '').join(', ');
}

const doseUnits: readonly (readonly [RegExp, string])[] = [
  [/\bmcg\b/gi, 'micrograms'],
  [/\bmg\b/gi, 'milligrams'],
  [/\bml\b/gi, 'milliliters'],
  [/\bmeq\b/gi, 'milliequivalents'],
  [/\biu\b/gi, 'units'],
  [/(?<=\d )g\b/g, 'grams'],
];

function doseInWords(dose: string): string {
  const spaced = dose.replace(/(\d)([a-z])/gi, '$1 $2').replace(/\s*\/\s*/g, ' and ');
  const words = doseUnits.reduce((text, [pattern, word]) => text.replace(pattern, word), spaced);
  return words.replace(/\b1 ((?:micro|milli)?gram|unit)s\b/g, '1 $1');
}

/** UCUM units as they are spoken; a unit that is not here is not read out. */
const units: Readonly<Record<string, string>> = {
  '[lb_av]': 'pounds',
  kg: 'kilograms',
  '%': 'percent',
  'mmol/L': 'millimoles per liter',
  'meq/L': 'milliequivalents per liter',
  'mg/dL': 'milligrams per deciliter',
  'g/dL': 'grams per deciliter',
  '/min': 'a minute',
  '[degF]': 'degrees Fahrenheit',
  Cel: 'degrees Celsius',
  'mm[Hg]': 'millimeters of mercury',
  'm[IU]/L': 'milliunits per liter',
  'U/L': 'units per liter',
  'pg/mL': 'picograms per milliliter',
  '10*3/uL': 'thousand per microliter',
  'mL/min/{1.73_m2}': '',
  '{INR}': '',
  '1': '',
};

function unitInWords(unit: string): string | undefined {
  return Object.hasOwn(units, unit) ? units[unit] : undefined;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
