import type { Patient } from '../../protos/generated/asterism/v1/patient.js';
import type { Reading } from '../language/reading.js';
import type { HealthMention } from './health-filter.js';

const relation =
  '(?:mother|mom|father|dad|wife|husband|spouse|partner|grandmother|grandma|grandfather|grandpa|friend|neighbor|roommate|sister|brother|son|daughter|aunt|uncle)';
/** What is said of a patient's state and doing; not of a clinician who wants, says or will see. */
const states =
  '(?:takes|took|is (?:taking|on|using|being treated)|uses|was (?:given|prescribed|diagnosed|admitted|discharged|started)|has been|had|weighs|weighed|suffers|needs|missed|stopped|started|sees)';

/**
 * Whether a sentence tells of the patient's health as one speaks of somebody to a third: "her A1c was 8.4",
 * "she takes sertraline". The patient would be told "your". A clinician of the same sentence may be "she":
 * "Doctor Chen says she wants to see your blood pressure".
 */
export function tellsOfPatient(
  { text }: Reading,
  patient: Patient | undefined,
  mentions: readonly HealthMention[],
): boolean {
  if (mentions.length === 0) return false;
  const names = patternOfNames(patient);
  const health = [...new Set(mentions.map(({ words }) => words))].join('|');
  const owner = `(?:her|his|their|${names}|the patient)`;
  const person = `(?:she|he|${names}|the patient|your ${relation})`;
  const toldOf = [
    ` ${owner} (?:(?!you |your )[a-z0-9]+ ){0,3}(?:${health}) `,
    ` your ${relation} (?:[a-z0-9]+ )?(?:${health}) `,
    ` ${person} (?:also |still |now |just )?${states} (?:[a-z0-9]+ ){0,6}(?:${health}) `,
    ` (?:${health}) (?:[a-z0-9]+ ){0,3}(?:for|of|from|to|with) (?:her|him|${names}|the patient|your ${relation}) `,
  ];
  if (toldOf.some((source) => new RegExp(source).test(text))) return true;
  const speaksToPatient = / (?:you|your|yours|yourself) /.test(text);
  const clinician = / (?:doctor|dr|nurse|pharmacist|surgeon|specialist|team) /.test(text);
  // By name somebody is also addressed: "Harriet, do you …", but then there is a "you".
  return !speaksToPatient && !clinician && new RegExp(` (?:${person}|her|him|hers) `).test(text);
}

/** Whether a sentence is about how the patient is, even without any word of health: "She is doing better." */
export function asksAfterPatient({ text }: Reading, patient: Patient | undefined): boolean {
  return new RegExp(
    ` (?:she|he|${patternOfNames(patient)}|the patient|your ${relation}) (?:is|was|has|had|takes|took|needs|needed|went|came|got|did|does|feels|felt|fell|looks|looked|seems|sounded) (?!(?:there|here|available|around|home|able to|coming|free|back|by the phone|near) )`,
  ).test(text);
}

/** Alternatives for a pattern; something that is never said when no name can stand in one. */
function patternOfNames(patient: Patient | undefined): string {
  const names = [patient?.givenName ?? '', patient?.familyName ?? '']
    .map((name) => name.toLowerCase())
    .filter((name) => /^[a-z]{2,}$/.test(name));
  return `(?:${names.length > 0 ? names.join('|') : 'the patient'})`;
}
