import type { Patient } from '../../protos/generated/asterism/v1/patient.js';
import { readText } from '../language/reading.js';
import { monthName, sayOrdinal } from '../spoken/dates.js';

/** An identifier of the chart found in a sentence. */
export type IdentifierKind = 'birth-date' | 'telephone' | 'record-number';

/** Which identifiers of the chart a sentence gives away; a day and month together count as the birth date. */
export function identifiersIn(text: string, patient: Patient | undefined): IdentifierKind[] {
  if (!patient) return [];
  const found: IdentifierKind[] = [];
  if (holdsBirthDate(readText(text).text, patient.birthDate)) found.push('birth-date');
  const digits = text.replace(/\D/g, '');
  const telephone = patient.telephone.replace(/\D/g, '').slice(-7);
  if (telephone.length === 7 && (digits.includes(telephone) || endsIn(text, telephone.slice(-4)))) {
    found.push('telephone');
  }
  if (holdsRecordNumber(text, patient.patientId)) found.push('record-number');
  return found;
}

/** A number of at least four characters with a digit in it, however it is set apart: "MH 20417". */
function holdsRecordNumber(text: string, patientId: string): boolean {
  const plain = (written: string): string => written.toLowerCase().replace(/[^a-z0-9]/g, '');
  const number = plain(patientId);
  return number.length >= 4 && /\d/.test(number) && plain(text).includes(number);
}

/** "… ending in 0142". */
function endsIn(text: string, lastFour: string): boolean {
  return (
    /\b(?:end|ends|ending|last four)\b/i.test(text) &&
    text.replace(/(\d)[\s-]+(?=\d)/g, '$1').includes(lastFour)
  );
}

function holdsBirthDate(reading: string, birthDate: string): boolean {
  const [year, month, day] = birthDate.split('-').map(Number);
  if (year === undefined || month === undefined || day === undefined || !(month >= 1 && month <= 12))
    return false;
  const name = monthName(month).toLowerCase();
  const ordinal = day <= 31 ? sayOrdinal(day).replace('-', ' ') : String(day);
  const days = `(?:0?${String(day)}(?:st|nd|rd|th)?|${ordinal})`;
  const monthNumber = `0?${String(month)}`;
  const patterns = [
    ` ${name} (?:the )?${days} `,
    ` (?:the )?${days} (?:day )?(?:of )?${name} `,
    ` ${monthNumber} 0?${String(day)} (?:${String(year)}|${String(year % 100).padStart(2, '0')}) `,
    ` ${String(year)} ${monthNumber} 0?${String(day)} `,
    ` ${name} (?:of )?${String(year)} `,
    ` (?:born|birth|birthday|birth date) (?:[a-z]+ ){0,4}${String(year)} `,
    ` (?:born|birthday) (?:is |was )?in ${name} `,
  ];
  const plain = reading.replace(/ [.,?](?= )/g, '');
  return patterns.some((pattern) => new RegExp(pattern).test(plain));
}
