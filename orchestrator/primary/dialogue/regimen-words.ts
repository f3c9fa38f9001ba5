import type { Regimen } from '../understanding/regimens.js';
import { doseInWords, numberInWords } from './spoken-forms.js';

/** "40 milligrams, two times a day". */
export function regimenInWords(said: Regimen): string {
  return [amountInWords(said), frequencyInWords(said)].filter((part) => part !== '').join(', ');
}

/** "40 milligrams", "one pill", "two pills of 20 milligrams"; empty when it was not said. */
export function amountInWords({ dose, pieces }: Regimen): string {
  if (dose === undefined) return '';
  if (pieces !== undefined)
    return `${piecesInWords(pieces)} of ${doseInWords(`${String(dose.amount)} ${dose.unit}`)}`;
  return dose.unit === 'pieces'
    ? piecesInWords(dose.amount)
    : doseInWords(`${String(dose.amount)} ${dose.unit}`);
}

/** "once a day"; empty when it was not said. */
export function frequencyInWords({ timesADay, asNeeded }: Regimen): string {
  if (timesADay === undefined) return asNeeded ? 'only when you need it' : '';
  if (timesADay === 1) return 'once a day';
  return timesADay === 0.5 ? 'every other day' : `${numberInWords(timesADay)} times a day`;
}

function piecesInWords(pieces: number): string {
  if (pieces === 0.5) return 'half a pill';
  return `${numberInWords(pieces)} ${pieces === 1 ? 'pill' : 'pills'}`;
}
