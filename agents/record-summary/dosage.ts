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
  AC: 'before meals',
  PC: 'after meals',
  C: 'with meals',
};
const DAYS: Readonly<Record<string, string>> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};
/** UCUM's and others' ways to write a unit of dose, as charts write it. */
const DOSE_UNITS: Readonly<Record<string, string>> = { ug: 'mcg', '[iU]': 'units', U: 'units', mL: 'ml' };
const ONE = /\d+(?:\.\d+)? ?(?:mg|mcg|g|units|ml|tablets?|capsules?|puffs?)/.source;
/** A dosage text that can be read in one way only, from its first to its last letter. */
const PLAIN = new RegExp(
  `^(?:take |inject |inhale )?(${ONE}(?: ?/ ?${ONE})?) (?:by mouth )?(once|twice|three times|four times) (?:a day|daily)\\.?$`,
  'i',
);

/**
 * How a medicine is taken, from a single dosage; anything that is not said plainly stays not known.
 * @param strength of one tablet or capsule, for example "40 mg"; empty when the name does not say it
 */
export function regimenOf(dosage: Dosage, strength: string): Regimen {
  const rate = dosage.doseAndRate?.[0];
  const dose =
    (dosage.doseAndRate?.length ?? 0) > 1
      ? ''
      : amount(rate?.doseQuantity, strength) || range(rate?.doseRange?.low, rate?.doseRange?.high);
  const often = frequencyOf(dosage);
  if (dose !== '' || often !== '') return { dose, frequency: often };
  const [, said, times] = PLAIN.exec(dosage.text?.trim() ?? '') ?? [];
  if (said === undefined || times === undefined) return { dose: '', frequency: '' };
  return { dose: said, frequency: `${times.toLowerCase()} a day` };
}

function frequencyOf({ timing, asNeededBoolean, asNeededCodeableConcept }: Dosage): string {
  const repeat = timing?.repeat;
  const needed = asNeededBoolean === true || asNeededCodeableConcept !== undefined ? 'as needed' : '';
  const code = timing?.code?.coding?.map((one) => CODES[one.code ?? '']).find((one) => one !== undefined);
  if (repeat?.frequencyMax !== undefined || repeat?.periodMax !== undefined) return needed;
  const days = daysOf(repeat?.dayOfWeek);
  if (days === undefined) return '';
  const every =
    repeat?.frequency === undefined && repeat?.period === undefined
      ? (code ?? '')
      : everyOf(repeat.frequency ?? 1, repeat.period, repeat.periodUnit);
  // On named days "once a day" or "once a week" would say another thing; more than once a day is not plain.
  const often = days === '' ? every : /^(?:|once a (?:day|week))$/.test(every) ? days : undefined;
  if (often === undefined) return '';
  const when = repeat?.when?.map((one) => WHEN[one]);
  const times = when?.every((one) => one !== undefined) ? when.join(' and ') : '';
  return [often, times, needed]
    .filter((part) => part !== '')
    .join(', ')
    .replace('a day, ', 'a day ');
}

/** "on Monday and Friday"; empty for every day, undefined for a day that is none. */
function daysOf(codes: readonly string[] | undefined): string | undefined {
  const days = (codes ?? []).map((code) => DAYS[code]);
  if (days.some((day) => day === undefined)) return undefined;
  const last = days.at(-1);
  if (last === undefined) return '';
  return days.length === 1 ? `on ${last}` : `on ${days.slice(0, -1).join(', ')} and ${last}`;
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

function amount(of: Quantity | undefined, strength = ''): string {
  const written = of?.unit ?? of?.code ?? '';
  if (of?.value === undefined || of.value <= 0 || written === '' || of.comparator !== undefined) return '';
  const [, each, unit] = /^(\d+(?:\.\d+)?) (m?c?g)$/.exec(strength) ?? [];
  if (each !== undefined && unit !== undefined && /^(?:tablet|capsule)s?$/i.test(written)) {
    return `${String(Math.round(of.value * Number(each) * 1000) / 1000)} ${unit}`;
  }
  return `${String(of.value)} ${DOSE_UNITS[written] ?? written}`;
}

function range(low: Quantity | undefined, high: Quantity | undefined): string {
  const [from, to] = [amount(low), amount(high)];
  return from === '' || to === '' ? '' : `${from} to ${to}`;
}
