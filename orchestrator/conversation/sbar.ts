import type { Patient } from '../../protos/generated/asterism/v1/patient.js';
import { Disposition, Verification } from '../../protos/generated/asterism/v1/specialist.js';
import { urgency } from '../call/disposition.js';
import type { CallState } from '../call/state.js';

/** How many of the patient's own last words the nurse reads. */
const QUOTED_LINES = 3;

/**
 * The hand-off that a nurse reads before taking the call over: Situation, Background, Assessment,
 * Recommendation. Only what is on the chart, was heard, or was found by a named specialist.
 * @param notAsked topics of the care protocol that are still open
 */
export function sbar(state: CallState, patient: Patient, notAsked: readonly string[] = []): string {
  return [
    `Situation: ${situation(state, patient)}`,
    `Background: ${background(patient)}`,
    `Assessment: ${assessment(state)}`,
    `Recommendation: ${recommendation(state, notAsked)}`,
  ].join('\n');
}

function situation(state: CallState, patient: Patient): string {
  const why = [...state.escalations]
    .sort((one, other) => urgency(other.disposition) - urgency(one.disposition))
    .slice(0, 3)
    .map(({ specialist, reason }) => `${reason} (${specialist})`);
  const words = state.transcript
    .filter((line) => line.speaker === 'patient' && line.text !== '')
    .slice(-QUOTED_LINES)
    .map((line) => `“${line.text}”`);
  return sentences([
    `${patient.givenName} ${patient.familyName} is on the line with the automated assistant`,
    identity(state.verification),
    why.length > 0 ? why.join('; ') : 'no red flag was raised; the caller is handed over',
    words.length > 0 ? `last words heard: ${words.join(' ')}` : '',
  ]);
}

function identity(verification: Verification): string {
  switch (verification) {
    case Verification.VERIFIED:
      return 'identity verified by two identifiers';
    case Verification.FAILED:
      return 'identity FAILED verification: disclose nothing before you have verified';
    default:
      return 'identity NOT verified: ask for name and date of birth first';
  }
}

/** Who the patient is, by the chart. */
export function background(patient: Patient): string {
  const medications = patient.medications.map(({ name, dose, frequency }) =>
    [name, dose, frequency].filter((part) => part !== '').join(' '),
  );
  return sentences([
    [
      patient.birthDate === '' ? '' : `born ${patient.birthDate}`,
      patient.age > 0 ? `${String(Math.floor(patient.age))} years` : '',
      patient.sex,
    ]
      .filter((part) => part !== '')
      .join(', '),
    patient.dischargeDate === '' ? '' : `discharged ${patient.dischargeDate}`,
    `conditions: ${list(patient.conditions)}`,
    `allergies: ${list(patient.allergies)}`,
    `medicines on the chart: ${list(medications)}`,
  ]);
}

/** What specialists found in the call, each once. What the record says is background; the checklist has its own place. */
export function findingsOf(state: CallState): readonly string[] {
  const found = state.findings.filter(({ fact }) => fact.kind !== 'checklist' && fact.kind !== 'record');
  return [...new Set(found.map(({ fact }) => fact.text).filter((text) => text !== ''))];
}

function assessment(state: CallState): string {
  const findings = findingsOf(state);
  const answers = Object.values(state.items)
    .filter((item) => Object.keys(item.value).length > 0)
    .map(
      (item) =>
        `${item.itemId}: ${valuesInWords(item.value)}${item.status === 'unconfirmed' ? ' (unconfirmed)' : ''}`,
    );
  return sentences([
    findings.length > 0 ? `found: ${list(findings)}` : 'no findings',
    answers.length > 0 ? `reported: ${list(answers)}` : '',
    state.unansweredGates > 0
      ? 'some checks did not answer during this call; treat its advice as incomplete'
      : '',
  ]);
}

function recommendation(state: CallState, notAsked: readonly string[]): string {
  const tasks = [...new Set(state.nurseTasks.map(({ reason }) => reason))];
  return sentences([
    urgencyAdvice(state.disposition),
    tasks.length > 0 ? `open tasks: ${list(tasks)}` : '',
    notAsked.length > 0 ? `not asked yet: ${list(notAsked)}` : '',
  ]);
}

function urgencyAdvice(disposition: Disposition): string {
  switch (disposition) {
    case Disposition.CALL_911:
      return 'make sure that 911 has been called and stay on the line until help is there';
    case Disposition.CALL_988:
      return 'do not leave the caller alone; connect to 988 and stay on the line';
    case Disposition.URGENT_NURSE:
      return 'assess now';
    case Disposition.SAME_DAY:
      return 'assess today';
    case Disposition.WITHIN_DAYS:
      return 'follow up within days';
    default:
      return 'answer what the caller asks';
  }
}

function valuesInWords(value: Readonly<Record<string, string | number | boolean>>): string {
  return Object.entries(value)
    .map(([name, member]) => `${name} ${String(member)}`)
    .join(', ');
}

/** "a; b", or none. */
export function list(members: readonly string[]): string {
  return members.length > 0 ? members.join('; ') : 'none';
}

/** Each part as a sentence; empty ones are left out. */
export function sentences(parts: readonly string[]): string {
  return parts
    .filter((part) => part !== '')
    .map((part) => `${part.charAt(0).toUpperCase()}${part.slice(1).replace(/\.$/, '')}.`)
    .join(' ');
}
