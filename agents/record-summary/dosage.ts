import type { Dosage, Quantity } from './fhir-schemas.js';

/** What is known of how a medicine is taken; empty strings are not known. */
export interface Regimen {
  readonly dose: string;
  readonly frequency: string;
}

const TIMES = ['', 'once', 'twice', 'three times', 'four times', 'five times', 'six times'];
const UNITS: Readonly<Record<string, string>> = { h: 'hour', d: 'day', wk: 'week', mo: 'month' };
/** HL7 v3 GTSAbbreviation. */
const CODES: Readonly<Record<string, string>> = {
  QD: 'once a day',
  BID: 'twice a day',
  TID: 'three times a day',
  QID: 'four times a day',
  QOD: 'every other day',
  Q4H: 'every 4 hours',
  Q6H: 'every 6 hours',
  Q8H: 'every 8 hours',
  BED: 'at bedtime',
};
/** HL7 EventTiming, as far as they are plain. */
const WHEN: Readonly<Record<string, string>> = {
  MORN: 'in the morning',
  NOON: 'at noon',
  EVE: 'in the evening',
  NIGHT: 'at night',
  HS: 'at bedtime',
};
/** A dosage text that can be read in one way only, from its first to its last letter. */
const PLAIN =
  /^(?:take )?(\d+(?:\.\d+)?) ?(mg|mcg|g|units|ml) (?:by mouth )?(once|twice|three times|four times) (?:a day|daily)\.?$/i;

/** One way of taking, from a single dosage; anything that is not said plainly stays not known. */
export function regimenOf(dosage: Dosage): Regimen {
  const rate = dosage.doseAndRate?.[0];
  const dose = amount(rate?.doseQuantity) || range(rate?.doseRange?.low, rate?.doseRange?.high);
  const often = frequencyOf(dosage);
  if (dose !== '' || often !== '') return { dose, frequency: often };
  const [, value, unit, times] = PLAIN.exec(dosage.text?.trim() ?? '') ?? [];
  if (value === undefined || unit === undefined || times === undefined) return { dose: '', frequency: '' };
  return { dose: `${value} ${unit}`, frequency: `${times.toLowerCase()} a day` };
}

function frequencyOf({ timing, asNeededBoolean }: Dosage): string {
  const repeat = timing?.repeat;
  const needed = asNeededBoolean === true ? 'as needed' : '';
  const code = timing?.code?.coding?.map((one) => CODES[one.code ?? '']).find((one) => one !== undefined);
  if (repeat?.frequencyMax !== undefined || repeat?.periodMax !== undefined) return needed;
  const every =
    repeat?.frequency === undefined && repeat?.period === undefined
      ? (code ?? '')
      : everyOf(repeat.frequency ?? 1, repeat.period, repeat.periodUnit);
  const when = repeat?.when?.map((one) => WHEN[one]);
  const times = when?.every((one) => one !== undefined) ? when.join(' and ') : '';
  return [every, times, needed]
    .filter((part) => part !== '')
    .join(', ')
    .replace('a day, ', 'a day ');
}

function everyOf(frequency: number, period: number | undefined, periodUnit: string | undefined): string {
  const unit = UNITS[periodUnit ?? ''];
  if (unit === undefined || period === undefined || period <= 0) return '';
  if (period === 1 && unit !== 'hour') {
    const times = TIMES[frequency];
    return times === undefined || times === '' ? '' : `${times} a ${unit}`;
  }
  if (frequency !== 1) return '';
  if (period === 2 && unit === 'day') return 'every other day';
  return period === 1 ? `every ${unit}` : `every ${String(period)} ${unit}s`;
}

function amount(of: Quantity | undefined): string {
  const unit = of?.unit ?? of?.code ?? '';
  return of?.value === undefined || of.value <= 0 || unit === '' || of.comparator !== undefined
    ? ''
    : `${String(of.value)} ${unit}`;
}

function range(low: Quantity | undefined, high: Quantity | undefined): string {
  const [from, to] = [amount(low), amount(high)];
  return from === '' || to === '' ? '' : `${from} to ${to}`;
}
