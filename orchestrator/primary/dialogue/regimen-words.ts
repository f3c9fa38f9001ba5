import type { Regimen } from '../understanding/regimens.js';
import { doseInWords, numberInWords } from './spoken-forms.js';

/** "40 milligrams, two times a day". */
export function regimenInWords({ dose, timesADay, asNeeded }: Regimen): string {
  const amount = dose === undefined ? '' : doseWords(dose);
  const often =
    timesADay === undefined
      ? asNeeded
        ? 'only when you need it'
        : ''
      : timesADay === 1
        ? 'once a day'
        : timesADay === 0.5
          ? 'every other day'
          : `${numberInWords(timesADay)} times a day`;
  return [amount, often].filter((part) => part !== '').join(', ');
}

function doseWords({ amount, unit }: NonNullable<Regimen['dose']>): string {
  if (unit !== 'pieces') return doseInWords(`${String(amount)} ${unit}`);
  if (amount === 0.5) return 'half a pill';
  return `${numberInWords(amount)} ${amount === 1 ? 'pill' : 'pills'}`;
}
