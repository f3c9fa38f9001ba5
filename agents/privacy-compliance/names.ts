import type { ReviewRequest } from '../../protos/generated/asterism/v1/specialist.js';
import type { Reading } from '../language/reading.js';

/** "Am I speaking with Margaret Hayes?" gives half of the identity away; "may I speak with …" calls for her. */
export function offersName(reading: Reading, { patient }: ReviewRequest): boolean {
  const names = plainNamesOf(patient);
  return (
    names.length > 0 &&
    new RegExp(
      ` (?:are you|is this|am i (?:speaking|talking) (?:with|to)|is your (?:full |first |last )?name|your (?:full |first |last )?name is|you are|you said) (?:mr |mrs |ms |miss )?(?:${names.join('|')}) `,
    ).test(reading.text)
  );
}

/** "There is no Margaret here", "I don't know any Hayes". */
export function saysNotThisPerson(reading: Reading, { patient }: ReviewRequest): boolean {
  return plainNamesOf(patient).some((name) =>
    new RegExp(
      ` (?:(?:there is|we have|got|have|know) no|not know (?:any|a|no|who)|i am not|this is not|not named) (?:is )?${name} `,
    ).test(reading.text),
  );
}

/** Whether a sentence holds the given or family name. */
export function namesPatient(reading: Reading, { patient }: ReviewRequest): boolean {
  const names = namesOf(patient);
  return reading.tokens.some(({ text }) => names.includes(text));
}

/** Those that can stand in a pattern. */
function plainNamesOf(patient: ReviewRequest['patient']): string[] {
  return namesOf(patient).filter((name) => /^[a-z]+$/.test(name));
}

/** Given and family name in lower case; empty ones left out. */
function namesOf(patient: ReviewRequest['patient']): string[] {
  return [patient?.givenName ?? '', patient?.familyName ?? '']
    .map((name) => name.toLowerCase())
    .filter((name) => name !== '');
}
